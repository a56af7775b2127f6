/* The explorer's rows: read in chunks, filtered, counted, sorted and written as CSV. Nothing here touches the page.
   `briefgen/explorer.py` writes the files; FIELDS are the places in a row. */
(function () {
  "use strict";

  var FIELDS = {
    id: 0, start: 1, end: 2, date: 3, type: 4, mode: 5, certainty: 6, theaters: 7, actors: 8, places: 9, report: 10,
    sources: 11, said: 12, quote: 13, more: 14, ongoing: 15, year: 16
  };
  var CERTAINTIES = ["stated", "reported", "claimed", "unconfirmed", "denied"];
  var SORTS = ["date", "theater", "type", "certainty", "report"];
  var FACETS = [
    { key: "certainty", title: "Certainty", names: "certainties", field: "certainty" },
    { key: "type", title: "Type", names: "types", field: "type" },
    { key: "mode", title: "Mode", names: "modes", field: "mode" },
    { key: "theater", title: "Theater", names: "theaters", field: "theaters" },
    { key: "actor", title: "Actor", names: "actors", field: "actors" },
    { key: "place", title: "Place", names: "places", field: "places" },
    { key: "source", title: "Source", names: "sources", field: "sources" },
    { key: "report", title: "Report", names: "reports", field: "report" },
    { key: "year", title: "Year", names: "years", field: "year" },
    /* Only asked for by links, of what counts an event once. */
    { key: "first", title: "First-named theater", names: "theaters", field: "theaters", hidden: true }
  ];

  /* Without accents and case, and with typewriter's quotation marks, so that "kurdistan" finds "Kürdistan". */
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  }

  function unquoted(term) { return term.replace(/"/g, "").trim(); }

  function Data(index) {
    var self = this;
    this.total = index.total;
    this.names = index;
    this.rows = [];
    this.text = [];
    this.columns = FACETS.map(function () { return { starts: new Uint32Array(self.total + 1), values: [] }; });
    this.numbers = FACETS.map(function (facet) {
      var numbers = new Map();
      index[facet.names].forEach(function (entry, number) { numbers.set(entry[0], number); });
      return numbers;
    });
    this.haystacks = ["types", "modes", "theaters", "actors", "places", "reports", "speakers"].reduce(function (found, kind) {
      found[kind] = index[kind].map(function (entry) { return plain(entry[1]); });
      return found;
    }, {});
    this.asked = { terms: [], mask: null, done: 0 };
  }

  /* Numbers of a row in a facet, each once. */
  Data.prototype.of = function (row, facet) {
    var value = row[FIELDS[facet.field]];
    if (facet.key === "first") return value.slice(0, 1);
    if (facet.key === "actor") {
      return value.map(function (one) { return one[0]; }).filter(function (one, at, all) { return all.indexOf(one) === at; });
    }
    if (Array.isArray(value)) return value;
    return value < 0 ? [] : [value];
  };

  /* What `start.js` holds, as an index: names at their numbers, and holes. */
  function begun(start) {
    var index = { total: start.total, chunks: start.chunks };
    Object.keys(start.names).forEach(function (kind) {
      index[kind] = [];
      start.names[kind].forEach(function (one) { index[kind][one[0]] = one[1]; });
    });
    return index;
  }

  /* Numbers of events by number of name. */
  function tallied(pairs) {
    var counts = new Uint32Array(1 + Math.max.apply(null, [0].concat(pairs.map(function (pair) { return pair[0]; }))));
    pairs.forEach(function (pair) { counts[pair[0]] = pair[1]; });
    return counts;
  }

  Data.prototype.add = function (rows) {
    var self = this;
    var stacks = this.haystacks;
    rows.forEach(function (row) {
      var at = self.rows.push(row);
      FACETS.forEach(function (facet, number) {
        var column = self.columns[number];
        self.of(row, facet).forEach(function (value) { column.values.push(value); });
        column.starts[at] = column.values.length;
      });
      var words = [plain(row[FIELDS.quote]), stacks.types[row[FIELDS.type]], stacks.reports[row[FIELDS.report]]];
      if (row[FIELDS.mode] >= 0) words.push(stacks.modes[row[FIELDS.mode]]);
      row[FIELDS.theaters].forEach(function (n) { words.push(stacks.theaters[n]); });
      row[FIELDS.actors].forEach(function (one) { words.push(stacks.actors[one[0]]); });
      row[FIELDS.places].forEach(function (n) { words.push(stacks.places[n]); });
      row[FIELDS.said].forEach(function (n) { words.push(stacks.speakers[n]); });
      self.text.push(words.join("\n"));
    });
  };

  /* Rows that hold every word of `query`, or every run of words in quotation marks;
     a longer query looks only where the shorter one was found. */
  Data.prototype.search = function (query) {
    var terms = (plain(query).match(/"[^"]*"?|[^\s"]+/g) || []).map(unquoted).filter(Boolean);
    if (!terms.length) return null;
    var last = this.asked;
    var narrower = last.mask && terms.length >= last.terms.length && last.terms.every(function (term, at) {
      return terms[at].indexOf(term) >= 0;
    });
    var mask = new Uint8Array(this.rows.length);
    for (var at = 0; at < mask.length; at += 1) {
      if (narrower && at < last.done && !last.mask[at]) continue;
      var text = this.text[at];
      var found = 1;
      for (var t = 0; t < terms.length && found; t += 1) if (text.indexOf(terms[t]) < 0) found = 0;
      mask[at] = found;
    }
    this.asked = { terms: terms, mask: mask, done: mask.length };
    return mask;
  };

  /* Rows that the state asks for, and for each value of each facet how many there would be with it. */
  Data.prototype.select = function (state) {
    var self = this;
    var counts = FACETS.map(function (facet) { return new Uint32Array(self.names[facet.names].length); });
    var mask = this.search(state.q);
    var chosen = [];
    FACETS.forEach(function (facet, number) {
      var ids = state.chosen[facet.key];
      if (!ids.length) return;
      var flags = new Uint8Array(self.names[facet.names].length);
      ids.forEach(function (id) { if (self.numbers[number].has(id)) flags[self.numbers[number].get(id)] = 1; });
      chosen.push({ number: number, flags: flags, column: self.columns[number] });
    });
    var found = [];
    for (var at = 0; at < this.rows.length; at += 1) {
      if (mask && !mask[at]) continue;
      if ((state.from || state.to) && !within(this.rows[at], state)) continue;
      var missing = -1;
      var fails = 0;
      for (var c = 0; c < chosen.length && fails < 2; c += 1) {
        var one = chosen[c];
        var hit = false;
        for (var v = one.column.starts[at]; v < one.column.starts[at + 1] && !hit; v += 1) hit = one.flags[one.column.values[v]] === 1;
        if (!hit) { fails += 1; missing = one.number; }
      }
      if (fails > 1) continue;
      if (!fails) found.push(at);
      for (var f = 0; f < FACETS.length; f += 1) {
        if (fails && f !== missing) continue;
        var column = this.columns[f];
        for (var n = column.starts[at]; n < column.starts[at + 1]; n += 1) counts[f][column.values[n]] += 1;
      }
    }
    return { rows: this.sort(found, state), counts: counts };
  };

  /* Days overlap the range; a row without a date is in none. */
  function within(row, state) {
    var start = row[FIELDS.start];
    if (!start) return false;
    return (!state.from || (row[FIELDS.end] || start) >= state.from) && (!state.to || start <= state.to);
  }

  /* Rows come latest first and stay so inside what is equal. What has no value comes last either way. */
  Data.prototype.sort = function (found, state) {
    var self = this;
    if (state.sort === "date") {
      if (state.dir === "desc") return found;
      var dated = found.filter(function (at) { return self.rows[at][FIELDS.start]; });
      var undated = found.filter(function (at) { return !self.rows[at][FIELDS.start]; });
      return dated.reverse().concat(undated);
    }
    var rank = this.ranks(state.sort);
    var buckets = [];
    var none = [];
    found.forEach(function (at) {
      var place = rank(self.rows[at]);
      if (place < 0) none.push(at);
      else (buckets[place] = buckets[place] || []).push(at);
    });
    if (state.dir === "desc") buckets.reverse();
    return [].concat.apply([], buckets.filter(Boolean)).concat(none);
  };

  Data.prototype.ranks = function (sort) {
    var facet = FACETS.filter(function (one) { return one.key === sort; })[0];
    var names = this.names[facet.names];
    var keys = names.map(function (entry) { return sort === "report" ? (entry[3] || "0") + entry[1] : entry[1]; });
    if (sort === "certainty") keys = names.map(function (entry) { return String(CERTAINTIES.indexOf(entry[0])); });
    var order = names.map(function (_, number) { return number; }).sort(function (a, b) {
      return keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b;
    });
    var ranks = [];
    order.forEach(function (number, place) { ranks[number] = place; });
    return function (row) {
      var value = row[FIELDS[facet.field]];
      var number = Array.isArray(value) ? value[0] : value;
      return number === undefined || number < 0 ? -1 : ranks[number];
    };
  };

  /* What a value of a facet is called; what no event here has is called by its id. */
  Data.prototype.called = function (facet, id) {
    var number = this.numbers[FACETS.indexOf(facet)].get(id);
    return number === undefined ? id : this.names[facet.names][number][1];
  };

  Data.prototype.name = function (kind, number) { return this.names[kind][number][1]; };

  Data.prototype.actors = function (row, role) {
    var self = this;
    return row[FIELDS.actors].filter(function (one) { return one[1] === role; }).map(function (one) { return self.names.actors[one[0]]; });
  };

  var COLUMNS = [
    "id", "report", "report_title", "published", "start", "end", "date", "type", "mode", "certainty", "attributed_to",
    "sources", "targets", "participants", "theaters", "places", "cited", "quote"
  ];

  /* As in exports/tables.py: no cell that a spreadsheet takes for a formula. */
  function cell(value) {
    var text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  Data.prototype.csv = function (found) {
    var self = this;
    var lines = found.map(function (at) {
      var row = self.rows[at];
      var report = self.names.reports[row[FIELDS.report]];
      function named(kind, numbers) { return numbers.map(function (n) { return self.name(kind, n); }).join("; "); }
      function ids(kind, numbers) { return numbers.map(function (n) { return self.names[kind][n][0]; }).join("; "); }
      function role(number) { return self.actors(row, number).map(function (actor) { return actor[1]; }).join("; "); }
      return [
        row[FIELDS.id], report[0], report[1], report[3], row[FIELDS.start], row[FIELDS.end] || row[FIELDS.start], row[FIELDS.date],
        self.names.types[row[FIELDS.type]][0], row[FIELDS.mode] < 0 ? "" : self.names.modes[row[FIELDS.mode]][0],
        self.names.certainties[row[FIELDS.certainty]][0], ids("speakers", row[FIELDS.said]), role(0), role(2), role(1),
        ids("theaters", row[FIELDS.theaters]), named("places", row[FIELDS.places]), named("sources", row[FIELDS.sources]),
        row[FIELDS.quote]
      ].map(cell).join(",");
    });
    return [COLUMNS.join(",")].concat(lines).join("\r\n") + "\r\n";
  };

  /* State <-> the address, behind its #: what is behind a ? may not be changed on a page from the disk. */
  function read(text) {
    var given = new URLSearchParams(text);
    var state = { q: given.get("q") || "", from: day(given.get("from")), to: day(given.get("to")), chosen: {} };
    state.sort = SORTS.indexOf(given.get("sort")) < 0 ? "date" : given.get("sort");
    state.dir = given.get("dir") === "asc" || given.get("dir") === "desc" ? given.get("dir") : first(state.sort);
    state.page = Math.max(1, parseInt(given.get("page"), 10) || 1);
    FACETS.forEach(function (facet) { state.chosen[facet.key] = given.getAll(facet.key); });
    return state;
  }

  function day(text) { return /^\d{4}-\d\d-\d\d$/.test(text || "") ? text : ""; }

  function first(sort) { return sort === "date" || sort === "report" ? "desc" : "asc"; }

  function write(state) {
    var out = new URLSearchParams();
    if (state.q) out.append("q", state.q);
    FACETS.forEach(function (facet) { state.chosen[facet.key].forEach(function (id) { out.append(facet.key, id); }); });
    if (state.from) out.append("from", state.from);
    if (state.to) out.append("to", state.to);
    if (state.sort !== "date" || state.dir !== "desc") {
      out.append("sort", state.sort);
      if (state.dir !== first(state.sort)) out.append("dir", state.dir);
    }
    if (state.page > 1) out.append("page", String(state.page));
    return out.toString();
  }

  /* What narrows the rows, piece by piece: [facet or name of a field, value]. */
  function asked(state) {
    var out = [];
    FACETS.forEach(function (facet) { state.chosen[facet.key].forEach(function (id) { out.push([facet, id]); }); });
    ["q", "from", "to"].forEach(function (name) { if (state[name]) out.push([name, state[name]]); });
    return out;
  }

  window.briefgenExplorer = {
    CERTAINTIES: CERTAINTIES, Data: Data, FACETS: FACETS, FIELDS: FIELDS, asked: asked, begun: begun, first: first, plain: plain, read: read,
    tallied: tallied, write: write
  };
})();

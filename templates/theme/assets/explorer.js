/* The explorer's page: facets, table and address about the rows of explorer-data.js. All text goes in as text. */
(function () {
  "use strict";

  var E = window.briefgenExplorer;
  var F = E.FIELDS;
  var OPEN = E.FACETS.filter(function (facet) { return !facet.hidden; });
  var PAGE = 50;
  var FEW = 8;
  var MANY = 300;
  var AT_ONCE = 4;
  var PAUSE = 400;
  var top = new URL("../", document.currentScript.src);
  var folder = new URL("data/explorer/", top).href;
  var box = document.getElementById("explorer");
  var data = null;
  var full = null;
  var state = null;
  var parts = {};
  var lists = {};
  var shown = { rows: [], counts: [] };
  var drawn = [];
  var waiting = {};
  var loaded = 0;
  var later = 0;
  var start = null;
  var counts = {};
  var whole = false;
  var reading = null;
  if (!box) return;

  function el(name, attributes) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    for (var at = 2; at < arguments.length; at += 1) if (arguments[at] !== null) node.append(arguments[at]);
    return node;
  }

  function symbol(id, css) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("aria-hidden", "true");
    if (css) svg.setAttribute("class", css);
    use.setAttribute("href", "#" + id);
    svg.append(use);
    return svg;
  }

  function typeOf(number) {
    var type = data.names.types[number];
    return el("span", { "class": "type " + type[3] }, symbol("g-" + type[0], "g " + type[3]), el("span", {}, type[1]));
  }

  function certaintyOf(number) {
    var id = data.names.certainties[number][0];
    return el("span", { "class": "cert " + id }, symbol("c-" + id), id);
  }

  function link(entry) {
    return entry[2] ? el("a", { href: new URL(entry[2], top).href }, entry[1]) : document.createTextNode(entry[1]);
  }

  function linked(entries) {
    var out = document.createDocumentFragment();
    entries.forEach(function (entry, at) { out.append(at ? ", " : "", link(entry)); });
    return out;
  }

  function count(n, one) { return n.toLocaleString("en") + " " + one + (n === 1 ? "" : "s"); }

  /* ---- the address */

  function remember(kind) {
    var asked = E.write(state);
    var address = location.href.split("#")[0] + "#" + asked;
    if (asked === E.write(E.read(location.hash.slice(1)))) return;
    if (kind === "typing" && history.state === "typing") history.replaceState(kind, "", address);
    else history.pushState(kind, "", address);
  }

  /* Words come letter by letter; the address waits for a pause, and the words typed without one are one step back. */
  function change(kind) {
    clearTimeout(later);
    if (kind === "typing") later = setTimeout(remember, PAUSE, kind);
    else remember(kind);
    update();
  }

  function choose(part) {
    Object.assign(state, part, { page: 1 });
    change("choice");
  }

  /* Behind the # may be a place on the page as well, such as the skip link's; that is no filter. */
  function place() {
    return location.hash.length > 1 && location.hash.indexOf("=") < 0;
  }

  function arrive() {
    clearTimeout(later);
    state = E.read(location.hash.slice(1));
    parts.q.value = state.q;
    parts.from.value = state.from;
    parts.to.value = state.to;
    update();
  }

  /* ---- facets */

  function facetBox(facet, number) {
    var list = { facet: facet, number: number, all: false, find: "", order: [], rows: new Map() };
    list.ul = el("ul", {});
    list.more = el("button", { type: "button", "class": "openall" });
    list.more.addEventListener("click", function () { list.all = !list.all; fill(list); });
    list.set = el("fieldset", {}, el("legend", {}, facet.title));
    if (start.sizes[facet.names] > 30) {
      var find = el("input", { type: "search", "class": "find", "aria-label": "Find in " + facet.title, placeholder: "Find" });
      find.addEventListener("input", function () { list.find = E.plain(find.value.trim()); fill(list); });
      list.set.append(find);
    }
    list.set.append(list.ul, list.more);
    lists[facet.key] = list;
    return list.set;
  }

  function option(list, number) {
    var entry = data.names[list.facet.names][number];
    var input = el("input", { type: "checkbox", name: list.facet.key, value: entry[0] });
    var label = el("span", { "class": "fl" });
    if (list.facet.key === "type") label.append(typeOf(number));
    else if (list.facet.key === "certainty") label.append(certaintyOf(number));
    else label.append(el("bdi", {}, entry[1]));
    var bar = el("span", { "class": "qb" + (list.facet.key === "type" ? " " + entry[3] : "") });
    var n = el("span", { "class": "n" });
    input.addEventListener("change", function () { tick(list.facet, entry[0], input.checked); });
    return { li: el("li", {}, el("label", {}, bar, input, label, n)), input: input, bar: bar, n: n };
  }

  function tick(facet, id, on) {
    var ids = state.chosen[facet.key].filter(function (other) { return other !== id; });
    state.chosen[facet.key] = on ? ids.concat(id) : ids;
    choose({});
  }

  /* The order is that of all rows, so that nothing jumps under the pointer. */
  function order(list) {
    var names = data.names[list.facet.names];
    var column = data.columns[list.number];
    var totals = counts[list.facet.names];
    if (whole) {
      totals = new Uint32Array(names.length);
      column.values.forEach(function (value) { totals[value] += 1; });
    }
    list.order = names.map(function (_, n) { return n; }).filter(function (n) { return totals[n]; });
    list.order.sort(function (a, b) {
      if (list.facet.key === "year") return (names[a][0] === "undated") - (names[b][0] === "undated") || names[b][0] - names[a][0];
      if (list.facet.key === "certainty") return E.CERTAINTIES.indexOf(names[a][0]) - E.CERTAINTIES.indexOf(names[b][0]);
      return totals[b] - totals[a] || (names[a][1] < names[b][1] ? -1 : 1);
    });
  }

  function fill(list) {
    var names = data.names[list.facet.names];
    var found = begins() ? counts[list.facet.names] : shown.counts[list.number];
    var chosen = state.chosen[list.facet.key];
    var most = 1;
    for (var at = 0; at < found.length; at += 1) most = Math.max(most, found[at]);
    var fits = list.order.filter(function (n) { return !list.find || E.plain(names[n][1]).indexOf(list.find) >= 0; });
    var limit = list.all || list.find ? MANY : FEW;
    var wanted = fits.filter(function (n, place) { return place < limit || chosen.indexOf(names[n][0]) >= 0; });
    var nodes = wanted.map(function (n) {
      if (!list.rows.has(n)) list.rows.set(n, option(list, n));
      var row = list.rows.get(n);
      row.input.checked = chosen.indexOf(names[n][0]) >= 0;
      row.n.textContent = (found[n] || 0).toLocaleString("en");
      row.bar.style.width = (found[n] || 0) / most * 100 + "%";
      row.li.className = found[n] ? "" : "zero";
      return row.li;
    });
    var same = nodes.length === list.ul.children.length && nodes.every(function (node, place) { return node === list.ul.children[place]; });
    if (!same) list.ul.replaceChildren.apply(list.ul, nodes);
    var many = whole ? fits.length : start.sizes[list.facet.names];
    list.more.hidden = many <= FEW || Boolean(list.find);
    list.more.textContent = list.all ? "fewer" : (many > MANY ? MANY + " of " : "all ") + many.toLocaleString("en");
    list.more.setAttribute("aria-label", list.more.textContent + ": " + list.facet.title);
    list.more.setAttribute("aria-expanded", String(list.all));
    list.set.hidden = !list.order.length;
  }

  /* ---- the table */

  var HEADS = [["date", "Date"], ["theater", "Theater"], ["type", "Event"], ["certainty", "Certainty"], ["report", "Report"]];

  function head() {
    var row = el("tr", { role: "row" });
    HEADS.forEach(function (one) {
      var button = el("button", { type: "button" }, one[1]);
      button.addEventListener("click", function () {
        choose({ sort: one[0], dir: state.sort === one[0] ? (state.dir === "asc" ? "desc" : "asc") : E.first(one[0]) });
      });
      row.append(el("th", { scope: "col", role: "columnheader", "data-sort": one[0] }, button));
    });
    return el("thead", { role: "rowgroup" }, row);
  }

  function who(row) {
    var acts = data.actors(row, 0);
    var partners = data.actors(row, 1);
    var targets = data.actors(row, 2);
    var out = el("span", { "class": "who" });
    function names(list) { return list.map(function (actor) { return actor[1]; }).join(", "); }
    if (!acts.length) { acts = partners; partners = []; }
    if (acts.length) out.append(el("b", {}, names(acts)));
    if (partners.length) out.append(el("span", { "class": "wth" }, " with "), names(partners));
    if (targets.length) out.append(el("span", { "class": "arr", "aria-hidden": "true" }, " → "), el("span", { "class": "sr" }, " acts on "), names(targets));
    if (!acts.length && !targets.length) out.append(el("span", { "class": "wth" }, "nobody named"));
    return out;
  }

  function said(row) {
    return row[F.said].map(function (n) { return data.name("speakers", n); }).join(", ") || "the report itself";
  }

  function line(row) {
    var report = data.names.reports[row[F.report]];
    var button = el("button", { type: "button", "class": "xopen", "aria-expanded": "false" }, who(row));
    var tr = el("tr", { role: "row", "class": "xrow" },
      el("td", { role: "cell", "class": "d" }, row[F.date]),
      el("td", { role: "cell", "class": "xt" }, el("span", {}, row[F.theaters].map(function (n) { return data.name("theaters", n); }).join(", "))),
      el("td", { role: "cell", "class": "xe" }, typeOf(row[F.type]), row[F.mode] < 0 ? null : el("span", { "class": "mode" }, " " + data.name("modes", row[F.mode])),
        button, el("span", { "class": "xq", dir: "auto" }, "“" + row[F.quote] + "”")),
      el("td", { role: "cell", "class": "xc" }, certaintyOf(row[F.certainty]), el("span", { "class": "by" }, said(row))),
      el("td", { role: "cell", "class": "xr" }, el("bdi", {}, link(report))));
    var more = null;
    button.addEventListener("click", function () {
      if (more) { more.remove(); more = null; }
      else { more = opened(row); tr.after(more); }
      button.setAttribute("aria-expanded", String(Boolean(more)));
    });
    return tr;
  }

  function opened(row) {
    var names = data.names;
    var report = names.reports[row[F.report]];
    var list = el("dl", { "class": "ev-meta" });
    function say(title, content) { if (content && content.childNodes.length) list.append(el("dt", {}, title), " ", el("dd", {}, content)); }
    function numbers(kind, field) { return linked(row[field].map(function (n) { return names[kind][n]; })); }
    [["Acts", 0], ["Takes part", 1], ["Acted on", 2]].forEach(function (role) { say(role[0], linked(data.actors(row, role[1]))); });
    say("Place", numbers("places", F.places));
    say("Theater", numbers("theaters", F.theaters));
    say("Said by", numbers("speakers", F.said));
    say("Cites", numbers("sources", F.sources));
    var there = new URL(report[2] || "", top);
    there.hash = "e-" + row[F.id];
    say("Report", el("span", {}, el("a", { href: there.href }, "Event in " + report[1]),
      row[F.more] ? ", with " + count(row[F.more], "more sentence") : "", row[F.ongoing] ? ", ongoing" : ""));
    var quote = el("blockquote", { "class": "q " + names.certainties[row[F.certainty]][0] }, el("p", { dir: "auto" }, "“" + row[F.quote] + "”"));
    return el("tr", { role: "row", "class": "xmore" }, el("td", { role: "cell", colspan: String(HEADS.length) }, quote, list));
  }

  /* Nothing is asked yet and not all is read: `start.js` says how many there are. */
  function begins() {
    return !whole && !E.asked(state).length;
  }

  function found() {
    return begins() ? data.total : shown.rows.length;
  }

  function pages() {
    return Math.max(1, Math.ceil(found() / PAGE));
  }

  /* The page that shows: the one asked for may not be there, or not yet. */
  function here() {
    return Math.min(state.page, pages());
  }

  function turn(step) {
    state.page = Math.min(pages(), Math.max(1, here() + step));
    change("choice");
    results();
  }

  function results() {
    parts.count.focus();
    parts.count.scrollIntoView({ block: "start" });
  }

  /* What narrows the rows, each to be taken away again. */
  function asked() {
    var nodes = E.asked(state).map(function (one) {
      var facet = typeof one[0] === "string" ? null : one[0];
      var title = facet ? facet.title + ": " + data.called(facet, one[1]) : { q: "Words: ", from: "From ", to: "To " }[one[0]] + one[1];
      var node = button(title, function () {
        if (facet) tick(facet, one[1], false);
        else { parts[one[0]].value = state[one[0]] = ""; choose({}); }
        results();
      }, "xoff");
      node.setAttribute("aria-label", "Take away " + title);
      return el("li", {}, node);
    });
    if (nodes.length) nodes.push(el("li", {}, button("Clear the filter", function () { clear(); results(); })));
    parts.asked.replaceChildren.apply(parts.asked, nodes);
    parts.asked.hidden = !nodes.length;
  }

  function clear() {
    var none = E.read("");
    choose({ q: "", from: "", to: "", chosen: none.chosen });
    parts.q.value = parts.from.value = parts.to.value = "";
  }

  /* Rows that stay are left alone, opened as they are. */
  function redraw(rows) {
    var kept = drawn.every(function (at, place) { return at === rows[place]; }) ? drawn.length : 0;
    if (!kept) parts.body.replaceChildren();
    parts.body.append.apply(parts.body, rows.slice(kept).map(function (at) { return line(data.rows[at]); }));
    drawn = rows;
  }

  /* ---- all of it */

  function update() {
    if (E.write(state)) read();
    shown = data.select(state);
    var first = (here() - 1) * PAGE;
    var rows = shown.rows.slice(first, first + PAGE);
    redraw(rows);
    asked();
    parts.none.hidden = found() > 0 || !whole;
    parts.table.hidden = !rows.length;
    parts.count.textContent = found().toLocaleString("en") + " of " + count(data.total, "event")
      + (reading && !whole ? ", still reading" : "");
    parts.where.textContent = found() > PAGE && rows.length
      ? (first + 1).toLocaleString("en") + "–" + (first + rows.length).toLocaleString("en") : "";
    parts.back.hidden = parts.on.hidden = found() <= PAGE;
    parts.back.disabled = here() <= 1;
    parts.on.disabled = here() >= pages();
    parts.head.querySelectorAll("th").forEach(function (cell) {
      if (cell.dataset.sort === state.sort) cell.setAttribute("aria-sort", state.dir === "asc" ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    });
    parts.sort.value = state.sort + " " + state.dir;
    OPEN.forEach(function (facet) { fill(lists[facet.key]); });
  }

  function download() {
    read().then(save);
  }

  function save() {
    var file = new Blob([data.csv(shown.rows)], { type: "text/csv;charset=utf-8" });
    var address = URL.createObjectURL(file);
    var anchor = el("a", { href: address, download: "events.csv" });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  function field(title, attributes) {
    var input = el("input", attributes);
    parts[attributes.name] = input;
    return el("label", {}, el("span", {}, title), input);
  }

  function sorter() {
    var select = el("select", { name: "sort" });
    HEADS.forEach(function (one) {
      [E.first(one[0]), E.first(one[0]) === "asc" ? "desc" : "asc"].forEach(function (dir) {
        var words = one[0] === "date" || one[0] === "report" ? { desc: ", latest first", asc: ", oldest first" } : { asc: ", up", desc: ", down" };
        select.append(el("option", { value: one[0] + " " + dir }, (one[0] === "type" ? "Type" : one[1]) + words[dir]));
      });
    });
    select.addEventListener("change", function () {
      choose({ sort: select.value.split(" ")[0], dir: select.value.split(" ")[1] });
    });
    parts.sort = select;
    return el("label", { "class": "xsort" }, el("span", {}, "Sort by"), select);
  }

  function button(title, run, css) {
    var node = el("button", { type: "button", "class": css || "openall" }, title);
    node.addEventListener("click", run);
    return node;
  }

  function build() {
    var frame = 0;
    var facets = el("details", { "class": "facets" }, el("summary", {}, "Filter"));
    facets.open = matchMedia("(min-width: 60em)").matches;
    facets.append(el("div", { "class": "fields" },
      field("Words", { name: "q", type: "search", autocomplete: "off", spellcheck: "false" }),
      field("From", { name: "from", type: "date" }), field("To", { name: "to", type: "date" })));
    OPEN.forEach(function (facet, number) { facets.append(facetBox(facet, number)); });
    parts.q.addEventListener("input", function () {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(function () { state.q = parts.q.value; state.page = 1; change("typing"); });
    });
    ["from", "to"].forEach(function (name) {
      parts[name].addEventListener("change", function () { state[name] = parts[name].value; choose({}); });
    });
    parts.count = el("p", { "class": "xcount", role: "status", tabindex: "-1" });
    parts.where = el("span", { "class": "n" });
    parts.back = button("Previous", function () { turn(-1); });
    parts.on = button("Next", function () { turn(1); });
    parts.asked = el("ul", { "class": "xasked", "aria-label": "Filter that is set" });
    parts.none = el("p", { "class": "deckp", hidden: "" }, "No event fits all of this. Take away a word or a tick.");
    parts.body = el("tbody", { role: "rowgroup" });
    parts.head = head();
    parts.table = el("table", { "class": "plain xtable", role: "table", "aria-label": "Events" }, parts.head, parts.body);
    var bar = el("div", { "class": "xbar" }, parts.count, sorter(), button("Download these as CSV", download, "openall xdown"));
    box.replaceChildren(button("Skip to the events", results, "skip"), facets, el("div", { "class": "xlist" }, bar, parts.asked, parts.none, parts.table,
      el("nav", { "class": "xpages", "aria-label": "Pages of the table" }, parts.back, " ", parts.where, " ", parts.on)));
    box.className = "xgrid";
    /* Whoever reaches for what needs all rows, before the first answer is asked for. */
    [facets, bar, parts.head, parts.back.parentNode].forEach(function (part) {
      ["focusin", "pointerdown"].forEach(function (name) { part.addEventListener(name, read, { once: true, passive: true }); });
    });
  }

  /* ---- loading: a script from the disk may be loaded where a fetch may not */

  function load(name) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = folder + name + ".js";
      script.onload = function () { script.remove(); resolve(); };
      script.onerror = function () { script.remove(); reject(new Error(script.src)); };
      document.head.append(script);
    });
  }

  window.briefgenStart = function (told) {
    start = told;
    Object.keys(told.counts).forEach(function (kind) { counts[kind] = E.tallied(told.counts[kind]); });
    data = new E.Data(E.begun(told));
    data.add(told.rows);
  };

  window.briefgenIndex = function (index) { full = new E.Data(index); };

  window.briefgenRows = function (chunk) {
    waiting[chunk.n] = chunk.rows;
    while (waiting[loaded + 1]) {
      loaded += 1;
      full.add(waiting[loaded]);
      delete waiting[loaded];
      data = full;
    }
  };

  function next(n) {
    var last = Math.min(n + AT_ONCE, start.chunks + 1);
    var wanted = [];
    if (n > start.chunks) return undefined;
    for (; n < last; n += 1) wanted.push(load(n));
    return Promise.all(wanted).then(function () { return next(last); });
  }

  function orderAll() {
    OPEN.forEach(function (facet) { order(lists[facet.key]); });
  }

  /* All rows, once somebody asks for what the first cannot tell. Numbers of names stay what they were. */
  function read() {
    if (reading) return reading;
    reading = load("index").then(function () { return load(1); }).then(function () {
      update();
      return next(2);
    }).then(function () {
      whole = true;
      orderAll();
      update();
      box.dataset.read = String(loaded);
    });
    reading.catch(failed);
    return reading;
  }

  function failed() {
    box.append(el("p", { "class": "warn", role: "alert" }, "The events could not be loaded. The list of all events and the CSV file have them."));
  }

  load("start").then(function () {
    build();
    state = E.read("");
    orderAll();
    arrive();
    window.addEventListener("popstate", function () { if (!place()) arrive(); });
    box.dataset.ready = "";
    if (location.protocol === "file:") read();
  }).catch(failed);
})();

/* The search of a site whose index is loaded whole: lunr, in Material's own worker. */
(function () {
  "use strict";

  var READY = 1, QUERY = 2, RESULT = 3;
  var facts = null;

  /* ---- what a hit is */

  window.briefgenFacts = function (told) { facts = told; };

  /* [kind, when, years, theaters] of the thing that an address belongs to, and whether it is that thing's own. */
  function about(address) {
    var page = address.split("#")[0];
    var anchor = address.slice(page.length + 1);
    var hits = facts.hits;
    var row = (anchor && hits[anchor]) || hits[address];
    var own = Boolean(row);
    row = row || hits[page];
    if (!row) return { kind: "Page", when: "", years: [], theaters: [], own: false, page: page };
    return {
      kind: facts.kinds[row[0]], when: row[1], years: row[2], theaters: row[3].map(function (n) { return facts.theaters[n]; }),
      own: own, page: page
    };
  }

  /* A piece of marked-up text without its markup, but for the marks of what was found. */
  function quote(text) {
    var said = /<p>([^]*?)<\/p>/.exec(text);
    var plain = (said ? said[1] : text).replace(/<(?!\/?mark>)[^>]*>/g, " ").trim();
    return plain ? '<span class="hq">' + plain + "</span>" : "";
  }

  /* ---- lunr, in Material's own worker */

  function bare(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC"); }

  /* Words with accents once more without them, in a field that nobody sees. */
  function respelled(doc) {
    var words = (doc.title + " " + doc.text.replace(/<[^>]*>/g, " ")).split(/[\s.,;:()“”"]+/).filter(function (word) {
      return bare(word) !== word.normalize("NFC");
    });
    return words.length ? Object.assign({}, doc, { tags: words.map(bare) }) : doc;
  }

  window.briefgenWhole = function (worker, setup) {
    var asking = [];
    var ready = new Promise(function (done) {
      worker.addEventListener("message", function (event) {
        if (event.data.type === READY) done();
        if (event.data.type === RESULT) asking.shift()(event.data.data.items);
      });
    });
    var last = { query: null, hits: [] };
    setup.data.docs = setup.data.docs.map(respelled);
    setup.data.config.fields.tags = { boost: 1 };
    worker.postMessage(setup);

    /* Material groups by page; what is a thing of its own is a hit of its own. */
    function apart(groups) {
      var hits = [];
      groups.forEach(function (group) {
        var rest = [];
        group.forEach(function (doc) {
          var fact = about(doc.location);
          delete doc.tags;
          if (fact.own && doc.location.indexOf("#") > 0) hits.push({ fact: fact, docs: [doc], score: doc.score });
          else rest.push(doc);
        });
        if (rest.some(function (doc) { return doc.score > 0; })) hits.push({ fact: about(rest[0].location.split("#")[0]), docs: rest, score: rest[0].score });
      });
      return hits.sort(function (a, b) { return b.score - a.score; });
    }

    function found(query) {
      if (query === last.query) return Promise.resolve(last.hits);
      var plain = bare(query);
      return new Promise(function (done) {
        asking.push(done);
        worker.postMessage({ type: QUERY, data: plain === query ? query : query + " " + plain });
      }).then(function (groups) {
        last = { query: query, hits: apart(groups) };
        return last.hits;
      });
    }

    function fits(fact, chosen, but) {
      return Object.keys(chosen).every(function (facet) {
        return facet === but || !chosen[facet] || [].concat(facet === "kind" ? fact.kind : fact[facet + "s"]).indexOf(chosen[facet]) >= 0;
      });
    }

    function search(query, chosen) {
      return found(query).then(function (hits) {
        var counts = { kind: {}, theater: {}, year: {} };
        hits.forEach(function (hit) {
          Object.keys(counts).forEach(function (facet) {
            if (!fits(hit.fact, chosen, facet)) return;
            [].concat(facet === "kind" ? hit.fact.kind : hit.fact[facet + "s"]).forEach(function (value) {
              counts[facet][value] = (counts[facet][value] || 0) + 1;
            });
          });
        });
        var kept = hits.filter(function (hit) { return fits(hit.fact, chosen); });
        return { items: kept.map(shown), counts: counts, total: kept.length };
      });
    }

    return ready.then(function () { return search; });
  };

  /* The first of a hit's entries says what it is; one that stands alone says its text as well. */
  function shown(hit) {
    return hit.docs.map(function (doc, at) {
      var alone = hit.docs.length === 1 && doc.location.indexOf("#") > 0;
      var first = at === Math.max(0, hit.docs.findIndex(function (one) { return one.location.indexOf("#") < 0; }));
      return Object.assign({}, doc, { title: (first ? window.briefgenLabel(hit.fact.kind, hit.fact.when) : "") + doc.title + (alone ? quote(doc.text) : "") });
    });
  }
})();

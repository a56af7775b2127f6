/* The search's other half: Material's script shows the field and the hits, and asks a worker for them.
   This script stands in for that worker: it starts nothing until somebody searches, says of each hit what it is and
   when it was, lets the hits be narrowed, and asks lunr in the real worker, or Pagefind where the site is large. */
(function () {
  "use strict";

  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  var PAUSE = 80;
  var LOAD = ["pointerover", "touchstart", "focusin", "change"];
  var Native = window.Worker;
  var top = new URL("../", document.currentScript.src);
  var local = location.protocol === "file:";
  var open = XMLHttpRequest.prototype.open;
  var send = XMLHttpRequest.prototype.send;
  var waiting = [];
  var wanted = /[?&]q=/.test(location.search);
  var facts = null;

  /* ---- nothing is loaded before somebody reaches for the search */

  function later(start) {
    if (wanted) start();
    else waiting.push(start);
  }

  XMLHttpRequest.prototype.open = function (method, url) {
    this.late = /\/search\/search_index\.json$/.test(String(url));
    return open.apply(this, arguments);
  };
  XMLHttpRequest.prototype.send = function () {
    var request = this;
    var given = arguments;
    if (!request.late) return send.apply(request, given);
    later(function () { send.apply(request, given); });
    return undefined;
  };

  LOAD.forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (wanted || !event.target.closest || !event.target.closest(".md-search, [for=__search], #__search")) return;
      wanted = true;
      waiting.splice(0).forEach(function (start) { start(); });
    }, { passive: true });
  });

  function script(path) {
    return new Promise(function (resolve, reject) {
      var node = document.createElement("script");
      node.src = new URL(path, top).href;
      node.onload = resolve;
      node.onerror = reject;
      document.head.append(node);
    });
  }

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

  function safe(text) {
    return text.replace(/[&<>"]/g, function (char) { return "&#" + char.charCodeAt(0) + ";"; });
  }

  function label(kind, when) {
    return '<span class="hit"><b>' + safe(kind) + "</b>" + (when ? " " + safe(when) : "") + "</span>";
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

  function lunr(url, setup) {
    var worker = new Native(url);
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
  }

  /* The first of a hit's entries says what it is; one that stands alone says its text as well. */
  function shown(hit) {
    return hit.docs.map(function (doc, at) {
      var alone = hit.docs.length === 1 && doc.location.indexOf("#") > 0;
      var first = at === Math.max(0, hit.docs.findIndex(function (one) { return one.location.indexOf("#") < 0; }));
      return Object.assign({}, doc, { title: (first ? label(hit.fact.kind, hit.fact.when) : "") + doc.title + (alone ? quote(doc.text) : "") });
    });
  }

  /* ---- the worker that Material's script talks to */

  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      window.Worker = Native;
      this.url = url;
      this.turn = 0;
      this.panel = null;
      this.last = { key: null, result: null };
    }
    postMessage(message) {
      if (message.type === SETUP) later(() => this.setup(message));
      else if (message.type === QUERY) this.ask();
    }
    terminate() {}
    say(type, data) { this.dispatchEvent(new MessageEvent("message", { data: { type: type, data: data } })); }

    setup(message) {
      var pieces = message.data.config.pieces;
      window.briefgenDocuments = function (index) { message.data.docs = index.docs; };
      var engine = pieces && !local ? this.pieces(new URL(pieces, top).href) : this.whole(message, pieces);
      Promise.all([engine, script("assets/search-hits.js")]).then((made) => {
        this.search = made[0];
        this.panel = window.briefgenHits(() => this.ask());
        this.say(READY);
      }).catch((error) => {
        document.querySelector(".md-search-result__meta").textContent = "The search could not be loaded.";
        throw error;
      });
    }

    pieces(folder) {
      return script("assets/search-pieces.js").then(() => window.briefgenPieces(folder, { label: label, safe: safe }));
    }

    /* A page from the disk can load no pieces: there even a large index is read whole. */
    whole(message, pieces) {
      return script("data/search.js").catch(() => { facts = { kinds: [], theaters: [], hits: {} }; })
        .then(() => pieces && script("search/documents.js")).then(() => lunr(this.url, message));
    }

    /* Material asks at the first letter, and again when that is answered: a short wait, and what then stands in
       the field is looked for, once. */
    ask() {
      var turn = this.turn += 1;
      setTimeout(() => {
        var query = document.querySelector(".md-search__input").value.trim();
        if (turn !== this.turn) return;
        if (!query) {
          this.say(RESULT, { items: [] });
          this.panel.clear();
          return;
        }
        var key = JSON.stringify([query, this.panel.chosen]);
        if (this.last.key !== key) this.last = { key: key, result: this.search(query, this.panel.chosen) };
        this.last.result.then((result) => {
          if (turn !== this.turn) return;
          this.say(RESULT, { items: result.items });
          this.panel.show(result);
        });
      }, PAUSE);
    }
  };
})();

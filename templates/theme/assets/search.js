/* The search's other half: Material's script shows the field and the hits, and asks a worker for them.
   This script stands in for that worker. It loads nothing until somebody searches; then search-whole.js asks lunr in
   the real worker, or search-pieces.js Pagefind where the site is large, and search-hits.js narrows what they find. */
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
      var part = pieces && !local ? "pieces" : "whole";
      Promise.all([script("assets/search-hits.js"), script("assets/search-" + part + ".js")]).then(() => {
        if (part === "pieces") return window.briefgenPieces(new URL(pieces, top).href);
        /* A page from the disk can load no pieces: there even a large index is read whole. */
        return script("data/search.js").catch(() => window.briefgenFacts({ kinds: [], theaters: [], hits: {} }))
          .then(() => pieces && script("search/documents.js"))
          .then(() => window.briefgenWhole(new Native(this.url), message));
      }).then((search) => {
        this.search = search;
        this.panel = window.briefgenHits(() => this.ask());
        this.say(READY);
      }).catch((error) => this.fail(error));
    }

    fail(error) {
      this.last = { key: null, result: null };
      this.say(RESULT, { items: [] });
      document.querySelector(".md-search-result__meta").textContent = "The search could not be loaded.";
      throw error;
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
        }).catch((error) => this.fail(error));
      }, PAUSE);
    }
  };
})();

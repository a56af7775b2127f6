/* The search of a large site: Pagefind, which loads of its index only the pieces that a word needs.
   It hands out what lunr's half in search.js does, from the same entries. */
(function () {
  "use strict";

  var MOST = 20;

  window.briefgenPieces = function (folder) {
    /* Pagefind's excerpts are text in which it has marked what was found. */
    function quote(excerpt) {
      return window.briefgenSafe(excerpt.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#(?:39|x27);/g, "'").replace(/&amp;/g, "&"))
        .replace(/&#60;(\/?)mark&#62;/g, "<$1mark>");
    }

    /* Of an event the quotation; what stands after it only where something was found there. */
    function said(text) {
      var end = text.lastIndexOf("”") + 1;
      return end && text.indexOf("<mark>", end) < 0 ? text.slice(0, end) : text;
    }

    function item(hit) {
      var meta = hit.meta;
      var doc = {
        location: meta.location, text: "", terms: {}, score: hit.score,
        title: window.briefgenLabel(meta.kind, meta.when) + window.briefgenSafe(meta.of ? meta.called + ": " + meta.title : meta.title)
          + '<span class="hq">' + (meta.kind === "Event" ? said(quote(hit.excerpt)) : quote(hit.excerpt)) + "</span>"
      };
      return [doc];
    }

    function filters(chosen, but) {
      var out = {};
      Object.keys(chosen).forEach(function (facet) { if (chosen[facet] && facet !== but) out[facet] = chosen[facet]; });
      return { filters: out };
    }

    return import(folder + "pagefind.js").then(function (pagefind) {
      return pagefind.options({ excerptLength: 24 }).then(function () { return pagefind.init(); }).then(function () {
        return pagefind.filters();
      }).then(function () {
        return function (query, chosen) {
          var facets = ["kind", "theater", "year"];
          var asked = [pagefind.search(query, filters(chosen))].concat(facets.map(function (facet) {
            return chosen[facet] ? pagefind.search(query, filters(chosen, facet)) : null;
          }));
          return Promise.all(asked).then(function (answers) {
            var all = answers[0];
            var counts = {};
            facets.forEach(function (facet, at) {
              var told = (answers[at + 1] || all).filters[facet] || {};
              counts[facet] = {};
              Object.keys(told).forEach(function (value) { if (told[value]) counts[facet][value] = told[value]; });
            });
            return Promise.all(all.results.slice(0, MOST).map(function (one) {
              return one.data().then(function (hit) { return { meta: hit.meta, excerpt: hit.excerpt, score: one.score }; }).catch(function () { return null; });
            })).then(function (answered) {
              var hits = answered.filter(Boolean);
              if (answered.length && !hits.length) throw new Error("no hit could be loaded");
              return { items: hits.map(item), counts: counts, total: all.results.length, cut: all.results.length > MOST };
            });
          });
        };
      });
    });
  };
})();

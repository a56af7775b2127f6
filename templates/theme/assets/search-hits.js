/* The line above the hits: how many there are, and what narrows them, by kind, theater and year. */
(function () {
  "use strict";

  var KINDS = ["Event", "Actor", "Place", "Theater", "Report", "Source", "Page"];
  var FACETS = [["theater", "Theater", "All theaters"], ["year", "Year", "All years"]];

  function el(name, attributes) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    for (var at = 2; at < arguments.length; at += 1) node.append(arguments[at]);
    return node;
  }

  function safe(text) {
    return text.replace(/[&<>"]/g, function (char) { return "&#" + char.charCodeAt(0) + ";"; });
  }

  window.briefgenSafe = safe;

  window.briefgenLabel = function (kind, when) {
    return '<span class="hit"><b>' + safe(kind) + "</b>" + (when ? " " + safe(when) : "") + "</span>";
  }

  function sum(counts) { return Object.keys(counts).reduce(function (all, key) { return all + counts[key]; }, 0); }

  /* A panel above the hits; `again` asks for them once more when something is chosen. */
  window.briefgenHits = function (again) {
    var search = document.querySelector(".md-search");
    var output = search.querySelector(".md-search__scrollwrap");
    var meta = search.querySelector(".md-search-result__meta");
    var toggle = document.getElementById("__search");
    var panel = { chosen: { kind: "", theater: "", year: "" } };
    var kinds = el("div", { "class": "sf-kinds", role: "group", "aria-label": "Kind of hit" });
    var selects = {};
    var box = el("div", { "class": "sf", hidden: "" }, kinds);
    meta.setAttribute("role", "status");

    FACETS.forEach(function (facet) {
      var select = selects[facet[0]] = el("select", {});
      select.addEventListener("change", function () { choose(facet[0], select.value); });
      box.append(el("label", {}, el("span", {}, facet[1]), select));
    });
    output.prepend(box);

    function choose(facet, value) {
      panel.chosen[facet] = value;
      again();
    }

    function button(kind, n, words) {
      var on = panel.chosen.kind === kind;
      var node = el("button", { type: "button", "aria-pressed": String(on), "data-kind": kind }, words + " ", el("span", { "class": "n" }, n.toLocaleString("en")));
      node.addEventListener("click", function () { choose("kind", on ? "" : kind); });
      return node;
    }

    function buttons(counts) {
      var focused = kinds.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
      var nodes = [button("", sum(counts), "All")].concat(KINDS.filter(function (kind) {
        return counts[kind] || panel.chosen.kind === kind;
      }).map(function (kind) { return button(kind, counts[kind] || 0, kind + (counts[kind] === 1 ? "" : "s")); }));
      kinds.replaceChildren.apply(kinds, nodes);
      if (focused === null) return;
      (nodes.filter(function (node) { return node.dataset.kind === focused; })[0] || nodes[0]).focus();
    }

    function options(facet, counts) {
      var select = selects[facet[0]];
      var chosen = panel.chosen[facet[0]];
      var values = Object.keys(counts);
      if (chosen && !counts[chosen]) values.push(chosen);
      values.sort(facet[0] === "year" ? function (a, b) { return b - a; } : undefined);
      select.replaceChildren.apply(select, [el("option", { value: "" }, facet[2])].concat(values.map(function (value) {
        return el("option", { value: value }, value + " (" + (counts[value] || 0).toLocaleString("en") + ")");
      })));
      select.value = chosen;
      select.parentNode.hidden = values.length < 2 && !chosen;
    }

    panel.show = function (result) {
      var shown = result.items.length;
      var narrowed = Object.keys(panel.chosen).some(function (key) { return panel.chosen[key]; });
      box.hidden = !result.total && !narrowed;
      buttons(result.counts.kind);
      FACETS.forEach(function (facet) { options(facet, result.counts[facet[0]]); });
      meta.textContent = result.total
        ? result.total.toLocaleString("en") + (result.total === 1 ? " hit" : " hits") + (result.cut ? ", the best " + shown + " of them here" : "")
        : narrowed ? "Nothing here with these words" : "Nothing with these words";
    };

    panel.clear = function () {
      box.hidden = true;
      meta.textContent = "Type to start searching";
      panel.chosen = { kind: "", theater: "", year: "" };
    };

    /* Material takes every key while the search is open; here Tab moves on, and the controls have their own. */
    window.addEventListener("keydown", function (event) {
      var at = event.target;
      if (!toggle.checked || !at.closest || !search.contains(at)) return;
      var mine = box.contains(at) && event.key !== "Escape" && !(at.tagName === "BUTTON" && /^Arrow(Up|Down)$/.test(event.key));
      if (event.key === "Tab" || mine) event.stopImmediatePropagation();
    }, true);
    search.addEventListener("focusout", function (event) {
      if (toggle.checked && event.relatedTarget && !search.contains(event.relatedTarget)) toggle.click();
    });
    return panel;
  };
})();

/* Shows what a citation refers to, who an actor is and how a date is written, beside the link, on hover and focus.
   The links lead there by themselves: without this script nothing is out of reach. */
(function () {
  "use strict";

  var WAIT = 150;
  var tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  var shown = null;
  var dismissed = null;
  var timer = 0;

  function trigger(node) {
    return node && node.closest ? node.closest("[data-tip], a.footnote-ref") : null;
  }

  /* The footnote without its way back; its links become words, for a tooltip cannot be tabbed into. */
  function reference(link) {
    var id = decodeURIComponent(link.hash.slice(1));
    var note = id && document.getElementById(id);
    if (!note) return null;
    var copy = document.createElement("div");
    Array.prototype.forEach.call(note.childNodes, function (child) { copy.appendChild(child.cloneNode(true)); });
    copy.querySelectorAll(".footnote-backref").forEach(function (back) { back.remove(); });
    copy.querySelectorAll("a").forEach(function (a) {
      var words = document.createElement("span");
      words.className = a.className;
      words.append.apply(words, a.childNodes);
      a.replaceWith(words);
    });
    copy.querySelectorAll("[id]").forEach(function (item) { item.removeAttribute("id"); });
    return copy;
  }

  function show(link) {
    var words = link.dataset.tip === undefined ? reference(link) : document.createTextNode(link.dataset.tip);
    if (!words || link === shown) return;
    hide();
    tip.replaceChildren(words);
    document.body.appendChild(tip);
    tip.hidden = false;
    shown = link;
    link.setAttribute("aria-describedby", "tip");
    var at = link.getClientRects()[0] || link.getBoundingClientRect();
    var room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    var below = at.bottom + 4 + tip.offsetHeight <= window.innerHeight || at.top < tip.offsetHeight + 70;
    tip.style.left = window.scrollX + Math.max(8, Math.min(at.left, room)) + "px";
    tip.style.top = window.scrollY + (below ? at.bottom + 4 : at.top - 4 - tip.offsetHeight) + "px";
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  }

  function later(what) {
    clearTimeout(timer);
    timer = setTimeout(what, WAIT);
  }

  document.addEventListener("mouseover", function (event) {
    var link = trigger(event.target);
    if (link) {
      if (link !== dismissed) later(function () { show(link); });
    } else if (tip.contains(event.target)) {
      clearTimeout(timer);
    } else {
      dismissed = null;
      if (!shown || shown !== document.activeElement) later(hide);
    }
  });
  document.addEventListener("focusin", function (event) {
    var link = trigger(event.target);
    dismissed = null;
    if (link && event.target.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("focusout", function (event) {
    if (event.target === shown && !shown.matches(":hover")) hide();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    dismissed = shown;
    hide();
  });
})();

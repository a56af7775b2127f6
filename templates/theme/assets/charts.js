/* Turns a drawn chart into an interactive Plotly figure when the reader asks for it.
   The drawing stays in the page: it is what shows without this script, and what is printed. */
(function () {
  "use strict";

  var own = document.currentScript && document.currentScript.src;
  var library = new URL("plotly.min.js", own || document.baseURI).href;
  var config = { displaylogo: false, displayModeBar: false, showLink: false, responsive: true, topojsonURL: "", plotlyServerURL: "" };
  var live = [];
  var loading = null;

  function load() {
    if (window.Plotly) return Promise.resolve();
    if (!loading) {
      loading = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = library;
        script.onload = resolve;
        script.onerror = function () {
          loading = null;
          script.remove();
          reject(new Error("not loaded: " + library));
        };
        document.head.appendChild(script);
      });
    }
    return loading;
  }

  /* A copy of the figure with every `var(--token)` as the color it stands for here. */
  function themed(value, style) {
    if (typeof value === "string") {
      var token = /^var\((--[\w-]+)\)$/.exec(value);
      return token ? style.getPropertyValue(token[1]).trim() || "#808080" : value;
    }
    if (Array.isArray(value)) return value.map(function (item) { return themed(item, style); });
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = themed(value[key], style); });
      return copy;
    }
    return value;
  }

  function draw(item) {
    var style = getComputedStyle(item.box);
    var figure = themed(item.data, style);
    figure.layout.height = item.height;
    figure.layout.font.family = style.fontFamily;
    return window.Plotly.react(item.box, figure.data, figure.layout, config);
  }

  function open(item) {
    item.height = Math.max(item.data.layout.height, Math.round(item.drawing.getBoundingClientRect().height));
    item.button.setAttribute("aria-busy", "true");
    return load().then(function () {
      if (!item.figure.isConnected) return undefined;
      item.box = document.createElement("div");
      item.box.className = "plot";
      item.box.style.height = item.height + "px";
      item.box.setAttribute("role", "img");
      item.box.setAttribute("aria-label", item.figure.querySelector(".finding").textContent);
      item.drawing.after(item.box);
      item.drawing.hidden = true;
      live.push(item);
      item.button.textContent = "Back to the drawing";
      return draw(item);
    }).catch(function () {
      close(item);
      item.button.textContent = "The interactive chart could not be loaded. Try again";
    }).then(function () {
      item.button.removeAttribute("aria-busy");
    });
  }

  function close(item) {
    live = live.filter(function (other) { return other !== item; });
    if (item.box) {
      if (window.Plotly) window.Plotly.purge(item.box);
      item.box.remove();
      item.box = null;
    }
    item.drawing.hidden = false;
    item.button.textContent = item.words;
  }

  function prepare(figure) {
    var source = figure.querySelector("script.figure");
    var button = figure.querySelector("button.explore");
    var drawing = figure.querySelector(".drawing");
    if (figure.dataset.ready || !source || !button || !drawing) return;
    figure.dataset.ready = "true";
    var item = { figure: figure, button: button, drawing: drawing, box: null, words: button.textContent };
    item.data = JSON.parse(source.textContent);
    button.hidden = false;
    ["pointerenter", "focus"].forEach(function (name) {
      button.addEventListener(name, function () { load().catch(function () {}); }, { once: true });
    });
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-busy")) return;
      if (item.box) close(item);
      else open(item);
    });
  }

  function scan() {
    live.filter(function (item) { return !item.figure.isConnected; }).forEach(close);
    document.querySelectorAll("figure.chart").forEach(prepare);
  }

  /* On paper the drawing takes the place of the figure: its colors are the print style's, light ones. */
  function printing(on) {
    live.forEach(function (item) {
      item.drawing.hidden = !on;
      item.box.hidden = on;
    });
  }

  function recolor() { live.forEach(draw); }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", scan);
  else scan();
  if (typeof document$ !== "undefined" && document$.subscribe) document$.subscribe(scan);
  function watch() {
    new MutationObserver(recolor).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    new MutationObserver(recolor).observe(document.documentElement, { attributeFilter: ["class"] });
  }
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor);
  window.addEventListener("beforeprint", function () { printing(true); });
  window.addEventListener("afterprint", function () { printing(false); });
  window.addEventListener("pagehide", function (event) {
    if (!event.persisted) live.slice().forEach(close);
  });
})();

/* Zooms the timeline: draws the lanes anew for the days in view, from data/timeline.js, as charts/timeline.py draws all.
   The drawing of all stays in the page until somebody zooms. The days in view are behind the # of the address. */
(function () {
  "use strict";

  var UNITS = [["day", 1], ["week", 7], ["month", 31], ["quarter", 92], ["year", 366]];
  var MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  var LEAST = 7;
  var LANES = 24;
  var DAY = 86400000;
  var top = new URL("../", document.currentScript.src);
  var figure = document.getElementById("timeline");
  var data = null;
  var whole = null;
  var view = null;
  var loading = null;
  var parts = {};
  if (!figure) return;

  function el(name, attributes) {
    var svg = /^(svg|g|a|rect|line|text|title)$/.test(name) && attributes && attributes.svg;
    var node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { if (key !== "svg") node.setAttribute(key, attributes[key]); });
    for (var at = 2; at < arguments.length; at += 1) node.append(arguments[at]);
    return node;
  }

  function shape(name, attributes, text) { return el.apply(null, [name, Object.assign({ svg: true }, attributes)].concat(text === undefined ? [] : [text])); }

  /* ---- days, as numbers since 1970 */

  function date(day) { return new Date(day * DAY); }
  function iso(day) { return date(day).toISOString().slice(0, 10); }
  function number(text) { return Math.round(Date.parse(text + "T00:00:00Z") / DAY); }
  function words(day) { return date(day).getUTCDate() + " " + MONTHS[date(day).getUTCMonth()] + " " + date(day).getUTCFullYear(); }

  function floor(day, unit) {
    var at = date(day);
    if (unit === "day") return day;
    if (unit === "week") return day - (at.getUTCDay() + 6) % 7;
    var month = unit === "year" ? 0 : unit === "quarter" ? at.getUTCMonth() - at.getUTCMonth() % 3 : at.getUTCMonth();
    return Date.UTC(at.getUTCFullYear(), month, 1) / DAY;
  }

  function after(start, unit) {
    if (unit === "day" || unit === "week") return start + (unit === "day" ? 1 : 7);
    var at = date(start);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[unit], 1) / DAY;
  }

  function name(start, unit) {
    var at = date(start);
    if (unit === "day") return words(start);
    if (unit === "week") return "week of " + words(start);
    if (unit === "month") return MONTHS[at.getUTCMonth()] + " " + at.getUTCFullYear();
    return (unit === "quarter" ? "Q" + (Math.floor(at.getUTCMonth() / 3) + 1) + " " : "") + at.getUTCFullYear();
  }

  function slots(from, to, most) {
    var found = [];
    UNITS.some(function (one) {
      found = [];
      for (var start = floor(from, one[0]); start <= to && (found.length <= most || one[0] === "year"); start = after(start, one[0])) found.push(start);
      found.unit = one[0];
      found.days = one[1];
      return found.length <= most;
    });
    return found;
  }

  /* ---- the lanes of the days in view */

  function lanes(seen) {
    var last = after(seen[seen.length - 1], seen.unit);
    var left = 0;
    var found = data.theaters.slice(0, LANES).map(function (theater) {
      var lane = { id: theater[0], name: theater[1], slots: seen.map(function () { return [0, 0, 0, 0, 0]; }), total: 0 };
      var row = theater[2];
      var day = 0, at = 0;
      for (var n = 0; n < row.length; n += 4) {
        day += row[n];
        if (day < seen[0] || day >= last) continue;
        if (row[n + 1] > seen.days) { left += row[n + 3]; continue; }
        while (at + 1 < seen.length && seen[at + 1] <= day) at += 1;
        lane.slots[at][row[n + 2]] += row[n + 3];
        lane.total += row[n + 3];
      }
      return lane;
    });
    found.left = left;
    return found;
  }

  function sum(counts) { return counts.reduce(function (a, b) { return a + b; }, 0); }

  function gaps(seen) {
    return seen.map(function (start) {
      var end = after(start, seen.unit);
      return data.read.length && !data.read.some(function (run) { return run[0] < end && run[1] >= start; });
    });
  }

  function explorer(lane, from, to) {
    var asked = new URLSearchParams();
    if (lane && lane.id) asked.append("theater", lane.id);
    asked.append("from", iso(from));
    asked.append("to", iso(to));
    return new URL("events/explorer.html", top).href + "#" + asked;
  }

  function draw() {
    var width = Math.max(300, Math.min(1180, figure.clientWidth));
    var phone = width < 700;
    var seen = slots(view.from, view.to, phone ? 24 : 62);
    var found = lanes(seen);
    var left = phone ? 4 : 250, high = phone ? 46 : 24, head = 24;
    var room = high - (phone ? 22 : 5);
    var pitch = Math.min((width - 8 - left) / seen.length, 60), bar = Math.max(pitch * 0.76, 1), end = left + pitch * seen.length;
    var most = Math.max.apply(null, [1].concat(found.map(function (lane) { return Math.max.apply(null, lane.slots.map(sum)); })));
    var height = head + high * found.length + 22;
    var title = "Timeline, " + span() + ", by " + seen.unit;
    var svg = shape("svg", { "class": "c", viewBox: "0 0 " + width + " " + height, width: width, height: height, role: "group", "aria-label": title });
    var free = 0;
    seen.forEach(function (start, at) {
      var x = left + at * pitch;
      var text = name(start, seen.unit).replace("week of ", "");
      if (x < free || x + text.length * 7 > width) return;
      svg.append(shape("line", { "class": "tkl", x1: x, x2: x, y1: head - 6, y2: head }), shape("text", { "class": "tk", x: x + 3, y: head - 8 }, text));
      free = x + text.length * 7 + 14;
    });
    found.forEach(function (lane, n) {
      var base = head + high * (n + 1);
      svg.append(shape("line", { "class": "lane", x1: left, x2: end, y1: base, y2: base }));
      svg.append(shape("text", { "class": "rl halo", x: phone ? left : left - 50, y: phone ? base - high + 14 : base - 4, "text-anchor": phone ? "start" : "end" }, lane.name));
      svg.append(shape("text", { "class": "tk n", x: phone ? end : left - 8, y: phone ? base - high + 14 : base - 4, "text-anchor": "end" }, lane.total.toLocaleString("en")));
      lane.slots.forEach(function (counts, at) {
        if (!sum(counts)) return;
        var y = base;
        var until = after(seen[at], seen.unit) - 1;
        var link = shape("a", { href: explorer(lane, seen[at], until), tabindex: "-1" });
        link.append(shape("title", {}, lane.name + ", " + name(seen[at], seen.unit) + ": " + count(sum(counts))));
        counts.forEach(function (many, family) {
          var drop = Math.max(many * room / most, 1.2);
          if (!many) return;
          y -= drop;
          link.append(shape("rect", { "class": "b-" + data.families[family], x: left + at * pitch + (pitch - bar) / 2, y: y, width: bar, height: drop }));
        });
        svg.append(link);
      });
    });
    gaps(seen).forEach(function (gap, at) {
      if (gap) svg.append(shape("line", { "class": "nocov", x1: left + at * pitch, x2: left + (at + 1) * pitch, y1: height - 8, y2: height - 8 }));
    });
    parts.live.replaceChildren(svg);
    parts.pitch = pitch / (after(seen[0], seen.unit) - seen[0]);
    say(seen, found);
    table(seen, found);
  }

  function count(n) { return n.toLocaleString("en") + (n === 1 ? " event" : " events"); }
  function span() { return view.from === view.to ? words(view.from) : words(view.from) + " to " + words(view.to); }

  function say(seen, found) {
    var many = found.filter(function (lane) { return lane.total; }).length;
    var told = many ? many + (many === 1 ? " theater" : " theaters") + " with events" : "no event";
    parts.status.textContent = span() + ", by " + seen.unit + ": " + told + "."
      + (found.left ? " Not drawn: what is dated only to more than a " + seen.unit + "." : "")
      + (data.theaters.length > LANES ? " The " + LANES + " theaters with most events." : "")
      + (gaps(seen).some(Boolean) ? " Gray line: no report read covers that time." : "");
  }

  /* The numbers of the view, where a keyboard and a screen reader reach them. */
  function table(seen, found) {
    var body = el("tbody");
    found.forEach(function (lane) {
      lane.slots.forEach(function (counts, at) {
        if (!sum(counts)) return;
        body.append(el("tr", {}, el("th", { scope: "row" }, lane.name),
          el("td", {}, el("a", { href: explorer(lane, seen[at], after(seen[at], seen.unit) - 1) }, name(seen[at], seen.unit))),
          el("td", { "class": "n" }, sum(counts).toLocaleString("en"))));
      });
    });
    parts.table.replaceChildren(el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Theater"), el("th", { scope: "col" }, "Time"), el("th", { scope: "col", "class": "n" }, "Events"))), body);
  }

  /* ---- moving */

  function set(from, to, kept) {
    var length = Math.max(LEAST - 1, Math.min(to - from, whole.to - whole.from));
    from = Math.round(Math.max(whole.from, Math.min(from, whole.to - length)));
    view = { from: from, to: Math.min(whole.to, from + Math.round(length)) };
    if (!kept) history.replaceState(null, "", location.href.split("#")[0] + "#from=" + iso(view.from) + "&to=" + iso(view.to));
    parts.drawing.hidden = true;
    parts.live.hidden = parts.numbers.hidden = false;
    parts.into.disabled = view.to - view.from < LEAST;
    parts.out.disabled = parts.all.disabled = view.from <= whole.from && view.to >= whole.to;
    parts.back.disabled = view.from <= whole.from;
    parts.on.disabled = view.to >= whole.to;
    draw();
  }

  function zoom(factor, at) {
    var length = (view.to - view.from) * factor;
    var share = at !== undefined ? at : view.to >= whole.to ? 1 : 0.5;
    var fixed = view.from + (view.to - view.from) * share;
    set(fixed - length * share, fixed + length * (1 - share));
  }

  function move(share) {
    var by = Math.max(1, Math.round((view.to - view.from) * Math.abs(share))) * Math.sign(share);
    set(view.from + by, view.to + by);
  }

  var ACTS = {
    "+": function () { zoom(0.5); }, "-": function () { zoom(2); }, "0": function () { set(whole.from, whole.to); },
    ArrowLeft: function () { move(-0.25); }, ArrowRight: function () { move(0.25); }
  };
  ACTS["="] = ACTS["+"];
  ACTS["−"] = ACTS["-"];
  ACTS.Home = ACTS["0"];

  /* Two fingers zoom, one (or the mouse) moves along; up and down the page scrolls as ever. */
  function pointers(box) {
    var down = new Map();
    var before = null;
    var moved = false;
    function spread() {
      var xs = Array.from(down.values());
      return { middle: (xs[0] + xs[xs.length - 1]) / 2, width: Math.abs(xs[0] - xs[xs.length - 1]) };
    }
    box.addEventListener("pointerdown", function (event) {
      down.set(event.pointerId, event.clientX);
      before = spread();
      moved = false;
    });
    window.addEventListener("pointermove", function (event) {
      if (!down.has(event.pointerId) || !view) return;
      down.set(event.pointerId, event.clientX);
      var now = spread();
      var days = (before.middle - now.middle) / parts.pitch;
      if (down.size > 1 && before.width > 20 && now.width > 20) {
        zoom(before.width / now.width);
      } else if (Math.abs(days) >= 1 && Math.abs(before.middle - now.middle) > 3) {
        set(view.from + Math.round(days), view.to + Math.round(days));
      } else return;
      moved = true;
      before = now;
    });
    ["pointerup", "pointercancel"].forEach(function (kind) {
      window.addEventListener(kind, function (event) { down.delete(event.pointerId); if (down.size) before = spread(); });
    });
    box.addEventListener("click", function (event) { if (moved) event.preventDefault(); }, true);
    box.addEventListener("dragstart", function (event) { event.preventDefault(); });
    box.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      var at = box.getBoundingClientRect();
      var act = event.deltaY < 0 ? 0.8 : 1.25;
      when(function () { zoom(act, Math.max(0, Math.min(1, (event.clientX - at.left) / at.width))); });
    }, { passive: false });
  }

  /* ---- loading, and the controls */

  window.briefgenTimeline = function (told) { data = told; };

  function load() {
    loading = loading || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = new URL("data/timeline.js", top).href;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).then(begin);
    return loading;
  }

  function begin() {
    var first = Infinity, last = -Infinity;
    data.theaters.forEach(function (theater) {
      var day = 0;
      theater.total = 0;
      for (var n = 0; n < theater[2].length; n += 4) {
        day += theater[2][n];
        theater.total += theater[2][n + 3];
        first = Math.min(first, day);
        last = Math.max(last, day);
      }
    });
    data.theaters.sort(function (a, b) { return b.total - a.total || (a[1] < b[1] ? -1 : 1); });
    data.read.forEach(function (run) { last = Math.max(last, run[1]); });
    whole = { from: first, to: Math.max(last, first + LEAST - 1) };
    view = { from: Math.max(first, data.from), to: whole.to };
  }

  function when(act) {
    load().then(act).catch(function () { loading = null; parts.status.textContent = "The days could not be loaded. The lists below lead to all events."; });
  }

  function button(title, key) {
    var node = el("button", { type: "button", "class": "openall" }, title);
    node.addEventListener("click", function () { when(ACTS[key]); });
    return node;
  }

  function address() {
    var asked = new URLSearchParams(location.hash.slice(1));
    var from = asked.get("from"), to = asked.get("to");
    if (/^\d{4}-\d\d-\d\d$/.test(from) && /^\d{4}-\d\d-\d\d$/.test(to)) when(function () { set(number(from), number(to), true); });
  }

  function build() {
    parts.drawing = figure.querySelector(".drawing");
    parts.live = el("div", { "class": "tlive", hidden: "" });
    parts.table = el("table", { "class": "plain" });
    parts.numbers = el("details", { "class": "data", hidden: "" }, el("summary", {}, "Numbers of this view"),
      el("div", { "class": "tw", tabindex: "0", role: "region", "aria-label": "Numbers of this view" }, parts.table));
    parts.status = el("p", { "class": "cut", role: "status" });
    parts.into = button("Zoom in", "+");
    parts.out = button("Zoom out", "-");
    parts.back = button("Earlier", "ArrowLeft");
    parts.on = button("Later", "ArrowRight");
    parts.all = button("All", "0");
    var bar = el("div", { "class": "tbar", role: "group", "aria-label": "Days in view" }, parts.into, parts.out, parts.back, parts.on, parts.all);
    var box = el("div", { "class": "tbox", tabindex: "0", role: "group", "aria-label": "Timeline: plus and minus zoom, arrow keys move, 0 shows all" });
    parts.drawing.before(bar, parts.status, box);
    box.append(parts.drawing, parts.live);
    figure.querySelector(".src").after(parts.numbers);
    box.addEventListener("keydown", function (event) {
      if (!ACTS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      when(ACTS[event.key]);
    });
    pointers(box);
    var later = 0;
    window.addEventListener("resize", function () { clearTimeout(later); later = setTimeout(function () { if (!parts.live.hidden) draw(); }, 150); });
    window.addEventListener("hashchange", address);
    address();
  }

  build();
})();

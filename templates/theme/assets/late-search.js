/* Lets the search wait until the reader reaches for it: its index is the heaviest file of a page.
   From the disk nothing is transferred, and worker and index come at once by another way. */
(function () {
  "use strict";

  if (location.protocol === "file:") return;
  var open = XMLHttpRequest.prototype.open;
  var send = XMLHttpRequest.prototype.send;
  var Native = window.Worker;
  var waiting = [];
  var wanted = /[?&]q=/.test(location.search);

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

  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.ready = new Promise((done) => {
        later(() => {
          const worker = new Native(url);
          worker.onmessage = (event) => this.dispatchEvent(new MessageEvent("message", { data: event.data }));
          done(worker);
        });
      });
    }
    postMessage(message) { this.ready.then((worker) => worker.postMessage(message)); }
    terminate() { this.ready.then((worker) => worker.terminate()); }
  };

  ["pointerover", "touchstart", "focusin", "change"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (wanted || !event.target.closest || !event.target.closest(".md-search, [for=__search], #__search")) return;
      wanted = true;
      waiting.splice(0).forEach(function (start) { start(); });
    }, { passive: true });
  });
})();

/* Search from the disk. Browsers allow no worker for a page opened as a file, so there a
   hidden frame that runs the same script stands in for one. */
(function () {
  if (location.protocol !== "file:" || !document.currentScript) return
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.onmessage = null
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "Search"
      const src = new URL(url, location.href).href.replace(/&/g, "&amp;").replace(/"/g, "&quot;")
      frame.srcdoc =
        "<script>self.postMessage=m=>parent.dispatchEvent(new CustomEvent('frame-says',{detail:{frame:frameElement,data:m}}));" +
        "self.importScripts=()=>{}<\/script><script src=\"" + src + "\"><\/script>"
      this.frame = frame
      this.ready = new Promise(done => frame.addEventListener("load", done, { once: true }))
      addEventListener("frame-says", event => {
        if (event.detail.frame !== frame) return
        const message = new MessageEvent("message", { data: event.detail.data })
        this.dispatchEvent(message)
        if (this.onmessage) this.onmessage(message)
      })
      const add = () => document.body.append(frame)
      if (document.body) add()
      else addEventListener("DOMContentLoaded", add)
    }
    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })))
    }
    terminate() {
      this.frame.remove()
    }
  }
})()

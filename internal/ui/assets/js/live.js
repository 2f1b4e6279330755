/* Open pages hear at once that something has changed. One page of a browser keeps the line to the server and passes on what it
   hears to the others. A part of a page with data-live names the rooms that concern it and asks again by itself (htmx, on
   "live"); data-live-ref narrows that to one thing. Without this file a page shows the state of when it was opened. */
(() => {
  "use strict";
  const url = document.body && document.body.dataset.liveUrl;
  if (!url || !window.EventSource || !window.BroadcastChannel || !navigator.locks) return;
  const others = new BroadcastChannel("elyco-live");
  const anything = "*";

  // Whoever is typing or has chosen something is not disturbed.
  const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")
    || part.querySelector("input[type=checkbox]:checked, dialog[open]");
  const tell = ({ room, ref }) => {
    document.querySelectorAll("[data-live]").forEach((part) => {
      const rooms = part.dataset.live.split(" ");
      if (room !== anything && !rooms.includes(room) && !rooms.includes(anything)) return;
      if (room !== anything && ref && part.dataset.liveRef && part.dataset.liveRef !== ref) return;
      if (part.dataset.livePatient !== undefined && busy(part)) return;
      window.htmx.trigger(part, "live");
    });
  };
  others.onmessage = (event) => tell(event.data);

  const keep = () => new Promise((leave) => {
    let line, cut = false;
    const open = () => {
      line = new EventSource(url);
      line.addEventListener("changed", (event) => {
        const [room, ref] = event.data.split(" ");
        others.postMessage({ room, ref });
        tell({ room, ref });
      });
      line.onopen = () => {
        if (cut) { others.postMessage({ room: anything }); tell({ room: anything }); }
        cut = false;
      };
      line.onerror = () => {
        cut = true;
        if (line.readyState === EventSource.CLOSED) leave();
      };
    };
    open();
    window.addEventListener("pagehide", () => { line.close(); leave(); }, { once: true });
  });

  const soon = 800; // whoever only passes by needs no line
  const begin = () => setTimeout(() => navigator.locks.request("elyco-live", keep), soon);
  window.addEventListener("pageshow", begin);
})();

/* What is being written is kept by itself, a few seconds after the last key: the form goes as it stands to where its buttons
   send it. */
(() => {
  "use strict";
  const calm = 4000;
  const timers = new WeakMap();
  const keep = async (form) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "autosave");
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    const place = form.querySelector("[data-autosaved]");
    if (place && answer && answer.status === 204) place.textContent = place.dataset.words;
  };
  const later = (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), calm));
  };
  document.addEventListener("input", later);
  document.addEventListener("submit", (event) => clearTimeout(timers.get(event.target)));
})();

/* Every page works without this file; it only makes some gestures quicker. It listens on the document, so that fragments
   which arrive later are served as well. */
(() => {
  "use strict";
  const root = document.documentElement;
  const settings = { "scheme": "scheme", "contrast": "contrast", "text-size": "textSize", "font": "font", "motion": "motion" };
  const dirty = new Set();

  const grow = (area) => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  };

  const timers = new WeakMap();
  const count = (area) => {
    const place = document.getElementById(area.dataset.count);
    if (!place) return;
    clearTimeout(timers.get(area));
    timers.set(area, setTimeout(() => {
      place.textContent = `${(area.maxLength - area.value.length).toLocaleString(root.lang)} ${place.dataset.words}`;
    }, 250));
  };

  const echo = (input) => {
    const place = document.getElementById(input.dataset.echo);
    if (!place) return;
    const names = [...input.files].map((f) => f.name).join(", ");
    place.textContent = names ? `${place.dataset.words} ${names}` : "";
  };

  const applyComfort = (input) => {
    const key = settings[input.name];
    if (!key) return;
    if (input.value) root.dataset[key] = input.value;
    else delete root.dataset[key];
  };

  const openDialog = (opener, event) => {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog || !dialog.showModal || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  };

  const reveal = (button) => {
    const field = document.getElementById(button.dataset.reveals);
    if (!field) return;
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  };

  // A mark is written with setRangeText and announced as input, so that the count, the height and the warning before leaving
  // follow as if it had been typed.
  const linesOf = (area) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = area.value.indexOf("\n", area.selectionEnd);
    return [from, end < 0 ? area.value.length : end];
  };
  const startLines = (area, sign) => {
    const [from, to] = linesOf(area);
    const lines = area.value.slice(from, to).split("\n");
    const marked = lines.every((line) => line.startsWith(sign));
    area.setRangeText(lines.map((line) => (marked ? line.slice(sign.length) : sign + line)).join("\n"), from, to, "end");
  };
  const surround = (area, before, after) => {
    const { selectionStart: from, selectionEnd: to } = area;
    const words = area.value.slice(from, to);
    area.setRangeText(before + words + after, from, to, "end");
    if (!words) area.setSelectionRange(from + before.length, from + before.length);
  };
  const link = (area) => {
    const from = area.selectionStart;
    const words = area.value.slice(from, area.selectionEnd);
    surround(area, "[", "](https://)");
    const at = words ? from + words.length + 3 : from + 1;
    area.setSelectionRange(at, words ? at + "https://".length : at);
  };
  const mark = (button) => {
    const area = document.getElementById(button.closest("[data-marks]").dataset.marks);
    if (!area) return;
    area.focus();
    if (button.dataset.mark === "title") startLines(area, "# ");
    if (button.dataset.mark === "list") startLines(area, "- ");
    if (button.dataset.mark === "strong") surround(area, "**", "**");
    if (button.dataset.mark === "link") link(area);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A toolbar is one stop of the Tab key; the arrows go from button to button.
  const rove = (bar, current) => {
    bar.querySelectorAll("button").forEach((button) => { button.tabIndex = button === current ? 0 : -1; });
  };
  const walk = (event) => {
    const bar = event.target.closest("[data-marks]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!bar || !step) return;
    const buttons = [...bar.querySelectorAll("button")];
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    event.preventDefault();
    rove(bar, next);
    next.focus();
  };

  const prepare = (scope) => {
    scope.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
    scope.querySelectorAll("[data-marks]").forEach((bar) => rove(bar, bar.querySelector("button")));
    scope.querySelectorAll("textarea[data-grow]").forEach((area) => { if (area.value) grow(area); });
    scope.querySelectorAll("textarea[data-count]").forEach(count);
    const wrong = scope.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  };

  document.addEventListener("input", (event) => {
    const target = event.target;
    if (target.matches("textarea[data-grow]")) grow(target);
    if (target.matches("textarea[data-count]")) count(target);
    const form = target.closest("form[data-keep-safe]");
    if (form) dirty.add(form);
  });

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("input[type=file][data-echo]")) echo(target);
    if (target.closest("form[data-comfort]")) applyComfort(target);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) openDialog(opener, event);
    const revealer = event.target.closest("[data-reveals]");
    if (revealer) reveal(revealer);
    if (event.target.closest("[data-prints]")) print();
    const marker = event.target.closest("[data-mark]");
    if (marker) mark(marker);
  });

  document.addEventListener("keydown", walk);

  document.addEventListener("submit", (event) => {
    dirty.delete(event.target);
    // A browser keeps what a text field held; a password shown for a moment is none of it.
    event.target.querySelectorAll("[data-reveals][aria-pressed=true]").forEach(reveal);
  });
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
  addEventListener("beforeunload", (event) => {
    if (![...dirty].some((form) => form.isConnected)) return;
    event.preventDefault();
    event.returnValue = document.body.dataset.leave;
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document));
  else prepare(document);
})();

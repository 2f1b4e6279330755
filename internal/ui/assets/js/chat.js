/* In the field of a chat the Enter key sends and Shift with Enter begins a line; where one points with a finger, Enter begins a
   line and the button sends. A page that nobody sees, in a hidden tab or behind a locked screen, says of nobody that they are
   there and reads nothing in their name; once it is seen it says so at once. */
(() => {
  "use strict";
  const finger = window.matchMedia("(pointer: coarse)");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing || finger.matches) return;
    const form = event.target.closest("form[data-chat-form]");
    if (!form || !event.target.matches("textarea")) return;
    event.preventDefault();
    if (event.target.value.trim()) form.requestSubmit();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.id === "chat-here") event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    const here = document.getElementById("chat-here");
    if (here && !document.hidden) window.htmx.trigger(here, "seen");
  });
})();

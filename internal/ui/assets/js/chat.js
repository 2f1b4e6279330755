/* In the field of a chat the Enter key sends and Shift with Enter begins a line; where one points with a finger, Enter begins a
   line and the button sends. */
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
})();

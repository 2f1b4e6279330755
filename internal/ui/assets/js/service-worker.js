/* Shows the notifications that the portal sends to this device, and opens their pages. It keeps nothing and answers no request:
   pages come from the portal as always. */
"use strict";
const path = (asked) => {
  try {
    const url = new URL(asked || "/", self.location.origin);
    return url.origin === self.location.origin ? url.pathname + url.search + url.hash : "/";
  } catch {
    return "/";
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let sent = {};
  try { sent = event.data ? event.data.json() : {}; } catch { /* a notification is owed for every push, whatever it holds */ }
  event.waitUntil(self.registration.showNotification(String(sent.title || "Nouveau message"), {
    body: String(sent.text || ""), tag: String(sent.id || "elyco"), lang: "fr", data: { path: path(sent.path) },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = path(event.notification.data && event.notification.data.path);
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    for (const page of open) {
      if (path(page.url) === to) return page.focus();
    }
    return self.clients.openWindow(to);
  })());
});

/* The button that has notifications shown on this device, or ends that. What it needs stands on the element with data-push: the
   public key, and where the device is told to the portal. Without this file its words say that nothing can be done here. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const same = (a, b) => a && a.length === b.length && a.every((x, i) => x === b[i]);

  const show = (box, part) => {
    box.querySelectorAll("[data-push-part]").forEach((p) => { p.hidden = p.dataset.pushPart !== part; });
  };

  const send = async (url, fields) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
  };

  const device = () => {
    const agent = navigator.userAgent;
    const of = (list) => (list.find(([shape]) => shape.test(agent)) || [])[1];
    const browser = of([[/Edg/, "Edge"], [/OPR|Opera/, "Opera"], [/Firefox|FxiOS/, "Firefox"], [/Chrome|CriOS/, "Chrome"], [/Safari/, "Safari"]]) || "Navigateur";
    const system = of([[/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac/, "Mac"], [/CrOS/, "Chromebook"], [/Linux/, "Linux"]]);
    return system ? `${browser} sur ${system}` : browser;
  };

  const current = async () => {
    const worker = await navigator.serviceWorker.getRegistration("/");
    return worker ? worker.pushManager.getSubscription() : null;
  };

  const begin = async (box) => {
    if (await Notification.requestPermission() !== "granted") return show(box, "denied");
    const key = bytes(box.dataset.push);
    await navigator.serviceWorker.register("/service-worker.js", { scope: "/", updateViaCache: "none" });
    const worker = await navigator.serviceWorker.ready;
    const before = await worker.pushManager.getSubscription();
    // Under another key nothing would arrive any more.
    if (before && !same(new Uint8Array(before.options.applicationServerKey || []), key)) await before.unsubscribe();
    const s = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    await send(box.dataset.pushUrl, { endpoint: s.endpoint, p256dh: text(s.getKey("p256dh")), auth: text(s.getKey("auth")), name: device() });
    show(box, "on");
  };

  const end = async (box) => {
    const s = await current();
    if (s) {
      await send(box.dataset.pushRemove, { endpoint: s.endpoint });
      await s.unsubscribe();
    }
    show(box, "off");
  };

  const ready = () => document.querySelectorAll("[data-push]").forEach(async (box) => {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
    if (Notification.permission === "denied") return show(box, "denied");
    try { show(box, await current() ? "on" : "off"); } catch { show(box, "off"); }
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-push-do]");
    if (!button) return;
    const box = button.closest("[data-push]");
    button.disabled = true;
    try {
      await (button.dataset.pushDo === "begin" ? begin(box) : end(box));
    } catch {
      show(box, "failed");
    }
    button.disabled = false;
    const said = box.querySelector("[data-push-part]:not([hidden])");
    if (said) said.focus();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

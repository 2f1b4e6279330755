/* Passkeys are asked of the device by a script, and by nothing else: a form with data-passkey carries what the server wants
   signed, and is sent with what the device answers. Without this file, or without passkeys, its words say what to do instead. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((k) => ({ ...k, id: bytes(k.id) }));

  const make = async (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials) };
    const made = await navigator.credentials.create({ publicKey });
    const answer = made.response;
    return { id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment, clientExtensionResults: {},
      response: { clientDataJSON: text(answer.clientDataJSON), attestationObject: text(answer.attestationObject),
        transports: answer.getTransports ? answer.getTransports() : [] } };
  };

  const use = async (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
    const used = await navigator.credentials.get({ publicKey });
    const answer = used.response;
    return { id: used.id, rawId: text(used.rawId), type: used.type, authenticatorAttachment: used.authenticatorAttachment, clientExtensionResults: {},
      response: { clientDataJSON: text(answer.clientDataJSON), authenticatorData: text(answer.authenticatorData), signature: text(answer.signature),
        userHandle: answer.userHandle ? text(answer.userHandle) : null } };
  };

  const ask = async (form) => {
    const words = form.querySelector("[data-passkey-failed]");
    words.hidden = true;
    try {
      const options = JSON.parse(form.dataset.passkeyOptions);
      const answer = form.dataset.passkey === "make" ? await make(options) : await use(options);
      form.elements.response.value = JSON.stringify(answer);
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      words.hidden = false;
      words.focus();
    }
  };

  const ready = () => document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    form.querySelectorAll("[data-passkey-shown]").forEach((part) => { part.hidden = false; });
    form.querySelectorAll("[data-passkey-instead]").forEach((part) => { part.hidden = true; });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form || form.elements.response.value) return;
    event.preventDefault();
    ask(form);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

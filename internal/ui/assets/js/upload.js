/* Sends files in pieces, so that a line that breaks, a pause or a closed page costs one piece and not the whole. The form
   that it takes over sends the same files whole where scripts do not run. */
(() => {
  "use strict";
  const atOnce = 2;
  const mostTries = 6;
  const quiet = 8000;
  const parts = new WeakMap();

  // What a browser keeps of an upload is a fingerprint and a number: the next person at the same computer reads no name.
  const fingerprint = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (const c of text) {
      a = Math.imul(a ^ c.codePointAt(0), 2654435761);
      b = Math.imul(b ^ c.codePointAt(0), 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return `elyco-upload-${(4294967296 * (2097151 & b) + (a >>> 0)).toString(36)}`;
  };
  const memory = (act) => { try { return act(localStorage); } catch { return null; } };

  // The id goes with every try, so that one whose answer was lost on its way has not begun an upload of its own.
  const newID = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let now = Date.now();
    for (let i = 5; i >= 0; i -= 1) {
      bytes[i] = now % 256;
      now = Math.floor(now / 256);
    }
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const text = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const size = (n) => {
    const units = ["octets", "Ko", "Mo", "Go"];
    let i = 0;
    while (n >= 1024 && i < units.length - 1) { n /= 1024; i += 1; }
    return `${n.toLocaleString("fr", { maximumFractionDigits: i > 1 ? 1 : 0 })} ${units[i]}`;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  class Refusal extends Error {}

  class Deposit {
    constructor(root) {
      this.root = root;
      this.words = JSON.parse(root.dataset.words);
      this.form = root.querySelector("form");
      this.panel = root.querySelector("[data-sending]");
      this.list = root.querySelector("[data-sending-list]");
      this.total = root.querySelector("[data-sending-total]");
      this.bar = root.querySelector("[data-sending-bar]");
      this.row = root.querySelector("template");
      this.tasks = [];
      this.folders = new Map();
      this.said = 0;
      root.classList.add("deposit-live");
      root.querySelectorAll("[data-deposit-live]").forEach((part) => { part.hidden = false; });
      root.querySelectorAll("[data-deposit-plain]").forEach((part) => { part.hidden = true; });
    }

    add(file, path) {
      const task = { file, path, name: file.name, state: "waiting", offset: 0, moving: 0 };
      const { space, folder } = this.root.dataset;
      task.mark = fingerprint([space, folder, path, file.name, file.size, file.lastModified].join("|"));
      task.row = this.row.content.firstElementChild.cloneNode(true);
      task.row.querySelector("[data-name]").textContent = path ? `${path}/${file.name}` : file.name;
      task.row.querySelector("progress").setAttribute("aria-label", file.name);
      task.row.querySelectorAll("[data-do]").forEach((button) => {
        button.setAttribute("aria-label", `${button.textContent.trim()} : ${file.name}`);
        button.addEventListener("click", () => this.press(task, button.dataset.do));
      });
      this.list.append(task.row);
      this.panel.hidden = false;
      this.tasks.push(task);
      this.show(task);
    }

    press(task, what) {
      if (what === "stop") {
        task.state = "stopped";
        memory((m) => m.removeItem(task.mark));
        if (task.request) task.request.abort();
        if (task.id) this.call(task, "POST", `uploads/${task.id}/removal`).catch(() => {});
        task.row.remove();
        this.tasks.splice(this.tasks.indexOf(task), 1);
        this.panel.hidden = this.tasks.length === 0;
        this.input().focus();
      } else {
        task.state = what === "pause" ? "paused" : "waiting";
        if (what === "pause" && task.request) task.request.abort();
        this.show(task);
        const other = task.row.querySelector(what === "pause" ? "[data-do=resume]" : "[data-do=pause]");
        if (!other.hidden) other.focus();
      }
      this.next();
    }

    input() { return this.form.querySelector("input[type=file]"); }

    next() {
      const busy = this.tasks.filter((t) => t.state === "sending").length;
      this.tasks.filter((t) => t.state === "waiting").slice(0, Math.max(0, atOnce - busy)).forEach((t) => {
        t.state = "sending";
        this.send(t).then(() => this.next());
      });
      this.say(true);
      if (!this.tasks.some((t) => t.state === "sending" || t.state === "waiting")) this.refresh();
    }

    refresh() {
      if (!this.tasks.some((t) => t.state === "done" && !t.shown)) return;
      this.tasks.forEach((t) => { t.shown = t.state === "done"; });
      if (window.htmx && document.getElementById("listing")) {
        window.htmx.ajax("GET", location.pathname + location.search, { target: "#listing", select: "#listing", swap: "outerHTML" });
      }
    }

    async send(task) {
      const run = task.run = (task.run || 0) + 1;
      const on = () => task.state === "sending" && task.run === run;
      for (let tries = 0; on();) {
        try {
          await this.whole(task, () => { tries = 0; });
          task.state = "done";
          memory((m) => m.removeItem(task.mark));
        } catch (error) {
          if (!on()) return;
          if (error instanceof Refusal) {
            task.state = "refused";
            task.why = error.message;
            memory((m) => m.removeItem(task.mark));
          } else if (++tries > mostTries) {
            task.state = "failed";
          } else {
            this.show(task, this.words.retrying);
            await new Promise((wake) => { setTimeout(wake, 500 * 2 ** tries); });
          }
        }
      }
      task.moving = 0;
      this.show(task);
    }

    async whole(task, moved) {
      await this.begin(task);
      while (task.offset < task.file.size) {
        const piece = task.file.slice(task.offset, task.offset + task.chunk);
        const answer = await this.call(task, "POST", `uploads/${task.id}/chunks?offset=${task.offset}`, piece, (n) => {
          task.moving = n;
          this.show(task);
        });
        task.offset = answer.offset;
        task.moving = 0;
        moved();
        this.show(task);
      }
      this.show(task, this.words.checking);
      const end = await this.call(task, "POST", `uploads/${task.id}/end`, new URLSearchParams());
      task.name = end.name;
    }

    async begin(task) {
      const known = task.id || memory((m) => m.getItem(task.mark));
      if (known) {
        try {
          Object.assign(task, await this.call(task, "GET", `uploads/${known}`), { id: known });
          return;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          task.id = "";
          task.wish = "";
        }
      }
      const { space, folder } = this.root.dataset;
      const clash = this.form.querySelector("[name=clash]");
      const into = task.path ? await this.folder(task) : folder;
      task.wish = task.wish || newID();
      const form = new URLSearchParams({ id: task.wish, space, folder: into, name: task.file.name, size: task.file.size, clash: clash ? clash.value : "" });
      Object.assign(task, await this.call(task, "POST", "uploads", form));
      memory((m) => m.setItem(task.mark, task.id));
    }

    // folder has the folders of a path made, once for all the files that go there.
    folder(task) {
      if (!this.folders.has(task.path)) {
        const { space, folder } = this.root.dataset;
        const made = this.call(task, "POST", "paths", new URLSearchParams({ space, folder, path: task.path })).then((a) => a.id);
        made.catch(() => this.folders.delete(task.path));
        this.folders.set(task.path, made);
      }
      return this.folders.get(task.path);
    }

    call(task, method, path, body, progress) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        task.request = request;
        request.open(method, `${this.root.dataset.base}/${path}`);
        request.setRequestHeader("Accept", "application/json");
        if (body instanceof Blob) request.setRequestHeader("Content-Type", "application/octet-stream");
        if (progress) request.upload.addEventListener("progress", (event) => progress(event.loaded));
        request.addEventListener("error", () => reject(new Error("line")));
        request.addEventListener("abort", () => reject(new Error("stopped")));
        request.addEventListener("load", () => {
          let said = {};
          try { said = JSON.parse(request.responseText || "{}"); } catch { said = {}; }
          const refused = request.status >= 400 && request.status < 500 && ![408, 409, 429].includes(request.status);
          if (request.status < 300 || (request.status === 409 && said.offset !== undefined)) resolve(said);
          else if (refused) reject(new Refusal(said.error || this.words.refused));
          else reject(new Error("busy"));
        });
        request.send(body);
      });
    }

    show(task, words) {
      const { row, file, state } = task;
      const sent = state === "done" ? file.size : Math.min(file.size, task.offset + task.moving);
      row.dataset.state = state;
      row.querySelector("progress").value = file.size ? Math.floor((100 * sent) / file.size) : (state === "done" ? 100 : 0);
      const text = state === "refused" ? task.why : words || this.words[state];
      row.querySelector("[data-state-words]").textContent = fill(text, { sent: size(sent), size: size(file.size) });
      const hide = (what, hidden) => { row.querySelector(`[data-do=${what}]`).hidden = hidden; };
      hide("pause", state !== "sending" && state !== "waiting");
      hide("resume", state !== "paused" && state !== "failed");
      hide("stop", state === "done");
      this.say(false);
    }

    // say tells how far all of it is: at once when a file changes its state, else now and then, for those who listen.
    say(now) {
      const count = (...states) => this.tasks.filter((t) => states.includes(t.state)).length;
      const all = this.tasks.reduce((n, t) => n + t.file.size, 0);
      const sent = this.tasks.reduce((n, t) => n + (t.state === "done" ? t.file.size : t.offset + t.moving), 0);
      this.bar.value = all ? Math.floor((100 * Math.min(sent, all)) / all) : 0;
      if (!now && performance.now() - this.said < quiet) return;
      this.said = performance.now();
      const values = { done: count("done"), all: this.tasks.length, sent: size(Math.min(sent, all)), size: size(all), wrong: count("refused", "failed") };
      const line = count("sending", "waiting", "paused") ? this.words.total : this.words.finished;
      const words = fill(line, values) + (values.wrong ? ` ${fill(this.words.wrong, values)}` : "");
      if (this.total.textContent !== words) this.total.textContent = words;
    }

    busy() { return this.tasks.some((t) => t.state === "sending" || t.state === "waiting"); }
  }

  const depositOf = (root) => {
    if (!root) return null;
    if (!parts.has(root)) parts.set(root, new Deposit(root));
    return parts.get(root);
  };
  const here = () => depositOf(document.querySelector("[data-deposit]"));

  const take = (deposit, files) => {
    files.forEach(({ file, path }) => deposit.add(file, path));
    deposit.next();
  };
  const chosen = (input) => [...input.files].map((file) => ({ file, path: (file.webkitRelativePath || "").split("/").slice(0, -1).join("/") }));

  const read = (entry, path) => new Promise((resolve) => {
    if (entry.isFile) {
      entry.file((file) => resolve([{ file, path }]), () => resolve([]));
      return;
    }
    const reader = entry.createReader();
    const found = [];
    const more = () => reader.readEntries(async (entries) => {
      if (entries.length) {
        found.push(...entries);
        more();
        return;
      }
      const inside = path ? `${path}/${entry.name}` : entry.name;
      resolve((await Promise.all(found.map((e) => read(e, inside)))).flat());
    }, () => resolve([]));
    more();
  });
  const dropped = async (data) => {
    const entries = [...data.items].map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null)).filter(Boolean);
    if (!entries.length) return [...data.files].map((file) => ({ file, path: "" }));
    return (await Promise.all(entries.map((entry) => read(entry, "")))).flat();
  };
  const carriesFiles = (event) => [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");

  document.addEventListener("change", (event) => {
    const root = event.target.closest("[data-deposit]");
    if (!root || event.target.type !== "file" || !event.target.files.length) return;
    take(depositOf(root), chosen(event.target));
    event.target.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event) || !here()) return;
    event.preventDefault();
    here().root.dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget && here()) delete here().root.dataset.over;
  });
  document.addEventListener("drop", (event) => {
    const deposit = carriesFiles(event) && here();
    if (!deposit) return;
    event.preventDefault();
    delete deposit.root.dataset.over;
    dropped(event.dataTransfer).then((files) => take(deposit, files));
  });
  // A box in the head of the list ticks all the others.
  document.addEventListener("change", (event) => {
    const all = event.target.dataset ? event.target.dataset.ticks : "";
    if (all) document.querySelectorAll(`input[name="${all}"]`).forEach((box) => { box.checked = event.target.checked; });
  });
  addEventListener("beforeunload", (event) => {
    const deposit = here();
    if (!deposit || !deposit.busy()) return;
    event.preventDefault();
    event.returnValue = deposit.words.leave;
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", here);
  else here();
})();

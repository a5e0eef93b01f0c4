// The lower edge of the chat: Start, typing, replying, command suggestions, reply keyboards, other kinds of messages.

import { make } from "/static/text.js";

const $ = (id) => document.getElementById(id);

export class Composer {
  /** `does`: say(text, replyTo) and send(deed, extra) return promises of success; commands() lists what is offered. */
  constructor(does) {
    this.does = does;
    this.reply = null;
    this.editing = null;
    this.chosen = -1;
    $("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    $("text").addEventListener("input", () => this.typed());
    $("text").addEventListener("keydown", (event) => this.key(event));
    $("text").addEventListener("blur", () => setTimeout(() => document.activeElement === $("text") || this.hideSuggestions(), 150));
    $("noreply").addEventListener("click", () => this.cancel());
    $("start").addEventListener("click", () => this.begin());
    for (const button of $("attach").querySelectorAll("button")) {
      button.addEventListener("click", () => this.attach(button));
    }
    $("file").addEventListener("change", () => this.sendFile());
    document.addEventListener("click", (event) => {
      if (!$("attach").contains(event.target)) $("attach").open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") $("attach").open = false;
    });
  }

  /** Draw what depends on the chat: Start when empty, Unblock when blocked, the bot's own keyboard. */
  frame({ empty, blocked, keys }) {
    this.blocked = blocked;
    $("start").hidden = !(empty || blocked);
    $("start").textContent = blocked ? "Unblock and start again" : "Start";
    $("form").hidden = empty || blocked;
    const shown = !empty && !blocked && keys;
    $("keys").hidden = !shown;
    if (shown) $("keys").replaceChildren(...keys.map((row) => make("div", "row", ...row.map((key) => this.keyButton(key)))));
  }

  keyButton(key) {
    const button = make("button", "", key.text ?? key);
    button.type = "button";
    button.addEventListener("click", () => {
      if (key.request_location) this.does.send("location", { latitude: 38.72, longitude: -9.14 });
      else this.does.say(key.text ?? key, null);
    });
    return button;
  }

  clear() {
    $("text").value = "";
    this.cancel();
    this.typed();
  }

  replyTo(id, name, text) {
    this.cancel();
    this.reply = id;
    this.about(`Reply to ${name}`, text);
  }

  edit(id, text) {
    this.cancel();
    this.editing = { id, text };
    $("text").value = text;
    this.about("Edit your message", text);
    this.typed();
    this.hideSuggestions();
  }

  about(head, text) {
    $("replyname").textContent = head;
    $("replytext").textContent = text;
    $("replying").hidden = false;
    $("text").focus();
  }

  /** Neither reply nor edit; what was being edited is no new message. */
  cancel() {
    if (this.editing) $("text").value = "";
    this.reply = this.editing = null;
    $("replying").hidden = true;
  }

  async begin() {
    if (this.blocked && !(await this.does.send("block", { blocked: false }))) return;
    await this.does.say("/start", null);
    $("text").focus();
  }

  async send() {
    const text = $("text").value.trim();
    if (!text) return;
    const { reply, editing } = this;
    this.clear();
    if (editing?.text === text) return;
    const done = editing ? this.does.send("edit", { message: editing.id, text }) : this.does.say(text, reply);
    if (!(await done)) $("text").value = text;
  }

  attach(button) {
    const { deed, latitude, longitude } = button.dataset;
    $("attach").open = false;
    if (deed === "document") return $("file").click();
    this.does.send(deed, latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : {});
    $("text").focus();
  }

  sendFile() {
    const [file] = $("file").files;
    if (!file) return;
    $("file").value = "";
    const reader = new FileReader();
    // A data URL: what stands behind the comma is the content in base 64.
    reader.onload = () => this.does.send("document", { name: file.name, content: reader.result.split(",")[1] ?? "" });
    reader.readAsDataURL(file);
    $("text").focus();
  }

  typed() {
    const box = $("text");
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
    const start = /^\/([a-z0-9_]*)$/i.exec(box.value);
    const fits = start ? this.does.commands().filter((c) => c.command.startsWith(start[1].toLowerCase())) : [];
    this.chosen = -1;
    $("suggest").replaceChildren(...fits.map((command, index) => this.suggestion(command, index)));
    $("suggest").hidden = fits.length === 0;
  }

  suggestion(command, index) {
    const item = make("li", "", make("b", "", `/${command.command}`), make("span", "", command.description));
    item.role = "option";
    item.id = `suggestion${index}`;
    item.setAttribute("aria-selected", "false");
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.does.say(`/${command.command}`, null);
      this.clear();
    });
    return item;
  }

  choose(step) {
    const items = [...$("suggest").children];
    this.chosen = (this.chosen + step + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.chosen)));
    items[this.chosen].scrollIntoView({ block: "nearest" });
    $("text").setAttribute("aria-activedescendant", items[this.chosen].id);
  }

  take() {
    $("text").value = `${$("suggest").children[this.chosen].querySelector("b").textContent} `;
    this.typed();
  }

  key(event) {
    const open = !$("suggest").hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.choose(event.key === "ArrowDown" ? 1 : this.chosen < 0 ? 0 : -1);
    } else if (open && this.chosen >= 0 && event.key === "Tab") {
      event.preventDefault();
      this.take();
    } else if (event.key === "Escape") {
      this.hideSuggestions();
      this.cancel();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open && this.chosen >= 0) this.take();
      this.send();
    }
  }

  hideSuggestions() {
    $("suggest").hidden = true;
    $("text").removeAttribute("aria-activedescendant");
  }
}

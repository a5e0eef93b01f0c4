// The demo page: state from one event stream, drawn as a messenger; what people do goes back as JSON.

import { brief, bubble, editable } from "/static/bubbles.js";
import { drawPinned } from "/static/pinned.js";
import { make } from "/static/text.js";
import { Composer } from "/static/composer.js";
import { ClockBar } from "/static/clockbar.js";
import { walkable } from "/static/keys.js";

const $ = (id) => document.getElementById(id);
const COLOURS = ["#3a7ca5", "#a5673a", "#7a5ba8", "#5b8c3a"];
const people = new Map();
let bot = { name: "Reminder", description: "" };
let current = Number(sessionStorage.getItem("chat")) || null;
let typingUntil = null;
let following = true;
let scrolledTo = 0;

/** Send a deed to the server; a refusal is shown as a toast. */
async function act(deed, body) {
  try {
    const answer = await fetch(`/do/${deed}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const { problem } = await answer.json();
    if (problem) toast(problem, body.chat);
    return answer.ok;
  } catch {
    toast("The demo does not answer.");
    return false;
  }
}

const composer = new Composer({
  say: (text, reply) => act("say", { chat: current, text, reply_to: reply }),
  send: (deed, extra) => act(deed, { chat: current, ...extra }),
  commands: () => people.get(current)?.commands ?? [],
});
const clock = new ClockBar((button) => act("clock", { button }));

const does = {
  command: (words) => act("say", { chat: current, text: words }),
  reply: (id) => {
    const message = people.get(current).messages.get(id);
    composer.replyTo(id, message.mine ? "You" : bot.name, brief(message));
  },
  edit: (id) => {
    const message = people.get(current).messages.get(id);
    if (editable(message) && !people.get(current).blocked) composer.edit(id, message.text);
  },
  remove: (id) => act("delete", { chat: current, message: id }),
  unpin: (id) => act("unpin", { chat: current, message: id }),
  jump: (id) => show(document.querySelector(`#log [data-id="${id}"]`)),
  tap: async (id, button, element) => {
    if (button.copy_text) return copy(button.copy_text.text);
    element.classList.add("busy");
    setTimeout(() => element.classList.remove("busy"), 4000);
    await act("tap", { chat: current, message: id, data: button.callback_data });
  },
};

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied: ${text}`, current);
  } catch {
    toast(text, current);
  }
}

// ---------------------------------------------------------------- people

function open(id, focus = true) {
  current = id;
  sessionStorage.setItem("chat", id);
  const person = people.get(id);
  person.unread = 0;
  composer.clear();
  drawPeople();
  drawChat();
  showToasts();
  if (focus && matchMedia("(min-width: 720px)").matches) $("text").focus();
}

function drawPeople() {
  const focused = document.activeElement?.dataset?.person;
  $("people").replaceChildren(...[...people.values()].map((person, index) => card(person, index)));
  if (focused) document.querySelector(`[data-person="${focused}"]`)?.focus();
}

function card(person, index) {
  const last = [...person.messages.values()].at(-1);
  const initials = person.name.split(/\s+/).map((part) => part[0]).join("").slice(0, 2);
  const avatar = make("span", "avatar", initials);
  avatar.style.setProperty("--tint", COLOURS[index % COLOURS.length]);
  avatar.setAttribute("aria-hidden", "true");
  const line = last ? `${last.mine ? "You: " : ""}${brief(last)}` : "nothing written yet";
  const button = make("button", "person", avatar,
    make("span", "names", make("b", "", person.name), make("small", "role", person.role), make("span", "line", line)),
    make("span", "side", make("time", "", last?.time ?? ""), badge(person.unread)));
  button.type = "button";
  button.dataset.person = person.id;
  if (person.id === current) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => open(person.id));
  return make("li", "", button);
}

function badge(unread) {
  if (!unread) return null;
  const mark = make("span", "badge", String(unread));
  mark.setAttribute("aria-label", `${unread} unread`);
  return mark;
}

// ---------------------------------------------------------------- chat

function drawChat() {
  const person = people.get(current);
  $("as").textContent = `You are ${person.name} (${person.role})`;
  $("text").setAttribute("placeholder", `Message as ${person.name}`);
  const items = [];
  let day = null;
  for (const message of person.messages.values()) {
    if (message.day !== day) items.push(daySeparator((day = message.day)));
    items.push(bubbleOf(person, message));
  }
  $("log").replaceChildren(...items);
  hideTyping();
  drawFrame(person);
  toBottom(false);
}

function daySeparator(day) {
  const item = make("li", "day", make("span", "", day));
  item.dataset.day = day;
  return item;
}

function bubbleOf(person, message) {
  return bubble(message, message.reply_to ? person.messages.get(message.reply_to) : null, does);
}

/** Everything around the bubbles: start, blocked, pinned, reply keyboard. */
function drawFrame(person) {
  const list = [...person.messages.values()];
  $("empty").hidden = list.length > 0;
  $("about").textContent = bot.description || `Press Start to write to ${bot.name}.`;
  drawPinned($("pinned"), list.filter((message) => message.pinned).at(-1), does);
  $("block").textContent = person.blocked ? "Unblock" : "Block";
  $("block").hidden = list.length === 0;
  const keyed = list.filter((message) => message.keyboard || message.remove_keyboard).at(-1);
  composer.frame({ empty: list.length === 0, blocked: person.blocked, keys: keyed?.keyboard ?? null });
}

function onMessage({ chat, message, new: fresh }) {
  const person = people.get(chat);
  if (!person) return;
  const known = person.messages.has(message.id);
  person.messages.set(message.id, message);
  if (chat === current) drawMessage(person, message, known);
  else if (fresh && !message.mine && !message.note) person.unread += 1;
  drawPeople();
}

function drawMessage(person, message, known) {
  if (known) replaceBubble(person, message);
  else appendBubble(person, message);
  if (!message.mine) hideTyping();
  drawFrame(person);
  if (following || (!known && message.mine)) toBottom(true);
  else if (!known) $("down").hidden = false;
}

function appendBubble(person, message) {
  const last = [...document.querySelectorAll("#log .day")].at(-1)?.dataset.day;
  if (last !== message.day) $("log").append(daySeparator(message.day));
  const item = bubbleOf(person, message);
  item.classList.add("arriving");
  $("log").append(item);
}

function replaceBubble(person, message) {
  const old = document.querySelector(`#log [data-id="${message.id}"]`);
  if (!old) return;
  const fresh = bubbleOf(person, message);
  const label = old.contains(document.activeElement) ? document.activeElement.textContent : null;
  keepPicture(old, fresh);
  old.replaceWith(fresh);
  if (label === null) return;
  const same = [...fresh.querySelectorAll("button")].find((button) => button.textContent === label);
  (same ?? fresh).focus();
}

/** A picture that is still the same goes on moving where it is; only the words below it change. */
function keepPicture(old, fresh) {
  const [was, now] = [old, fresh].map((item) => item.querySelector(".picture"));
  if (was?.src !== now?.src || !now) return;
  was.alt = now.alt;
  now.replaceWith(was);
}

function onDelete({ chat, id }) {
  const person = people.get(chat);
  person?.messages.delete(id);
  if (chat === current) {
    document.querySelector(`#log [data-id="${id}"]`)?.remove();
    drawFrame(person);
  }
  drawPeople();
}

function show(item) {
  if (!item) return;
  item.scrollIntoView({ block: "center", behavior: "smooth" });
  item.classList.remove("shown");
  void item.offsetWidth;
  item.classList.add("shown");
}

function nearBottom() {
  const box = $("scroll");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
}

/** Go to the newest message, and stay there until the person scrolls up. */
function toBottom(smooth) {
  following = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => {
    $("scroll").scrollTo({ top: $("scroll").scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    $("down").hidden = true;
  });
}

function leaveAt(place) {
  following = false;
  $("scroll").scrollTop = place;
}

function onAction({ chat, action }) {
  if (chat !== current) return;
  $("typing").hidden = false;
  $("typing").querySelector("span").textContent = action === "typing" ? "typing" : "sending a file";
  clearTimeout(typingUntil);
  typingUntil = setTimeout(hideTyping, 5000);
  if (following) toBottom(true);
}

function hideTyping() {
  $("typing").hidden = true;
}

// ---------------------------------------------------------------- toasts

/** Show a notice in the chat that it belongs to, in place of the one before; one without a chat in all of them. */
function toast(text, chat) {
  const note = make("p", "toast", text);
  if (chat) note.dataset.chat = chat;
  [...$("toasts").children].find((old) => old.dataset.chat === note.dataset.chat)?.remove();
  $("toasts").append(note);
  showToasts();
  setTimeout(() => note.remove(), 4500);
}

function showToasts() {
  for (const note of $("toasts").children) note.hidden = "chat" in note.dataset && Number(note.dataset.chat) !== current;
}

function onToast({ chat, text, alert }) {
  if (chat === current) document.querySelectorAll(".inline.busy").forEach((button) => button.classList.remove("busy"));
  if (!text) return;
  if (!alert || chat !== current) return toast(text, chat);
  $("alert").querySelector("p").textContent = text;
  $("alert").showModal();
}

// ---------------------------------------------------------------- stream

function onSnapshot(data) {
  const unread = new Map([...people].map(([id, person]) => [id, person.unread]));
  bot = data.bot;
  $("botname").textContent = bot.name;
  people.clear();
  for (const person of data.people) {
    const messages = new Map(person.messages.map((message) => [message.id, message]));
    people.set(person.id, { ...person, messages, unread: unread.get(person.id) ?? 0 });
  }
  if (!people.has(current)) current = data.people[0].id;
  clock.set(data.clock);
  clock.coming(data.next);
  const stayed = following;
  const place = $("scroll").scrollTop;
  drawPeople();
  drawChat();
  if (!stayed) requestAnimationFrame(() => leaveAt(place));
}

function listen() {
  const stream = new EventSource("/events");
  const on = (name, handler) => stream.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  stream.onopen = () => ($("offline").hidden = true);
  stream.onerror = () => {
    $("offline").hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
  on("snapshot", onSnapshot);
  on("message", onMessage);
  on("delete", onDelete);
  on("toast", onToast);
  on("action", onAction);
  on("notice", ({ text }) => toast(text));
  on("clock", (data) => clock.set(data));
  on("next", (data) => clock.coming(data));
  on("about", (data) => {
    bot = data;
    $("botname").textContent = bot.name;
    if (people.has(current)) drawFrame(people.get(current));
  });
  on("status", (status) => {
    Object.assign(people.get(status.id) ?? {}, status);
    if (status.id === current) drawFrame(people.get(current));
  });
}

$("down").addEventListener("click", () => toBottom(true));
$("scroll").addEventListener("scroll", () => {
  const { scrollTop } = $("scroll");
  if (nearBottom()) {
    following = true;
    $("down").hidden = true;
  } else if (scrollTop < scrolledTo) following = false;
  scrolledTo = scrollTop;
}, { passive: true });
// A growing composer or a phone's keyboard must not cover the newest message.
new ResizeObserver(() => following && toBottom(false)).observe($("scroll"));
$("block").addEventListener("click", () => act("block", { chat: current, blocked: !people.get(current).blocked }));
walkable($("log"), does);
listen();

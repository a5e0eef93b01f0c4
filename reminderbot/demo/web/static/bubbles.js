// One message as a bubble: picture or document, text, buttons, time; or as a line, when Telegram has written it itself.

import { make, rich } from "/static/text.js";

const SHORT_LABEL = 16;
const CROWDED_ROW = 40;
const EVEN_ROW = 44;

/** Build the list item of a message; `does` holds what its parts call: tap, command, reply, edit, remove, jump. */
export function bubble(message, replied, does) {
  if (message.note) return note(message);
  const item = make("li", `message ${message.mine ? "mine" : "theirs"} ${message.kind}`);
  item.dataset.id = message.id;
  item.tabIndex = -1;
  const box = make("div", "bubble", quote(replied, does), media(message), words(message, does), foot(message, does));
  if (message.kind === "photo" || message.kind === "animation") box.classList.add("pictured");
  box.append(removal(message, does));
  if (message.reaction) box.append(make("span", "reaction", message.reaction));
  item.append(box);
  if (message.rows.length) item.append(keyboard(message, does));
  box.addEventListener("dblclick", (event) => {
    if (event.target.closest("button, a, .spoiler")) return;
    if (editable(message)) does.edit(message.id);
    else does.reply(message.id);
  });
  return item;
}

function note(message) {
  const item = make("li", "note", make("span", "", message.note));
  item.dataset.id = message.id;
  return item;
}

/** Whether a message is one's own text, which can be changed. */
export function editable(message) {
  return message.mine && message.kind === "text";
}

/** A message in a few words, for replies, the pinned line and the list of people. */
export function brief(message) {
  const kinds = { photo: "Photo", animation: "Animation", document: "Document", voice: "Voice message",
    sticker: `${message.emoji ?? ""} Sticker`, location: "Location", service: message.note };
  return (message.text || kinds[message.kind] || "").split("\n")[0];
}

function quote(replied, does) {
  if (!replied) return null;
  const button = make("button", "quote", make("b", "", replied.mine ? "You" : "Reminder"), make("span", "", brief(replied)));
  button.type = "button";
  button.addEventListener("click", () => does.jump(replied.id));
  return button;
}

function words(message, does) {
  return message.text ? make("div", "text", rich(message.text, message.entities, does.command)) : null;
}

function foot(message, does) {
  const marks = [message.silent ? "silent" : "", message.edited ? "edited" : "", message.time].filter(Boolean);
  const edit = editable(message) ? deed("edit", "Edit this message (double click, or E)", () => does.edit(message.id)) : null;
  return make("span", "foot", deed("reply", "Reply to this message (Enter)", () => does.reply(message.id)), edit, marks.join(" · "));
}

/** A small word beside the time, shown while the message is pointed at or has the focus. */
function deed(word, title, act) {
  const button = make("button", "deed", word);
  button.type = "button";
  button.title = title;
  button.addEventListener("click", act);
  return button;
}

function removal(message, does) {
  const button = make("button", "remove", "✕");
  button.type = "button";
  button.title = "Delete this message (Del)";
  button.setAttribute("aria-label", "Delete this message");
  button.addEventListener("click", () => does.remove(message.id));
  return button;
}

function media(message) {
  const file = message.file;
  if (message.kind === "photo" || message.kind === "animation") return picture(message, file);
  if (message.kind === "document") {
    const link = make("a", "file", make("span", "icon", "↓"), make("span", "", make("b", "", file.name), make("small", "", size(file.bytes))));
    link.href = `/files/${encodeURIComponent(file.id)}`;
    link.download = file.name;
    return link;
  }
  if (message.kind === "sticker") return make("span", "emoji", message.emoji);
  if (message.kind === "voice") return make("span", "voice", "▶ ▂▅▃▇▅▂▃▅▂ 0:02");
  if (message.kind === "location") return make("span", "place", `📍 ${message.place.latitude}, ${message.place.longitude}`);
  return null;
}

function picture(message, file) {
  const image = make("img", "picture");
  image.src = `/files/${encodeURIComponent(file.id)}`;
  image.width = file.width;
  image.height = file.height;
  image.alt = message.text ? `Picture: ${brief(message)}` : "Picture";
  return image;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function keyboard(message, does) {
  const box = make("div", "rows");
  for (const row of message.rows) box.append(make("div", shape(row), ...row.map((button) => inline(message, button, does))));
  return box;
}

/** Buttons are equally wide where that fits on a phone, else as wide as they need; a crowded row has smaller type. */
function shape(row) {
  const characters = row.length * (Math.max(...row.map((button) => button.text.length)) + 2);
  return `row${characters <= EVEN_ROW ? " even" : ""}${characters > CROWDED_ROW ? " crowded" : ""}`;
}

/** A label that is never broken inside a word or a time, and a short one not at all. */
function label(text) {
  const words = text.split(" ").flatMap((word, index) => [index ? " " : "", make("span", "word", word)]);
  return make("span", text.length <= SHORT_LABEL ? "label short" : "label", ...words);
}

/** One button below a message. */
export function inline(message, button, does) {
  const element = make(button.url ? "a" : "button", `inline ${button.style ?? ""}`, label(button.text));
  if (button.url) {
    element.href = /^(https?|tel|tg):/i.test(button.url) ? button.url : "#";
    element.target = "_blank";
    element.rel = "noopener noreferrer";
  } else {
    element.type = "button";
    element.addEventListener("click", () => does.tap(message.id, button, element));
  }
  return element;
}

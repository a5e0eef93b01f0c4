// Text and entities as DOM nodes. Nothing a person or the bot wrote is ever parsed as HTML.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const FOUND = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(?<![\w/])(\/[a-z0-9_]{1,32})(?![\w/])/g;

/** An element with a class and text or children. */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The text of a message with its entities (offsets in UTF-16 units, as in JavaScript strings). */
export function rich(text, entities, onCommand) {
  const root = document.createDocumentFragment();
  fill(root, text, 0, text.length, [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length), onCommand);
  return root;
}

function fill(parent, text, from, to, entities, onCommand) {
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset < at) continue;
    plain(parent, text.slice(at, entity.offset), onCommand);
    const inside = [];
    while (entities.length && entities[0].offset < end) inside.push(entities.shift());
    parent.append(styled(entity, text, end, inside, onCommand));
    at = end;
  }
  plain(parent, text.slice(at, to), onCommand);
}

function styled(entity, text, end, inside, onCommand) {
  const words = text.slice(entity.offset, end);
  if (entity.type === "bot_command") return command(words, onCommand);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? words, words);
  const element = make(TAGS[entity.type] ?? "span", entity.type === "spoiler" ? "spoiler" : "");
  if (entity.type === "spoiler") element.addEventListener("click", () => element.classList.add("seen"));
  if (element.tagName === "CODE" || element.tagName === "PRE") element.append(words);
  else fill(element, text, entity.offset, end, inside, onCommand);
  return element;
}

function plain(parent, text, onCommand) {
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    parent.append(text.slice(at, match.index));
    parent.append(match[1] ? link(match[1], match[1]) : command(match[2], onCommand));
    at = match.index + match[0].length;
  }
  parent.append(text.slice(at));
}

function link(url, words) {
  const safe = /^(https?:|tel:|mailto:|tg:)/i.test(url);
  if (!safe) return document.createTextNode(words);
  const element = make("a", "", words);
  element.href = url;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

function command(words, onCommand) {
  const element = make("button", "command", words);
  element.type = "button";
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    onCommand(words);
  });
  return element;
}

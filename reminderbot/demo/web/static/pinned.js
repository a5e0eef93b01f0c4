// What is pinned, above the chat: its words, its button when it has just one, and a way to unpin it.

import { brief, inline } from "/static/bubbles.js";
import { make } from "/static/text.js";

/** Draw the bar of a pinned message; without one there is no bar. `does` has tap, jump and unpin. */
export function drawPinned(bar, message, does) {
  bar.hidden = !message;
  if (!message) return;
  const focused = bar.contains(document.activeElement) ? document.activeElement.className : null;
  const buttons = message.rows.flat();
  bar.replaceChildren(words(message, does), ...(buttons.length === 1 ? [inline(message, buttons[0], does)] : []), unpin(message, does));
  if (focused) [...bar.children].find((part) => part.className === focused)?.focus();
}

function words(message, does) {
  const rest = message.text.split("\n").slice(1).join(" ");
  const button = make("button", "words", make("b", "", brief(message)), make("span", "", rest || "Pinned message"));
  button.type = "button";
  button.addEventListener("click", () => does.jump(message.id));
  return button;
}

function unpin(message, does) {
  const button = make("button", "quiet", "✕");
  button.type = "button";
  button.title = "Unpin";
  button.setAttribute("aria-label", "Unpin");
  button.addEventListener("click", () => does.unpin(message.id));
  return button;
}

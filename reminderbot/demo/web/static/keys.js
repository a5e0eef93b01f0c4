// The messages by keyboard: arrows go from one to the next, Enter replies, E edits, Delete deletes.

/** Let the messages of a log be walked through; `does` has reply, edit and remove. */
export function walkable(log, does) {
  log.addEventListener("keydown", (event) => {
    const items = [...log.querySelectorAll(".message")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const to = at < 0 ? items.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1);
      items[Math.max(0, Math.min(items.length - 1, to))]?.focus();
      return;
    }
    const deed = { Enter: does.reply, e: does.edit, Delete: does.remove }[event.key];
    if (!deed || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deed(Number(items[at].dataset.id));
  });
}

"""Telegram's HTML: from markup to plain text with entities, and back.

Rules and names: https://core.telegram.org/bots/api#html-style. Offsets and lengths are UTF-16 units.
Stricter than Telegram in one point: an `&` that starts no known entity is refused, as the documentation asks,
because
it almost always means that a name or a text was not escaped.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre",
}  # fmt: skip
WRITTEN = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip
TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|<|&(#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);|&")
ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


class EntityError(ValueError):
    """The markup can't be read; the text is Telegram's own, without its "can't parse entities: "."""


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    entity: dict[str, Any]


@dataclass(slots=True)
class _Scan:
    source: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    done: list[dict[str, Any]] = field(default_factory=list)

    def write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += utf16(text)

    def offset(self, position: int) -> int:
        return len(self.source[:position].encode())


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units, in which Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of a text in Telegram HTML.

    Raises EntityError for an unknown, unclosed or crossing tag, a bare `<`, or a bare `&`.
    """
    scan, position = _Scan(source), 0
    for match in TOKEN.finditer(source):
        scan.write(source[position : match.start()])
        position = match.end()
        _take(scan, match)
    scan.write(source[position:])
    if scan.open:
        raise EntityError(f'Can\'t find end tag corresponding to start tag "{scan.open[-1].tag}"')
    scan.done.sort(key=lambda e: (e["offset"], -e["length"]))
    return trim("".join(scan.parts), scan.done)


def _take(scan: _Scan, match: re.Match[str]) -> None:
    slash, tag, attributes, named = match.groups()
    if named:
        scan.write(html.unescape(f"&{named};"))
    elif tag is None:
        what = "Unclosed start tag" if match.group() == "<" else "Bare & (write &amp;)"
        raise EntityError(f"{what} at byte offset {scan.offset(match.start())}")
    elif slash:
        _close(scan, tag.lower(), match.start())
    else:
        entity = _entity(tag.lower(), attributes)
        if entity is None:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {scan.offset(match.start())}')
        scan.open.append(_Open(tag.lower(), scan.length, entity))


def _entity(tag: str, raw: str) -> dict[str, Any] | None:
    if tag in SIMPLE and not raw.strip():
        return {"type": SIMPLE[tag]}
    found = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(raw)}
    if tag == "a" and found.get("href"):
        return {"type": "text_link", "url": found["href"]}
    if tag == "span" and found.get("class") == "tg-spoiler":
        return {"type": "spoiler"}
    if tag == "code" and found.get("class", "").startswith("language-"):
        return {"type": "code", "language": found["class"].removeprefix("language-")}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in found else "blockquote"}
    if tag == "tg-emoji" and found.get("emoji-id"):
        return {"type": "custom_emoji", "custom_emoji_id": found["emoji-id"]}
    if tag == "tg-time" and found.get("unix", "").isdecimal():
        given = {"date_time_format": found["format"]} if found.get("format") else {}
        return {"type": "date_time", "unix_time": int(found["unix"]), **given}
    return None


def _close(scan: _Scan, tag: str, position: int) -> None:
    if not scan.open:
        raise EntityError(f"Unexpected end tag at byte offset {scan.offset(position)}")
    top = scan.open.pop()
    if top.tag != tag:
        where = scan.offset(position)
        raise EntityError(
            f'Unmatched end tag at byte offset {where}, expected "</{top.tag}>", found "</{tag}>"'
        )
    outer = scan.open[-1].entity if scan.open else {}
    if outer.get("type") == "pre" and top.entity["type"] == "code":
        outer.update({k: v for k, v in top.entity.items() if k == "language"})
    elif scan.length > top.start:
        kind = top.entity.pop("type")
        scan.done.append({"type": kind, "offset": top.start, "length": scan.length - top.start, **top.entity})


def trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The text without white space at its ends, and the entities moved and cut to fit, as Telegram does."""
    kept = text.strip()
    if kept == text:
        return text, entities
    cut, end, moved = utf16(text) - utf16(text.lstrip()), utf16(kept), []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return kept, moved


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """A text and its entities as Telegram HTML; what people wrote is escaped."""
    units = text.encode("utf-16-le", "surrogatepass")
    marks = [(e["offset"], e["length"], *_tags(e)) for e in entities]
    edges = sorted({0, len(units) // 2, *(m[0] for m in marks), *(m[0] + m[1] for m in marks)})
    out: list[str] = []
    for index, edge in enumerate(edges):
        out += [m[3] for m in reversed(marks) if m[0] + m[1] == edge]
        out += [m[2] for m in marks if m[0] == edge]
        if index + 1 < len(edges):
            piece = units[edge * 2 : edges[index + 1] * 2].decode("utf-16-le", "surrogatepass")
            out.append(html.escape(piece, quote=False))
    return "".join(out)


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "date_time":
        return f'<tg-time unix="{entity["unix_time"]}">', "</tg-time>"
    tag = WRITTEN.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")

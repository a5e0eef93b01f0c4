"""One spelling for what people type: case, dashes, spaces, number words, and units joined to their number."""

import re
import unicodedata
from collections.abc import Callable

_DASHES = re.compile(r"[‐‑‒–—―−]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve".split()
_BEYOND = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBERS = {word: number for number, word in enumerate(_TO_TWELVE, start=1)} | _BEYOND
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")


def _quarter_to(found: re.Match[str]) -> str:
    hour = int(found[1])
    return f"{12 if hour == 1 else (hour - 1) % 24}:45"


def _by_part_of_day(found: re.Match[str]) -> str:
    """`7 in the evening` as `7pm`; 15:00 needs no part of the day."""
    hour, part = int(found[2]), found[3] or found[4]
    if not 1 <= hour <= 12:
        return found[1]
    early = part == "morning" or (part == "night" and (hour < 6 or hour == 12))
    return f"{found[1]}{'am' if early else 'pm'}"


_REWRITES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"\s*\bo'?clock\b"), ""),
    (re.compile(r"\bhalf past (\d{1,2})\b(?!:)"), r"\1:30"),
    (re.compile(r"\b(?:a )?quarter past (\d{1,2})\b(?!:)"), r"\1:15"),
    (re.compile(r"\b(?:a )?quarter to (\d{1,2})\b(?!:)"), _quarter_to),
    (re.compile(r"\b(5|10|20|25)(?: minutes)? past (\d{1,2})\b(?!:)"), lambda at: f"{at[2]}:{at[1]:0>2}"),
    (
        re.compile(r"\b((\d{1,2})(?::\d\d)?) (?:in the (morning|afternoon|evening)|at (night))\b"),
        _by_part_of_day,
    ),
    (re.compile(r"\b(?:a )?couple of\b"), "2"),
    (re.compile(r"\b(?:an? )?hour and a half\b"), "90m"),
    (re.compile(r"\b(\d{1,2}) (?:and a half hours?|hours? and a half)\b"), r"\1.5h"),
    (re.compile(r"\b(?:(3) |a )?quarters? of an hour\b"), lambda span: "45m" if span[1] == "3" else "15m"),
    (re.compile(r"\bhalf[ -](?:an?[ -])?hour\b"), "30m"),
    (re.compile(r"\ban?[ -](?=(?:minute|hour|day|week)\b)"), "1 "),
    # A unit belongs to the number before it, and minutes to the hours before them.
    (re.compile(r"(?<=\d)\s+(?=(?:[ap]m|m|mins?|minutes?|h|hrs?|hours?)\b)"), ""),
    (re.compile(r"(?<=\d)(h|hrs?|hours?)\s+(?:and\s+)?(?=\d+(?:m|mins?|minutes?)\b)"), "h"),
]


def tidy(text: str) -> str:
    """Return the text in its one spelling: lower case, plain dashes, digits for number words, `45min`."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower().replace("’", "'")
    text = _NUMBER_WORD.sub(lambda found: str(_NUMBERS[found[0]]), _DASHES.sub("-", text))
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text.strip(" \t\r\n.!,;")


def words_of(text: str) -> list[str]:
    """Split into words; a dash between two words is a word of its own, commas, `;`, `/`, `&` and `+` are spaces."""
    return [word.rstrip(".!:") or word for word in re.findall(r"-|[^\s,;/&+-]+", tidy(text))]

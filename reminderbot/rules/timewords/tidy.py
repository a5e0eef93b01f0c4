"""One spelling for what people type: case, dashes, spaces, number words, and units joined to their number."""

import re
import unicodedata

_DASHES = re.compile(r"[‐‑‒–—―−]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve".split()
_BEYOND = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBERS = {word: number for number, word in enumerate(_TO_TWELVE, start=1)} | _BEYOND
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")
_REWRITES = [
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"\s*\bo'?clock\b"), ""),
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

"""The time where somebody is, said in passing: `it's 14:05`, `UTC+2`."""

import re

from reminderbot.rules.timewords.clocks import parse_clock
from reminderbot.rules.timewords.errors import WordsError

_BEFORE_CLOCK = re.compile(r"^(?:no\W+)?(?:it'?s|it’s|it is|now|here)\s+(?:now\s+)?", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?)", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)


def clock(words: str) -> int | None:
    """Return what a clock is said to show, in minutes after midnight; None for other words."""
    said = _BEFORE_CLOCK.sub("", words.strip())
    if not _CLOCK.fullmatch(said.rstrip(".! ")):
        return None
    try:
        return parse_clock(said)
    except WordsError:
        return None


def offset(words: str) -> int | None:
    """Return the minutes that clocks are said to be ahead of UTC, as in `UTC+2`; None for other words."""
    found = _OFFSET.fullmatch(words.strip().replace("−", "-"))
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes

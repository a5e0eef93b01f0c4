"""Spans of time in words: `10`, `45m`, `90 minutes`, `2h`, `1h30`, `half an hour`, `2 days`."""

import re
from datetime import timedelta

from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

_SPAN = re.compile(
    r"(?:(?P<days>\d{1,3})\s*(?:d|days?))?\s*(?:and )?"
    r"(?:(?P<hours>\d{1,30}(?:\.\d{1,2})?)(?:h|hrs?|hours?))?\s*"
    r"(?:(?P<minutes>\d{1,30})(?:m|mins?|minutes?)?)?"
)
_PREFIX = re.compile(r"(?:in|for) +")
_UNITS = {"hour": 60, "hourly": 60, "minute": 1}
_LONGEST_MINUTES = 366 * 24 * 60


def parse_duration(text: str) -> timedelta:
    """Return a span of at least a minute and at most 366 days; a bare number is minutes.

    Raises:
        WordsError: `bad_duration` (word).
    """
    minutes = minutes_of(_PREFIX.sub("", tidy(text), count=1))
    if minutes is None or not 1 <= minutes <= _LONGEST_MINUTES:
        raise WordsError("bad_duration", word=text.strip())
    return timedelta(minutes=minutes)


def minutes_of(words: str) -> int | None:
    """Return the minutes that tidy words stand for, of any size, or None when they are no span."""
    if words in _UNITS:
        return _UNITS[words]
    found = _SPAN.fullmatch(words)
    if not found or not any(found.groupdict().values()):
        return None
    days, hours, minutes = (float(found[name] or 0) for name in ("days", "hours", "minutes"))
    return round(days * 1440 + hours * 60 + minutes)

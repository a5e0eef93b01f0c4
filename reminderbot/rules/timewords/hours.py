"""Hours without reminders, in words: `not after 5 pm`, `nothing before 9`, `no nudges between 12 and 1`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reminderbot.rules.cadence import MINUTES_A_DAY, Window
from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.bare import by_day, is_bare
from reminderbot.rules.timewords.clocks import minute_of
from reminderbot.rules.timewords.days import DAY_WORDS
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

_NOON = MINUTES_A_DAY // 2
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?(?:[ap]m?)?|\d{4}|noon|midnight)"
_POLITE = r"(?:\W+(?:please|pls|thanks|thank you|any ?more|from now on))*\W*"
_FREE = re.compile(
    r"(?P<head>.*?)\b(?:(?P<side>after|later than|past|before|earlier than|until|till|from) "
    rf"(?P<time>{_TIME})(?: on)?|(?:between|from) (?P<first>{_TIME}) ?(?:and|to|until|-) ?(?P<last>{_TIME}))"
    rf"(?P<days> (?:(?:on|this|the|every|each) )*(?:{DAY_WORDS}|today|tomorrow|tonight)\b.*?)?{_POLITE}"
)
_LEAD = (
    r"(?:(?:please|pls|but|so|ok|can you|could you|i'd like|i want)\W+)*(?:(?P<front>[a-z][\w -]{1,30}?) )??"
)
_REMIND = r"(?:(?:remind|nudge|ping)(?: me)?|(?:send|give)(?: me)?|bother me|disturb me)"
_WHAT = r"(?: any)?(?: more)?(?: my| the| to)*(?: (?P<what>[a-z][\w -]{1,30}?))?(?: any ?more)?\W*"
_NONE = re.compile(
    rf"{_LEAD}(?:(?:no|not|never|nothing|none)(?: {_REMIND})?|(?:i )?(?:do not|don't|never) (?:{_REMIND}"
    rf"|want(?: to be reminded| to get)?)(?: anything)?|stop (?:remind|nudg|ping)ing(?: me)?){_WHAT}"
)
_ONLY = re.compile(rf"{_LEAD}only(?: {_REMIND})?{_WHAT}")
_LATER, _EARLIER = ("after", "later than", "past"), ("before", "earlier than")
_CLEAR = re.compile(r"\b(?:remind|nudg|ping|notif|prompt|send|give|bother|disturb)")


class Free(NamedTuple):
    """Hours that are to be free, of what, in the words for it.

    ``windows`` are those that may be meant, the likeliest first; the ``word`` for them ``is_time``, or there is no such
    time. They are of ``some_days`` only, where such were named. It ``is_clear`` whether reminders are meant.
    """

    what: str
    windows: tuple[Window, ...]
    word: str
    is_time: bool
    some_days: bool
    is_clear: bool


def read(text: str) -> Free | None:
    """Return the hours in which a text wants no reminders; None for other words."""
    words = tidy(text) if len(text) <= LONGEST else ""
    found = _FREE.fullmatch(words)
    none = _NONE.fullmatch(found["head"]) if found else None
    only = _ONLY.fullmatch(found["head"]) if found and not none else None
    head = none or only
    # "Only from 9 to 5" is a plan, and "nothing until 9" may be of today alone.
    side = found["side"] if found else None
    if found is None or head is None or (side in ("until", "till", "from") if none else side is None):
        return None
    try:
        windows, is_time = _windows(found, kept=only is not None), True
    except WordsError:
        windows, is_time = (), False
    what = head["what"] or head["front"] or ""
    word = found["time"] or f"{found['first']}-{found['last']}"
    is_clear = bool(what or _CLEAR.search(words))
    return Free(what, windows, word, is_time, found["days"] is not None, is_clear)


def without(windows: Sequence[Window], free: Window) -> list[Window]:
    """Return what is left of windows, in order, where some hours are to be free."""
    pieces = [
        piece
        for one in windows
        for piece in ((one.start, min(one.end, free.start)), (max(one.start, free.end), one.end))
    ]
    return [Window(start, end) for start, end in pieces if start < end]


def _windows(found: re.Match[str], *, kept: bool) -> tuple[Window, ...]:
    """The windows that may be free; ``kept``: what was named is what stays."""
    if found["side"] is None:
        return _between(found["first"], found["last"])
    is_after = found["side"] in (*_LATER, "from")
    frees_end = is_after != kept
    minutes = _minutes(found["time"], is_late=frees_end)
    cuts = [(minute, MINUTES_A_DAY) if frees_end else (0, minute) for minute in minutes]
    return tuple(Window(start, end) for start, end in cuts if start < end)


def _between(first: str, last: str) -> tuple[Window, ...]:
    start, end = _minutes(first, is_late=False)[0], _minutes(last, is_late=True)
    return tuple(Window(start, one) for one in sorted(end) if start < one)[:1]


def _minutes(word: str, *, is_late: bool) -> list[int]:
    """What a time may be, in minutes after midnight, the likeliest first: an end later in the day than a start."""
    minute = minute_of(word, end=is_late)
    if not is_bare(word) or minute >= _NOON or by_day(minute) != minute:
        return [by_day(minute) if is_bare(word) else minute]
    return [minute + _NOON, minute] if is_late else [minute, minute + _NOON]

"""Hours without reminders, in words: `not after 5 pm`, `nothing before 9`, `no nudges between 12 and 1`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reminderbot.rules.cadence import MINUTES_A_DAY, Window
from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.asking import POLITE, POLITE_END, REMINDERS, may_tell, speaks_of_reminders
from reminderbot.rules.timewords.bare import by_day, is_bare
from reminderbot.rules.timewords.clocks import minute_of
from reminderbot.rules.timewords.days import DAY_WORDS
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

_NOON = MINUTES_A_DAY // 2
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?(?:[ap]m?)?|\d{4}|noon|midnight)"
_FREE = re.compile(
    r"(?P<head>.*?)\b(?:(?P<side>after|later than|past|before|earlier than|until|till|from) "
    rf"(?P<time>{_TIME})(?: on)?|(?:between|from) (?P<first>{_TIME}) ?(?:and|to|until|-) ?(?P<last>{_TIME}))"
    rf"(?P<days> (?:(?:on|this|the|every|each) )*(?:{DAY_WORDS}|today|tomorrow|tonight)\b.*?)?{POLITE_END}"
)
_LEAD = rf"\W*(?P<polite>{POLITE})"
_REMIND = r"(?:(?:remind|nudge|ping|notify|bother|disturb)(?: me)?|(?:send|give)(?: me)?)"
_NAME = rf"[a-z][\w -]{{1,30}}?)(?: {REMINDERS})?"
_FRONT = rf"(?:(?:to |my |the )?(?P<front>{_NAME} )?"
_WHAT = rf"(?: any)?(?: more)?(?: my| the| to)*(?: (?P<what>{_NAME})?(?: any ?more)?\W*"
_NONE = tuple(
    re.compile(_LEAD + words)
    for words in (
        rf"{_FRONT}(?:no|none|not|never|nothing)(?: any)?(?: ?more)?\W*",
        rf"no{_WHAT}",
        rf"(?:not|never)(?: any)?(?: more)? (?P<what>{REMINDERS})\W*",
        rf"(?:i )?(?:no|not|never|do not|don't) {_REMIND}(?: anything)?{_WHAT}",
        rf"(?:i )?(?:do not|don't|never) want(?: to be reminded| to get|(?! to\b))(?: anything)?{_WHAT}",
        rf"stop (?:remind|nudg|ping|notify|bother|disturb)ing(?: me)?{_WHAT}",
    )
)
_ONLY = tuple(
    re.compile(_LEAD + words)
    for words in (rf"{_FRONT}only\W*", rf"only {_REMIND}{_WHAT}", rf"only (?P<what>{REMINDERS})\W*")
)
_LATER, _EARLIER = ("after", "later than", "past"), ("before", "earlier than")


class Free(NamedTuple):
    """Hours that are to be free, of what, in the words for it.

    ``windows`` are those that may be meant, the likeliest first; the ``word`` for them ``is_time``, or there is no such
    time. They are of ``some_days`` only, where such were named. It ``is_clear`` that reminders are meant: the name of a
    habit alone may be talk about the body.
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
    if found is None:
        return None
    none, only = _first(_NONE, found["head"]), _first(_ONLY, found["head"])
    head, side = none or only, found["side"]
    what = _what(head) if head else ""
    if head is None or (what and may_tell(head["polite"], words)):
        return None
    # "Only from 9 to 5" is a plan, and "nothing until 9" may be of today alone.
    if side in ("until", "till", "from") if none else side is None:
        return None
    try:
        windows, is_time = _windows(found, kept=none is None), True
    except WordsError:
        windows, is_time = (), False
    word = found["time"] or f"{found['first']}-{found['last']}"
    return Free(what, windows, word, is_time, found["days"] is not None, speaks_of_reminders(words))


def _first(patterns: Sequence[re.Pattern[str]], words: str) -> re.Match[str] | None:
    return next(filter(None, (pattern.fullmatch(words) for pattern in patterns)), None)


def _what(head: re.Match[str]) -> str:
    """What is named before the words or in them; never both, as talk has: "my back can only move"."""
    named = head.groupdict("")
    return named.get("front") or named.get("what") or ""


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

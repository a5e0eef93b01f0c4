"""Times that leave open which half of the day they are in: nobody means the night, so 3 is in the afternoon."""

import re
from collections.abc import Sequence

from reminderbot.rules.cadence import MINUTES_A_DAY
from reminderbot.rules.timewords.clocks import clock_text, is_time, minute_of
from reminderbot.rules.timewords.daytimes import DAYTIMES
from reminderbot.rules.timewords.reading import EVERY, LONG_UNITS, RANGE

_NOON = MINUTES_A_DAY // 2
_DAWN = 6 * 60
_BARE = re.compile(r"(?:[1-9]|1[0-2])(?:[:.][0-5]\d)?|1[0-2][0-5]\d")


def is_bare(word: str) -> bool:
    """Say whether a tidy time is in either half of the day: `3` and `3:30`, but not `03:30` or `3am`."""
    return _BARE.fullmatch(word) is not None


def by_day(minute: int) -> int:
    """Return the minute after midnight that is meant by a bare time: up to six o'clock in the afternoon."""
    return minute + _NOON if 60 <= minute < _DAWN else minute


def in_plan(words: Sequence[str], *, exact: bool) -> list[str]:
    """Return the tidy words of a plan with its times where they are meant, unless a part of the day is named.

    A window goes as a whole, if both of its ends are bare; one that follows another is left to be asked about. Where
    ``exact``, times with their minutes are those of a clock with 24 hours.
    """
    found = list(words)
    if any(word.removesuffix("s") in DAYTIMES for word in words):
        return found
    ranges = [place for place in range(1, len(words)) if _joins(words, place)]
    ends = {end for place in ranges for end in (place - 1, place + 1)}
    for place, word in enumerate(words):
        if place not in ends and not _counts(words, place):
            found[place] = _meant(word, exact=exact)
    if ranges:
        found[ranges[0] - 1 : ranges[0] + 2] = _window(words[ranges[0] - 1 : ranges[0] + 2], exact=exact)
    return found


def _joins(words: Sequence[str], place: int) -> bool:
    """Whether a word joins the ends of a window: "mon-fri" is none."""
    joins = words[place] in RANGE or (words[place] == "and" and place > 1 and words[place - 2] == "between")
    return joins and is_time(words[place - 1])


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a number says how many, and not when."""
    before, after = words[place - 1 : place], words[place + 1 : place + 2]
    return bool({*before} & {*EVERY} or {*after} & {*LONG_UNITS})


def _window(words: Sequence[str], *, exact: bool) -> Sequence[str]:
    start, joiner, end = (*words, "", "")[:3]
    moved = _meant(start, exact=exact)
    if moved == start or not is_bare(end) or (last := minute_of(end)) >= _NOON:
        return words
    return [moved, joiner, clock_text(last + _NOON)]


def _meant(word: str, *, exact: bool) -> str:
    if not is_bare(word) or (exact and not word.isdecimal()):
        return word
    minute = minute_of(word)
    return clock_text(by_day(minute)) if by_day(minute) != minute else word

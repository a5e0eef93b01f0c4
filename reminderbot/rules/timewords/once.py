"""One moment in words: `in 2 hours`, `tomorrow at 9`, `at 3pm on friday`, `24 December at noon`.

A span counts from when it was written; a time of the clock is of the wall where the person is.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from reminderbot.rules.cadence import EVERY_DAY, MINUTES_A_DAY, At
from reminderbot.rules.timewords.bare import by_day, is_bare
from reminderbot.rules.timewords.clocks import minute_of
from reminderbot.rules.timewords.dates import DAY, MONTHS, Named, Order, is_missing, read_day
from reminderbot.rules.timewords.days import ONE_DAY
from reminderbot.rules.timewords.daytimes import DAYTIMES
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

_NOON = MINUTES_A_DAY // 2
_DAWN = 6 * 60
_WAKING = range(_DAWN, MINUTES_A_DAY)
"""Minutes of the day at which somebody is up, probably: 3 is meant in the afternoon."""
_USUAL = range(_DAWN, 21 * 60)
"""Minutes of the day for which people make plans: tomorrow at 9 is in the morning, at 7 it can be either."""
_SOON = timedelta(hours=4)
"""How far off a late time of this evening may be to be meant without doubt."""
_DURING = tuple(range(9 * 60, 19 * 60, 3 * 60))
"""What is asked about where only a day is named."""

_NIGHT_ENDS = 3
"""Hour before which "tomorrow" may be the day that has begun already."""

_FARTHEST = 10.0 * 366 * MINUTES_A_DAY
"""Minutes beyond which it makes no difference: farther than anybody may plan, near enough to reckon with."""

_UNITS = {"w": 7 * MINUTES_A_DAY, "d": MINUTES_A_DAY, "h": 60, "m": 1}
_UNIT = r"(?:weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)"
_ONE_SPAN = rf"(?:\d{{1,2}}h\d{{1,2}}m?|\d{{1,4}}(?:\.\d)?\s?{_UNIT})(?![a-z])"
_SPAN = rf"{_ONE_SPAN}(?:,?\s?(?:and )?{_ONE_SPAN})*"
_PIECE = re.compile(r"(\d{1,4}(?:\.\d)?)\s?([wdhm]?)")
_MONTH = rf"(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*"
_WEEKDAY = "|".join(sorted((word for word in ONE_DAY if not word.endswith("days")), key=len, reverse=True))
_DATE = (
    r"\d{4}-\d\d?-\d\d?|\d\d?/\d\d?(?:/\d{4})?|\d\d?\.\s?\d\d?\.(?:\s?\d{4})?"
    rf"|\d\d?(?:st|nd|rd|th|\.)? (?:of )?{_MONTH}\.?(?:,? \d{{4}})?"
    rf"|{_MONTH}\.? (?:the )?\d\d?(?:st|nd|rd|th)?(?![:.\dap])(?:,? \d{{4}})?|\d\d?(?:st|nd|rd|th)"
)
_TOKENS = re.compile(
    rf"in (?:about )?(?P<span>{_SPAN}|\d{{1,3}}$)|(?P<from_now>{_SPAN}) from now|(?P<ago>{_SPAN}) ago"
    rf"|(?:on )?(?:(?:{_WEEKDAY}),? )?(?:the )?(?P<date>{_DATE})(?![a-z\d])"
    rf"|(?P<which>(?:(?:on|this|next|coming|last) )*)(?P<weekday>{_WEEKDAY})\b"
    r"|(?P<near>(?:the )?day after tomorrow|tomorrow|today)\b"
    r"|(?P<over>(?:the )?day before yesterday|yesterday|last night)\b"
    r"|(?P<this>this |to)?(?:in the |at )?(?P<part>morning|afternoon|evening|night)\b"
    r"|(?:(?:at|by|around|@) ?)?(?P<clock>noon|midnight|\d{4}|\d{1,2}(?:[:.]\d\d)?(?:[ap]m?)?)(?![\w:])"
)
_BETWEEN = re.compile(r"(?:[\s,]|\b(?:at|and|then|please|the)\b)*")


_SURE = ("span", "from_now", "ago", "date", "near", "over", "this", "which")


class Once(NamedTuple):
    """A moment: either `after` so long, or at one of these naive wall times, between which only the person can choose.

    `sure` tells of words that mean nothing else; "friday at 9" may be every Friday.
    """

    after: timedelta | None
    walls: tuple[datetime, ...]
    sure: bool


class Pointed(NamedTuple):
    """On which days, and at which minutes after midnight: where none is named, on any, or at any."""

    days: tuple[date, ...]
    minutes: Sequence[int]

    def fits(self, wall: datetime) -> bool:
        """Whether a naive wall time is one of those; tonight at 2 is of the day after."""
        day, minute = wall.date(), _minute(wall)
        if not self.minutes:
            return day in self.days
        days = {0: day, MINUTES_A_DAY: day - DAY}
        return any(
            minute + after in self.minutes and (not self.days or of in self.days)
            for after, of in days.items()
        )


class _Said(NamedTuple):
    """What was named: minutes from now, days that may be meant, the words of a clock, a part of the day."""

    span: float = 0
    days: tuple[date, ...] = ()
    clock: str = ""
    part: str = ""

    def joined(self, more: "_Said") -> "_Said | None":
        """Both together; None when they name the same twice."""
        if any(one and other for one, other in zip(self, more, strict=True)):
            return None
        return _Said(
            self.span or more.span, self.days or more.days, self.clock or more.clock, self.part or more.part
        )


class _Reading(NamedTuple):
    said: _Said
    sure: bool


def read(text: str, now: datetime) -> Once | None:
    """Return the moment that a text names, as a whole; None for other words.

    Args:
        text: such as `tomorrow at 9`.
        now: naive wall time where the person is, when it was written.

    Raises:
        WordsError: `once_past` (word) for what is not ahead, `no_such_day` (word), `bad_time` (word).
    """
    found = _reading(text, now)
    return _once(found.said, now, text.strip(), sure=found.sure) if found else None


def pointed(text: str, now: datetime) -> Pointed | None:
    """Return which of the moments that are known already a text means, as a whole; None for other words, and for spans.

    Args and errors are those of `read`, but that a moment gone by is none.
    """
    found = _reading(text, now)
    if found is None or found.said.span or not any(found.said):
        return None
    said = found.said
    if said.clock:
        return Pointed(said.days, _hours(said.clock, said.part))
    span = DAYTIMES[said.part].span if said.part else None
    return Pointed(said.days, range(span.start, span.end) if span else ())


def lasting(plan: At, found: Once) -> At:
    """Return the plan that the words of a moment also are: "at 3" is in the afternoon, be it once or every day."""
    if plan.times[0] in _WAKING:
        return plan
    wall = found.walls[0]
    # Midnight on Friday is that after it.
    return At((_minute(wall),), plan.days if plan.days == EVERY_DAY else frozenset({wall.weekday()}))


def _reading(text: str, now: datetime) -> _Reading | None:
    """Return what a text names, read from left to right; None for words that name nothing of the sort."""
    words, said, sure, here = tidy(text), _Said(), False, 0
    while here < len(words):
        here = _skip(words, here)
        found = _TOKENS.match(words, here)
        more = _named(found, now) if found else None
        joined = said.joined(more) if more else None
        if found is None or joined is None:
            return None
        said, here = joined, _skip(words, found.end())
        sure = sure or any(found[name] for name in _SURE)
    return _Reading(said, sure)


def _once(said: _Said, now: datetime, text: str, *, sure: bool) -> Once | None:
    if not any(said):
        return None
    if said.span and not any(said[1:]):
        return Once(timedelta(minutes=said.span), (), sure)
    if said.span:
        if said.days or said.span % MINUTES_A_DAY:
            return None
        said = said._replace(days=((now + timedelta(minutes=said.span)).date(),))
    walls = tuple(sorted(set(_walls(said, now))))
    if not walls:
        raise WordsError("once_past", word=text)
    return Once(None, walls, sure)


def _skip(words: str, here: int) -> int:
    found = _BETWEEN.match(words, here)
    return found.end() if found else here


def _named(found: re.Match[str], now: datetime) -> _Said | None:
    """Return what one match names; None for what is no date. Raises WordsError for a day that there is not."""
    if span := found["span"] or found["from_now"]:
        return _Said(span=_minutes(span))
    if found["clock"]:
        return _Said(clock=found["clock"])
    days = _days(found, now)
    if found["date"] and not days:
        if is_missing(found["date"]):
            raise WordsError("no_such_day", word=found["date"])
        return None
    return _Said(days=days, part=found["part"] or "")


def _minutes(span: str) -> float:
    if span.isdecimal():
        return float(span)
    return min(sum(float(number) * _UNITS[unit or "m"] for number, unit in _PIECE.findall(span)), _FARTHEST)


def _days(found: re.Match[str], now: datetime) -> tuple[date, ...]:
    today = now.date()
    if found["date"]:
        return _dates(found["date"], today)
    if found["weekday"]:
        return _weekdays(ONE_DAY[found["weekday"]], found["which"], today)
    if found["over"] or found["ago"]:
        # How long ago makes no difference: it is over.
        return (today - DAY,)
    if found["this"] or found["near"] == "today":
        return (today,)
    if found["near"] == "tomorrow":
        return (today, today + DAY) if now.hour < _NIGHT_ENDS else (today + DAY,)
    return (today + 2 * DAY,) if found["near"] else ()


def _dates(words: str, today: date) -> tuple[date, ...]:
    """Return the days that a date may mean: with slashes there may be two."""
    orders: tuple[Order, ...] = ("day", "month") if "/" in words else ("day",)
    named = [read_day(words, today, order) for order in orders]
    days = [_first(one, today) for one in named if one]
    return tuple(dict.fromkeys(day for day in days if day))


def _first(named: Named, today: date) -> date | None:
    """The first such day from today on; of a bare number, such as the 24th, in this month or the next that has it."""
    if named.exact or named.month:
        return named.first(today)
    days = (today + DAY * ahead for ahead in range(62))
    return next((day for day in days if day.day == named.day), None)


def _weekdays(weekday: int, which: str, today: date) -> tuple[date, ...]:
    """Return the days that a weekday may mean: on that day, and for a "next" one of this week, also a week later."""
    ahead = (weekday - today.weekday()) % 7
    if "last" in which:
        return (today + (ahead - 7) * DAY,)
    coming, later = today + ahead * DAY, today + (ahead + 7) * DAY
    if ahead == 0:
        return (coming,) if "this" in which else (later,) if "next" in which else (coming, later)
    return (coming, later) if "next" in which and weekday > today.weekday() else (coming,)


def _walls(said: _Said, now: datetime) -> list[datetime]:
    """Return the wall times ahead that may be meant."""
    minutes = _minutes_of_day(said)
    if said.days:
        days = [walls for day in said.days if (walls := _likely(_ahead(day, minutes, now)))]
        # Of each of two days fewer times are enough to choose from.
        step = 2 if minutes == _DURING and len(days) > 1 else 1
        return [wall for walls in days for wall in walls[::step]]
    ahead = _ahead(now.date(), minutes, now)
    # What is left of today counts, unless that is a time in the night which nobody has named.
    today = _likely(ahead if len(minutes) == 1 or any(_minute(wall) in _WAKING for wall in ahead) else [])
    tomorrow = _likely(_ahead(now.date() + DAY, minutes, now))[:1]
    # "At 10", said after lunch, may be late in the evening or tomorrow; in the evening it is then.
    is_open = len(minutes) > 1 and today and _minute(today[0]) not in _USUAL and today[0] > now + _SOON
    return today + tomorrow if is_open else today or tomorrow


def _minutes_of_day(said: _Said) -> tuple[int, ...]:
    if said.clock:
        hours = _hours(said.clock, said.part)
        return hours if len(hours) == 1 else tuple(sorted({by_day(minute) for minute in hours}))
    return (DAYTIMES[said.part].time,) if said.part else _DURING


def _ahead(day: date, minutes: Sequence[int], now: datetime) -> list[datetime]:
    midnight = datetime.combine(day, time())
    walls = [midnight + timedelta(minutes=minute) for minute in minutes]
    return [wall for wall in walls if wall > now]


def _likely(walls: Sequence[datetime]) -> list[datetime]:
    """Leave out what nobody means, as long as something else is left."""
    for hours in (_USUAL, _WAKING):
        if found := [wall for wall in walls if _minute(wall) in hours]:
            return found
    return list(walls)


def _minute(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def _hours(clock: str, part: str) -> tuple[int, ...]:
    """Return what a clock may show, in minutes after the midnight before the day; tonight at 2 is after the next."""
    minute = MINUTES_A_DAY if clock == "midnight" else minute_of(clock)
    if not is_bare(clock):
        return (minute + MINUTES_A_DAY if part == "night" and minute < _DAWN else minute,)
    early, late = minute % _NOON, minute % _NOON + _NOON
    if part == "night":
        return (late if early >= _DAWN else early + MINUTES_A_DAY,)
    if part:
        return (early,) if part == "morning" else (late,)
    return (late,) if minute >= _NOON else (early, late)

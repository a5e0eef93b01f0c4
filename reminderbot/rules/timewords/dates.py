"""One day in words: `friday`, `next monday`, `24 December`, `24.12.`, `24/12`, `2026-12-24`, `tomorrow`."""

import re
from datetime import MAXYEAR, date, timedelta
from typing import Literal, NamedTuple

from reminderbot.rules.timewords.days import ONE_DAY

Order = Literal["day", "month"]
"""Which of the two comes first where slashes don't tell: 24/12 or 12/24."""

DAY = timedelta(days=1)
_LONGEST_MONTH = 31
_NEAR = {"now": 0, "today": 0, "tomorrow": 1}
MONTHS = ("january february march april may june july august september october november december").split()
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DOTTED = re.compile(r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)(?:\.\s?(?P<year>\d{4})?)?")
_DAY_FIRST = re.compile(
    r"(?P<day>\d\d?)(?:st|nd|rd|th|\.)? (?:of )?(?P<month>[a-z]{3,9})\.?,?(?: (?P<year>\d{4}))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}))?"
)
_SLASHED = {
    "day": re.compile(r"(?P<day>\d\d?)/(?P<month>\d\d?)(?:/(?P<year>\d{4}))?"),
    "month": re.compile(r"(?P<month>\d\d?)/(?P<day>\d\d?)(?:/(?P<year>\d{4}))?"),
}
_NUMBER = re.compile(r"(\d\d?)(st|nd|rd|th|\.)?")
_BEFORE = re.compile(r"^(?:(?:the|on|this) )+")
_WEEKDAY_BEFORE = re.compile(rf"^(?:{'|'.join(ONE_DAY)}),? (?=.*\d)")


class Named(NamedTuple):
    """A day as it is named: a date, a weekday, a day of each year, by an ordinal of each month; or a bare number."""

    exact: date | None = None
    weekday: int | None = None
    month: int = 0
    day: int = 0
    not_today: bool = False
    is_ordinal: bool = False

    @property
    def is_yearly(self) -> bool:
        """Whether it is a day of a month without a year."""
        return self.month > 0

    def first(self, start: date) -> date | None:
        """Return the first such day from one on; a date itself, wherever it lies."""
        if self.is_ordinal:
            return next((day for ahead in range(62) if (day := start + DAY * ahead).day == self.day), None)
        if self.exact or self.weekday is None:
            return self.exact or self._in_years(start, 1)
        return start + timedelta(days=(self.weekday - start.weekday()) % 7)

    def last(self, end: date) -> date | None:
        """Return the last such day up to one, of a day of each year."""
        return self._in_years(end, -1)

    def borrowing(self, other: "Named") -> "Named":
        """Return the bare number of a day with the month, and the year, of another one: `24 to 31 December`."""
        if not self.day or self.month:
            return self
        if other.exact:
            return Named(exact=_real(other.exact.year, other.exact.month, self.day))
        if self.is_ordinal and not other.month:
            return self
        return Named(month=other.month, day=self.day)

    def _in_years(self, near: date, step: int) -> date | None:
        # Eight years hold a leap day even around a century that has none.
        days = (_real(near.year + step * years, self.month, self.day) for years in range(9))
        return next((found for found in days if found and (found - near).days * step >= 0), None)


def read_day(words: str, today: date, order: Order = "day") -> Named | None:
    """Return the day that tidy words name; None for other words, and for a date that there is not."""
    words = _BEFORE.sub("", words, count=1)
    bare = words.removeprefix("next ")
    if bare in _NEAR:
        return Named(exact=today + DAY * _NEAR[bare])
    if bare in ONE_DAY:
        return Named(weekday=ONE_DAY[bare], not_today=bare != words)
    if number := _NUMBER.fullmatch(words):
        return Named(day=int(number[1]), is_ordinal=(number[2] or ".") != ".")
    words = _WEEKDAY_BEFORE.sub("", words, count=1)
    found = _matched(words, order)
    return _of_match(found) if found else None


def is_missing(words: str) -> bool:
    """Whether tidy words name a day that no calendar has: `31 february`, `32nd`."""
    if number := _NUMBER.fullmatch(words):
        return not 1 <= int(number[1]) <= _LONGEST_MONTH
    found = _matched(words, "day")
    return found is not None and 1 <= _month(found["month"]) <= len(MONTHS) and _of_match(found) is None


def _real(year: int, month: int, day: int) -> date | None:
    """Return a date; None when there is no such day, or it is too near the end of the calendar to reckon with."""
    try:
        return date(year, month, day) if year < MAXYEAR - 9 else None
    except ValueError:
        return None


def _matched(words: str, order: Order) -> re.Match[str] | None:
    patterns = (_ISO, _DOTTED, _SLASHED[order], _DAY_FIRST, _MONTH_FIRST)
    return next(filter(None, (pattern.fullmatch(words) for pattern in patterns)), None)


def _of_match(found: re.Match[str]) -> Named | None:
    month, day = _month(found["month"]), int(found["day"])
    if found["year"]:
        there = _real(int(found["year"]), month, day)
        return Named(exact=there) if there else None
    # Every day of a year is in a leap year.
    return Named(month=month, day=day) if _real(2000, month, day) else None


def _month(word: str) -> int:
    """Return the month of a number or of its first three letters or more; 0 when there is none."""
    if word.isdigit():
        return int(word)
    word = "sep" if word == "sept" else word
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(word)), 0)

"""What people plan, as words for the bot, and as the points that ought to come of it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from tests.acceptance.month.options import Options
from tests.acceptance.month.walls import Wall, wall

ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"),
    *("Africa/Casablanca", "America/Santiago", "Pacific/Auckland", "Asia/Kolkata", "UTC", "Asia/Beirut"),
    *("America/Havana", "Antarctica/Troll", "Pacific/Chatham", "Asia/Jerusalem"),
)
"""In some the clocks go forward, in some back, at night or at midnight, by half an hour, one or two; in some never."""

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = {"daily": range(7), "weekdays": range(5), "weekends": (5, 6), "mon,wed,fri,sun": (0, 2, 4, 6)}
WINDOWS = (
    ((9, 12), (13, 17.5)),
    ((9, 12), (13, 17)),
    ((8, 18),),
    ((0, 6), (22, 24)),  # the change of the clocks lies in these
    ((0, 4.5),),
    ((22, 24),),
    ((0, 24),),
    ((20, 23),),
)
INTERVALS = (15, 25, 30, 35, 45, 50, 60, 60, 60, 90, 120, 180, 240, 480)
STRETCHES = ("7:32", "12:47", "18:02", "20:58", "0:17", "1:43", "1:52", "2:02", "2:32", "2:58", "23:17")
"""No point of an ``every`` cadence has such minutes, so that it is always certain which reminder is the newest."""


class Point(NamedTuple):
    """An occurrence that is due, with the naive time that it was planned for."""

    at: datetime
    shown: datetime


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes in windows, which are in minutes after midnight."""

    minutes: int
    windows: tuple[tuple[int, int], ...]
    days: str

    @property
    def words(self) -> str:
        """What stands behind ``/remind move``."""
        spans = " ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in self.windows)
        return f"every {self.minutes}m {spans} {self.days}"

    def points_of(self, day: date, on: Wall) -> list[Point]:
        """The points of a calendar day; those that the wall skips are dropped."""
        if day.weekday() not in DAYS[self.days]:
            return []
        minutes = [minute for begin, end in self.windows for minute in range(begin, end, self.minutes)]
        shown = [_at(day, minute) for minute in minutes]
        return [Point(on.met(one), one) for one in shown if not on.is_skipped(one)]

    def window_end(self, shown: datetime) -> int | None:
        """The end of the window that a naive time is in, in minutes after midnight."""
        minute = shown.hour * 60 + shown.minute
        there = shown.weekday() in DAYS[self.days]
        return next((end for begin, end in self.windows if there and begin <= minute < end), None)


@dataclass(frozen=True, slots=True)
class At:
    """Once a day, at a time on the wall."""

    clock: str
    days: str

    @property
    def words(self) -> str:
        """What stands behind ``/remind stretch``."""
        return f"{self.clock} {self.days}"

    def points_of(self, day: date, on: Wall) -> list[Point]:
        """The point of a calendar day; one that the wall skips comes at the first instant after."""
        hours, minutes = map(int, self.clock.split(":"))
        shown = _at(day, hours * 60 + minutes)
        return [Point(on.met(shown), shown)] if day.weekday() in DAYS[self.days] else []

    def window_end(self, _shown: datetime) -> int | None:
        """There is no window."""
        return None


Plan = Every | At


@lru_cache(maxsize=8192)
def points(plan: Plan, zone: str, options: Options) -> Sequence[Point]:
    """Everything that is due by a plan in a zone around the month, each instant once."""
    on, first = wall(zone, options.begin, options.end), options.begin.date() - timedelta(days=3)
    found = [point for number in range(options.days + 6)
             for point in plan.points_of(first + timedelta(days=number), on)]  # fmt: skip
    return tuple({point.at: point for point in reversed(found)}.values())[::-1]


def after(plan: Plan, zone: str, options: Options, at: datetime) -> Sequence[Point]:
    """The points of a plan later than an instant."""
    found = points(plan, zone, options)
    return found[bisect_right(found, at, key=lambda point: point.at) :]


def draw_move(chance: Random) -> Every:
    """Some plan for the nudges."""
    windows = tuple((int(begin * 60), int(end * 60)) for begin, end in chance.choice(WINDOWS))
    minutes = chance.choice([one for one in INTERVALS if one >= 60 or windows != ((0, 1440),)])
    return Every(minutes, windows, chance.choice(("weekdays", "weekdays", *DAYS)))


def draw_stretch(chance: Random) -> At:
    """Some plan for the stretch."""
    return At(chance.choice(STRETCHES), chance.choice(("daily", "daily", *DAYS)))


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"

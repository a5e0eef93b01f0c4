"""Cadences: when a habit is due for one subscriber, as points on the wall of the subscriber's zone.

A cadence is a fixed grid; nothing that happens to a reminder moves it. All clock values are minutes after
midnight, days are 0 (Monday) to 6 (Sunday), and a day is the calendar day of the nominal wall time.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count as numbers
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

from reminderbot.rules.clock import aware, in_gap, instant, wall_of

MINUTES_A_DAY = 1440
SHORTEST_INTERVAL = 15
LONGEST_INTERVAL = 480
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKENDS = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one day, from `start` up to but not including `end`, in minutes after midnight."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a window that is empty, backwards or leaves the day (`ValueError`)."""
        if not 0 <= self.start < self.end <= MINUTES_A_DAY:
            raise ValueError(f"not a window of one day: {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Every:
    """Due every `interval` minutes (15 to 480) from the start of each window, on these days."""

    interval: int
    windows: tuple[Window, ...]
    days: frozenset[int]

    def __post_init__(self) -> None:
        """Refuse an interval out of range, windows missing, unsorted or overlapping, odd days (`ValueError`)."""
        if not SHORTEST_INTERVAL <= self.interval <= LONGEST_INTERVAL:
            raise ValueError(f"interval out of range: {self.interval}")
        if not self.windows or any(one.end > two.start for one, two in pairwise(self.windows)):
            raise ValueError("windows must be there, in order, and apart")
        _check_days(self.days)


@dataclass(frozen=True, slots=True)
class At:
    """Due at these minutes after midnight (sorted, each once), on these days."""

    times: tuple[int, ...]
    days: frozenset[int]

    def __post_init__(self) -> None:
        """Refuse no time, times out of the day, unsorted or double, and odd days (`ValueError`)."""
        if not self.times or list(self.times) != sorted(set(self.times)):
            raise ValueError("times must be there, in order, and each once")
        if self.times[0] < 0 or self.times[-1] >= MINUTES_A_DAY:
            raise ValueError("times must lie within the day")
        _check_days(self.days)


Cadence = Every | At


@dataclass(frozen=True, slots=True)
class Due:
    """One due moment: the UTC instant, and the nominal naive wall time it stands for."""

    at: datetime
    wall: datetime


def next_due(cadence: Cadence, after: datetime, zone: ZoneInfo, shift: int = 0) -> Due:
    """Return the first due moment strictly after an instant.

    Args:
        cadence: the plan.
        after: aware instant.
        zone: the subscriber's zone.
        shift: minutes by which the points of an `Every` are moved (see `shift_for`); an `At` is exact.

    Raises:
        NaiveTimeError: `after` is naive.
    """
    return next(due for due in _walk(cadence, wall_of(after, zone).date(), zone, shift) if due.at > after)


def coming(cadence: Cadence, after: datetime, zone: ZoneInfo, shift: int = 0) -> Iterator[Due]:
    """Yield the due moments strictly after an instant, without an end (`NaiveTimeError` when it is naive)."""
    dues = _walk(cadence, wall_of(after, zone).date(), zone, shift)
    return (due for due in dues if due.at > after)


def due_between(
    cadence: Cadence, start: datetime, end: datetime, zone: ZoneInfo, shift: int = 0
) -> tuple[Due, ...]:
    """Return the due moments with `start <= at < end`, in order (`NaiveTimeError` when either is naive)."""
    until = aware(end)
    # A time that a gap has moved over midnight belongs to the day before the one its instant falls on.
    first = wall_of(start, zone).date() - timedelta(days=1)
    dues = takewhile(lambda due: due.at < until, _walk(cadence, first, zone, shift))
    return tuple(due for due in dues if due.at >= start)


def window_of(cadence: Every, wall: datetime) -> Window | None:
    """Return the window that a naive wall time lies in on its weekday, or None outside all of them."""
    if wall.weekday() not in cadence.days:
        return None
    minute = wall.hour * 60 + wall.minute
    return next((window for window in cadence.windows if window.start <= minute < window.end), None)


def shift_for(chat_id: int, spread: int) -> int:
    """Return a chat's fixed offset, 0 to `spread` minutes: the same in every process and version."""
    digest = hashlib.blake2b(str(chat_id).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % (spread + 1)


def _check_days(days: frozenset[int]) -> None:
    if not days or not days <= EVERY_DAY:
        raise ValueError(f"not days of a week: {sorted(days)}")


def _walk(cadence: Cadence, first: date, zone: ZoneInfo, shift: int) -> Iterator[Due]:
    """Yield the due moments of the calendar days from `first` on, each instant once, without an end."""
    offset = shift if isinstance(cadence, Every) else 0
    last: datetime | None = None
    for number in numbers():
        for due in _dues_of_day(cadence, first + timedelta(days=number), zone, offset):
            if last is None or due.at > last:
                yield due
                last = due.at


# Subscribers share few plans, zones and days: a crowd that is due together is worked out once.
@lru_cache(maxsize=2048)
def _dues_of_day(cadence: Cadence, day: date, zone: ZoneInfo, shift: int) -> tuple[Due, ...]:
    """Return the due moments whose nominal wall time lies on a calendar day, in order, each instant once."""
    if day.weekday() not in cadence.days:
        return ()
    midnight = datetime.combine(day, time())
    walls = [midnight + timedelta(minutes=minute) for minute in _minutes(cadence, shift)]
    if isinstance(cadence, Every):
        walls = [wall for wall in walls if not in_gap(wall, zone)]
    dues: dict[datetime, Due] = {}
    for wall in walls:
        at = instant(wall, zone)
        dues.setdefault(at, Due(at, wall))
    return tuple(dues.values())


def _minutes(cadence: Cadence, shift: int) -> Iterator[int]:
    """Yield the points of the grid in minutes after midnight."""
    if isinstance(cadence, At):
        yield from cadence.times
        return
    for window in cadence.windows:
        # The remainder keeps a crowd spread out where a window or an interval is shorter than the shift.
        first = window.start + shift % min(cadence.interval, window.end - window.start)
        yield from range(first, window.end, cadence.interval)

"""Instants, wall times and habit days.

An instant is an aware UTC datetime; a wall time is a naive datetime as a clock on the wall of a zone shows
it. Every conversion between the two goes through this module, so gaps and repeats have one meaning: a wall
time stands for the first instant at which the wall has reached it.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_STARTS = range(7)
"""Hours at which a habit day can begin."""

_SAFE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9][A-Za-z0-9_+-]*){0,2}")
# Some systems keep more files beside the zones: copies that count leap seconds, the machine's own setting.
_NO_ZONES = ("right/", "posix/", "posixrules", "localtime", "Factory")


class NaiveTimeError(ValueError):
    """An instant without a zone was given where an aware one is needed."""


class UnknownZoneError(ValueError):
    """No such IANA zone, or a name that must not be looked up."""


def aware(at: datetime) -> datetime:
    """Return the instant in UTC.

    Raises:
        NaiveTimeError: `at` carries no offset.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise NaiveTimeError(f"an aware time is needed, not {at.isoformat()}")
    return at.astimezone(UTC)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return the IANA zone of that name, such as `Europe/Berlin`; the same object each time.

    Raises:
        UnknownZoneError: no such zone, or the name of a path, a copy with leap seconds, the machine's own zone.
    """
    if not _SAFE_NAME.fullmatch(name) or name.startswith(_NO_ZONES):
        raise UnknownZoneError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZoneError(name) from error


def wall_of(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the naive wall time in the zone at an instant (`NaiveTimeError` when `at` is naive)."""
    return aware(at).astimezone(zone).replace(tzinfo=None, fold=0)


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a naive wall time.

    A wall time in a gap becomes the first instant after the gap, a repeated one the first of the two. Later
    wall times never give earlier instants.

    Raises:
        ValueError: `wall` is aware.
    """
    before, after = _offsets(wall, zone)
    if before < after:
        return _gap_end(wall.replace(microsecond=0), zone, before, after)
    return (wall - before).replace(tzinfo=UTC, fold=0)


def in_gap(wall: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clocks of the zone skip this naive wall time (`ValueError` when it is aware)."""
    before, after = _offsets(wall, zone)
    return before < after


def habit_day_of_wall(wall: datetime, day_start: int = 3) -> date:
    """Return the habit day of a reminder from its nominal wall time.

    Args:
        wall: naive wall time.
        day_start: hour at which a habit day begins, one of `DAY_STARTS`.

    Raises:
        ValueError: `wall` is aware, or the hour is out of range.
    """
    if day_start not in DAY_STARTS:
        raise ValueError(f"a habit day starts between 0 and {DAY_STARTS[-1]} o'clock, not at {day_start}")
    return (_naive(wall) - timedelta(hours=day_start)).date()


def habit_day(at: datetime, zone: ZoneInfo, day_start: int = 3) -> date:
    """Return the habit day it is at an instant: the last one that has begun.

    Unlike the day read off the wall, it never goes back when the clocks do.
    """
    day = habit_day_of_wall(wall_of(at, zone), day_start)
    while day_begins(day + timedelta(days=1), zone, day_start) <= at:
        day += timedelta(days=1)
    return day


def day_begins(day: date, zone: ZoneInfo, day_start: int = 3) -> datetime:
    """Return the UTC instant a habit day begins; it ends when the next one begins."""
    return instant(datetime.combine(day, time(day_start)), zone)


def _naive(wall: datetime) -> datetime:
    if wall.tzinfo is not None:
        raise ValueError(f"a naive wall time is needed, not {wall.isoformat()}")
    return wall


def _offsets(wall: datetime, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """Return the offsets that held before and after a change of the clocks at this wall time.

    They are equal away from changes; the second is greater in a gap and smaller in a repeat (PEP 495).
    """
    local = _naive(wall).replace(tzinfo=zone, fold=0)
    zero = timedelta()
    return local.utcoffset() or zero, local.replace(fold=1).utcoffset() or zero


def _gap_end(wall: datetime, zone: ZoneInfo, before: timedelta, after: timedelta) -> datetime:
    """Find the change of the clocks by halving: at `early` the wall is short of `wall`, at `late` past it."""
    early, late = (wall - after).replace(tzinfo=UTC), (wall - before).replace(tzinfo=UTC)
    while (seconds := int((late - early).total_seconds())) > 1:
        middle = early + timedelta(seconds=seconds // 2)
        if wall_of(middle, zone) > wall:
            late = middle
        else:
            early = middle
    return late

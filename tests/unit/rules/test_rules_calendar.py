"""Ten years of due moments in six zones, against a walk along the clock on the wall.

The walk knows nothing of gaps and repeats. It looks at the wall every fifteen minutes, which all clock changes,
offsets and plans used here are multiples of, and reads off what the promise says.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from reminderbot.rules import cadence, clock
from reminderbot.rules.cadence import EVERY_DAY, At, Every, Window

STEP = timedelta(minutes=15)
# Plans of the night, where clocks change, and of the day.
EVERY = Every(45, (Window(0, 300), Window(540, 720), Window(1320, 1440)), frozenset({0, 2, 4, 5, 6}))
AT = At((0, 60, 105, 120, 150, 180, 450, 1395), EVERY_DAY)
EVERY_MINUTES = {
    minute for window in EVERY.windows for minute in range(window.start, window.end, EVERY.interval)
}  # fmt: skip


def walk(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[list[datetime], list[datetime]]:
    """Return the instants at which the two plans are due, read off the wall."""
    every: list[datetime] = []
    at: list[datetime] = []
    highest = clock.wall_of(start - STEP, zone)
    now = start
    while now < end:
        wall = now.astimezone(zone).replace(tzinfo=None, fold=0)
        if wall > highest:
            if wall.weekday() in EVERY.days and wall.hour * 60 + wall.minute in EVERY_MINUTES:
                every.append(now)
            passed = highest + STEP
            while passed <= wall:
                if passed.hour * 60 + passed.minute in AT.times and now not in at[-1:]:
                    at.append(now)
                passed += STEP
            highest = wall
        now += STEP
    return every, at


@pytest.mark.parametrize(
    ("name", "year", "changes"),
    [
        ("Europe/Berlin", 2020, 20),
        ("America/New_York", 2020, 20),
        ("Australia/Lord_Howe", 2020, 20),
        ("Pacific/Apia", 2009, 10),
        ("Africa/Casablanca", 2015, 10),
        ("Asia/Kolkata", 2020, 0),
    ],
)
def test_ten_years_of_due_moments_are_those_seen_on_the_wall(name: str, year: int, changes: int) -> None:
    zone = clock.zone(name)
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 10, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    assert sum(one != two for one, two in pairwise(offsets)) >= changes
    every, at = walk(zone, start, end)
    assert [due.at for due in cadence.due_between(EVERY, start, end, zone)] == every
    assert [due.at for due in cadence.due_between(AT, start, end, zone)] == at

"""Streaks, freezes and strength: pure functions of a habit's day rows.

Strength follows the published formula of Loop Habit Tracker for a daily habit: an exponential moving average
of the day values. Nothing is patched; a changed day recomputes the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import NamedTuple

HALF_LIFE_DAYS = 13
KEPT_DAYS_A_FREEZE = 7
MOST_FREEZES = 2
FIRST_MILESTONES = (3, 7, 14, 30, 60, 100)
"""Lengths of a streak, in days, that are told; after the last one each further hundred."""
_KEEP = 0.5 ** (1 / HALF_LIFE_DAYS)


class Verdict(StrEnum):
    """What a habit day was for the streak."""

    KEPT = "kept"
    """The day value reached the habit's threshold: the streak grows."""
    REST = "rest"
    """Nothing done and nothing missed: the streak stands."""
    MISSED = "missed"
    """Below the threshold, and no freeze left: the streak ends."""
    FROZEN = "frozen"
    """Below the threshold, and a freeze was used up: the streak stands."""


class DayCounts(NamedTuple):
    """A habit day that is over: reminders done (extra moves included) and missed.

    A tuple, as there is one for each day of somebody's years.
    """

    day: date
    done: int
    missed: int


@dataclass(frozen=True, slots=True)
class Today:
    """The habit day that runs: `open` are sent or pending without an answer, `remaining` still to come."""

    day: date
    done: int
    open: int
    missed: int
    remaining: int

    @property
    def plan(self) -> int:
        """The number of reminders and extra moves this day can still be judged by."""
        return self.done + self.open + self.missed + self.remaining


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a habit stands.

    Attributes:
        streak: kept days in a row.
        best: longest streak ever.
        freezes: freezes held, 0 to 2.
        strength: smoothed day value, 0 to 1.
        froze: last day that used up a freeze.
        verdicts: verdict of each day given; today is there only once it counts.
    """

    streak: int
    best: int
    freezes: int
    strength: float
    froze: date | None
    verdicts: Mapping[date, Verdict]


def day_value(done: int, missed: int) -> float | None:
    """Return done / (done + missed), 0 to 1, or None when there is neither."""
    return done / (done + missed) if done + missed else None


def verdict(done: int, missed: int, threshold: float) -> Verdict:
    """Judge a day that is over, before freezes: kept, rest or missed."""
    value = day_value(done, missed)
    if value is None:
        return Verdict.REST
    return Verdict.KEPT if value >= threshold else Verdict.MISSED


def progress(days: Iterable[DayCounts], threshold: float, today: Today | None) -> Progress:
    """Work out streak, freezes and strength from the day rows.

    Args:
        days: each habit day at most once, in any order; with `today`, rows from that day on are ignored.
        threshold: day value that keeps a day, above 0 and at most 1.
        today: the habit day that runs. It enters, with the value nothing can take away, as soon as it counts.

    Raises:
        ValueError: the threshold is out of range.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold out of range: {threshold}")
    run = _Run()
    for row in sorted(days, key=lambda row: row.day):
        if today is None or row.day < today.day:
            run.add(row, threshold)
    if today is not None and _counts(today.done, today.plan, threshold):
        run.add(DayCounts(today.day, today.done, today.plan - today.done), threshold)
    return Progress(run.streak, run.best, run.freezes, run.strength, run.froze, run.verdicts)


def more_needed(today: Today, threshold: float) -> int:
    """Return how many more done make today count: 0 when it counts already, -1 when no number can.

    Each one answers an open or coming reminder while there is one; after that it is an extra move.
    """
    if threshold >= 1 and today.missed:
        return -1
    answerable = today.open + today.remaining
    return next(
        more
        for more in count()
        if _counts(today.done + more, today.plan + max(0, more - answerable), threshold)
    )


def milestone(streak: int) -> int:
    """Return the highest milestone, in days, that a streak has reached; 0 before the first."""
    if streak >= FIRST_MILESTONES[-1]:
        return streak // 100 * 100
    return max((mark for mark in FIRST_MILESTONES if mark <= streak), default=0)


def _counts(done: int, plan: int, threshold: float) -> bool:
    return done > 0 and done / plan >= threshold


class _Run:
    """The fold over the days, oldest first."""

    def __init__(self) -> None:
        self.streak = self.best = self.freezes = self.kept = 0
        self.strength = 0.0
        self.froze: date | None = None
        self.verdicts: dict[date, Verdict] = {}

    def add(self, row: DayCounts, threshold: float) -> None:
        found = verdict(row.done, row.missed, threshold)
        # A freeze held means a streak of at least 1: only a missed day without one ends a streak.
        if found is Verdict.MISSED and self.freezes:
            found = Verdict.FROZEN
        self.verdicts[row.day] = found
        if found is Verdict.KEPT:
            self._keep()
        elif found is Verdict.MISSED:
            self.streak = 0
        elif found is Verdict.FROZEN:
            self.freezes -= 1
            self.froze = row.day
        value = day_value(row.done, row.missed)
        if value is not None and found is not Verdict.FROZEN:
            self.strength = self.strength * _KEEP + value * (1 - _KEEP)

    def _keep(self) -> None:
        self.streak += 1
        self.best = max(self.best, self.streak)
        self.kept += 1
        if self.kept % KEPT_DAYS_A_FREEZE == 0:
            self.freezes = min(MOST_FREEZES, self.freezes + 1)

"""How the days of a habit look in a calendar: a letter for each, from the day rows and what streaks made of them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from reminderbot.rules.streaks import DayCounts, Today, Verdict


class Mark(StrEnum):
    """What is shown of a day."""

    KEPT = "k"
    PART = "p"
    """Something was done, though less than keeps a day."""
    REST = "r"
    FROZEN = "f"
    MISSED = "m"
    BLANK = "-"
    """Before the first day, still to come, or today while something may still be done."""


_OF_VERDICT: Mapping[Verdict, Mark] = {
    Verdict.KEPT: Mark.KEPT,
    Verdict.REST: Mark.REST,
    Verdict.FROZEN: Mark.FROZEN,
    Verdict.MISSED: Mark.MISSED,
}


def marks(
    rows: Iterable[DayCounts], verdicts: Mapping[date, Verdict], today: Today, first: date, last: date
) -> str:
    """The marks of the days from ``first`` to ``last``, a letter each.

    A day without a row is a day of rest, from the earliest row on.

    Args:
        rows: all day rows of the habit.
        verdicts: what ``streaks.progress`` made of these rows and of today.
        today: the habit day that runs.
        first: may lie before the earliest row.
        last: may lie after today.
    """
    done = {row.day: row.done for row in rows} | {today.day: today.done}
    began = min(done)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return "".join(
        Mark.BLANK if day < began or day > today.day
        else _of_today(today, verdicts.get(day)) if day == today.day
        else _of_past(done.get(day, 0), verdicts.get(day, Verdict.REST))
        for day in days
    )  # fmt: skip


def _of_today(today: Today, found: Verdict | None) -> Mark:
    if found is Verdict.KEPT:
        return Mark.KEPT
    return Mark.PART if today.done else Mark.BLANK if today.plan else Mark.REST


def _of_past(done: int, found: Verdict) -> Mark:
    return Mark.PART if done and found is Verdict.MISSED else _OF_VERDICT[found]

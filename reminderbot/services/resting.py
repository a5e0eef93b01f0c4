"""The pauses of a person's row: what they cover, and how they are kept."""

from datetime import date
from typing import Any

from reminderbot.rules import clock
from reminderbot.rules.pauses import Pause, Pauses
from reminderbot.services.work import Work
from reminderbot.store.queries import people


def of(row: Any) -> Pauses:
    """The pauses in a row that has the subscriber's four columns of them; without values, as of a stranger, none.

    One without a first day was noted by an earlier version: it covers every day before its end.
    """
    recent = Pause(row.paused_on or date.min, row.resumes_on) if row.resumes_on else None
    coming = Pause(row.pauses_from, row.pauses_until) if row.pauses_from and row.pauses_until else None
    return Pauses(recent, coming)


def covers(work: Work, chat_id: int, day: date) -> bool:
    """Whether a habit day of somebody is paused."""
    who = people.get(work.tx, chat_id)
    return who is not None and of(who).covers(day)


def keep(work: Work, chat_id: int, pauses: Pauses) -> None:
    """Write the pauses of a subscriber; when something is due next is to be worked out after that."""
    recent, coming = pauses
    values = {
        "paused_on": recent.begins if recent else None,
        "resumes_on": recent.resumes_on if recent else None,
        "pauses_from": coming.begins if coming else None,
        "pauses_until": coming.resumes_on if coming else None,
    }
    people.change(work.tx, chat_id, values)


def end(work: Work, chat_id: int) -> None:
    """End the pause that runs, if there is one: its days gone by stay days of rest."""
    who = people.get(work.tx, chat_id)
    if who is not None:
        keep(work, chat_id, of(who).ended(today(work, who)))


def today(work: Work, who: Any) -> date:
    """The habit day it is for a subscriber."""
    return clock.habit_day(work.at, clock.zone(who.zone), who.day_start)

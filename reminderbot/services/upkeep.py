"""What is put right when the bot starts, and what it can tell of its plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from reminderbot.services import mending, reminders
from reminderbot.services.work import Work
from reminderbot.store import schema
from reminderbot.store.queries import due

ZONE_DATA = "zone data"
PAGE = 1_000
"""Cadences worked out anew in one transaction."""


def adopt_key(work: Work) -> bool:
    """Check the key against the database; false when an earlier one was lost, and this one is taken from now on."""
    if schema.key_matches(work.tx, work.around.vault):
        return True
    schema.take_key(work.tx, work.around.vault)
    return False


def zone_data_changed(work: Work) -> bool:
    """Whether due times were worked out with other zone data."""
    return schema.read(work.tx, ZONE_DATA) != version("tzdata")


def replan_page(work: Work, after: tuple[int, str]) -> tuple[int, str] | None:
    """Work out a page of due times anew; the last key of the page, none when all are done and noted.

    What is due already is left alone: it belongs to the next tick.
    """
    rows = due.all_cadences(work.tx, after, PAGE)
    for row in rows:
        if row.next_due_at > work.at:
            mending.readable(work, row.chat_id)
            reminders.plan_next(work, row.chat_id, row.habit)
    if rows:
        return rows[-1].chat_id, rows[-1].habit
    schema.write(work.tx, ZONE_DATA, version("tzdata"))
    return None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a database knows from an earlier run: who is in it, and the latest instant that was noted."""

    chats: Sequence[int]
    last_seen: datetime | None


def remembered(work: Work) -> Remembered:
    """Everybody in the database, and when it was last used."""
    return Remembered(due.chats(work.tx), due.last_seen(work.tx))


def next_moment(work: Work) -> datetime | None:
    """When something will be due next; none when nothing is planned."""
    return due.next_moment(work.tx)


def next_reminder(work: Work, names: Mapping[int, str]) -> tuple[datetime, str] | None:
    """When the next reminder is due, and what it is: ``Move for Ana``, or ``Move`` for somebody not in ``names``."""
    row = due.next_reminder(work.tx)
    if row is None:
        return None
    label, name = work.around.library.habits[row.habit].label, names.get(row.chat_id)
    return row.next_due_at, f"{label} for {name}" if name else str(label)

"""What is put right when the bot starts: the key, what was being sent, due times after the zone data changed."""

from importlib.metadata import version

from reminderbot.services import mending, reminders, singles
from reminderbot.services.work import Work
from reminderbot.store import schema
from reminderbot.store.queries import due, inbox, outbox, turns
from reminderbot.store.queries import singles as single_rows
from reminderbot.store.tables import Lane

ZONE_DATA = "zone data"
PAGE = 50
"""Cadences worked out anew in one transaction: of a few people, who can't be heard meanwhile."""


def adopt_key(work: Work) -> bool:
    """Check the key against the database; false when an earlier one was lost, and this one is taken from now on."""
    if schema.key_matches(work.tx, work.around.vault):
        return True
    schema.take_key(work.tx, work.around.vault)
    return False


def free_leases(work: Work) -> None:
    """What the last run had in hand is taken up at once; only where no other worker runs.

    Updates are handled, cards and notes that it was sending go out again: they may not have arrived.
    """
    inbox.free(work.tx)
    outbox.free(work.tx, Lane.SAFETY, work.at)


def zone_data_changed(work: Work) -> bool:
    """Whether due times were worked out with other zone data."""
    return schema.read(work.tx, ZONE_DATA) != version("tzdata")


def replan_page(work: Work, after: tuple[int, str]) -> tuple[int, str] | None:
    """Work out a page of due times anew; the last key of the page, none when all are done and noted.

    After the last page also those of single reminders at a time of the clock: few people have any.

    What is due already is left alone: it belongs to the next tick. Who is just being heard is waited for, as nobody may
    be left out.
    """
    rows = due.all_cadences(work.tx, after, PAGE)
    for row in rows:
        if row.next_due_at > work.at:
            turns.of_chat(work.tx, row.chat_id)
            mending.readable(work, row.chat_id)
            reminders.plan_next(work, row.chat_id, row.habit)
    if rows:
        return rows[-1].chat_id, rows[-1].habit
    for chat_id in single_rows.by_the_clock(work.tx):
        turns.of_chat(work.tx, chat_id)
        singles.follow_clock(work, chat_id)
    schema.write(work.tx, ZONE_DATA, version("tzdata"))
    return None

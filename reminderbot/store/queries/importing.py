"""Moving in from another server: the draft until it is taken over, and the days that are new here."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.tables import days, drafts, reminders

t, d = drafts.c, days.c


def put(tx: Connection, chat_id: int, draft_id: int, made_at: datetime, found: bytes) -> None:
    """Keep what a person could take over, in place of what an earlier file held."""
    values = {"id": draft_id, "made_at": made_at, "found": found}
    kept = insert(drafts).values(chat_id=chat_id, **values)
    tx.execute(kept.on_conflict_do_update(index_elements=["chat_id"], set_=values))


def take(tx: Connection, chat_id: int, draft_id: int, since: datetime) -> bytes | None:
    """Take a draft made after an instant away; none when there is no such draft (any more)."""
    mine = (t.chat_id == chat_id, t.id == draft_id, t.made_at > since)
    return tx.scalar(delete(drafts).where(*mine).returning(t.found))


def sweep(tx: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` drafts made before an instant."""
    old = select(t.chat_id).where(t.made_at < before).limit(limit)
    return tx.execute(delete(drafts).where(t.chat_id.in_(old))).rowcount


def known_days(tx: Connection, chat_id: int) -> Collection[tuple[str, date]]:
    """The habits and habit days of which a person has a day row."""
    found = tx.execute(select(d.habit, d.habit_day).where(d.chat_id == chat_id))
    return {(habit, day) for habit, day in found}


def add_days(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add day rows; one that is there already is left alone."""
    if rows:
        tx.execute(insert(days).on_conflict_do_nothing(), rows)


def add_reminders(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add reminders that are over; one that is there already is left alone."""
    if rows:
        tx.execute(insert(reminders).on_conflict_do_nothing(), rows)

"""How the whole bot fares: what waits and since when, and what has happened how often. Nothing here names a person."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store import schema
from reminderbot.store.queries import outbox
from reminderbot.store.queries.inbox import NEW
from reminderbot.store.tables import (
    CaseState,
    Delivery,
    Lane,
    cadences,
    cases,
    inbox,
    messages,
    on_its_way,
    reminders,
    tally,
)

LAST_TICK = "last tick"
LAST_BACKUP = "last backup"

c, m, r, t = cadences.c, messages.c, reminders.c, tally.c

_cadence = select(c.next_due_at).where(c.next_due_at.is_not(None)).order_by(c.next_due_at).limit(1)
_reminder = (
    select(r.not_before)
    .where(on_its_way(reminders), r.state == Delivery.PENDING)
    .order_by(r.not_before)
    .limit(1)
)
_message = (
    select(m.not_before)
    .where(m.lane == bindparam("lane"), on_its_way(messages), outbox.is_next)
    .order_by(m.not_before)
    .limit(1)
)
_update = select(inbox.c.received_at).where(NEW).order_by(inbox.c.update_id).limit(1)

_messages_waiting = (
    select(m.lane, func.count()).where(on_its_way(messages), m.not_before <= bindparam("at")).group_by(m.lane)
)
_reminders_waiting = select(func.count()).where(
    on_its_way(reminders), r.state == Delivery.PENDING, r.not_before <= bindparam("at")
)

_count = insert(tally).values(what=bindparam("what"), kind=bindparam("kind"), times=bindparam("more"))
_add = _count.on_conflict_do_update(
    index_elements=["what", "kind"], set_={"times": t.times + _count.excluded.times}
)


def oldest_cadence(tx: Connection) -> datetime | None:
    """When the cadence is due that no other one is due before; none when nothing is planned."""
    return tx.scalar(_cadence)


def oldest_reminder(tx: Connection) -> datetime | None:
    """Since or from when the reminder may go out that waits longest; none when no reminder waits."""
    return tx.scalar(_reminder)


def oldest_message(tx: Connection, lane: Lane) -> datetime | None:
    """The same for the messages of a lane, each of them the next of its chat."""
    return tx.scalar(_message, {"lane": lane})


def oldest_update(tx: Connection) -> datetime | None:
    """When the lowest update came whose effect is not stored yet; none when all are handled."""
    return tx.scalar(_update)


def waiting(tx: Connection, at: datetime) -> dict[Lane, int]:
    """How many rows of each lane could go out at this instant, if there were room for all."""
    depths = dict.fromkeys(Lane, 0)
    for lane, count in tx.execute(_messages_waiting, {"at": at}):
        depths[Lane(lane)] += count
    depths[Lane.REMINDER] += tx.scalar(_reminders_waiting, {"at": at}) or 0
    return depths


def cases_by_state(tx: Connection) -> Sequence[Any]:
    """How many cases are not closed, and when the oldest was opened, by state: ``state``, ``many``, ``oldest``."""
    columns = (cases.c.state, func.count().label("many"), func.min(cases.c.opened_at).label("oldest"))
    unclosed = select(*columns).where(cases.c.state != CaseState.CLOSED)
    return tx.execute(unclosed.group_by(cases.c.state)).all()


def last_tick(tx: Connection) -> datetime | None:
    """When a worker last noted that it ticks; none before the first time."""
    return _moment(tx, LAST_TICK)


def note_tick(tx: Connection, at: datetime) -> None:
    """Note that a worker ticks."""
    schema.write(tx, LAST_TICK, at.astimezone(UTC).isoformat())


def last_backup(tx: Connection) -> datetime | None:
    """As of when the last backup is; none before the first one."""
    return _moment(tx, LAST_BACKUP)


def note_backup(tx: Connection, at: datetime) -> None:
    """Note that there is a backup with everything up to an instant."""
    schema.write(tx, LAST_BACKUP, at.astimezone(UTC).isoformat())


def _moment(tx: Connection, name: str) -> datetime | None:
    noted = schema.read(tx, name)
    return datetime.fromisoformat(noted) if noted else None


def add(tx: Connection, counts: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts."""
    # In one order, so that no two workers wait for each other.
    rows = [{"what": what, "kind": kind, "more": more} for (what, kind), more in sorted(counts.items())]
    if rows:
        tx.execute(_add, rows)


def counts(tx: Connection) -> dict[tuple[str, str], int]:
    """What has happened how often since the first start."""
    return {(row.what, row.kind): row.times for row in tx.execute(select(tally))}


def sweep_counts(tx: Connection, since: str, before: str, limit: int) -> int:
    """Delete up to ``limit`` counts whose name lies between these two; returns how many."""
    old = select(t.what, t.kind).where(t.what >= since, t.what < before).limit(limit)
    return tx.execute(delete(tally).where(tuple_(t.what, t.kind).in_(old))).rowcount

"""Habit days: reminders counted into day rows, those whose day is over, and the sweep."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import Delivery, Origin, Outcome, days, reminders, safety

r, d = reminders.c, days.c

KEY = ("chat_id", "habit", "habit_day")
"""Which day row."""


class Closing(NamedTuple):
    """An unanswered reminder whose habit day is over."""

    chat_id: int
    key: ReminderKey
    habit_day: date
    state: str
    origin: str
    hold: str | None
    held_from: date | None
    held_until: date | None


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(and_(*conditions))


# Built once: each answer asks them, and building a statement costs more than running it.
_own = r.origin.in_([Origin.OWN, Origin.ASKED])
_counts = select(
    func.count().label("reminders"),
    _number(r.state == Delivery.SENT, r.origin == Origin.CADENCE).label("prompted"),
    _number(r.outcome == Outcome.DONE).label("done"),
    _number(r.outcome == Outcome.DONE, _own).label("own"),
    _number(r.outcome == Outcome.SKIPPED).label("skipped"),
    _number(r.outcome == Outcome.MISSED).label("missed"),
    _number(r.outcome == Outcome.VOID, ~_own).label("void"),
    _number(r.outcome == Outcome.SNOOZED).label("snoozed"),
).where(*(r[name] == bindparam(name) for name in KEY))
_write = insert(days)
_put = _write.on_conflict_do_update(
    index_elements=KEY,
    set_={column.name: _write.excluded[column.name] for column in d if column.name not in KEY},
)
_of = select(days).where(d.chat_id == bindparam("chat"), d.habit == bindparam("which")).order_by(d.habit_day)


def counts(tx: Connection, chat_id: int, habit: str, day: date) -> dict[str, int] | None:
    """The columns of a day row as its reminders stand now; none when there are none (any more)."""
    found = dict(tx.execute(_counts, dict(zip(KEY, (chat_id, habit, day), strict=True))).one()._mapping)
    return found if found.pop("reminders") else None


def put(tx: Connection, chat_id: int, habit: str, day: date, values: dict[str, int]) -> None:
    """Write a day row, new or over the one that is there; ``values`` are all its counts."""
    tx.execute(_put, dict(zip(KEY, (chat_id, habit, day), strict=True)) | values)


def of(tx: Connection, chat_id: int, habit: str) -> Sequence[Row[Any]]:
    """All day rows of a habit, oldest first."""
    return tx.execute(_of, {"chat": chat_id, "which": habit}).all()


def over(tx: Connection, at: datetime, limit: int) -> list[Closing]:
    """Unanswered reminders whose habit day has ended, oldest first."""
    query = (
        select(
            r.chat_id, r.habit, r.due_at, r.habit_day, r.state, r.origin,
            safety.c.hold, safety.c.held_from, safety.c.held_until,
        )
        .outerjoin(safety, safety.c.chat_id == r.chat_id)
        .where(r.outcome.is_(None), r.closes_at <= at)
        .order_by(r.closes_at)
        .limit(limit)
    )  # fmt: skip
    return [
        Closing(chat_id, ReminderKey(habit, due_at), *rest)
        for chat_id, habit, due_at, *rest in tx.execute(query)
    ]


def sweep(tx: Connection, before: date, limit: int) -> int:
    """Delete up to ``limit`` reminders of habit days before a date; their day rows stay."""
    key = (r.chat_id, r.habit, r.due_at)
    old = select(*key).where(r.habit_day < before).limit(limit)
    return tx.execute(delete(reminders).where(tuple_(*key).in_(old))).rowcount

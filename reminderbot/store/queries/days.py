"""Habit days: reminders counted into day rows, those whose day is over, and the sweep."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.kept import Query
from reminderbot.store.keys import ReminderKey
from reminderbot.store.many import one_of
from reminderbot.store.queries import due, history, turns
from reminderbot.store.tables import Delivery, Origin, Outcome, days, reminders, safety, subscribers

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
    paused_on: date | None
    resumes_on: date | None
    pauses_from: date | None
    pauses_until: date | None


# Built once: each answer asks them, and building a statement costs more than running it.
_write = insert(days)
_put = _write.on_conflict_do_update(
    index_elements=KEY,
    set_={column.name: _write.excluded[column.name] for column in d if column.name not in KEY},
)
_of = Query(
    days,
    select(days).where(d.chat_id == bindparam("chat"), d.habit == bindparam("which")).order_by(d.habit_day),
)


def counts(tx: Connection, chat_id: int, habit: str, day: date) -> dict[str, int] | None:
    """The columns of a day row as its reminders stand now; none when there are none (any more)."""
    rows = history.of_day(tx, chat_id, habit, day)
    if not rows:
        return None
    outcomes = Counter(row.outcome for row in rows)
    own = [row.outcome for row in rows if row.origin in (Origin.OWN, Origin.ASKED)]
    # A card beside the plan that was left at that is no part of the day, as one that was never answered.
    return {
        "prompted": sum(row.state == Delivery.SENT and row.origin == Origin.CADENCE for row in rows),
        "done": outcomes[Outcome.DONE],
        "own": own.count(Outcome.DONE),
        "skipped": outcomes[Outcome.SKIPPED] - own.count(Outcome.SKIPPED),
        "missed": outcomes[Outcome.MISSED],
        "void": outcomes[Outcome.VOID] - own.count(Outcome.VOID),
        "snoozed": outcomes[Outcome.SNOOZED],
    }


def put(tx: Connection, chat_id: int, habit: str, day: date, values: dict[str, int]) -> None:
    """Write a day row, new or over the one that is there; ``values`` are all its counts."""
    tx.execute(_put, dict(zip(KEY, (chat_id, habit, day), strict=True)) | values)


_of_chats = (
    select(d.chat_id, d.habit, d.habit_day, d.done, d.own, d.missed)
    .where(one_of(d.chat_id, "chats"))
    .order_by(d.chat_id, d.habit, d.habit_day)
)


def of(tx: Connection, chat_id: int, habit: str) -> Sequence[Row[Any]]:
    """All day rows of a habit, oldest first."""
    return _of.all(tx, chat=chat_id, which=habit)


def of_chats(tx: Connection, chats: Collection[int]) -> Sequence[Any]:
    """Of all day rows of some people what was done and missed; by person and habit, oldest first."""
    return tx.execute(_of_chats, {"chats": sorted(chats)}).all() if chats else ()


_most: BindParameter[int] = bindparam("most")
_ended = (r.outcome.is_(None), r.closes_at <= bindparam("at"))
_over_chats = select(r.chat_id).where(*_ended).order_by(r.closes_at).limit(_most)
_oldest = select(r.chat_id, r.habit, r.habit_day).where(*_ended).order_by(r.closes_at).limit(_most)


def _of_their_days(oldest: Select[Any]) -> Select[Any]:
    over = oldest.subquery("oldest")
    which = select(over).distinct().subquery("which")
    return (
        select(
            r.chat_id, r.habit, r.due_at, r.habit_day, r.state, r.origin,
            safety.c.hold, safety.c.held_from, safety.c.held_until, *due.PAUSES,
        )
        .select_from(which)
        .join(reminders, and_(*(r[name] == which.c[name] for name in KEY)))
        .outerjoin(subscribers, subscribers.c.chat_id == r.chat_id)
        .outerjoin(safety, safety.c.chat_id == r.chat_id)
        .where(*_ended)
    )  # fmt: skip


_over = _of_their_days(_oldest)
_over_free = _of_their_days(_oldest.where(one_of(r.chat_id, "free")))


def over(tx: Connection, at: datetime, limit: int) -> list[Closing]:
    """All unanswered reminders of up to ``limit`` habit days that have ended, the oldest days.

    A day comes as a whole: each of its reminders apart would have it counted anew. Its person's turn is taken; who is
    just being heard by somebody else is left out.
    """
    asked = {"at": at, "most": limit}
    free = turns.of_free(tx, _over_chats, asked)
    found = tx.execute(_over, asked) if free is None else tx.execute(_over_free, asked | {"free": free})
    return [Closing(chat_id, ReminderKey(habit, due_at), *rest) for chat_id, habit, due_at, *rest in found]


_close = (
    update(reminders)
    .where(r.chat_id == bindparam("chat"), r.habit == bindparam("which"), r.due_at == bindparam("due"))
    .values(outcome=bindparam("closed_as"), state=bindparam("now"))
)


def close(tx: Connection, closed: Iterable[tuple[Closing, Outcome, Delivery]]) -> None:
    """Settle these reminders, each with its outcome and its delivery state."""
    rows = [
        {
            "chat": one.chat_id,
            "which": one.key.habit,
            "due": one.key.due_at,
            "closed_as": outcome,
            "now": state,
        }
        for one, outcome, state in closed
    ]
    if rows:
        tx.execute(_close, rows)


def sweep(tx: Connection, before: date, limit: int) -> int:
    """Delete up to ``limit`` reminders of habit days before a date; their day rows stay."""
    key = (r.chat_id, r.habit, r.due_at)
    old = select(*key).where(r.habit_day < before).limit(limit)
    return tx.execute(delete(reminders).where(tuple_(*key).in_(old))).rowcount

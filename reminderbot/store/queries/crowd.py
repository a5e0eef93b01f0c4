"""How many people there are and what they answer, over all of them; nothing here names anybody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select

from reminderbot.store.many import one_of
from reminderbot.store.tables import days, subscribers

d, s = days.c, subscribers.c

ANSWERS = ("done", "skipped", "snoozed", "missed")
"""The counts of a day row that are told."""

_is_today = d.habit_day == bindparam("today")


def _sum(counted: ColumnElement[Any], name: str) -> ColumnElement[int]:
    return func.coalesce(func.sum(counted), 0).label(name)


_standings = select(s.standing, func.count().label("many")).group_by(s.standing)
_some = select(s.chat_id).where(s.chat_id % bindparam("stride") == bindparam("rest"))
_answers = select(
    *(_sum(d[name], name) for name in ANSWERS),
    *(_sum(case((_is_today, d[name]), else_=0), f"{name}_today") for name in ANSWERS),
).where(one_of(d.chat_id, "chats"), one_of(d.habit, "habits"), d.habit_day >= bindparam("since"))


def standings(tx: Connection) -> dict[str, int]:
    """How many subscribers are active, stopped and unreachable."""
    return {row.standing: row.many for row in tx.execute(_standings)}


def some(tx: Connection, stride: int, rest: int) -> Sequence[int]:
    """The chats of all subscribers that leave this rest when they are divided by ``stride``."""
    return tx.scalars(_some, {"stride": stride, "rest": rest}).all()


def answers(
    tx: Connection, chats: Sequence[int], habits: Iterable[str], since: date, today: date
) -> Mapping[str, tuple[int, int]]:
    """Sums over the habit days of these people, by what is counted: of today, and of all days ``since`` one."""
    values = {"chats": chats, "habits": list(habits), "since": since, "today": today}
    row = tx.execute(_answers, values).one()._mapping
    return {name: (int(row[f"{name}_today"]), int(row[name])) for name in ANSWERS}

"""People who are not heard of: the days on which they left reminders unanswered, and when they are left in peace."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from reminderbot.store.keys import ReminderKey
from reminderbot.store.many import one_of
from reminderbot.store.tables import Outcome, Standing, cadences, days, reminders, safety, subscribers

s, c, d, r = subscribers.c, cadences.c, days.c, reminders.c


class Asked(NamedTuple):
    """The question in place of a reminder: whose, which, and the habit day since which they are left in peace."""

    chat_id: int
    key: ReminderKey
    quiet_on: date


_begin = (
    update(subscribers)
    .where(one_of(s.chat_id, "chats"), s.heard_on.is_(None))
    .values(heard_on=bindparam("day"))
)
_unanswered = (
    select(d.chat_id, d.habit_day, safety.c.hold, safety.c.held_from, safety.c.held_until)
    .select_from(subscribers)
    .join(cadences, (c.chat_id == s.chat_id) & ~c.off)
    .join(days, (d.chat_id == s.chat_id) & (d.habit == c.habit) & (d.habit_day > s.heard_on))
    .outerjoin(safety, safety.c.chat_id == s.chat_id)
    .where(one_of(s.chat_id, "chats"), d.missed > 0)
)
_quieten = update(subscribers).where(s.chat_id == bindparam("chat")).values(quiet_on=bindparam("day"))
_plan_nothing = update(cadences).where(one_of(c.chat_id, "chats")).values(next_due_at=None)
_void = (
    update(reminders)
    .where(r.chat_id == bindparam("chat"), r.habit == bindparam("which"), r.due_at == bindparam("due"))
    .values(outcome=Outcome.VOID)
)
_quiet = select(func.count()).where(s.quiet_on.is_not(None), s.standing == Standing.ACTIVE)


def begin(tx: Connection, chats: Collection[int], day: date) -> None:
    """Count the silence of those of whom it is not known from this habit day on, as if they had been heard on it."""
    tx.execute(_begin, {"chats": sorted(chats), "day": day})


def unanswered(tx: Connection, chats: Collection[int]) -> Sequence[Any]:
    """The days on which these people left reminders unanswered since they were heard last.

    Each once for each habit that is on, with what tells of a hold.
    """
    return tx.execute(_unanswered, {"chats": sorted(chats)}).all()


def quieten(tx: Connection, asked: Collection[Asked]) -> None:
    """Plan nothing any more for people who are asked, and let the reminder in whose place it is be no reminder."""
    if not asked:
        return
    tx.execute(_quieten, [{"chat": one.chat_id, "day": one.quiet_on} for one in asked])
    tx.execute(_plan_nothing, {"chats": sorted(one.chat_id for one in asked)})
    tx.execute(_void, [{"chat": one.chat_id, "which": one.key.habit, "due": one.key.due_at} for one in asked])


def count(tx: Connection) -> int:
    """How many subscribers are left in peace."""
    return tx.scalar(_quiet) or 0

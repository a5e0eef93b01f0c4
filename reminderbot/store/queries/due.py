"""Cadences that fall due, and the reminders made of them until they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.kept import Query
from reminderbot.store.keys import ReminderKey
from reminderbot.store.many import one_of
from reminderbot.store.queries import turns
from reminderbot.store.tables import (
    Delivery,
    Origin,
    Outcome,
    Standing,
    cadences,
    on_its_way,
    reminders,
    safety,
    subscribers,
)

c, r, s = cadences.c, reminders.c, subscribers.c

PAUSES = (s.paused_on, s.resumes_on, s.pauses_from, s.pauses_until)
"""What tells of the days on which a person pauses."""


# Built once: each look at what is due asks them, and building a statement costs more than running it.
_overdue = c.next_due_at <= bindparam("at")
_most: BindParameter[int] = bindparam("most")
_fallen_chats = select(c.chat_id).where(_overdue).order_by(c.next_due_at).limit(_most)
_fallen = (
    select(c.chat_id, c.habit, c.plan, c.next_due_at, c.ignored, s.zone, s.day_start, s.heard_on, *PAUSES)
    .join(subscribers, s.chat_id == c.chat_id)
    .where(_overdue)
    .order_by(c.next_due_at)
    .limit(_most)
)
_fallen_free = _fallen.where(one_of(c.chat_id, "free"))


def fallen_due(tx: Connection, at: datetime, limit: int) -> Sequence[Any]:
    """Cadences with a due moment up to now, the oldest first, with what is needed to make their reminders.

    Their chats' turns are taken; those that somebody else has are left out.
    """
    asked = {"at": at, "most": limit}
    free = turns.of_free(tx, _fallen_chats, asked)
    if free is None:
        return tx.execute(_fallen, asked).all()
    return tx.execute(_fallen_free, asked | {"free": free}).all() if free else ()


_crowd = (one_of(c.chat_id, "chats"), c.habit == bindparam("which"))

_SHARED = ("due_at", "habit_day", "closes_at", "expires_at", "not_before", "state", "origin", "outcome")

_single = reminders.alias("single").c
_has_single = exists().where(
    _single.chat_id == c.chat_id,
    _single.habit == c.habit,
    _single.due_at >= bindparam("new_due_at"),
    _single.due_at < bindparam("until"),
    _single.asked_at.is_not(None),
    _single.state != Delivery.DROPPED,
)

_add_for = (
    insert(reminders)
    .from_select(
        ["chat_id", "habit", *_SHARED],
        select(c.chat_id, c.habit, *(bindparam(f"new_{name}", type_=r[name].type) for name in _SHARED))
        .where(*_crowd, ~_has_single),
    )
    .on_conflict_do_nothing()
)  # fmt: skip

_move_on = update(cadences).where(*_crowd).values(next_due_at=bindparam("next"))


def add_for(tx: Connection, chats: Sequence[int], row: Mapping[str, Any], until: datetime) -> None:
    """Make the same reminder for each of these chats; one that is there already is left alone.

    None where a single one of the habit, which the person has asked for, falls due from then ``until`` an instant.
    """
    shared = {f"new_{name}": row[name] for name in _SHARED}
    tx.execute(_add_for, {"chats": chats, "which": row["habit"], "until": until, **shared})


def move_on(tx: Connection, chats: Sequence[int], habit: str, next_due_at: datetime | None) -> None:
    """Set the next due moment, if there is one, of a habit for these chats, in the transaction that found them due."""
    tx.execute(_move_on, {"chats": chats, "which": habit, "next": next_due_at})


def set_next(tx: Connection, chat_id: int, habit: str, next_due_at: datetime | None) -> None:
    """Set the next due moment of one cadence."""
    here = update(cadences).where(c.chat_id == chat_id, c.habit == habit)
    tx.execute(here.values(next_due_at=next_due_at))


_of_chat = Query(cadences, select(cadences).where(c.chat_id == bindparam("chat")).order_by(c.habit))


def of_chat(tx: Connection, chat_id: int) -> Sequence[Any]:
    """All cadences of a subscriber, in the order of their habits."""
    return _of_chat.all(tx, chat=chat_id)


def add(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Make reminders; one that is there already is left alone."""
    if rows:
        tx.execute(insert(reminders).on_conflict_do_nothing(), rows)


WAITS = timedelta(minutes=1)
"""A reminder that has not gone out for so long is held up."""

_waits = (on_its_way(reminders), r.state == Delivery.PENDING, r.not_before <= bindparam("at"))
_its_cadence = (c.chat_id == r.chat_id) & (c.habit == r.habit)
_is_next = or_(
    r.not_before > bindparam("since"),
    r.origin == Origin.ASKED,
    c.next_due_at.is_(None),
    c.next_due_at > bindparam("at"),
)
"""What is held up while its cadence is overdue belongs to the next tick: one nudge of both is enough."""

_waiting_chats = (
    select(r.chat_id)
    .join(cadences, _its_cadence)
    .where(*_waits, _is_next)
    .order_by(r.not_before)
    .limit(_most)
)
_waiting = (
    select(
        reminders, c.off, c.deck_round, c.deck_cursor, c.last_card, c.note,
        s.standing, s.zone, s.zone_confirmed, s.day_start, *PAUSES,
        s.avoid, s.asked_avoid, s.place, s.sport, s.level, s.silent,
        s.heard_on, s.quiet_on,
        safety.c.hold, safety.c.returns_on,
    )
    .join(subscribers, s.chat_id == r.chat_id)
    .join(cadences, _its_cadence)
    .outerjoin(safety, safety.c.chat_id == r.chat_id)
    .where(*_waits, _is_next)
    .order_by(r.not_before)
    .limit(_most)
)  # fmt: skip
_waiting_free = _waiting.where(one_of(r.chat_id, "free"))


def to_send(tx: Connection, at: datetime, limit: int) -> Sequence[Any]:
    """Reminders that wait to be sent, with what decides whether they still should be.

    Their chats' turns are taken; those that somebody else has are left out. So are those held up by an outage that
    the next tick may let go of: the first look comes before the first tick.
    """
    asked = {"at": at, "since": at - WAITS, "most": limit}
    free = turns.of_free(tx, _waiting_chats, asked)
    if free is None:
        return tx.execute(_waiting, asked).all()
    return tx.execute(_waiting_free, asked | {"free": free}).all() if free else ()


_held_up = select(r.chat_id, r.habit, r.due_at, r.habit_day, r.outcome).where(
    *_waits,
    r.expires_at > bindparam("now"),
    r.habit == bindparam("which"),
    r.origin != Origin.ASKED,
    one_of(r.chat_id, "chats"),
)


def held_up(tx: Connection, chats: Sequence[int], habit: str, at: datetime) -> Sequence[Any]:
    """Reminders of a habit that are held up and may still be sent, but for cards that were asked for."""
    asked = {"chats": chats, "which": habit, "at": at - WAITS, "now": at}
    return tx.execute(_held_up, asked).all()


_key = (r.chat_id == bindparam("chat"), r.habit == bindparam("which"), r.due_at == bindparam("due"))
_take = update(reminders).where(*_key).values(
    state=Delivery.SENDING, not_before=bindparam("until"), card=bindparam("chosen"), attempts=r.attempts + 1
)  # fmt: skip
_lost = select(r.chat_id, r.habit, r.due_at).where(
    on_its_way(reminders), r.state == Delivery.SENDING, r.not_before <= bindparam("at")
)
_sent = (
    update(reminders)
    .where(*_key)
    .values(state=Delivery.SENT, message_id=bindparam("message"), sent_at=bindparam("at"))
)


class Taken(NamedTuple):
    """A reminder that is being sent now, with the card that was chosen for it, if it shows one."""

    chat_id: int
    key: ReminderKey
    card: str | None


def take(tx: Connection, taken: Sequence[Taken], lease_until: datetime) -> None:
    """Mark reminders as being sent."""
    rows = [_named(chat_id, key) | {"chosen": card, "until": lease_until} for chat_id, key, card in taken]
    if rows:
        tx.execute(_take, rows)


def lose_leases(tx: Connection, at: datetime) -> None:
    """Reminders whose sender died have an unknown fate: they may have arrived, so they are not sent again."""
    lost = tx.execute(_lost.with_for_update(skip_locked=True), {"at": at}).all()
    if lost:
        key = tuple_(r.chat_id, r.habit, r.due_at)
        tx.execute(
            update(reminders).where(key.in_([tuple(row) for row in lost])).values(state=Delivery.UNKNOWN)
        )


def sent(tx: Connection, ended: Mapping[tuple[int, ReminderKey], int | None], at: datetime) -> None:
    """Telegram has confirmed reminders, each with the id of its message."""
    rows = [_named(chat, key) | {"message": id_, "at": at} for (chat, key), id_ in ended.items()]
    if rows:
        rows.sort(key=itemgetter("chat", "which"))
        tx.execute(_sent, rows)
        tx.execute(_count_ignored, rows)


def _named(chat_id: int, key: ReminderKey) -> dict[str, Any]:
    return {"chat": chat_id, "which": key.habit, "due": key.due_at}


def settle(tx: Connection, chat_id: int, key: ReminderKey, values: dict[str, Any]) -> bool:
    """Change a reminder that is being sent; false when its lease was lost meanwhile."""
    return tx.execute(_at(chat_id, key).where(r.state == Delivery.SENDING).values(values)).rowcount == 1


_advance = (
    update(cadences)
    .where(c.chat_id == bindparam("chat"), c.habit == bindparam("which"))
    .values(deck_round=bindparam("round"), deck_cursor=bindparam("cursor"), last_card=bindparam("card"))
)


def advance_decks(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Note how far subscribers have come in a habit's cards: ``chat``, ``which``, ``round``, ``cursor``, ``card``."""
    if rows:
        # In one order everywhere, so that two transactions don't wait for each other.
        tx.execute(_advance, sorted(rows, key=itemgetter("chat", "which")))


def clear_note(tx: Connection, chat_id: int, habit: str, note: str) -> None:
    """The line for the next reminder has been told; another one that has come since stays."""
    here = update(cadences).where(c.chat_id == chat_id, c.habit == habit, c.note == note)
    tx.execute(here.values(note=None))


_count_ignored = (
    update(cadences)
    .where(c.chat_id == bindparam("chat"), c.habit == bindparam("which"))
    .where(
        exists().where(
            r.chat_id == bindparam("chat"),
            r.habit == bindparam("which"),
            r.due_at == bindparam("due"),
            r.outcome.is_(None),
        )
    )
    .values(ignored=c.ignored + 1)
)
"""Counts a delivered reminder that is not answered yet; an answer sets the count back."""


_spared = (r.origin == Origin.CADENCE, r.state == Delivery.DROPPED, r.outcome == Outcome.VOID)


_first_spared = (
    select(r.due_at)
    .where(r.chat_id == bindparam("chat"), r.habit == bindparam("which"), r.due_at > bindparam("after"))
    .where(*_spared)
    .order_by(r.due_at)
    .limit(1)
)


def spared(tx: Connection, chat_id: int, habit: str, after: datetime) -> datetime | None:
    """The first coming point of a grid that an early move has made void; none without one."""
    return tx.scalar(_first_spared, {"chat": chat_id, "which": habit, "after": after})


def restore(tx: Connection, chat_id: int, habit: str, after: datetime) -> None:
    """Forget the coming points of a grid that an early move had made void."""
    tx.execute(delete(reminders).where(r.chat_id == chat_id, r.habit == habit, *_spared, r.due_at > after))


def message_of(tx: Connection, chat_id: int, key: ReminderKey) -> tuple[str, int | None] | None:
    """Delivery state and Telegram's message id of a reminder; none when there is no such reminder."""
    here = select(r.state, r.message_id).where(
        r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at
    )
    row = tx.execute(here).first()
    return (row.state, row.message_id) if row else None


_page = (
    select(c.chat_id, c.habit, c.next_due_at)
    .where(
        c.next_due_at.is_not(None), tuple_(c.chat_id, c.habit) > tuple_(bindparam("chat"), bindparam("which"))
    )
    .order_by(c.chat_id, c.habit)
    .limit(_most)
)


def all_cadences(tx: Connection, after: tuple[int, str], limit: int) -> Sequence[Any]:
    """Every running cadence in the order of its key, a page at a time."""
    chat_id, habit = after
    return tx.execute(_page, {"chat": chat_id, "which": habit, "most": limit}).all()


def is_active(row: Any) -> bool:
    """Whether a subscriber's row says that reminders are wanted."""
    return bool(row.standing == Standing.ACTIVE)


def _at(chat_id: int, key: ReminderKey) -> Any:
    return update(reminders).where(r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at)

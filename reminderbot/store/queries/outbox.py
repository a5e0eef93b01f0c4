"""Messages and edits, but for reminders: added with their cause, claimed by a sender, settled by what happened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    case,
    delete,
    exists,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)

from reminderbot.store import keys
from reminderbot.store.tables import Delivery, Lane, Method, notes, on_its_way
from reminderbot.store.tables import messages as t


class Key(NamedTuple):
    """Which message."""

    chat_id: int
    id: int


_add = insert(t)


def add(tx: Connection, values: dict[str, Any]) -> None:
    """Add one message to be sent."""
    tx.execute(_add, values)


ORDERED_TRIES = 3
"""How often a message may have failed and still hold up the later ones of its chat."""

_earlier = t.alias("earlier")

is_next = or_(
    t.c.method == Method.TOAST,  # a notice over the chat has no place in its order
    ~exists().where(
        _earlier.c.chat_id == t.c.chat_id,
        _earlier.c.lane == t.c.lane,
        _earlier.c.id < t.c.id,
        on_its_way(_earlier),
        or_(
            _earlier.c.method.not_in((Method.TOAST, Method.EDIT)),
            (_earlier.c.method == Method.EDIT) & (_earlier.c.target == t.c.target),
        ),
        _earlier.c.attempts <= ORDERED_TRIES,
    ),
)
"""Whether nothing earlier is on its way in the same chat and lane. An edit holds up only later ones of its message:
nobody reads them as a conversation, and it may wait for its message for as long as a lease."""

# Built once: each look at the outbox asks them, and building a statement costs more than running it.
_next = (
    select(t)
    .where(t.c.lane == bindparam("lane"), on_its_way(t), t.c.not_before <= bindparam("at"), is_next)
    .order_by(t.c.not_before, t.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=t)
)
_here = (t.c.chat_id == bindparam("chat"), t.c.id == bindparam("row"))
_take = (
    update(t)
    .where(*_here)
    .values(
        state=Delivery.SENDING,
        not_before=bindparam("until"),
        attempts=t.c.attempts + 1,
        # A row whose sender died may have arrived: the next attempt repeats it.
        repeat=case((t.c.state == Delivery.SENDING, true()), else_=t.c.repeat),
    )
)
_settle = update(t).where(*_here).values(state=bindparam("to"), message_id=bindparam("message"), args=None)
_turns = (
    select(t.c.paced_at)
    .where(t.c.chat_id == bindparam("chat"), t.c.paced_at.is_not(None), t.c.created_at > bindparam("since"))
    .order_by(t.c.id.desc())
    .limit(bindparam("most"))
)
_newest = (
    select(t.c.template, t.c.created_at)
    .where(
        t.c.chat_id == bindparam("chat"),
        t.c.created_at >= bindparam("since"),
        t.c.template.in_(bindparam("templates", expanding=True)),
    )
    .order_by(t.c.id.desc())
    .limit(1)
)
_last = (
    select(t.c.template, t.c.created_at)
    .where(
        t.c.chat_id == bindparam("chat"),
        t.c.created_at >= bindparam("since"),
        t.c.method.in_((Method.SEND, Method.EDIT)),
        t.c.lane != Lane.REMINDER,
    )
    .order_by(t.c.id.desc())
    .limit(1)
)


def next_in(tx: Connection, lane: Lane, at: datetime, limit: int) -> Sequence[Row[Any]]:
    """Up to ``limit`` messages of a lane to be sent, the oldest first, of each chat only the next in order.

    Nobody else finds them until the transaction ends. One whose lease has expired is among them: at least once.
    """
    return tx.execute(_next, {"lane": lane, "at": at, "most": limit}).all()


def take(tx: Connection, rows: Sequence[Row[Any]], lease_until: datetime) -> None:
    """Mark messages as being sent."""
    if rows:
        tx.execute(_take, [{"chat": row.chat_id, "row": row.id, "until": lease_until} for row in rows])


def turns_of(tx: Connection, chat_id: int, since: datetime, limit: int) -> Sequence[datetime]:
    """The latest turns that messages of a chat were given that were put out since an instant, the newest first."""
    return tx.scalars(_turns, {"chat": chat_id, "since": since, "most": limit}).all()


def free(tx: Connection, lane: Lane, at: datetime) -> None:
    """What a sender that is gone had taken of a lane is taken again at once, as a repeat."""
    tx.execute(
        update(t).where(t.c.lane == lane, on_its_way(t), t.c.state == Delivery.SENDING).values(not_before=at)
    )


def settle(tx: Connection, key: Key, state: Delivery, message_id: int | None = None) -> None:
    """Note how a message ended, and empty its arguments."""
    settle_all(tx, {key: message_id}, state)


def settle_all(tx: Connection, ended: Mapping[Key, int | None], state: Delivery) -> None:
    """Note how messages ended, each with Telegram's message id if it has one, and empty their arguments."""
    rows = [{"chat": key.chat_id, "row": key.id, "to": state, "message": id_} for key, id_ in ended.items()]
    if rows:
        tx.execute(_settle, rows)


def put_back(
    tx: Connection, key: Key, not_before: datetime, *, counted: bool, args: bytes | None = None
) -> None:
    """Try a message again later, unless it was dropped meanwhile; ``counted`` tells whether this try counts.

    ``args`` are its arguments from then on, where they change.
    """
    attempts = t.c.attempts if counted else t.c.attempts - 1
    again = {"state": Delivery.PENDING, "not_before": not_before, "attempts": attempts}
    if args is not None:
        again["args"] = args
    tx.execute(_at(key).where(t.c.state == Delivery.SENDING).values(again))


def doubt(tx: Connection, key: Key, not_before: datetime) -> None:
    """Try a message again later that may have arrived: the next attempt repeats it."""
    put_back(tx, key, not_before, counted=True)
    tx.execute(_at(key).values(repeat=True))


def message_of(tx: Connection, key: Key) -> tuple[str, int | None] | None:
    """Delivery state and Telegram's message id of a row; none when there is no such row."""
    row = tx.execute(
        select(t.c.state, t.c.message_id).where(t.c.chat_id == key.chat_id, t.c.id == key.id)
    ).first()
    return (row.state, row.message_id) if row else None


def shows(tx: Connection, chat_id: int, reminder: str) -> bool:
    """Whether a message that shows this reminder is on its way."""
    sends = select(t.c.id).where(
        t.c.chat_id == chat_id, on_its_way(t), t.c.method == Method.SEND, t.c.target == reminder
    )
    return tx.execute(sends.limit(1)).first() is not None


def beside(tx: Connection, key: Key) -> set[str]:
    """By what methods else something was put out for a chat at the same instant as a row."""
    at = select(t.c.created_at).where(t.c.chat_id == key.chat_id, t.c.id == key.id).scalar_subquery()
    others = (t.c.chat_id == key.chat_id, t.c.id != key.id, t.c.created_at == at)
    return set(tx.scalars(select(t.c.method).where(*others)))


def warned_at(tx: Connection, chat_id: int, at: datetime) -> bool:
    """Whether a message of the safety lane was put out for a chat at this instant."""
    made = (t.c.chat_id == chat_id, t.c.lane == Lane.SAFETY, t.c.method == Method.SEND, t.c.created_at == at)
    return tx.execute(select(t.c.id).where(*made).limit(1)).first() is not None


def take_back(tx: Connection, chat_id: int, template: str, at: datetime) -> None:
    """Drop the messages of this template that were put out for a chat at this instant, and wait."""
    made = (t.c.chat_id == chat_id, t.c.template == template, t.c.created_at == at)
    tx.execute(
        update(t).where(*made, t.c.state == Delivery.PENDING).values(state=Delivery.DROPPED, args=None)
    )


def said_after(tx: Connection, chat_id: int, template: str, row_id: int) -> bool:
    """Whether a message of this template was put out for a chat after another one."""
    later = (t.c.chat_id == chat_id, t.c.id > row_id, t.c.template == template)
    return tx.execute(select(t.c.id).where(*later).limit(1)).first() is not None


def last_said(tx: Connection, chat_id: int, since: datetime) -> Any:
    """Template and making of the last message or change of one since an instant, but for what nobody waits for."""
    return tx.execute(_last, {"chat": chat_id, "since": since}).first()


def newest_of(tx: Connection, chat_id: int, templates: Sequence[str], since: datetime) -> Any:
    """Template and making of the newest message of these templates since an instant; none without one."""
    return tx.execute(_newest, {"chat": chat_id, "since": since, "templates": list(templates)}).first()


def sent_after(tx: Connection, chat_id: int, templates: Iterable[str], row_id: int) -> Sequence[int]:
    """New messages of these templates, but those that were dropped, put out for a chat after a row; oldest first."""
    made = (t.c.chat_id == chat_id, t.c.id > row_id, t.c.method == Method.SEND, t.c.state != Delivery.DROPPED)
    query = select(t.c.id).where(*made, t.c.template.in_(list(templates)))
    return tx.scalars(query.order_by(t.c.id)).all()


def unchanged(tx: Connection, chat_id: int, templates: Sequence[str], since: datetime) -> Sequence[Any]:
    """Id and message id of messages of these templates, made since an instant, that show one of these still."""
    here = (t.c.chat_id == chat_id, t.c.created_at >= since)
    shown = (t.c.method == Method.SEND, t.c.template.in_(templates), t.c.state != Delivery.DROPPED)
    sent = tx.execute(select(t.c.id, t.c.message_id).where(*here, *shown).order_by(t.c.id)).all()
    other = (t.c.method == Method.EDIT, t.c.template.not_in(templates))
    edits = tx.execute(select(t.c.id, t.c.target).where(*here, *other)).all()
    return [row for row in sent if not any(_changes(edit, row) for edit in edits)]


def _changes(edit: Any, sent: Any) -> bool:
    return bool(edit.id > sent.id and edit.target in (str(sent.message_id), keys.encode_row(sent.id)))


def recently_said(tx: Connection, chat_id: int, changes: Sequence[str], since: datetime) -> Sequence[Any]:
    """Template and instant of the newest messages since an instant, the newest first, at most three.

    An edit is one when it shows one of the templates ``changes``; what nobody waits for is none.
    """
    shown = or_(t.c.method.in_((Method.SEND, Method.FILE)), t.c.template.in_(changes))
    here = (t.c.chat_id == chat_id, t.c.created_at >= since, t.c.lane != Lane.REMINDER)
    return tx.execute(
        select(t.c.template, t.c.created_at).where(*here, shown).order_by(t.c.id.desc()).limit(3)
    ).all()


def drop_all(tx: Connection, chat_id: int) -> None:
    """Drop everything that still waits for a chat that can't be reached."""
    tx.execute(
        update(t).where(t.c.chat_id == chat_id, on_its_way(t)).values(state=Delivery.DROPPED, args=None)
    )


def sweep(tx: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` settled messages made before an instant, without notes of cases: those are edited yet."""
    settled = t.c.state.in_((Delivery.SENT, Delivery.UNKNOWN, Delivery.DROPPED))
    is_note = exists().where(notes.c.chat_id == t.c.chat_id, notes.c.message_row == t.c.id)
    old = select(t.c.chat_id, t.c.id).where(t.c.created_at < before, settled, ~is_note).limit(limit)
    return tx.execute(delete(t).where(tuple_(t.c.chat_id, t.c.id).in_(old))).rowcount


def _at(key: Key) -> Any:
    return update(t).where(t.c.chat_id == key.chat_id, t.c.id == key.id)

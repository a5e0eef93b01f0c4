"""The pinned cards of today: which are to be looked at, and whose message is which."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select, update

from reminderbot.store.tables import Delivery, messages, on_its_way, reminders, subscribers

s, m, r = subscribers.c, messages.c, reminders.c

_reminder_waits = exists().where(
    on_its_way(reminders),
    r.state == Delivery.PENDING,
    r.not_before <= bindparam("at"),
    r.expires_at > bindparam("at"),
)
_due = (
    select(s.chat_id)
    .where(s.card_due_at <= bindparam("at"), ~_reminder_waits)
    .order_by(s.card_due_at)
    .limit(bindparam("most"))
)
_waits = (
    select(m.id)
    .where(m.chat_id == bindparam("chat"), m.template == bindparam("template"), on_its_way(messages))
    .limit(1)
)
_NONE = {"card_id": None, "card_due_at": None, "card_written_at": None, "card_shown": None}


def due(tx: Connection, at: datetime, limit: int) -> Sequence[int]:
    """The chats whose cards are to be looked at, those that have waited longest first; none while a reminder waits."""
    return tx.scalars(_due, {"at": at, "most": limit}).all()


def is_on_its_way(tx: Connection, chat_id: int, template: str) -> bool:
    """Whether what was written last has yet to be sent."""
    return tx.execute(_waits, {"chat": chat_id, "template": template}).first() is not None


def arrived(tx: Connection, chat_id: int, message_id: int | None) -> bool:
    """Note which message the card is; false when it is no longer wanted."""
    wanted = update(subscribers).where(s.chat_id == chat_id, s.card_due_at.is_not(None))
    return tx.execute(wanted.values(card_id=message_id)).rowcount == 1


def drop(tx: Connection, chat_id: int, message_id: int | None = None) -> bool:
    """There is no card any more; with a message only if the card was that one, else false."""
    here = update(subscribers).where(s.chat_id == chat_id)
    if message_id is not None:
        here = here.where(s.card_id == message_id)
    return tx.execute(here.values(_NONE)).rowcount == 1

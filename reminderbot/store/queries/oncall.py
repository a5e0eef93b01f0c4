"""People on call, and the links that put somebody there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.kept import Query
from reminderbot.store.tables import Delivery, invites, messages, on_call, on_its_way

o, i, m = on_call.c, invites.c, messages.c


_get = Query(on_call, select(on_call).where(o.chat_id == bindparam("chat")))


def get(tx: Connection, chat_id: int) -> Row[Any] | None:
    """Somebody on call; none for anybody else."""
    return _get.first(tx, chat=chat_id)


def everybody(tx: Connection) -> Sequence[Row[Any]]:
    """All people on call, step by step."""
    return tx.execute(select(on_call).order_by(o.step, o.since, o.chat_id)).all()


def put(tx: Connection, values: Mapping[str, Any]) -> None:
    """Put somebody on call; whoever is there already gets these values."""
    put = insert(on_call).values(values)
    tx.execute(put.on_conflict_do_update(index_elements=["chat_id"], set_=dict(values)))


def change(tx: Connection, chat_id: int, values: Mapping[str, Any]) -> bool:
    """Change columns of somebody on call; false when nobody there has this chat."""
    return tx.execute(update(on_call).where(o.chat_id == chat_id).values(values)).rowcount == 1


def remove(tx: Connection, chat_id: int) -> bool:
    """Take somebody off call; false when they were not on it."""
    return tx.execute(delete(on_call).where(o.chat_id == chat_id)).rowcount == 1


def untried(tx: Connection) -> frozenset[int]:
    """Chats of people on call to whom something is to be sent, and nothing has been yet: they may not be there."""
    sent = select(m.chat_id).where(m.state == Delivery.SENT)
    waits = select(m.chat_id).where(on_its_way(messages), m.chat_id.not_in(sent))
    return frozenset(tx.scalars(select(o.chat_id).where(o.chat_id.in_(waits))))


def away_until(tx: Connection, at: datetime, limit: int) -> Sequence[int]:
    """Chats of up to ``limit`` people whose time away ends at this instant or before."""
    return tx.scalars(select(o.chat_id).where(o.away_until <= at).order_by(o.chat_id).limit(limit)).all()


def add_invite(tx: Connection, values: Mapping[str, Any]) -> None:
    """Note a link, by the digest of its secret."""
    tx.execute(insert(invites).values(values))


def take_invite(tx: Connection, digest: str, at: datetime) -> int | None:
    """Use up a link: its step, or none when there is no such link, or it has expired."""
    taken = delete(invites).where(i.digest == digest, i.expires_at > at)
    return tx.scalar(taken.returning(i.step))


def sweep_invites(tx: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` links that expired before an instant."""
    old = select(i.digest).where(i.expires_at <= before).limit(limit)
    return tx.execute(delete(invites).where(i.digest.in_(old))).rowcount

"""Subscribers and what belongs to them; everything a person has here, and taking it away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel

from reminderbot.store.kept import Query
from reminderbot.store.queries import inbox as inbox_rows
from reminderbot.store.tables import InboxState, Standing, cadences, inbox, messages, on_call, subscribers

s, c, m = subscribers.c, cadences.c, messages.c


_get = Query(subscribers, select(subscribers).where(s.chat_id == bindparam("chat")))


def get(tx: Connection, chat_id: int) -> Row[Any] | None:
    """One subscriber, with all columns; none for somebody who is not one."""
    return _get.first(tx, chat=chat_id)


def add(tx: Connection, values: Mapping[str, Any]) -> None:
    """Make a subscriber."""
    tx.execute(insert(subscribers).values(values))


def change(tx: Connection, chat_id: int, values: Mapping[str, Any]) -> bool:
    """Change columns of a subscriber; false when there is none."""
    return tx.execute(update(subscribers).where(s.chat_id == chat_id).values(values)).rowcount == 1


def come_back(tx: Connection, chat_id: int) -> bool:
    """Make an unreachable subscriber active again, whose silence counts from then on; false for everybody else."""
    who = get(tx, chat_id)
    if who is None or who.standing != Standing.UNREACHABLE:
        return False
    gone = update(subscribers).where(s.chat_id == chat_id, s.standing == Standing.UNREACHABLE)
    back = {"standing": Standing.ACTIVE, "left_at": None, "heard_on": None, "quiet_on": None}
    return tx.execute(gone.values(back)).rowcount == 1


def add_cadences(tx: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give a subscriber cadences; one that is there already is left alone."""
    if rows:
        tx.execute(insert(cadences).on_conflict_do_nothing(), rows)


def change_cadence(tx: Connection, chat_id: int, habit: str, values: Mapping[str, Any]) -> None:
    """Change columns of one cadence."""
    tx.execute(update(cadences).where(c.chat_id == chat_id, c.habit == habit).values(values))


def left_before(tx: Connection, before: datetime, limit: int) -> list[int]:
    """Chats of those who stopped, or could not be reached, before an instant, those longest gone first.

    Somebody on call who can be reached is still there, whatever became of their own reminders.
    """
    on_duty = exists().where(on_call.c.chat_id == s.chat_id, on_call.c.reachable)
    gone = select(s.chat_id).where(s.left_at < before, ~on_duty)
    return list(tx.scalars(gone.order_by(s.left_at).limit(limit)))


_times_told = select(func.count()).where(
    m.chat_id == bindparam("chat"),
    m.template == bindparam("template"),
    m.created_at >= bindparam("since"),
)


def times_told(tx: Connection, chat_id: int, template: str, since: datetime) -> int:
    """How many messages of this template were put into the outbox of a chat since an instant."""
    return tx.scalar(_times_told, {"chat": chat_id, "template": template, "since": since}) or 0


def everything(tx: Connection, chat_id: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every row with this chat, as ``(table name, rows)`` for each table that holds people's rows."""
    for table in personal_tables():
        rows = tx.execute(select(table).where(table.c.chat_id == chat_id).order_by(*table.primary_key))
        yield table.name, [dict(row) for row in rows.mappings()]


def is_kept(tx: Connection, chat_id: int) -> bool:
    """Whether anything is kept about somebody besides their updates and the messages to them."""
    tables = [table for table in personal_tables() if table not in (inbox, messages)]
    return any(tx.scalar(select(exists().where(table.c.chat_id == chat_id))) for table in tables)


def erase(tx: Connection, chat_id: int) -> None:
    """Delete every row with this chat.

    Of updates that are handled only the bare number stays, without the chat, so that one delivered again has no
    second effect. Updates that wait are still to be handled and stay until then.
    """
    for table in personal_tables():
        if table is not inbox:
            tx.execute(delete(table).where(table.c.chat_id == chat_id))
    handled = update(inbox).where(inbox.c.chat_id == chat_id, inbox.c.state != InboxState.NEW)
    tx.execute(handled.values(chat_id=inbox_rows.NOBODY, payload=None))


def backdate_messages(tx: Connection, chat_id: int, created_at: datetime) -> None:
    """Let a chat's messages look as old as this, so that the next sweep takes them once they are settled."""
    tx.execute(update(messages).where(m.chat_id == chat_id).values(created_at=created_at))


def personal_tables() -> list[Table]:
    """The tables that hold people's rows: all that have a ``chat_id``, in the order of their names."""
    return [table for name, table in sorted(SQLModel.metadata.tables.items()) if "chat_id" in table.c]

"""How fast messages go out, over all workers: which slots have been given out, in one row."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.queries import turns
from reminderbot.store.tables import pace as t

ALL = "all"
"""Name of the row: one pace for all chats."""

_lock = select(t.c.name).where(t.c.name == ALL).with_for_update()
_first = insert(t).values(name=ALL).on_conflict_do_nothing()
_read = select(t.c.spread_at, t.c.reminders_from).where(t.c.name == ALL)

_write = insert(t).values(name=ALL, spread_at=bindparam("spread_at"))
_put = _write.on_conflict_do_update(index_elements=["name"], set_={"spread_at": _write.excluded.spread_at})
_pause = insert(t).values(name=ALL, reminders_from=bindparam("until"))
_put_pause = _pause.on_conflict_do_update(
    index_elements=["name"], set_={"reminders_from": _pause.excluded.reminders_from}
)


def lock(tx: Connection) -> None:
    """Wait for the turn of the pace: nobody else changes it until the transaction ends."""
    if not turns.is_shared(tx) or tx.execute(_lock).first():
        return
    tx.execute(_first)  # of workers that come first together, one waits for the other here
    tx.execute(_lock).one()


def read(tx: Connection) -> tuple[datetime | None, datetime | None]:
    """The first slot that nobody has, and before when no reminder may go."""
    row = tx.execute(_read).first()
    return (row.spread_at, row.reminders_from) if row else (None, None)


def write(tx: Connection, free_from: datetime) -> None:
    """Note the first slot that nobody has."""
    tx.execute(_put, {"spread_at": free_from})


def hold_reminders(tx: Connection, until: datetime) -> None:
    """Let no reminder go before an instant."""
    tx.execute(_put_pause, {"until": until})

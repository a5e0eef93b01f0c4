"""How fast messages go out, over all workers: what has been permitted lately, in one row."""

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.rules.pacing import Pace
from reminderbot.store.queries import turns
from reminderbot.store.tables import pace as t

ALL = "all"
"""Name of the row: one pace for all chats."""

_lock = select(t.c.name).where(t.c.name == ALL).with_for_update()
_first = insert(t).values(name=ALL, recent="[]").on_conflict_do_nothing()
_read = select(t.c.recent, t.c.spread_at, t.c.reminders_from).where(t.c.name == ALL)

_write = insert(t).values(name=ALL, recent=bindparam("recent"), spread_at=bindparam("spread_at"))
_put = _write.on_conflict_do_update(
    index_elements=["name"],
    set_={"recent": _write.excluded.recent, "spread_at": _write.excluded.spread_at},
)
_pause = insert(t).values(name=ALL, recent="[]", reminders_from=bindparam("until"))
_put_pause = _pause.on_conflict_do_update(
    index_elements=["name"], set_={"reminders_from": _pause.excluded.reminders_from}
)


def lock(tx: Connection) -> None:
    """Wait for the turn of the pace: nobody else changes it until the transaction ends."""
    if not turns.is_shared(tx) or tx.execute(_lock).first():
        return
    tx.execute(_first)  # of workers that come first together, one waits for the other here
    tx.execute(_lock).one()


def read(tx: Connection) -> tuple[Pace, datetime | None]:
    """The pace, and before when no reminder may go."""
    row = tx.execute(_read).first()
    if row is None:
        return Pace(), None
    recent = tuple((datetime.fromtimestamp(at, UTC), count) for at, count in json.loads(row.recent))
    return Pace(recent, row.spread_at), row.reminders_from


def write(tx: Connection, pace: Pace) -> None:
    """Note what has been permitted."""
    recent = json.dumps([(at.timestamp(), count) for at, count in pace.recent], separators=(",", ":"))
    tx.execute(_put, {"recent": recent, "spread_at": pace.spread_at})


def hold_reminders(tx: Connection, until: datetime) -> None:
    """Let no reminder go before an instant."""
    tx.execute(_put_pause, {"until": until})

"""The log for safety reviews: lines are added, and after their time only counted; nothing changes one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.tables import audit, audit_months, safety


class Count(NamedTuple):
    """Which count a line belongs to: month as ``2026-01``, kind, and a rule or nothing."""

    month: str
    kind: str
    rule: str


def add(tx: Connection, values: Mapping[str, Any]) -> None:
    """Add a line."""
    tx.execute(insert(audit).values(values))


def pseudonym(tx: Connection, chat_id: int) -> str | None:
    """What stands for a person in the log; none for somebody about whom nothing is known yet."""
    return tx.scalar(select(safety.c.pseudonym).where(safety.c.chat_id == chat_id))


def take_before(tx: Connection, before: datetime, limit: int) -> list[Row[Any]]:
    """Delete up to ``limit`` lines made before an instant; returns their time, kind and detail."""
    old = select(audit.c.id).where(audit.c.at < before).limit(limit)
    taken = delete(audit).where(audit.c.id.in_(old))
    return list(tx.execute(taken.returning(audit.c.at, audit.c.kind, audit.c.detail)))


def count(tx: Connection, counts: Mapping[Count, int]) -> None:
    """Add lines to the counts of their months."""
    for key, lines in counts.items():
        put = insert(audit_months).values(**key._asdict(), lines=lines)
        more = {"lines": audit_months.c.lines + lines}
        tx.execute(put.on_conflict_do_update(index_elements=list(Count._fields), set_=more))

"""The last change of each plan, while it can be undone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from reminderbot.store.tables import cadences

c = cadences.c

FINAL = {"before": None, "before_off": None, "changed_at": None}
"""What a cadence holds whose plan can't be undone to another one."""


def newest_change(tx: Connection, chat_id: int) -> datetime | None:
    """When a plan of somebody was last changed in a way that can be undone; none without one."""
    changed = select(c.changed_at).where(c.chat_id == chat_id, c.changed_at.is_not(None))
    return tx.scalar(changed.order_by(c.changed_at.desc()).limit(1))


def change_back(tx: Connection, chat_id: int, changed_at: datetime) -> Sequence[str]:
    """Give the cadences that were changed at this instant what they had before; returns their habits."""
    before = {"plan": c.before, "off": c.before_off}
    here = (c.chat_id == chat_id, c.changed_at == changed_at)
    changed = update(cadences).where(*here).values(before | FINAL).returning(c.habit)
    return sorted(tx.scalars(changed))

"""Who has agreed to a weekly check-in, and when it is due."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from reminderbot.store.tables import ReportState, reports, safety

s, p = safety.c, reports.c


def due(tx: Connection, at: datetime, limit: int) -> Sequence[int]:
    """Chats whose check-in is due, those longest overdue first."""
    query = select(s.chat_id).where(s.checkin_at.is_not(None), s.checkin_at <= at)
    return tx.scalars(query.order_by(s.checkin_at).limit(limit)).all()


def plan(tx: Connection, chat_id: int, checkin_at: datetime | None) -> None:
    """Set when the next check-in is due; none ends them."""
    tx.execute(update(safety).where(s.chat_id == chat_id).values(checkin_at=checkin_at))


def reported_since(tx: Connection, chat_id: int, since: datetime, stood: Iterable[str]) -> bool:
    """Whether a person had a report since an instant that was not taken back: open, or closed as one of ``stood``."""
    stands = or_(p.state == ReportState.OPEN, p.closed_as.in_(list(stood)))
    query = select(p.id).where(p.chat_id == chat_id, p.reported_at >= since, stands)
    return tx.execute(query.limit(1)).first() is not None

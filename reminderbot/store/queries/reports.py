"""Reports: what somebody told about a symptom, what is open about it, and when the next step is due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, tuple_, update

from reminderbot.store.kept import Query
from reminderbot.store.many import is_any
from reminderbot.store.queries import safety
from reminderbot.store.tables import ReportState, reports

t = reports.c


def add(tx: Connection, values: Mapping[str, Any]) -> None:
    """Add a report."""
    tx.execute(insert(reports).values(values))


def get(tx: Connection, chat_id: int, report_id: int) -> Row[Any] | None:
    """One report of a person; none when it is somebody else's, or was never there."""
    return tx.execute(select(reports).where(t.chat_id == chat_id, t.id == report_id)).first()


def change(tx: Connection, chat_id: int, report_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a report."""
    tx.execute(update(reports).where(t.chat_id == chat_id, t.id == report_id).values(values))


_unsettled = Query(
    reports,
    select(reports)
    .where(t.chat_id == bindparam("chat"), is_any(t.state, ReportState.ASKED, ReportState.OPEN))
    .order_by(t.id.desc()),
)


def unsettled(tx: Connection, chat_id: int) -> Sequence[Row[Any]]:
    """A person's reports that ask or are open, newest first; nobody has one without a row about their safety."""
    return _unsettled.all(tx, chat=chat_id) if safety.get(tx, chat_id) else ()


def answerable(
    tx: Connection, chat_id: int, levels: Sequence[str], still: Sequence[str], since: datetime
) -> Sequence[Row[Any]]:
    """Reports made since an instant, newest first, that ask, or have one of these levels and are open.

    One that was closed as one of ``still`` counts as open.
    """
    lasting = or_(t.state == ReportState.OPEN, (t.state == ReportState.CLOSED) & t.closed_as.in_(still))
    query = (
        select(reports)
        .where(t.chat_id == chat_id, t.reported_at >= since)
        .where((t.state == ReportState.ASKED) | (lasting & t.level.in_(levels)))
    )
    return tx.execute(query.order_by(t.id.desc())).all()


def told_mental(tx: Connection, chat_id: int, since: datetime, but: Sequence[str]) -> bool:
    """Whether somebody has told of dark thoughts since an instant; not counted when closed as one of ``but``."""
    counts = or_(t.state != ReportState.CLOSED, t.closed_as.not_in(but))
    query = select(t.id).where(t.chat_id == chat_id, t.mental, t.reported_at >= since, counts)
    return tx.execute(query.limit(1)).first() is not None


def note_reaction(tx: Connection, chat_id: int, at: datetime) -> None:
    """The person wrote or tapped at this instant: what was reported earlier has been seen."""
    if any(row.state == ReportState.OPEN and not row.reacted for row in unsettled(tx, chat_id)):
        open_ones = (t.chat_id == chat_id, t.state == ReportState.OPEN, t.reacted.is_(False))
        tx.execute(update(reports).where(*open_ones, t.reported_at < at).values(reacted=True))


def due(tx: Connection, at: datetime, limit: int) -> Sequence[Row[Any]]:
    """Up to ``limit`` reports whose next step is due, the longest overdue first."""
    query = select(reports).where(t.next_at.is_not(None), t.next_at <= at)
    return tx.execute(query.order_by(t.next_at).limit(limit)).all()


def take(tx: Connection, row: Row[Any]) -> bool:
    """Claim the step of a report that is due; false when another worker has it."""
    mine = (t.chat_id == row.chat_id, t.id == row.id, t.next_at == row.next_at)
    return tx.execute(update(reports).where(*mine).values(next_at=None, next_step=None)).rowcount == 1


def empty_words(tx: Connection, before: datetime, limit: int) -> int:
    """Empty words and name of up to ``limit`` reports made before an instant."""
    old = select(t.chat_id, t.id).where(t.reported_at < before, t.words.is_not(None)).limit(limit)
    emptied = update(reports).where(tuple_(t.chat_id, t.id).in_(old))
    return tx.execute(emptied.values(words=None, name=None)).rowcount


def sweep(tx: Connection, before: datetime, levels: Sequence[str], still: Sequence[str], limit: int) -> int:
    """Delete up to ``limit`` closed reports made before an instant.

    Those of one of these levels that were closed as one of ``still`` hold on, and stay.
    """
    over = (t.reported_at < before, t.state == ReportState.CLOSED)
    holds_on = t.closed_as.in_(still) & t.level.in_(levels)
    old = select(t.chat_id, t.id).where(*over, ~holds_on).limit(limit)
    return tx.execute(delete(reports).where(tuple_(t.chat_id, t.id).in_(old))).rowcount

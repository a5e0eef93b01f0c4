"""Cases, and the notes by which people on call were told of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Row, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store import schema
from reminderbot.store.queries import turns
from reminderbot.store.tables import (
    CaseKind,
    CaseState,
    Delivery,
    Method,
    ReportState,
    cases,
    messages,
    notes,
    on_its_way,
    reports,
)

P = ParamSpec("P")
T = TypeVar("T")

c, n, m, r = cases.c, notes.c, messages.c, reports.c

LAST_NUMBER = "last case"
"""Name of the fact that holds the highest number ever given: a button of a case that is gone fits no later one."""

MOVING = (CaseState.OPEN, CaseState.ACKNOWLEDGED)
"""States in which something is still to come: these have a next step, the others none."""


def _in_turn(query: Callable[Concatenate[Connection, P], T]) -> Callable[Concatenate[Connection, P], T]:
    """A query that waits for the turn of the cases: what it finds stays as it is until the transaction ends."""

    @wraps(query)
    def waiting(tx: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        turns.of_cases(tx)
        return query(tx, *args, **kwargs)

    return waiting


@_in_turn
def new_number(tx: Connection) -> int:
    """A number that no case has had."""
    number = int(schema.read(tx, LAST_NUMBER) or 0) + 1
    schema.write(tx, LAST_NUMBER, str(number))
    return number


def was(tx: Connection, number: int) -> bool:
    """Whether there has ever been a case of this number."""
    return 1 <= number <= int(schema.read(tx, LAST_NUMBER) or 0)


def add(tx: Connection, values: Mapping[str, Any]) -> None:
    """Open a case."""
    tx.execute(insert(cases).values(values))


@_in_turn
def get(tx: Connection, number: int) -> Row[Any] | None:
    """One case by its number."""
    return tx.execute(select(cases).where(c.number == number)).first()


def change(tx: Connection, number: int, values: Mapping[str, Any]) -> None:
    """Change columns of a case."""
    tx.execute(update(cases).where(c.number == number).values(values))


@_in_turn
def forget_holder(tx: Connection, chat_id: int) -> None:
    """No longer know who acknowledged what, for somebody who is off call."""
    tx.execute(update(cases).where(c.acknowledged_by == chat_id).values(acknowledged_by=None))


@_in_turn
def unclosed(tx: Connection) -> Sequence[Row[Any]]:
    """Every case that is not closed, the oldest first."""
    return tx.execute(select(cases).where(c.state != CaseState.CLOSED).order_by(c.number)).all()


@_in_turn
def unclosed_of(tx: Connection, chat_id: int) -> Sequence[Row[Any]]:
    """A person's own cases that are not closed, without drills; in practice one at most."""
    own = select(cases).where(c.chat_id == chat_id, c.state != CaseState.CLOSED, c.kind != CaseKind.DRILL)
    return tx.execute(own.order_by(c.number)).all()


@_in_turn
def of(tx: Connection, chat_id: int) -> Sequence[Row[Any]]:
    """Every case with this person, drills included."""
    return tx.execute(select(cases).where(c.chat_id == chat_id).order_by(c.number)).all()


@_in_turn
def moving(tx: Connection) -> Sequence[Row[Any]]:
    """Every case that has a next step, the oldest first."""
    return tx.execute(select(cases).where(c.next_at.is_not(None)).order_by(c.number)).all()


@_in_turn
def due(tx: Connection, at: datetime, limit: int) -> Sequence[Row[Any]]:
    """Up to ``limit`` cases whose next step is due, the longest due first."""
    query = select(cases).where(c.next_at.is_not(None), c.next_at <= at)
    return tx.execute(query.order_by(c.next_at).limit(limit)).all()


def next_at(tx: Connection) -> datetime | None:
    """When the next step of any case is due; none when nothing is to come."""
    return tx.scalar(select(c.next_at).where(c.next_at.is_not(None)).order_by(c.next_at).limit(1))


def take(tx: Connection, case: Row[Any]) -> bool:
    """Claim the step of a case that is due; false when another worker has it."""
    mine = update(cases).where(c.number == case.number, c.next_at == case.next_at)
    return tx.execute(mine.values(next_at=None)).rowcount == 1


def overdue(tx: Connection, before: datetime) -> Sequence[int]:
    """Numbers of the cases that have to move, but have no next step, or one due before an instant."""
    stuck = select(c.number).where(c.state.in_(MOVING), or_(c.next_at.is_(None), c.next_at < before))
    return tx.scalars(stuck.order_by(c.number)).all()


@_in_turn
def of_card(tx: Connection, chat_id: int, row_id: int) -> Row[Any] | None:
    """The unclosed case whose card is this outbox row of the person's chat."""
    query = select(cases).where(c.chat_id == chat_id, c.card_id == row_id, c.state != CaseState.CLOSED)
    return tx.execute(query).first()


@_in_turn
def ended_before(tx: Connection, before: datetime, limit: int) -> Sequence[Row[Any]]:
    """Up to ``limit`` cases that were closed before an instant, or opened before it and never answered."""
    closed = (c.state == CaseState.CLOSED) & (c.closed_at < before)
    unanswered = (c.state == CaseState.UNANSWERED) & (c.opened_at < before)
    return tx.execute(select(cases).where(closed | unanswered).order_by(c.number).limit(limit)).all()


def remove(tx: Connection, number: int) -> None:
    """Delete a case and its notes."""
    tx.execute(delete(notes).where(n.number == number))
    tx.execute(delete(cases).where(c.number == number))


def notes_of(tx: Connection, number: int) -> Sequence[Row[Any]]:
    """Who was told of a case: one row a person, with the outbox row of the newest note."""
    return tx.execute(select(notes).where(n.number == number).order_by(n.chat_id)).all()


def notes_in(tx: Connection, chat_id: int) -> dict[int, int]:
    """The notes that a chat shows: Telegram's message id by the number of the case."""
    sent = (m.chat_id == n.chat_id) & (m.id == n.message_row) & m.message_id.is_not(None)
    query = select(n.number, m.message_id).join(messages, sent).where(n.chat_id == chat_id)
    return {row.number: row.message_id for row in tx.execute(query)}


def drop_notes(tx: Connection, chat_id: int) -> None:
    """Forget what a chat was told of, and don't tell it what waits."""
    for note in tx.execute(select(n.message_row).where(n.chat_id == chat_id)).all():
        unsend(tx, chat_id, note.message_row)
    tx.execute(delete(notes).where(n.chat_id == chat_id))


def put_note(tx: Connection, values: Mapping[str, Any]) -> None:
    """Note that somebody was told; a newer note takes the place of an older one."""
    newer = {name: values[name] for name in ("message_row", "told_at")}
    put = insert(notes).values(values)
    tx.execute(put.on_conflict_do_update(index_elements=["chat_id", "number"], set_=newer))


def note_in(tx: Connection, chat_id: int, row_id: int) -> Row[Any] | None:
    """The note that is this outbox row."""
    return tx.execute(select(notes).where(n.chat_id == chat_id, n.message_row == row_id)).first()


def shown_in(tx: Connection, chat_id: int, message_id: int) -> Any:
    """The outbox row that became this message in a chat, as id, template and instant; or none."""
    query = select(m.id, m.template, m.created_at).where(m.chat_id == chat_id, m.message_id == message_id)
    return tx.execute(query.where(m.method == Method.SEND)).first()


def unsend(tx: Connection, chat_id: int, row_id: int) -> bool:
    """Drop a message that no sender has taken up yet; false when it is too late."""
    waits = update(messages).where(
        m.chat_id == chat_id, m.id == row_id, m.state == Delivery.PENDING, m.attempts == 0
    )
    return tx.execute(waits.values(state=Delivery.DROPPED, args=None)).rowcount == 1


def drop_edits(tx: Connection, chat_id: int, target: str) -> None:
    """Drop the edits of a message that wait: a newer one says more, and must not be undone by an older one."""
    edits = update(messages).where(m.chat_id == chat_id, m.target == target, m.method == Method.EDIT)
    tx.execute(edits.where(on_its_way(messages)).values(state=Delivery.DROPPED, args=None))


def said_at(tx: Connection, chat_id: int, templates: Sequence[str], since: datetime) -> datetime | None:
    """When a message of one of these templates was last put out for a chat since an instant; none if it was not."""
    query = select(m.created_at).where(m.chat_id == chat_id, m.template.in_(templates), m.created_at >= since)
    return tx.scalar(query.order_by(m.created_at.desc()).limit(1))


def fate_of(tx: Connection, chat_id: int, templates: Sequence[str], since: datetime) -> str | None:
    """Delivery state of the newest message of one of these templates in a chat since an instant; none without one."""
    query = select(m.state).where(m.chat_id == chat_id, m.template.in_(templates), m.created_at >= since)
    return tx.scalar(query.order_by(m.created_at.desc(), m.id.desc()).limit(1))


@_in_turn
def opened_before(tx: Connection, chat_id: int, at: datetime) -> Row[Any] | None:
    """The case about a person that ran at an instant, or the last one before it; drills left aside."""
    query = select(cases).where(c.chat_id == chat_id, c.opened_at <= at, c.kind != CaseKind.DRILL)
    return tx.execute(query.order_by(c.number.desc()).limit(1)).first()


def reports_of(tx: Connection, case: Row[Any], lasting: Sequence[str]) -> Sequence[Row[Any]]:
    """The reports that a case is about, oldest first: those that stand, or were closed as one of ``lasting``."""
    stand = or_(r.state != ReportState.CLOSED, r.closed_as.in_(lasting))
    return tx.execute(_reports(case).where(stand)).all()


def answers_of(tx: Connection, case: Row[Any], closed_as: str) -> Sequence[Row[Any]]:
    """What the person has answered to people on call about a case, oldest first: rows closed as this."""
    return tx.execute(_reports(case).where(r.closed_as == closed_as)).all()


def drop_answers(tx: Connection, case: Row[Any], closed_as: str) -> None:
    """Delete what the person has answered to people on call about a case."""
    mine = (r.chat_id == case.chat_id, r.case_number == case.number, r.closed_as == closed_as)
    tx.execute(delete(reports).where(*mine))


def _reports(case: Row[Any]) -> Any:
    # A case that the version before has opened beside this one names its report, and that one no case.
    mine = or_(r.case_number == case.number, r.case_number.is_(None) & (r.id == case.report_id))
    return select(reports).where(r.chat_id == case.chat_id, mine).order_by(r.id)


def change_reports(
    tx: Connection, case: Row[Any], values: Mapping[str, Any], report_id: int | None = None
) -> None:
    """Change columns of all rows that a case has of the person, or of one of them."""
    mine = update(reports).where(r.chat_id == case.chat_id, r.case_number == case.number)
    tx.execute((mine if report_id is None else mine.where(r.id == report_id)).values(values))


def take_in(tx: Connection, chat_id: int, report_id: int, number: int) -> None:
    """Count a report to a case; one that comes from another case has not been agreed to be read in this one."""
    mine = (r.chat_id == chat_id, r.id == report_id)
    other = or_(r.case_number.is_(None), r.case_number != number)
    tx.execute(update(reports).where(*mine, other).values(case_number=number, shared=False))

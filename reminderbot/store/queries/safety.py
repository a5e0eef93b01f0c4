"""What is known about a person's safety: the hold, the reports behind it, and the cards that never come again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.kept import Query
from reminderbot.store.many import one_of
from reminderbot.store.queries.history import MAY_HAVE_ARRIVED
from reminderbot.store.tables import Origin, ReportState, dropped_cards, reminders, reports, safety

s, p, d, r = safety.c, reports.c, dropped_cards.c, reminders.c

_get = Query(safety, select(safety).where(s.chat_id == bindparam("chat")))


def get(tx: Connection, chat_id: int) -> Row[Any] | None:
    """What is known about a person; none before the first finding or choice."""
    return _get.first(tx, chat=chat_id)


def add(tx: Connection, chat_id: int, pseudonym: str) -> None:
    """Begin to know something about a person; a row that is there already is left alone."""
    tx.execute(insert(safety).values(chat_id=chat_id, pseudonym=pseudonym).on_conflict_do_nothing())


def change(tx: Connection, chat_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a person's row."""
    tx.execute(update(safety).where(s.chat_id == chat_id).values(values))


def holding(tx: Connection, chat_id: int, levels: Iterable[str], still: Iterable[str]) -> Sequence[Any]:
    """Reports that ask or hold, newest first: a question that is open, or one of these levels.

    A closed one holds on when it was closed as one of ``still``; an open one no longer after ``let_go``.
    """
    goes_on = (p.state == ReportState.CLOSED) & p.closed_as.in_(list(still))
    lasting = or_((p.state == ReportState.OPEN) & p.closed_as.is_(None), goes_on)
    query = (
        select(p.id, p.state, p.level, p.mental, p.condition, p.closed_as)
        .where(p.chat_id == chat_id)
        .where((p.state == ReportState.ASKED) | (lasting & p.level.in_(list(levels))))
        .order_by(p.id.desc())
    )
    return tx.execute(query).all()


def told_before(
    tx: Connection, chat_id: int, report_id: int, levels: Iterable[str], taken_over: str, since: datetime
) -> Sequence[Any]:
    """Earlier reports of the body since an instant, oldest first, of one of these levels.

    Those that are open, or were closed as ``taken_over``.
    """
    stands = or_(p.state == ReportState.OPEN, p.closed_as == taken_over)
    query = (
        select(p.id, p.words, p.rules)
        .where(p.chat_id == chat_id, p.id < report_id, p.reported_at >= since)
        .where(stands, p.mental.is_(False), p.level.in_(list(levels)))
    )
    return tx.execute(query.order_by(p.id)).all()


def close_reports(tx: Connection, chat_id: int, ids: Iterable[int], closed_as: str) -> None:
    """Close reports; nothing more is asked or repeated about them."""
    closed = {"state": ReportState.CLOSED, "closed_as": closed_as, "next_at": None, "next_step": None}
    tx.execute(update(reports).where(p.chat_id == chat_id, p.id.in_(list(ids))).values(closed))


def let_go(tx: Connection, chat_id: int, ids: Iterable[int], closed_as: str) -> None:
    """Let reports hold no longer; whoever made one that is open is asked about it as before."""
    mine = (p.chat_id == chat_id, p.id.in_(list(ids)))
    tx.execute(update(reports).where(*mine).values(closed_as=closed_as))


def shown_cards(tx: Connection, chat_id: int, habits: Iterable[str], since: datetime) -> Sequence[str]:
    """Cards of these habits that a person may have had in front of them since an instant."""
    query = select(r.card).where(
        r.chat_id == chat_id,
        r.habit.in_(list(habits)),
        r.card.is_not(None),
        r.state.in_(MAY_HAVE_ARRIVED),
        r.due_at >= since,
    )
    return [str(card) for card in tx.scalars(query.distinct())]


def drop_card(tx: Connection, chat_id: int, card: str, why: str, at: datetime) -> bool:
    """Never show a card to a person again; false when it was dropped for this reason already."""
    row = {"chat_id": chat_id, "card": card, "why": why, "dropped_at": at}
    again = (
        insert(dropped_cards)
        .values(row)
        .on_conflict_do_update(index_elements=["chat_id", "card"], set_={"why": why}, where=d.why != why)
    )
    return tx.execute(again.returning(d.card)).first() is not None


_dropped = select(d.card).where(d.chat_id == bindparam("chat"))


def dropped(tx: Connection, chat_id: int) -> frozenset[str]:
    """The cards that never come again for a person."""
    return frozenset(tx.scalars(_dropped, {"chat": chat_id}))


_dropped_of = select(d.chat_id, d.card).where(one_of(d.chat_id, "chats"))


def dropped_of(tx: Connection, chats: Iterable[int]) -> dict[int, frozenset[str]]:
    """The cards that never come again for people, by their chats; those without any are left out."""
    found: dict[int, set[str]] = {}
    for chat_id, card in tx.execute(_dropped_of, {"chats": list(chats)}):
        found.setdefault(chat_id, set()).add(card)
    return {chat_id: frozenset(those) for chat_id, those in found.items()}


def dropped_as(tx: Connection, chat_id: int, why: str) -> frozenset[str]:
    """The cards that never come again for a person, for this reason."""
    return frozenset(tx.scalars(select(d.card).where(d.chat_id == chat_id, d.why == why)))


def bring_back(tx: Connection, chat_id: int, why: str, since: datetime | None = None) -> None:
    """Let the cards come again that were dropped for this reason, ever or since an instant."""
    dropped = [d.chat_id == chat_id, d.why == why]
    tx.execute(delete(dropped_cards).where(*dropped, *([d.dropped_at >= since] if since else [])))


def sent_on_way_back(
    tx: Connection, chat_id: int, habit: str, first_day: date, before: datetime
) -> list[bool]:
    """Of each earlier due moment of a habit since a habit day, in order, whether its reminder went out."""
    query = (
        select(r.state)
        .where(r.chat_id == chat_id, r.habit == habit, r.habit_day >= first_day, r.due_at < before)
        .where(r.origin == Origin.CADENCE)
        .order_by(r.due_at)
    )
    return [state in MAY_HAVE_ARRIVED for state in tx.scalars(query)]

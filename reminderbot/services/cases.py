"""Cases: opened with a report, raised, shared, withdrawn; and what becomes of their card."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.services import audits, duty, ladder, notes, writings
from reminderbot.services.notes import LEFT, OLD
from reminderbot.services.work import Work
from reminderbot.store.queries import cases
from reminderbot.store.queries import reports as report_rows
from reminderbot.store.tables import CaseKind, CaseState, Sharing

KEPT = timedelta(days=30)
"""How long a case that is over, and the notes about it, keep the person's name; as long as the words of a report."""

SAME_BREATH = timedelta(minutes=2)
"""The same signs told again so soon are shown in the notes that are there: a new message would say nothing new."""

_RANK = {"urgent": 1, "emergency": 2}


def open_case(
    work: Work, chat_id: int, report_id: int | None, level: str, kind: CaseKind, name: str, card_id: int | None
) -> int | None:  # fmt: skip
    """Open a case, or raise the one that the person has; returns its number.

    None when the person wants nobody told, or nobody else is on call. With a card the first people are told when its
    attempt has ended (``attempted``), or after the policy's wait; without one they are told at once.
    """
    sharing = duty.sharing(work, chat_id)
    if sharing == Sharing.NOBODY or not duty.others(work, chat_id):
        why = "nobody_wanted" if sharing == Sharing.NOBODY else "nobody_on_call"
        audits.log(work, chat_id, "case_not_opened", level=level, why=why)
        return None
    for case in cases.unclosed_of(work.tx, chat_id):
        if ladder.alone(work, case.number, _add_report, case, report_id, level, kind, card_id):
            return int(case.number)  # one that can't be made out gives way to a new one
    return begin(work, chat_id, level, kind, name, report_id, card_id, shared=sharing == Sharing.ALWAYS)


def begin(
    work: Work, chat_id: int, level: str, kind: CaseKind, name: str, report_id: int | None = None,
    card_id: int | None = None, *, shared: bool = False,
) -> int:  # fmt: skip
    """Open a new case in any event; returns its number."""
    number, policy = cases.new_number(work.tx), ladder.policy_for(work, level, kind)
    row = {"chat_id": chat_id, "number": number, "kind": kind, "level": level, "report_id": report_id}
    row |= {"name": work.around.vault.seal(name), "shared": shared, "policy": policy.to_json()}
    row |= {"opened_at": work.at, "card_id": card_id, "next_at": work.at + policy.card_wait}
    cases.add(work.tx, row | ladder.FRESH | {"expired": 0})
    if report_id is not None:
        _take_in(work, chat_id, report_id, number, shared=shared)
    audits.log(work, chat_id, "case_opened", case=number, level=level, kind=kind, shared=shared)
    if card_id is None:
        ladder.go_round(work, number)
    return number


def share(work: Work, chat_id: int, report_id: int | None = None) -> bool:
    """The person agrees that people on call read what they wrote: in this report, or in all that the case is about.

    False when no case is running.
    """
    running = cases.unclosed_of(work.tx, chat_id)
    for case in running:
        if not case.shared:  # what was agreed to once, and taken back, stays taken back
            cases.change_reports(work.tx, case, {"shared": False})
        if report_id is not None:
            cases.take_in(work.tx, chat_id, report_id, case.number)
        cases.change_reports(work.tx, case, {"shared": True}, report_id)
        # The version before, which may run beside this one, shows this report alone.
        cases.change(work.tx, case.number, {"shared": True, "report_id": report_id or case.report_id})
        audits.log(work, chat_id, "case_shared", case=case.number)
        notes.refresh(work, case.number)
    return bool(running)


def withdraw(work: Work, chat_id: int, why: str) -> None:
    """Close what runs about a person: they took it back, or it is over. ``why`` is a short code, kept in the case."""
    for case in cases.unclosed_of(work.tx, chat_id):
        end(work, case, why)


def person_left(work: Work, chat_id: int) -> None:
    """The person is being forgotten: close everything, and take name and words from every note already sent."""
    for case in cases.of(work.tx, chat_id):
        audits.log(work, chat_id, "case_person_left", case=case.number)
        if case.state != CaseState.CLOSED and case.kind != CaseKind.DRILL:
            notes.say_left(work, case)
        _erase(work, case, LEFT)


def end(work: Work, case: Row[Any], closed_as: str, **values: Any) -> None:
    """Close a case; whoever was told sees it in the note, and those who are still to be told are not.

    What the person has answered to people on call is shown no more, and kept no longer.
    """
    cases.drop_answers(work.tx, case, writings.ANSWER)
    over = {"state": CaseState.CLOSED, "closed_as": closed_as, "closed_at": work.at, "next_at": None}
    cases.change(work.tx, case.number, over | values)
    audits.log(work, case.chat_id, "case_closed", case=case.number, why=closed_as)
    for note in cases.notes_of(work.tx, case.number):
        cases.unsend(work.tx, note.chat_id, note.message_row)
    notes.refresh(work, case.number)


def attempted(work: Work, chat_id: int, row_id: int, *, arrived: bool) -> None:
    """An attempt to send a safety message has ended: a card, which lets its case begin, or a note about a case."""
    case = cases.of_card(work.tx, chat_id, row_id)
    if case is None:
        notes.settled(work, chat_id, row_id, arrived=arrived)
        _told_at_last(work, chat_id)
    elif case.card_arrived is not True and case.card_arrived != arrived:
        ladder.alone(work, case.number, _card_attempted, case, arrived)


def unreachable(work: Work, chat_id: int) -> None:
    """The person can't be reached any more: a card that was still to be sent never is, and people on call see it."""
    for case in cases.unclosed_of(work.tx, chat_id):
        if case.card_id is not None and case.card_arrived is None:
            attempted(work, chat_id, case.card_id, arrived=False)
    changed(work, chat_id)


def changed(work: Work, chat_id: int) -> None:
    """The person is getting help, took something back or is out of reach: it is shown in the notes that are there."""
    for case in cases.unclosed_of(work.tx, chat_id):
        ladder.alone(work, case.number, notes.refresh, case.number)


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` cases that were over 30 days ago, and the names in their notes; returns how many."""
    old = cases.ended_before(work.tx, work.at - KEPT, limit)
    for case in old:
        _erase(work, case, OLD)
    return len(old)


def _card_attempted(work: Work, case: Row[Any], arrived: bool) -> None:
    audits.log(work, case.chat_id, "card_attempted", case=case.number, arrived=arrived)
    cases.change(work.tx, case.number, {"card_arrived": arrived})
    if _waits_for_card(case):
        notes.refresh(work, case.number, but=ladder.go_round(work, case.number, more=True))
    else:
        notes.refresh(work, case.number)


def _told_at_last(work: Work, chat_id: int) -> None:
    """A person whom nobody answered may know of it now, or not: people on call see which."""
    for case in cases.unclosed_of(work.tx, chat_id):
        if case.state == CaseState.UNANSWERED:
            ladder.alone(work, case.number, notes.refresh, case.number)


def _take_in(work: Work, chat_id: int, report_id: int, number: int, *, shared: bool) -> None:
    cases.take_in(work.tx, chat_id, report_id, number)
    if shared:
        report_rows.change(work.tx, chat_id, report_id, {"shared": True})


def _add_report(
    work: Work, case: Row[Any], report_id: int | None, level: str, kind: CaseKind, card_id: int | None
) -> None:  # fmt: skip
    """The person has written again: higher, confirmed at last or answered by nobody so far starts anew."""
    values: dict[str, Any] = {"card_id": card_id, "card_arrived": None}
    always, news = duty.sharing(work, case.chat_id) == Sharing.ALWAYS, _is_news(work, case, report_id, level)
    if always:
        values |= {"shared": True}
    if report_id is not None:
        _take_in(work, case.chat_id, report_id, case.number, shared=always)
    audits.log(work, case.chat_id, "case_reported_again", case=case.number, level=level, kind=kind)
    new, old = (level, kind), (case.level, CaseKind(case.kind))
    if _RANK[level] > _RANK[case.level]:  # in doubt, too: it may be worse than whoever has it knows
        _raise(work, case, *new, values)
        return
    if case.state == CaseState.UNANSWERED or _weight(*new) > _weight(*old):
        _raise(work, case, *max(old, new, key=lambda one: _weight(*one)), values)
        return
    cases.change(work.tx, case.number, values)
    if news and not _waits_for_card(case):
        ladder.tell_more(work, case.number)
    else:
        notes.refresh(work, case.number)


def _is_news(work: Work, case: Row[Any], report_id: int | None, level: str) -> bool:
    """Whether a report says more than the case does so far, or comes some time after people were last told."""
    last = max((note.told_at for note in cases.notes_of(work.tx, case.number)), default=work.at)
    if _RANK[level] > _RANK[case.level] or last <= work.at - SAME_BREATH:
        return True
    new = report_rows.get(work.tx, case.chat_id, report_id) if report_id is not None else None
    known = (sign for row in writings.standing(work, case) for sign in writings.signs(work, row.rules))
    return new is not None and not set(writings.signs(work, new.rules)) <= set(known)


def _waits_for_card(case: Row[Any]) -> bool:
    """Whether the first round of a count is still to come: then whoever knows of the case is told in it."""
    return bool(case.state == CaseState.OPEN and case.round == 0)


def _weight(level: str, kind: CaseKind) -> int:
    """What outweighs what: a doubt is less than anything that is certain."""
    return 0 if kind == CaseKind.UNCONFIRMED else _RANK[level]


def _raise(work: Work, case: Row[Any], level: str, kind: CaseKind, values: dict[str, Any]) -> None:
    """A fresh count on the ladder of a level, begun by the new card if there is one; the holder hears of it, too.

    A doubt climbs gently alone; on top of what is certain it is taken for what it may be.
    """
    certain = case.kind != CaseKind.UNCONFIRMED
    policy = ladder.policy_for(work, level, CaseKind.REPORT if certain else kind)
    fresh = {"level": level, "kind": kind, "policy": policy.to_json(), "expired": 0}
    fresh |= {"next_at": work.at + policy.card_wait}
    audits.log(work, case.chat_id, "case_raised", case=case.number, level=level, kind=kind)
    cases.change(work.tx, case.number, ladder.FRESH | fresh | values)
    told = ladder.go_round(work, case.number, more=True) if values["card_id"] is None else []
    notes.refresh(work, case.number, but=told)


def _erase(work: Work, case: Row[Any], why: str) -> None:
    """Delete a case, and leave of its notes a line without a name."""
    if case.state == CaseState.CLOSED:  # how it ended is in the log already
        cases.change(work.tx, case.number, {"closed_as": why})
        notes.refresh(work, case.number)
    else:
        end(work, case, why)
    cases.remove(work.tx, case.number)

"""Reports: what somebody told about a symptom becomes a card, a hold and a case, or one question before that.

The rows are written in this order, in one transaction: the report, the card, the hold, the case. So the card is on
its way before anybody else is told, and no exercise is sent once the report is there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reminderbot.rules.triage import Level, Verdict
from reminderbot.services import audits, cases, duty, holds, outbox, safety_cards, steps, writings
from reminderbot.services.work import Work, new_id
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.queries import heard, reports
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.tables import CaseKind, Delivery, ReportState


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, by triage or by the guided check.

    ``level`` is what is certain without an answer; ``codes`` are (concept, assertion, reason); ``words`` are the
    person's own, none when they only tapped.
    """

    level: str
    condition: str | None
    rules: Sequence[str]
    mental: bool = False
    language: str = "en"
    codes: Sequence[tuple[str, str, str]] = ()
    lexicon: str = ""
    words: str | None = None


def from_verdict(verdict: Verdict, words: str) -> Finding:
    """The finding that a verdict about these words is."""
    codes = [(one.concept, str(one.assertion), one.reason) for one in verdict.evidence]
    return Finding(
        verdict.level, verdict.condition, verdict.rules, verdict.mental, verdict.language, codes,
        verdict.version, words,
    )  # fmt: skip


def open_report(work: Work, chat_id: int, finding: Finding, name: str) -> int:
    """Store a report, send its card, hold exercise and tell the people on call; returns the report's id.

    ``name`` is the person's first name. Earlier reports of the same or a lower level are over with it; but body and
    mind are each asked about on their own.
    """
    for row in reports.unsettled(work.tx, chat_id):
        doubt = row.state == ReportState.ASKED and finding.level != holds.EMERGENCY
        if row.mental == finding.mental and rank(row.level) <= rank(finding.level) and not doubt:
            _settle(work, row, holds.SUPERSEDED)
    row = _add(work, chat_id, finding, name, ReportState.OPEN)
    put_out(work, row)
    return int(row.id)


def ask(work: Work, chat_id: int, finding: Finding, name: str) -> int:
    """Store a report in doubt and put its one question; exercise is held until it is answered. Returns its id.

    What is urgent even without an answer holds, and has a case, at once.
    """
    row = _add(work, chat_id, finding, name, ReportState.ASKED)
    card = safety_cards.question(work, row)
    card_id = outbox.warn(work, chat_id, card.template, card.args)
    reports.change(work.tx, chat_id, row.id, {"card_id": card_id, **steps.silence(work)})
    holds.ask_hold(work, chat_id, row.id)
    if row.level in holds.HOLDING:
        cases.open_case(work, chat_id, row.id, row.level, CaseKind.REPORT, name, card_id)
    _log(work, row, "asked")
    return int(row.id)


def note_third(work: Work, chat_id: int, finding: Finding, name: str) -> None:
    """Somebody else is in danger: the card in the third person; no hold, no case."""
    row = _add(work, chat_id, finding, name, ReportState.CLOSED, safety_cards.ABOUT_OTHER)
    card = safety_cards.of(work, row)
    outbox.warn(work, chat_id, card.template, card.args)
    heard.clear(work.tx, chat_id)
    _log(work, row, "third")


def put_out(work: Work, row: Any, lead: str = safety_cards.THANKS, kind: CaseKind = CaseKind.REPORT) -> None:
    """Send the card of a report, hold exercise as its level says, open its case, and plan what comes next."""
    card = safety_cards.of(work, row, lead)
    card_id = safety_cards.show(work, row, card)
    shown = {"state": ReportState.OPEN, "closed_as": None, "card_id": card_id, "reacted": False}
    reports.change(work.tx, row.chat_id, row.id, {**shown, **steps.after_card(work, row)})
    holds.hold(work, row.chat_id, row.level, row.mental, row.id)
    if row.level in holds.HOLDING:
        name = duty.opened(work, row.name)
        cases.open_case(work, row.chat_id, row.id, row.level, kind, name, card_id)
    heard.clear(work.tx, row.chat_id)
    _log(work, row, "card", template=card.template, lead=lead.rpartition("_")[2], case_kind=str(kind))


def put_again(work: Work, row: Any, lead: str) -> None:
    """Send the card of a report, or its question, once more; its case goes by how that one arrives."""
    asks = row.state == ReportState.ASKED
    card = safety_cards.question(work, row) if asks else safety_cards.of(work, row, lead)
    card_id = safety_cards.show(work, row, card)
    reports.change(work.tx, row.chat_id, row.id, {"card_id": card_id})
    for case in case_rows.unclosed_of(work.tx, row.chat_id):
        if case.card_id == row.card_id:
            case_rows.change(work.tx, case.number, {"card_id": card_id})


def put_missed(work: Work, chat_id: int) -> None:
    """The person can be reached again: a card or question that never arrived is put out anew."""
    for row in reversed(reports.unsettled(work.tx, chat_id)):
        sent = outbox_rows.message_of(work.tx, outbox_rows.Key(chat_id, row.card_id)) if row.card_id else None
        if sent and sent[0] == Delivery.DROPPED:
            put_again(work, row, safety_cards.THANKS)
            audits.log(work, chat_id, "card_put_again", report=row.id)


def raise_to(work: Work, row: Any, level: str, lead: str = safety_cards.THANKS,
             kind: CaseKind = CaseKind.REPORT) -> None:  # fmt: skip
    """The person has answered, or has not: the report has this level now, and its card goes out."""
    reports.change(work.tx, row.chat_id, row.id, {"level": level, "closed_as": None})
    put_out(work, reports.get(work.tx, row.chat_id, row.id), lead, kind)


def close(work: Work, row: Any, why: str) -> None:
    """A correction: the report is over at once, with its hold, and its words can't fire again.

    Its case is over as well, unless another report that warrants one is open, or in doubt.
    """
    _settle(work, row, why)
    heard.clear(work.tx, row.chat_id)
    holds.release(work, row.chat_id, row.id)
    _open_again(work, row.chat_id)
    if any(one.level in holds.HOLDING for one in reports.unsettled(work.tx, row.chat_id)):
        cases.changed(work, row.chat_id)
    else:
        cases.withdraw(work, row.chat_id, why)


def keep_answer(work: Work, case: Any, words: str) -> None:
    """Keep what somebody answered to people on call, encrypted, with the case that it is about; it is no symptom."""
    row = {"chat_id": case.chat_id, "id": new_id(work.at), "reported_at": work.at, "level": str(Level.NONE)}
    row |= {"state": ReportState.CLOSED, "closed_as": writings.ANSWER, "case_number": case.number}
    row |= {"rules": "[]", "codes": "[]", "lexicon": "", "words": work.around.vault.seal(words)}
    reports.add(work.tx, row)


def serious(work: Work, chat_id: int) -> list[Any]:
    """Reports that are open as emergency or urgent, and questions that are; the newest first."""
    return [
        row
        for row in reports.unsettled(work.tx, chat_id)
        if row.state == ReportState.ASKED or row.level in holds.HOLDING
    ]


def newest(work: Work, chat_id: int, since: datetime) -> Any | None:
    """The newest report that asks, is open as emergency or urgent, or holds on; none before an instant."""
    return next(iter(reports.answerable(work.tx, chat_id, holds.HOLDING, holds.ANSWERABLE, since)), None)


def asked(work: Work, chat_id: int) -> Any | None:
    """The report whose question is open; none without one."""
    return next((row for row in reports.unsettled(work.tx, chat_id) if row.state == ReportState.ASKED), None)


def rank(level: str) -> int:
    """Order the levels: 0 for none, 3 for emergency."""
    return Level(level).rank


def _open_again(work: Work, chat_id: int) -> None:
    """What a corrected report had taken over holds on, and is asked about as if that one had never been."""
    for number in holds.taken_over(work, chat_id):
        _open_one_again(work, chat_id, number)


def _open_one_again(work: Work, chat_id: int, number: int) -> None:
    coming = steps.follow_up(work, reports.get(work.tx, chat_id, number), 0)
    state = (
        {"state": ReportState.OPEN, "closed_as": None} if coming["next_at"] else {"closed_as": holds.FOLLOWED}
    )
    reports.change(work.tx, chat_id, number, {**state, **coming})
    audits.log(work, chat_id, "report_open_again", report=number)


def _settle(work: Work, row: Any, why: str) -> None:
    closed = {"state": ReportState.CLOSED, "closed_as": why, "next_at": None, "next_step": None}
    reports.change(work.tx, row.chat_id, row.id, closed)
    audits.log(work, row.chat_id, "report_closed", report=row.id, why=why, rules=json.loads(row.rules))


def _add(
    work: Work, chat_id: int, finding: Finding, name: str, state: ReportState, closed_as: str | None = None
) -> Any:
    holds.ensure(work, chat_id)
    seal, report_id = work.around.vault.seal, new_id(work.at)
    reports.add(
        work.tx,
        {
            "chat_id": chat_id,
            "id": report_id,
            "reported_at": work.at,
            "state": state,
            "closed_as": closed_as,
            "level": str(finding.level),
            "mental": finding.mental,
            "condition": finding.condition,
            "language": finding.language,
            "rules": json.dumps(list(finding.rules)),
            "codes": json.dumps([list(code) for code in finding.codes]),
            "lexicon": finding.lexicon,
            "words": seal(finding.words) if finding.words else None,
            "name": seal(name) if name else None,
        },
    )
    return reports.get(work.tx, chat_id, report_id)


def _log(work: Work, row: Any, kind: str, **detail: object) -> None:
    known = {"report": row.id, "level": row.level, "mental": row.mental, "lexicon": row.lexicon}
    codes = {"rules": json.loads(row.rules), "codes": json.loads(row.codes)}
    audits.log(work, row.chat_id, kind, **known, **codes, **detail)

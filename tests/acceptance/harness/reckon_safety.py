"""Every report has its card, nobody is left untold, and every case climbs on time."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.library.policy import LadderPolicy
from reminderbot.store import keys
from reminderbot.store.tables import Delivery, Lane, Method
from tests.acceptance.harness.deeds import Kind
from tests.acceptance.harness.evidence import Evidence, beyond
from tests.acceptance.harness.fleet import Span
from tests.acceptance.stage import Call
from tests.acceptance.watch import is_again

LATE = 10.0
"""Real seconds that a step, or a message, may take on a slow and busy machine when nothing hinders it."""

LEASE = 31.0
"""Real seconds for which what a killed process had claimed stays claimed, and one look more."""

COMMIT = 2.0
"""Real seconds that a transaction may take: until then nobody else knows what it has done."""

STARTING = 2.0
"""Real seconds after an outage until everything that has waited has had its turn."""

AFTER_HIT = 40.0
"""Real seconds that a fault may cost a chat: a call that is never answered, then the pause before the next try."""

NOTE = "case.note"
"""Template of what people on call are told of a case."""

TURNS = ("case_opened", "case_told", "pressed_acknowledge", "case_expired", "case_raised", "case_closed",
         "case_unanswered")  # fmt: skip


def broken(evidence: Evidence) -> Iterator[str]:
    """What is wrong with reports and cases."""
    yield from _reports(evidence)
    yield from _missing(evidence)
    yield from _told(evidence)
    yield from _ladders(evidence)
    yield from _acknowledged(evidence)
    for row, late in delays(evidence):
        if late > LATE:
            yield f"safety message {row.template} {row.id} to {row.chat_id} came {late:.1f} s late"


def _reports(evidence: Evidence) -> Iterator[str]:
    said, sure = evidence.counted(Kind.REPORT)
    stored = Counter(row.chat_id for row in evidence.reports)
    for chat_id in said | stored:
        if not sure[chat_id] <= stored[chat_id] <= said[chat_id]:
            yield f"report: {chat_id} told {said[chat_id]}, and {stored[chat_id]} are stored"
    for row in evidence.reports:
        cards = cards_of(evidence, row)
        if not cards and not evidence.was_blocked(row.chat_id, row.reported_at):
            yield f"report {row.id} of {row.chat_id} at {row.reported_at} has no card"
        plain = sum(not is_again(call) for call in cards)
        if plain > 2:  # the card, and its repeat after a silence
            yield f"report {row.id} of {row.chat_id} has {plain} cards that do not say that they repeat"


def cards_of(evidence: Evidence, report: Row[Any]) -> list[Call]:
    """The cards of a report that Telegram took."""
    button = f'v1:shelp:{keys.encode_number(report.id)}"'
    return [call for call in evidence.cards[report.chat_id] if button in call.buttons]


def _missing(evidence: Evidence) -> Iterator[str]:
    """Each row of the outbox has arrived, or there is a reason why not."""
    for row in evidence.messages:
        what = f"message {row.template} {row.id} (lane {row.lane}, {row.method}) to {row.chat_id}"
        if row.state in (Delivery.PENDING, Delivery.SENDING):
            yield f"{what} is still {row.state}"
        elif row.method != Method.SEND:
            continue
        elif row.state == Delivery.SENT and (row.chat_id, row.message_id) not in evidence.sent_ids:
            yield f"{what} counts as sent, and Telegram has not taken it"
        elif row.state != Delivery.SENT and not _is_excused(evidence, row):
            yield f"{what} of {row.created_at} is {row.state}"


def _is_excused(evidence: Evidence, row: Row[Any]) -> bool:
    """Nothing goes to who has blocked the bot; and no note of a case that was closed, or told of again, meanwhile."""
    later = any(
        other.template == NOTE and other.chat_id == row.chat_id and other.id > row.id
        for other in evidence.messages
    )
    closed = (row.chat_id, row.id) in evidence.closed_notes
    is_old = row.lane != Lane.SAFETY and _is_long_away(evidence, row)
    outdated = row.template == NOTE and (closed or later)
    return is_old or outdated or evidence.was_blocked(row.chat_id, row.created_at)


def _is_long_away(evidence: Evidence, row: Row[Any]) -> bool:
    """Whether nobody was there at some time before a message became too old to be sent."""
    began, ended = evidence.clock.real(row.created_at), evidence.clock.real(row.expires_at)
    return any(span.began <= ended and began <= span.ended for span in _nobody(evidence))


def _told(evidence: Evidence) -> Iterator[str]:
    """Whoever counts as told of a case was put on the list of those who get a note."""
    counted = sum(json.loads(line.detail)["people"] for line in evidence.audit if line.kind == "case_told")
    noted = sum(row.template == NOTE and row.method == Method.SEND for row in evidence.messages)
    if counted != noted:
        yield f"{counted} tellings of cases made {noted} notes"


def _ladders(evidence: Evidence) -> Iterator[str]:
    policies = {row.number: LadderPolicy.from_json(row.policy) for row in evidence.cases}
    due: dict[int, tuple[datetime, datetime, int]] = {}
    closed: dict[int, datetime] = {}
    for line in evidence.audit:
        detail = json.loads(line.detail)
        number = detail.get("case")
        if line.kind not in TURNS or number not in policies:
            continue
        # Lines are in the order in which transactions began: one that began after a closing may have ended before it.
        if number in closed and line.at - closed[number] < timedelta(seconds=COMMIT):
            continue
        if line.kind == "case_closed":
            closed[number] = line.at
        since, at, turn = due.pop(number, (line.at, line.at, 0))
        if line.at - since < 2 * _wrong(evidence, since, line.at):  # which came first is not known
            continue
        is_more = line.kind == "case_told" and detail["round"] <= turn
        if line.kind in ("case_told", "case_expired", "case_unanswered") and not is_more:
            yield from _on_time(evidence, f"case {number}: {line.kind} {detail}", since, at, line.at)
        if is_more:
            due[number] = (since, at, turn)
        elif following := _following(policies[number], line.kind, detail, line.at):
            kept = turn if line.kind == "pressed_acknowledge" else 0
            due[number] = (line.at, following, detail.get("round", kept))
    end = evidence.clock.now()
    for number, (since, at, _) in due.items():
        if at < end:
            yield from _on_time(evidence, f"case {number}: nothing", since, at, end, early=False)


def _following(policy: LadderPolicy, kind: str, detail: Any, at: datetime) -> datetime | None:
    """When the next step is due after this one."""
    match kind:
        case "case_opened" | "case_raised":
            return at + policy.card_wait
        case "case_told":
            return at + policy.interval(detail["round"])
        case "pressed_acknowledge":
            return at + policy.acknowledged_for
        case "case_expired":
            return at
    return None


def _on_time(
    evidence: Evidence, what: str, since: datetime, due: datetime, at: datetime, *, early: bool = True
) -> Iterator[str]:
    """Steps may come as much too early or too late as a clock was wrong; and later while nobody was there.

    The clock is never pushed beyond a step that the store knows and a worker can take; a step is known when what it
    follows from is committed.
    """
    clock, wrong, away = evidence.clock, 2 * _wrong(evidence, since, at), _away(evidence)
    after_card = due - since <= timedelta(seconds=2)
    if early and not after_card and at < due - wrong - timedelta(seconds=1):
        yield f"{what} at {at}, {due - at} too early"
    began, ended = clock.real(due + wrong), clock.real(at)
    late, skipped = beyond(began, ended, away), at - due - wrong > timedelta(seconds=LATE)
    known = clock.real(since) + COMMIT
    pushed = any(
        max(began, known) <= push < ended
        and not any(span.began <= push <= span.ended for span in _nobody(evidence))
        for push in clock.pushes()
    )
    if late > LATE or (skipped and pushed):
        yield f"{what} at {at}, due at {due}: {at - due} late, {late:.1f} s of it while it could be done"


def _wrong(evidence: Evidence, since: datetime, until: datetime) -> timedelta:
    """By how much a clock was wrong between two instants that were noted by it, or by another one."""
    clock = evidence.clock
    return clock.wrong_by(clock.real(since) - STARTING, clock.real(until) + STARTING)


def _away(evidence: Evidence) -> list[Span]:
    """When nobody could do anything, and what has waited has its turn."""
    return [Span(span.began, span.ended + STARTING) for span in _nobody(evidence)]


def _nobody(evidence: Evidence) -> list[Span]:
    """When nobody could do anything: no worker, no database, no room."""
    return [*evidence.fleet.without_worker(), *evidence.outages]


def _acknowledged(evidence: Evidence) -> Iterator[str]:
    pressed = Counter(
        json.loads(line.detail)["case"] for line in evidence.audit if line.kind == "pressed_acknowledge"
    )
    tried = Counter(int(deed.about) for deed in evidence.done_by(Kind.ACKNOWLEDGE))
    certain = {int(deed.about) for deed in evidence.done_by(Kind.ACKNOWLEDGE)
               if deed.update_id not in evidence.expired}  # fmt: skip
    for case in evidence.cases:
        if pressed[case.number] > tried[case.number]:
            yield f"case {case.number} was acknowledged {pressed[case.number]} times of {tried[case.number]}"
        if case.number in certain and not pressed[case.number] and case.state != "closed":
            yield f"case {case.number}: an acknowledgement is lost"
    seen = Counter(row.chat_id for row in evidence.messages if row.template == "safety.seen")
    expected = Counter[int]()
    for case in evidence.cases:
        expected[case.chat_id] += pressed[case.number]
    for chat_id in seen | expected:
        if seen[chat_id] != expected[chat_id]:
            yield f"{chat_id} was told {seen[chat_id]} times that somebody has seen it, not {expected[chat_id]}"


def delays(evidence: Evidence) -> Iterator[tuple[Row[Any], float]]:
    """For each safety message: how much later than it was put out it arrived, but for what hindered it.

    Kills and faults excuse it only when it, or one before it in its chat, had to be tried more than once.
    """
    arrived = {
        (call.chat_id, call.message_id): call.at for call in evidence.calls if call.method == "sendMessage"
    }
    clock, away, troubled = evidence.clock, _away(evidence), dict[int, datetime]()
    for row in evidence.messages:
        if row.lane != Lane.SAFETY:
            continue
        if row.attempts > 1:
            troubled[row.chat_id] = row.created_at
        at = arrived.get((row.chat_id, row.message_id))
        if row.method != Method.SEND or at is None:
            continue
        since = clock.real(row.created_at)
        wrong = _wrong(evidence, row.created_at, at)
        hindered = row.chat_id in troubled and since - clock.real(troubled[row.chat_id]) < AFTER_HIT
        excuses = away + (_hindrances(evidence, row.chat_id) if hindered else [])
        yield row, beyond(clock.real(row.created_at + wrong), clock.real(at), excuses)


def _hindrances(evidence: Evidence, chat_id: int) -> list[Span]:
    """When tries to send to a chat may have failed, or nobody knew what had become of them."""
    hits = [Span(hit.at, hit.at + AFTER_HIT + hit.seconds) for hit in evidence.hits if hit.chat_id == chat_id]
    return hits + [Span(at, at + LEASE) for at in evidence.fleet.kills]

"""The ladder: who is told of a case next, and when. Every case that is not settled has a next step.

A round tells one step more than the last one, and reminds those below it; past the last step it tells all. A step in
which nobody can be told is noted and passed at once. Spans come from the case's own copy of the policy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy import Row
from sqlalchemy.exc import DatabaseError

from reminderbot.library.policy import LadderPolicy
from reminderbot.services import audits, duty, notes, outbox, safety_cards
from reminderbot.services.work import Work
from reminderbot.store.faults import place
from reminderbot.store.queries import cases
from reminderbot.store.tables import CaseKind, CaseState

log = structlog.get_logger()

FRESH = {"state": CaseState.OPEN, "step": 0, "round": 0}
"""A count that begins anew."""


def advance(work: Work, limit: int) -> int:
    """Take the next step of up to ``limit`` cases that are due; returns how many."""
    moved = 0
    for case in cases.due(work.tx, work.at, limit):
        with apart(work, case.number):
            if cases.take(work.tx, case):
                _move(work, case)
                moved += 1
    return moved


@contextmanager
def apart(work: Work, number: int) -> Iterator[None]:
    """What fails in one case undoes nothing else, and stops no other.

    The case stays as it is: if it has to move, the audit job finds it. Raises DatabaseError, which is no case's fault.
    """
    try:
        with work.tx.begin_nested():
            yield
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is: its text may quote a person
        log.error("a case can't move", action="ladder.stuck", case=number, error=type(error).__name__,
                  where=place(error))  # fmt: skip


def seconds_left(work: Work) -> float | None:
    """Seconds until the next step of any case; none without one."""
    following = cases.next_at(work.tx)
    return (following - work.at).total_seconds() if following else None


def overdue(work: Work) -> list[int]:
    """Numbers of the cases whose next step is missing, or later than the policy allows."""
    return list(cases.overdue(work.tx, work.at - work.around.library.policy.overdue_after))


def policy_for(work: Work, level: str, kind: CaseKind) -> LadderPolicy:
    """The policy that a new case gets a copy of."""
    return work.around.library.policy.for_level(str(kind) if kind == CaseKind.UNCONFIRMED else level)


def policy_of(work: Work, case: Row[Any]) -> LadderPolicy:
    """The case's own copy of the policy; today's, where that can't be read."""
    try:
        return LadderPolicy.from_json(case.policy)
    except ValueError:
        log.error("a case's policy can't be read", action="ladder.policy", case=case.number)
        return policy_for(work, case.level, CaseKind(case.kind))


def go_round(work: Work, number: int) -> list[int]:
    """Tell the next step, remind those below it, and plan the next round; returns the chats that were told."""
    case = cases.get(work.tx, number)
    if case is None:
        return []
    step = _climb(work, case)
    told = [who for who in duty.team(work, case) if _concerns(who, case, step) and duty.is_here(work, who)]
    turn = case.round + 1
    following = work.at + policy_of(work, case).interval(turn)
    cases.change(work.tx, number, {"step": step, "round": turn, "next_at": following})
    notes.tell(work, case, told)
    _log_told(work, case, turn, step, len(told))
    return [who.chat_id for who in told]


def left(work: Work, chat_id: int) -> None:
    """Somebody on call can't be told of anything any more: what they held starts again, what they knew climbs."""
    for case in cases.moving(work.tx):
        with apart(work, case.number):
            _without(work, case, chat_id)


def arrived(work: Work, who: Row[Any]) -> None:
    """Somebody has come (back) on call: tell them at once what their step has been told, or what nobody was."""
    for case in cases.moving(work.tx):
        if case.state == CaseState.OPEN and case.round and who in duty.team(work, case):
            with apart(work, case.number):
                _with(work, case, who)


def restart(work: Work, number: int, **values: Any) -> None:
    """Begin a fresh count at step 1, now."""
    cases.change(work.tx, number, FRESH | values)
    notes.refresh(work, number, but=go_round(work, number))


def _without(work: Work, case: Row[Any], chat_id: int) -> None:
    if case.acknowledged_by == chat_id and case.state == CaseState.ACKNOWLEDGED:
        audits.log(work, case.chat_id, "case_holder_left", case=case.number)
        restart(work, case.number, acknowledged_by=None)
    elif case.state == CaseState.OPEN and case.round:
        _climb_on(work, case)


def _with(work: Work, case: Row[Any], who: Row[Any]) -> None:
    if who.step > case.step:
        _climb_on(work, case)
    else:
        notes.tell(work, case, [who])
        _log_told(work, case, case.round, who.step, 1)


def _move(work: Work, case: Row[Any]) -> None:
    policy = policy_of(work, case)
    if case.round == 0 and case.card_arrived is None:  # the wait is over, and the card's attempt is not
        cases.change(work.tx, case.number, {"card_arrived": False})
        audits.log(work, case.chat_id, "card_waited_for", case=case.number)
    if case.state == CaseState.ACKNOWLEDGED:
        _expire(work, case, policy)
    elif case.round >= policy.rounds:
        _give_up(work, case)
    else:
        go_round(work, case.number)


def _expire(work: Work, case: Row[Any], policy: LadderPolicy) -> None:
    expired = case.expired + 1
    audits.log(work, case.chat_id, "case_expired", case=case.number, times=expired)
    cases.change(work.tx, case.number, {"expired": expired})
    if expired >= policy.expired_rounds:
        _give_up(work, case)
    else:
        restart(work, case.number)


def _give_up(work: Work, case: Row[Any]) -> None:
    """Nobody answered: the person is told so plainly, and nothing more is tried."""
    cases.change(work.tx, case.number, {"state": CaseState.UNANSWERED, "next_at": None})
    audits.log(work, case.chat_id, "case_unanswered", case=case.number, rounds=case.round)
    notes.refresh(work, case.number)
    if case.kind == CaseKind.DRILL:
        outbox.warn(work, case.chat_id, "case.drill_unanswered", {"number": case.number})
    else:
        report = cases.report(work.tx, case.chat_id, case.report_id) if case.report_id is not None else None
        template = "safety.nobody_listened" if report and report.mental else "safety.nobody_answered"
        outbox.warn(work, case.chat_id, template, safety_cards.numbers(work, case.chat_id))


def _concerns(who: Row[Any], case: Row[Any], step: int) -> bool:
    """Whether a round that has reached this step is for somebody: who let it lapse hears of it again, too."""
    return bool(who.step <= step or who.chat_id == case.acknowledged_by)


def _climb(work: Work, case: Row[Any]) -> int:
    """The next step in which somebody can be told; those passed over are noted. At most the last step there is."""
    team = duty.team(work, case)
    last = max((who.step for who in team), default=0)
    step = int(case.step)
    while step < last:
        step += 1
        there = [who for who in team if who.step == step]
        if any(duty.is_here(work, who) for who in there):
            break
        why = duty.reason(work, there)
        audits.log(work, case.chat_id, "case_step_passed", case=case.number, step=step, why=why)
    return step


def _climb_on(work: Work, case: Row[Any]) -> None:
    """Where nobody of the step that was told last is left, tell the next one; the round and its end stay."""
    team = duty.team(work, case)
    if any(who.step == case.step and duty.is_here(work, who) for who in team):
        return
    step = _climb(work, case)
    if step == case.step:
        return
    told = [who for who in team if case.step < who.step <= step and duty.is_here(work, who)]
    cases.change(work.tx, case.number, {"step": step})
    notes.tell(work, case, told)
    _log_told(work, case, case.round, step, len(told))


def _log_told(work: Work, case: Row[Any], turn: int, step: int, people: int) -> None:
    audits.log(work, case.chat_id, "case_told", case=case.number, round=turn, step=step, people=people)

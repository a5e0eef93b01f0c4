"""The ladder: who is told of a case next, and when. Every case that is not settled has a next step.

A round tells one step more than the last one, and reminds those below it; past the last step it tells all. A step in
which nobody can be told is noted and passed at once. Spans come from the case's own copy of the policy.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Row

from reminderbot.library.policy import LadderPolicy
from reminderbot.services import apart, audits, duty, notes, outbox, safety_cards, writings
from reminderbot.services.replies import nested
from reminderbot.services.work import Work
from reminderbot.store.queries import cases
from reminderbot.store.tables import CaseKind, CaseState

log = structlog.get_logger()

FRESH = {"state": CaseState.OPEN, "step": 0, "round": 0}
"""A count that begins anew."""


def advance(work: Work, limit: int) -> int:
    """Take the next step of up to ``limit`` cases that are due; returns how many."""
    return sum(alone(work, case.number, _move, case) for case in cases.due(work.tx, work.at, limit))


def alone(work: Work, number: int, step: Callable[..., object], *args: object) -> bool:
    """Do something about a case, ``step(work, *args)``; false when that failed, with nothing of it done.

    The case stays as it is: if it has to move, the audit job finds it. Raises DatabaseError, which is no case's fault.
    """
    return apart.taken(work, "ladder.stuck", partial(step, work, *args), case=number)


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


def go_round(work: Work, number: int, *, more: bool = False) -> list[int]:
    """Tell the next step, remind those below it, and plan the next round; returns the chats that were told.

    ``more``: the person has written again, so that whoever knows of the case is told as well.
    """
    case = cases.get(work.tx, number)
    if case is None:
        return []
    step, knowing = _climb(work, case), notes.readers(work, number) if more else ()
    told = [
        who
        for who in duty.team(work, case)
        if (_concerns(who, case, step) or who.chat_id in knowing) and duty.is_here(work, who)
    ]
    turn = case.round + 1
    following = work.at + policy_of(work, case).interval(turn)
    cases.change(work.tx, number, {"step": step, "round": turn, "next_at": following})
    notes.tell(work, case, told, more=more)
    _log_told(work, case, turn, step, len(told))
    return [who.chat_id for who in told]


def tell_more(work: Work, number: int) -> None:
    """The person has written again, and the rounds stay as they are: whoever knows of the case is told, if here."""
    case, knowing = cases.get(work.tx, number), notes.readers(work, number)
    if case is None:
        return
    told = [who for who in duty.team(work, case) if who.chat_id in knowing and duty.is_here(work, who)]
    notes.tell(work, case, told, more=True)
    notes.refresh(work, number, but=[who.chat_id for who in told])
    _log_told(work, case, case.round, case.step, len(told))


def left(work: Work, chat_id: int) -> list[int]:
    """Somebody on call can't be told of anything any more: what they held starts again, what they knew climbs.

    Returns the numbers of the cases that they held.
    """
    return [
        case.number
        for case in cases.moving(work.tx)
        if alone(work, case.number, _without, case, chat_id) and _holds(case, chat_id)
    ]


def arrived(work: Work, who: Row[Any]) -> None:
    """Somebody has come (back) on call: tell them at once what their step was told, or nobody was, or answered."""
    for case in cases.unclosed(work.tx):
        told = case.round and case.state in (CaseState.OPEN, CaseState.UNANSWERED)
        if told and who in duty.team(work, case):
            alone(work, case.number, _with, case, who)


def restart(work: Work, number: int, **values: Any) -> None:
    """Begin a fresh count at step 1, now."""
    cases.change(work.tx, number, FRESH | values)
    notes.refresh(work, number, but=go_round(work, number))


def _without(work: Work, case: Row[Any], chat_id: int) -> None:
    if _holds(case, chat_id):
        audits.log(work, case.chat_id, "case_holder_left", case=case.number)
        if any(duty.is_here(work, who) for who in duty.team(work, case)):
            restart(work, case.number, acknowledged_by=None)
        else:
            _give_up(work, case, "safety.gone")
    elif case.state == CaseState.OPEN and case.round:
        _climb_on(work, case)


def _holds(case: Row[Any], chat_id: int) -> bool:
    return bool(case.acknowledged_by == chat_id and case.state == CaseState.ACKNOWLEDGED)


def _with(work: Work, case: Row[Any], who: Row[Any]) -> None:
    if who.step > case.step and case.state == CaseState.OPEN:
        _climb_on(work, case)
    else:
        notes.tell(work, case, [who])
        _log_told(work, case, case.round, who.step, 1)


def _move(work: Work, case: Row[Any]) -> None:
    if not cases.take(work.tx, case):
        return
    policy = policy_of(work, case)
    if case.round == 0 and case.card_arrived is None:  # the wait is over, and the card's attempt is not
        cases.change(work.tx, case.number, {"card_arrived": False})
        audits.log(work, case.chat_id, "card_waited_for", case=case.number)
    if case.state == CaseState.ACKNOWLEDGED:
        _expire(work, case, policy)
    elif case.round >= policy.rounds:
        _give_up(work, case)
    else:
        go_round(work, case.number, more=case.round == 0)


def _expire(work: Work, case: Row[Any], policy: LadderPolicy) -> None:
    expired = case.expired + 1
    audits.log(work, case.chat_id, "case_expired", case=case.number, times=expired)
    cases.change(work.tx, case.number, {"expired": expired})
    if expired >= policy.expired_rounds:
        _give_up(work, case)
    else:
        restart(work, case.number)


def _give_up(work: Work, case: Row[Any], lost: str = "") -> None:
    """Nobody answered, or nobody has since somebody did: the person is told so plainly, and nothing more is tried.

    ``lost`` is the template of how it begins, by default one that speaks of silence.
    """
    cases.change(work.tx, case.number, {"state": CaseState.UNANSWERED, "next_at": None})
    audits.log(work, case.chat_id, "case_unanswered", case=case.number, rounds=case.round)
    if case.kind == CaseKind.DRILL:
        outbox.warn(work, case.chat_id, "case.drill_unanswered", {"number": case.number})
    else:
        _say_nobody(work, case, lost or _silence(work, case))
    notes.refresh(work, case.number)


def _silence(work: Work, case: Row[Any]) -> str:
    """How it begins that nobody has the case: whoever has read words of somebody on call is not told of silence."""
    if case.acknowledged_at:
        return "safety.lost"
    written = cases.said_at(work.tx, case.chat_id, [notes.RELAYED], case.opened_at)
    return "safety.written" if written else "safety.nobody"


def _say_nobody(work: Work, case: Row[Any], lost: str) -> None:
    newest = next(reversed(writings.standing(work, case)), None)
    template = notes.NOBODY_LISTENED if newest and newest.mental else notes.NOBODY_ANSWERED
    numbers = safety_cards.numbers(work, case.chat_id, writings.language(work, case))
    outbox.warn(work, case.chat_id, template, numbers | {"lost_text": nested(lost)})


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

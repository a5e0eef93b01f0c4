"""Whatever happens in whatever order: the next step is due exactly as the policy says, and somebody knows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.library.policy import LadderPolicy
from reminderbot.services import cases, duty, handling, ladder, oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import cases as rows
from reminderbot.store.queries import oncall as roster
from reminderbot.store.tables import CaseKind, CaseState
from tests.world import MONDAY

ANA, NUMBER = 1001, 1
TEAM = {2001: 1, 2002: 1, 2003: 2, 2004: 4}
"""Chats on call and their steps; nobody is at step 3."""

who = st.sampled_from(sorted(TEAM))
events = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 90)),
    st.tuples(st.sampled_from(["acknowledge", "block", "unblock", "away", "back", "remove", "add"]), who),
)


@dataclass
class Policy:
    """What the policy promises, kept apart from the code that carries it out."""

    ladder: LadderPolicy
    round: int = 1
    expired: int = 0
    holder: int | None = None
    state: CaseState = CaseState.OPEN
    due: datetime | None = field(default=None)

    def began(self, at: datetime) -> None:
        self.state, self.round, self.due = CaseState.OPEN, 1, at + self.ladder.intervals[0]

    def step(self, at: datetime) -> None:
        """Its moment has come."""
        if self.state is CaseState.ACKNOWLEDGED:
            self.expired += 1
            if self.expired < self.ladder.expired_rounds:
                self.began(at)
            else:
                self.state, self.due = CaseState.UNANSWERED, None
        elif self.round == self.ladder.rounds:
            self.state, self.due = CaseState.UNANSWERED, None
        else:
            self.round += 1
            spans = self.ladder.intervals
            self.due = at + spans[min(self.round, len(spans)) - 1]

    def acknowledged(self, by: int, at: datetime) -> None:
        if self.state is not CaseState.ACKNOWLEDGED:
            self.state, self.holder, self.due = CaseState.ACKNOWLEDGED, by, at + self.ladder.acknowledged_for

    def gone(self, chat_id: int, at: datetime, *, left: bool) -> None:
        """Somebody can't be told any more; with nobody ``left`` the case they had is not answered."""
        if self.state is CaseState.ACKNOWLEDGED and self.holder == chat_id:
            self.holder = None
            if left:
                self.began(at)
            else:
                self.state, self.due = CaseState.UNANSWERED, None


class Story:
    """A case with its people, the code on one side and the promise on the other."""

    def __init__(self, work: Callable[[datetime], Work], level: str) -> None:
        self.at, self._work = MONDAY, work
        policy = self.work.around.library.policy.for_level(level)
        for chat_id, step in TEAM.items():
            oncall.add(self.work, chat_id, step, "Somebody")
        assert cases.open_case(self.work, ANA, None, level, CaseKind.REPORT, "Ana", None) == NUMBER
        self.promise = Policy(policy)
        self.promise.began(self.at)

    @property
    def work(self) -> Work:
        """A transaction now."""
        return self._work(self.at)

    def happens(self, what: str, value: int) -> None:
        if what == "wait":
            self._wait(timedelta(minutes=value))
            return
        before = duty_of(self.work, value)
        self._do(what, value)
        if what == "acknowledge" and before is not None:
            self.promise.acknowledged(value, self.at)
        elif what in ("block", "away", "remove") and before is not None:
            already = what == "block" and before is False
            if not already:
                self.promise.gone(value, self.at, left=bool(self._here()))

    def _do(self, what: str, chat_id: int) -> None:
        match what:
            case "acknowledge":
                handling.acknowledge(self.work, chat_id, NUMBER)
            case "block":
                oncall.unreachable(self.work, chat_id)
            case "unblock":
                oncall.reachable(self.work, chat_id)
            case "away":
                oncall.away(self.work, chat_id, "2h")
            case "back":
                oncall.away(self.work, chat_id, "off")
            case "remove":
                oncall.leave(self.work, chat_id)
            case "add":
                oncall.add(self.work, chat_id, TEAM[chat_id])

    def _wait(self, span: timedelta) -> None:
        end = self.at + span
        while self.promise.due and self.promise.due <= end:
            self.at = self.promise.due
            assert ladder.overdue(self.work) == []
            ladder.advance(self.work, 10)
            self.promise.step(self.at)
            oncall.end_aways(self.work, 10)
            self.holds()
        self.at = end
        ladder.advance(self.work, 10)
        oncall.end_aways(self.work, 10)

    def holds(self) -> None:
        """What has to be true at any time."""
        case = rows.get(self.work.tx, NUMBER)
        assert case is not None
        assert (case.state, case.next_at) == (self.promise.state, self.promise.due)
        if case.state != CaseState.UNANSWERED:
            assert case.next_at is not None
        if case.state == CaseState.OPEN:
            assert case.round == self.promise.round
            self._somebody_knows()

    def _here(self) -> set[int]:
        return {one.chat_id for one in roster.everybody(self.work.tx) if duty.is_here(self.work, one)}

    def _somebody_knows(self) -> None:
        here = self._here()
        told = {note.chat_id for note in rows.notes_of(self.work.tx, NUMBER)}
        assert not here or here & told


def duty_of(work: Work, chat_id: int) -> bool | None:
    """Whether somebody on call can be reached; none for somebody who is not on call."""
    row = roster.get(work.tx, chat_id)
    return row.reachable if row else None


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_an_open_case_always_has_the_next_step_that_the_policy_says(
    store: Store, around: Surroundings, level: str
) -> None:
    # What is decided is the same on both; on PostgreSQL each statement takes several times as long.
    @settings(max_examples=15 if store.is_server else 60, deadline=None)
    @given(happens=st.lists(events, max_size=14))
    def lived(happens: list[tuple[str, int]]) -> None:
        with store.engine.connect() as tx:
            story = Story(lambda at: Work(tx, at, around), level)
            story.holds()
            for what, value in happens:
                story.happens(what, value)
                story.holds()
            tx.rollback()

    lived()

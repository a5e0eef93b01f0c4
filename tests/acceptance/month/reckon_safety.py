"""Red flags: a card at once, and a case that climbs on time (content/policy/oncall.yaml, read by a person)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.acceptance.month.crowd import ON_CALL
from tests.acceptance.month.deeds import Deed, Kind, Notice
from tests.acceptance.month.diary import BLOWN, TICK
from tests.acceptance.month.memory import NEVER
from tests.acceptance.month.weather import Weather

MINUTE = timedelta(minutes=1)
FIRST = timedelta(seconds=3)
"""The first step waits for the card, two seconds at most; steps are taken when a tick comes."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a case of one level climbs."""

    intervals: tuple[int, ...]
    rounds: int
    acknowledged_for: int
    expired_rounds: int = 3


POLICIES = {"emergency": Policy((10,), 6, 60), "urgent": Policy((30, 60), 3, 240)}
"""Spans in minutes."""


@dataclass
class Case:
    """A case as it ought to climb."""

    policy: Policy
    next_at: datetime
    state: str = "open"
    step: int = 0
    round: int = 0
    expired: int = 0
    holder: int | None = None
    told: list[tuple[datetime, int]] = field(default_factory=list)

    def climb(self) -> None:
        """Take the step that is due."""
        now = self.next_at
        if self.state == "acknowledged":
            self.expired += 1
            self.state, self.step, self.round = "open", 0, 0
        if self.round >= self.policy.rounds or self.expired >= self.policy.expired_rounds:
            self.state, self.next_at = "unanswered", NEVER
            return
        self.step, self.round = min(self.step + 1, len(ON_CALL)), self.round + 1
        self.told += [(now, chat_id) for chat_id in ON_CALL
                      if chat_id in ON_CALL[: self.step] or chat_id == self.holder]  # fmt: skip
        self.next_at = now + self.policy.intervals[min(self.round, len(self.policy.intervals)) - 1] * MINUTE

    def meets(self, deed: Deed, now: datetime) -> None:
        """Somebody on call, or the person, does something about it."""
        if deed.kind is Kind.ACKNOWLEDGE and self.state in ("open", "unanswered"):
            self.state, self.holder = "acknowledged", deed.chat_id
            self.next_at = now + self.policy.acknowledged_for * MINUTE
        elif deed.kind in (Kind.MISREAD, Kind.CHECKED) or (
            deed.kind is Kind.CLOSE and self.state == "acknowledged"
        ):
            self.state, self.next_at = "closed", NEVER


@dataclass(frozen=True)
class Alarms:
    """All red flags: who has one, what was done about it, and what has come of it."""

    weather: Weather
    end: datetime
    deeds: Sequence[Deed]
    numbers: Mapping[tuple[int, int], int]
    """By person and how many they had before: the number of the case."""
    cards: Mapping[int, Sequence[Notice]]
    notes: Mapping[int, Sequence[Notice]]
    states: Mapping[int, str]
    """None of a case that has been over for 30 days."""

    def broken(self) -> Iterator[str]:
        """Every promise that broke."""
        seen: dict[int, int] = {}
        for deed in self.deeds:
            if deed.kind is Kind.REPORT and self._at(deed) <= self.end:
                turn = seen[deed.chat_id] = seen.get(deed.chat_id, -1) + 1
                yield from (f"{deed.chat_id} {deed.at}: {why}" for why in self._report(deed, turn))

    def _at(self, deed: Deed) -> datetime:
        outage = self.weather.outage(deed.at)
        return outage.end if outage else deed.at

    def _latest(self, now: datetime, span: timedelta) -> datetime:
        return now + (BLOWN if self.weather.is_stormy(now - 40 * TICK, now + span) else span)

    def _report(self, deed: Deed, turn: int) -> Iterator[str]:
        now = self._at(deed)
        if not any(now <= card.at <= self._latest(now, TICK) for card in self.cards.get(deed.chat_id, ())):
            yield "no safety card at once"
        number = self.numbers.get((deed.chat_id, turn))
        if number is None:
            yield "no case"
            return
        case = self._lived(deed, number, now)
        yield from self._told(number, case)
        if self.states.get(number, case.state) != case.state:
            yield f"case {number} is {self.states[number]}, not {case.state}"

    def _lived(self, report: Deed, number: int, now: datetime) -> Case:
        case = Case(POLICIES[report.about], now)
        about = [(self._at(deed), deed) for deed in self.deeds if self._is_about(deed, report, number)]
        for at, deed in [*sorted(about, key=lambda pair: pair[0]), (self.end + TICK, None)]:
            while (due := self._step_at(case)) < at:
                case.next_at = due
                case.climb()
            if deed and at <= self.end and case.state != "closed":
                case.meets(deed, at)
        return case

    def _step_at(self, case: Case) -> datetime:
        outage = self.weather.outage(case.next_at)
        return outage.end if outage else case.next_at

    @staticmethod
    def _is_about(deed: Deed, report: Deed, number: int) -> bool:
        if deed.kind in (Kind.ACKNOWLEDGE, Kind.CLOSE):
            return bool(deed.about == number)
        theirs = deed.chat_id == report.chat_id and deed.at > report.at
        return theirs and deed.kind in (Kind.MISREAD, Kind.CHECKED)

    def _told(self, number: int, case: Case) -> Iterator[str]:
        """Each telling has come once, on time; more only where Telegram's answer was lost, marked as a repeat."""
        left = list(self.notes.get(number, ()))
        for at, chat_id in case.told:
            latest = self._latest(at, FIRST)
            found = next((one for one in left if one.chat_id == chat_id and at <= one.at <= latest), None)
            if found is None:
                yield f"case {number}: {chat_id} was not told at {at}"
            else:
                left.remove(found)
        for one in left:
            if not one.repeat:
                yield f"case {number}: {one.chat_id} was told at {one.at}, and should not have been"

"""Calls keep their distance, hardly any of the rate is wasted, and a card always finds a slot soon."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.pacing import (
    AHEAD,
    CHAT_BURST,
    CHAT_SPAN,
    PATIENCE,
    WINDOW,
    chat_turn,
    interval,
    pause,
    slots,
)
from tests.world import MONDAY

NOW = timedelta()
SECOND = timedelta(seconds=1)

rates = st.integers(1, 40)
spans = st.sampled_from([0, 0, 1, 10, 33, 40, 300, 1_014, 1_015, 1_100]).map(
    lambda ms: timedelta(milliseconds=ms)
)
askers = st.lists(st.tuples(spans, st.integers(0, 50)), max_size=100)
"""Who comes, one after the other: how long after the one before, and how many slots it wants."""


class Given:
    """A pace that many askers share, with every slot that was given out and when."""

    def __init__(self, rate: int, lead: timedelta = NOW) -> None:
        self.rate, self.at, self.lead = rate, MONDAY, lead
        self.free_from: datetime | None = None
        self.slots: list[datetime] = []
        self.asked: list[datetime] = []

    def ask(self, most: int) -> int:
        """Take as many as there are; how many."""
        found = slots(self.free_from, self.at, self.rate, most, self.lead)
        if found:
            self.free_from = found[-1] + interval(self.rate)
        self.slots += found
        self.asked += [self.at] * len(found)
        return len(found)

    def ask_for(self, span: timedelta, most: int, late: Callable[[], timedelta]) -> None:
        """An asker that comes whenever the pace says, and so much later."""
        end = self.at + span
        while self.at < end:
            self.ask(most)
            assert self.free_from
            self.at += pause(self.free_from, self.at, self.lead) + self.lead + late()


def late_by(most: timedelta) -> Callable[[], timedelta]:
    """Timers that fire up to so much too late."""
    chance = random.Random(7)
    return lambda: most * chance.random()


@given(rates, askers)
def test_no_window_has_more_slots_than_the_rate_whoever_asks(
    rate: int, askers: list[tuple[timedelta, int]]
) -> None:
    shared = Given(rate)
    for span, most in askers:
        shared.at += span
        shared.ask(most)
    rounding = timedelta(microseconds=rate)
    assert all(
        beyond - first >= WINDOW - rounding
        for first, beyond in zip(shared.slots, shared.slots[rate:], strict=False)
    )


@given(rates, askers)
def test_a_slot_is_never_past_nor_far_ahead(rate: int, askers: list[tuple[timedelta, int]]) -> None:
    shared = Given(rate)
    for span, most in askers:
        shared.at += span
        shared.ask(most)
    assert all(at <= slot <= at + AHEAD for at, slot in zip(shared.asked, shared.slots, strict=True))


@pytest.mark.parametrize("millis", [0, 10, 40])
@pytest.mark.parametrize("rate", [1, 5, 25, 30, 200, 1000])
def test_the_rate_is_used_although_timers_are_late(rate: int, millis: int) -> None:
    shared = Given(rate)
    shared.ask_for(20 * SECOND, 1000, late_by(timedelta(milliseconds=millis)))
    assert len(shared.slots) >= 0.98 * 20 * rate


@pytest.mark.parametrize("millis", [5, 50, 150, 300])
@pytest.mark.parametrize("rate", [25, 1000])
def test_the_rate_is_used_although_claims_are_slow(rate: int, millis: int) -> None:
    """Each takes so long, and no slot is over before whoever asked has it."""
    shared = Given(rate, timedelta(milliseconds=millis))
    shared.ask_for(20 * SECOND, 1000, late_by(timedelta(milliseconds=40)))
    had = [at + shared.lead for at in shared.asked]
    in_time = [slot for slot, at in zip(shared.slots, had, strict=True) if slot >= at]
    assert len(in_time) >= 0.98 * 20 * rate


@given(rates, st.integers(0, 3_000_000))
def test_a_card_finds_a_slot_soon_while_reminders_take_all_they_get(rate: int, micros: int) -> None:
    shared, came = Given(rate), MONDAY + timedelta(microseconds=micros)
    shared.ask_for(came - MONDAY, 128, late_by(NOW))
    shared.at = came
    while not shared.ask(1):
        assert shared.free_from
        shared.at += pause(shared.free_from, shared.at)
    assert shared.slots[-1] - came <= AHEAD + interval(rate)


@pytest.mark.parametrize(("rate", "at_most"), [(5, 1), (25, 3), (1000, 99)])
def test_a_quiet_minute_is_no_licence_for_a_burst(rate: int, at_most: int) -> None:
    shared = Given(rate)
    shared.ask(1000)
    shared.at += 60 * SECOND
    assert shared.ask(1000) == at_most
    assert shared.ask(1000) == 0


@given(rates, askers, st.integers(0, 7_200_000).map(lambda ms: timedelta(milliseconds=ms)))
def test_a_clock_that_is_set_back_blocks_nothing_for_long(
    rate: int, askers: list[tuple[timedelta, int]], back: timedelta
) -> None:
    shared = Given(rate)
    for span, most in [*askers, (NOW, rate)]:
        shared.at += span
        shared.ask(most)
    shared.at -= back
    came, before = shared.at, len(shared.slots)
    while len(shared.slots) == before:
        shared.ask(1)
        assert shared.free_from
        shared.at += pause(shared.free_from, shared.at)
    assert shared.slots[-1] - came <= PATIENCE + WINDOW


def turns(pauses: Sequence[timedelta], burst: int) -> list[tuple[datetime, datetime]]:
    """When each message of a chat was put out, and its turn."""
    at, given_turns = MONDAY, list[tuple[datetime, datetime]]()
    for span in pauses:
        at += span
        earlier = [turn for _, turn in reversed(given_turns)][:burst]
        given_turns.append((at, chat_turn(at, earlier, burst)))
    return given_turns


pauses = st.lists(st.integers(-3_000, 6_000).map(lambda ms: timedelta(milliseconds=max(ms, 0))), max_size=60)


def test_a_chat_gets_a_burst_at_once_and_then_one_a_second() -> None:
    given_turns = [turn - at for at, turn in turns([NOW] * (3 * CHAT_BURST), CHAT_BURST)]
    assert given_turns[:CHAT_BURST] == [NOW] * CHAT_BURST
    assert max(given_turns) <= 2 * CHAT_BURST * CHAT_SPAN


@given(pauses, st.integers(1, 6))
def test_a_chat_gets_no_more_than_its_burst_in_as_many_seconds(pauses: list[timedelta], burst: int) -> None:
    given_turns = [turn for _, turn in turns(pauses, burst)]
    assert given_turns == sorted(given_turns)
    spans = zip(given_turns, given_turns[burst:], strict=False)
    assert all(beyond - first >= burst * CHAT_SPAN for first, beyond in spans)


@given(pauses, st.integers(1, 6))
def test_a_turn_is_never_before_its_message_nor_later_than_the_average_asks_for(
    pauses: list[timedelta], burst: int
) -> None:
    given_turns = turns(pauses, burst)
    for number, (at, turn) in enumerate(given_turns):
        assert at <= turn <= max(at, given_turns[max(number - burst, 0)][1] + burst * CHAT_SPAN)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.integers(0, 20), st.integers(1, 6))
def test_turns_never_go_back_when_the_clock_does(seconds: list[int], now: int, burst: int) -> None:
    earlier = [MONDAY + number * SECOND for number in sorted(seconds, reverse=True)]
    turn = chat_turn(MONDAY + now * SECOND, earlier[:burst], burst)
    assert turn >= earlier[0]
    assert turn >= MONDAY + now * SECOND

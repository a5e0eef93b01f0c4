"""Never more than the rate in any window, hardly any of it wasted, and a card always finds room soon."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.pacing import (
    CHAT_BURST,
    CHAT_SPAN,
    LATENESS,
    PATIENCE,
    WINDOW,
    Pace,
    chat_turn,
)
from tests.world import MONDAY

NOW = timedelta()
SECOND = timedelta(seconds=1)

rates = st.integers(1, 40)
spans = st.sampled_from([0, 0, 1, 10, 33, 40, 300, 1_014, 1_015, 1_100]).map(
    lambda ms: timedelta(milliseconds=ms)
)
askers = st.lists(st.tuples(spans, st.integers(0, 50), st.integers(0, 50)), max_size=100)
"""Who comes, one after the other: how long after the one before, and how many calls and spread calls it wants."""


class Permitted:
    """A pace that many askers share, with the instant of every call that it has permitted."""

    def __init__(self, rate: int) -> None:
        self.rate, self.pace, self.at = rate, Pace(), MONDAY
        self.calls: list[datetime] = []
        self.spread: list[datetime] = []

    def ask(self, calls: int, spread: int) -> int:
        """Take as many as there are; spread ones last, as in the lanes. How many were permitted."""
        calls = min(calls, self.pace.room(self.at, self.rate))
        spread = min(
            spread, self.pace.room(self.at, self.rate) - calls, self.pace.spread_room(self.at, self.rate)
        )
        self.pace = self.pace.permitted(self.at, self.rate, calls + spread, spread)
        self.calls += [self.at] * (calls + spread)
        self.spread += [self.at] * spread
        return calls + spread

    def send_for(self, span: timedelta, calls: int, spread: int, late: Callable[[], timedelta]) -> None:
        """An asker that comes whenever the pace says, and so much later."""
        end = self.at + span
        while self.at < end:
            self.ask(calls, spread)
            self.at += self.pace.pause(self.at, self.rate) + late()


def late_by(most: timedelta) -> Callable[[], timedelta]:
    """Timers that fire up to so much too late."""
    chance = random.Random(7)
    return lambda: most * chance.random()


at_once = late_by(NOW)


@given(rates, askers)
def test_no_window_has_more_calls_than_the_rate_whoever_asks(
    rate: int, askers: list[tuple[timedelta, int, int]]
) -> None:
    shared = Permitted(rate)
    for span, calls, spread in askers:
        shared.at += span
        shared.ask(calls, spread)
    assert all(
        beyond - first >= WINDOW for first, beyond in zip(shared.calls, shared.calls[rate:], strict=False)
    )


@given(rates, askers)
def test_spread_calls_keep_their_distance_but_for_what_is_made_up_for(
    rate: int, askers: list[tuple[timedelta, int, int]]
) -> None:
    shared = Permitted(rate)
    for span, calls, spread in askers:
        shared.at += span
        shared.ask(calls, spread)
    for number, first in enumerate(shared.spread):
        for later, other in enumerate(shared.spread[number:]):
            assert other - first >= later * (WINDOW / rate) - LATENESS


@pytest.mark.parametrize(("millis", "share"), [(0, 0.98), (10, 0.98), (40, 0.95)])
@pytest.mark.parametrize("rate", [5, 25, 30, 200])
def test_reminders_alone_use_the_rate_although_timers_are_late(rate: int, millis: int, share: float) -> None:
    shared = Permitted(rate)
    shared.send_for(20 * SECOND, 0, 128, late_by(timedelta(milliseconds=millis)))
    assert len(shared.calls) >= share * 20 * rate


@pytest.mark.parametrize("rate", [1, 25, 1000])
def test_answers_alone_use_the_rate(rate: int) -> None:
    shared = Permitted(rate)
    shared.send_for(20 * SECOND, rate, 0, at_once)
    assert len(shared.calls) >= 0.98 * 20 * rate


@given(st.integers(1, 60), st.integers(0, 3_000_000), st.integers(0, 40))
def test_a_card_finds_room_soon_while_only_reminders_go_out(rate: int, micros: int, millis: int) -> None:
    shared, came = Permitted(rate), MONDAY + timedelta(microseconds=micros)
    shared.send_for(came - MONDAY, 0, 128, late_by(timedelta(milliseconds=millis)))
    wait = NOW if shared.pace.room(came, rate) > 0 else shared.pace.pause(came, rate)
    assert wait <= 2 * SECOND / rate + LATENESS


@pytest.mark.parametrize(("rate", "at_most"), [(10, 1), (25, 2), (1000, 50)])
def test_a_quiet_minute_is_no_licence_for_a_burst_of_reminders(rate: int, at_most: int) -> None:
    shared = Permitted(rate)
    shared.ask(0, 128)
    shared.at += 60 * SECOND
    assert shared.ask(0, 128) == at_most
    assert shared.ask(0, 128) == 0


def test_whoever_can_not_wait_has_all_the_room_at_once() -> None:
    pace = Pace().permitted(MONDAY, 10, 1, 1)
    assert (pace.room(MONDAY, 10), pace.spread_room(MONDAY, 10)) == (9, 0)
    pace = pace.permitted(MONDAY, 10, 9, 0)
    assert (pace.room(MONDAY, 10), pace.pause(MONDAY, 10)) == (0, WINDOW)
    assert pace.room(MONDAY + WINDOW, 10) == 10


def test_where_nobody_asks_nothing_is_noted() -> None:
    pace = Pace().permitted(MONDAY, 25, 3, 1)
    assert pace.permitted(MONDAY + SECOND, 25, 0, 0) is pace


def test_a_pace_remembers_no_more_than_a_window() -> None:
    shared = Permitted(100)
    shared.send_for(5 * SECOND, 0, 1, at_once)
    assert len(shared.pace.recent) <= 100


@given(rates, askers, st.integers(0, 7_200_000).map(lambda ms: timedelta(milliseconds=ms)))
def test_a_clock_that_is_set_back_blocks_nothing_for_long(
    rate: int, askers: list[tuple[timedelta, int, int]], back: timedelta
) -> None:
    shared = Permitted(rate)
    for span, calls, spread in [*askers, (NOW, rate, 0)]:
        shared.at += span
        shared.ask(calls, spread)
    shared.at -= back
    came, before = shared.at, len(shared.calls)
    while len(shared.calls) == before:
        shared.ask(1, 1)
        shared.at += shared.pace.pause(shared.at, rate)
    assert shared.calls[-1] - came <= PATIENCE + WINDOW


def turns(pauses: Sequence[timedelta], burst: int) -> list[tuple[datetime, datetime]]:
    """When each message of a chat was put out, and its turn."""
    at, given_turns = MONDAY, list[tuple[datetime, datetime]]()
    for pause in pauses:
        at += pause
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

"""Never more than the rate in any sliding second, none of it wasted, and a card always finds a slot soon."""

import asyncio
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.telegram.pacing import CHAT_BURST, LATENESS_SECONDS, ChatPacer, Pacer

TINY = 1e-6


class Seconds:
    """A clock in seconds that moves when somebody sleeps; its timers fire up to ``late`` seconds too late."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 1000.0
        self._late, self._chance = late, random.Random(7)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, span: float) -> None:
        self.now += span + self._chance.uniform(0.0, self._late)


async def _begin(
    pacer: Pacer, seconds: Seconds, pauses: list[float], spread: list[bool] | None = None
) -> list[float]:
    begun = []
    for pause, is_spread in zip(pauses, spread or [False] * len(pauses), strict=False):
        seconds.now += pause
        await pacer.wait(spread=is_spread)
        begun.append(seconds.now)
    return begun


def _assert_within(rate: int, begun: list[float]) -> None:
    for first, beyond in zip(begun, begun[rate:], strict=False):
        assert beyond - first >= 1.0 - 1e-9


@given(
    st.integers(1, 30),
    st.lists(st.sampled_from([0.0, 0.0, 0.01, 0.3, 1.1]), max_size=200),
    st.lists(st.booleans(), min_size=200, max_size=200),
)
def test_no_sliding_second_has_more_than_the_rate(rate: int, pauses: list[float], spread: list[bool]) -> None:
    seconds = Seconds()
    begun = asyncio.run(_begin(Pacer(rate, seconds, seconds.sleep), seconds, pauses, spread))
    _assert_within(rate, begun)


@pytest.mark.parametrize("rate", [25, 30, 100, 1000])
async def test_reminders_alone_use_the_rate_although_timers_are_late(rate: int) -> None:
    seconds = Seconds(late=0.01)
    crowd = rate * 20
    begun = await _begin(Pacer(rate, seconds, seconds.sleep), seconds, [0.0] * crowd, [True] * crowd)
    _assert_within(rate, begun)
    assert crowd / (begun[-1] - begun[0]) >= 0.98 * rate


async def test_reminders_keep_their_distance_also_after_a_quiet_minute() -> None:
    seconds = Seconds()
    begun = await _begin(Pacer(25, seconds, seconds.sleep), seconds, [60.0] + [0.0] * 49, [True] * 50)
    gaps = [after - before for before, after in pairwise(begun)]
    assert min(gaps) >= 1 / 25 - LATENESS_SECONDS - TINY
    assert sum(gap > 1 / 25 + TINY for gap in gaps) <= 2


@given(st.sampled_from([5, 25, 30, 50]), st.floats(0.0, 5.0))
def test_a_card_waits_two_slots_at_most_while_only_reminders_go_out(rate: int, after: float) -> None:
    wait = asyncio.run(_wait_of_card(rate, after))
    assert wait <= 2 / rate + TINY


@given(st.sampled_from([100, 400, 1000]), st.floats(0.0, 5.0))
def test_a_card_waits_a_blink_at_most_at_high_rates(rate: int, after: float) -> None:
    wait = asyncio.run(_wait_of_card(rate, after))
    assert wait <= 1 / rate + LATENESS_SECONDS + TINY


async def _wait_of_card(rate: int, after: float) -> float:
    """Seconds until a card's call begins that comes ``after`` seconds into an endless queue of reminders."""
    seconds = Seconds()
    pacer, came = Pacer(rate, seconds, seconds.sleep), seconds.now + after
    while seconds.now + max(0.0, pacer.delay(spread=True)) < came:
        await pacer.wait(spread=True)
    seconds.now = came
    await pacer.wait()
    return seconds.now - came


async def test_a_free_slot_is_used_at_once_by_whoever_can_not_wait() -> None:
    seconds = Seconds()
    pacer = Pacer(25, seconds, seconds.sleep)
    begun = await _begin(pacer, seconds, [0.0] * 25, [True, *[False] * 24])
    assert begun[-1] == begun[0]
    assert pacer.room() == pacer.room(spread=True) == 0


async def test_there_is_room_for_one_reminder_and_for_many_others() -> None:
    seconds = Seconds()
    pacer = Pacer(25, seconds, seconds.sleep)
    assert (pacer.room(), pacer.room(spread=True)) == (25, 1)
    await pacer.wait(spread=True)
    assert (pacer.room(), pacer.room(spread=True)) == (24, 0)


async def test_a_crowd_is_sent_at_the_full_rate() -> None:
    seconds = Seconds()
    begun = await _begin(Pacer(25, seconds, seconds.sleep), seconds, [0.0] * 250)
    assert begun[-1] - begun[0] == pytest.approx(9.0, abs=1e-6)


async def test_there_is_room_only_for_what_may_begin_now() -> None:
    seconds = Seconds()
    pacer = Pacer(3, seconds, seconds.sleep)
    assert pacer.room() == 3
    await pacer.wait()
    assert pacer.room() == 2
    seconds.now += 1.0
    assert pacer.room() == 3


def test_a_chat_gets_a_burst_at_once_and_then_one_a_second() -> None:
    seconds = Seconds()
    pacer = ChatPacer(seconds)
    delays = [pacer.delay(7) for _ in range(CHAT_BURST + 1)]
    assert delays == [0.0] * CHAT_BURST + [1.0]
    assert pacer.delay(8) == 0.0


def test_messages_that_were_told_to_wait_get_their_turn() -> None:
    seconds = Seconds()
    pacer = ChatPacer(seconds)
    waiting, turns = [0.0] * (CHAT_BURST + 3), []
    while waiting:
        seconds.now = waiting.pop(0)
        if wait := pacer.delay(7):
            waiting = sorted([*waiting, seconds.now + wait])
        else:
            turns.append(seconds.now)
    assert turns == [0.0] * CHAT_BURST + [1.0, 2.0, 3.0]

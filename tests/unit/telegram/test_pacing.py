"""Never more than the rate in any sliding second, and none of it wasted."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.telegram.pacing import CHAT_BURST, ChatPacer, Pacer


class Seconds:
    """A clock in seconds that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, span: float) -> None:
        self.now += span


async def _begin(pacer: Pacer, seconds: Seconds, pauses: list[float]) -> list[float]:
    begun = []
    for pause in pauses:
        seconds.now += pause
        await pacer.wait()
        begun.append(seconds.now)
    return begun


@given(st.integers(1, 30), st.lists(st.sampled_from([0.0, 0.0, 0.01, 0.3, 1.1]), max_size=200))
def test_no_sliding_second_has_more_than_the_rate(rate: int, pauses: list[float]) -> None:
    seconds = Seconds()
    begun = asyncio.run(_begin(Pacer(rate, seconds, seconds.sleep), seconds, pauses))
    for first, beyond in zip(begun, begun[rate:], strict=False):
        assert beyond - first >= 1.0 - 1e-9


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

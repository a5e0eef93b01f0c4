"""The gate lets through the rate of this process, to the millisecond, whoever comes to it at once."""

import asyncio

import pytest

from reminderbot.rules.pacing import WINDOW
from reminderbot.telegram.gate import Gate

SPAN = WINDOW.total_seconds()


class Seconds:
    """A clock in seconds that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, span: float) -> None:
        until = self.now + span
        await asyncio.sleep(0)
        self.now = max(self.now, until)


async def _begun(rate: int | None, calls: int) -> list[float]:
    seconds, begun = Seconds(), list[float]()
    gate = Gate(rate, seconds, seconds.sleep)

    async def call() -> None:
        await gate.passed()
        begun.append(seconds.now - 1000.0)

    await asyncio.gather(*(call() for _ in range(calls)))
    return begun


@pytest.mark.parametrize("rate", [1, 3, 30])
async def test_no_window_has_more_than_the_rate(rate: int) -> None:
    begun = await _begun(rate, 4 * rate)
    assert begun == pytest.approx([number // rate * SPAN for number in range(4 * rate)])


async def test_up_to_the_rate_nobody_waits() -> None:
    assert await _begun(30, 30) == [0.0] * 30


async def test_without_a_rate_there_is_no_gate() -> None:
    assert await _begun(None, 1000) == [0.0] * 1000

"""Calls begin at the slots of this process, to the millisecond, whoever comes at once."""

import asyncio
from collections.abc import Callable

import pytest

from reminderbot.store.tables import Lane
from reminderbot.telegram.gate import LATENESS, PATIENCE, Gate

START = 1000.0


class Seconds:
    """A clock in seconds that moves when all sleep: to when the first should wake, or a little further than that."""

    def __init__(self, late: float = 0.0) -> None:
        self.now, self.late = START, late
        self._sleeping: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, span: float) -> None:
        until = self.now + span + self.late
        self._sleeping.append(until)
        while self.now < until:
            await asyncio.sleep(0)
            self.now = max(self.now, min(self._sleeping))
        self._sleeping.remove(until)


class Queue:
    """Calls at a gate, with the seconds after which each began, and how often more slots were asked for."""

    def __init__(
        self, slots: list[float], late: float = 0.0, more: Callable[[Gate], None] | None = None
    ) -> None:
        self.seconds, self.begun, self.given_up, self.asked = Seconds(late), list[float](), 0, 0
        self.lanes: list[Lane] = []
        self._more = more
        self.gate = Gate(self._ask, self.seconds, self.seconds.sleep)
        self.gate.add(slots)

    async def come(self, calls: int, lane: Lane = Lane.REMINDER) -> None:
        await asyncio.gather(*(self._call(lane) for _ in range(calls)))

    async def have_come(self, calls: int) -> asyncio.Task[None]:
        """They stand at the gate, and none has slept yet."""
        waiting = asyncio.create_task(self.come(calls))
        for _ in range(2):
            await asyncio.sleep(0)
        return waiting

    def _ask(self) -> None:
        self.asked += 1
        if self._more:
            self._more(self.gate)

    async def _call(self, lane: Lane) -> None:
        if await self.gate.passes(lane):
            self.lanes.append(lane)
            self.begun.append(self.seconds.now - START)
        else:
            self.given_up += 1


async def test_each_call_begins_at_its_slot() -> None:
    queue = Queue([0.0, 0.04, 0.08])
    await queue.come(3)
    assert queue.begun == pytest.approx([0.0, 0.04, 0.08])
    assert (queue.asked, queue.gate.owed) == (0, 0)


async def test_a_slot_that_is_over_is_lost_and_owed() -> None:
    queue = Queue([0.0, 0.04, 0.08])
    queue.seconds.now += 0.04 + LATENESS + 0.001
    waiting = await queue.have_come(3)
    assert queue.gate.owed == 2
    queue.gate.add([0.1, 0.14])
    await waiting
    assert queue.begun == pytest.approx([0.08, 0.153, 0.193])


async def test_a_little_late_is_in_time() -> None:
    queue = Queue([0.01, 0.02, 0.03], late=LATENESS * 0.9)
    await queue.come(3)
    assert len(queue.begun) == 3
    assert queue.asked == 0


async def test_calls_without_a_slot_ask_for_more_and_go_on() -> None:
    queue = Queue([0.0], more=lambda gate: gate.add([0.05]))
    await queue.come(3)
    assert queue.begun == pytest.approx([0.0, 0.05, 0.1])
    assert queue.asked == 2


async def test_what_came_late_from_the_database_is_good_once() -> None:
    """Or else nothing would ever go out where a transaction takes longer than a slot lasts."""
    queue = Queue([-0.5, -0.46])
    waiting = await queue.have_come(2)
    assert queue.begun == [0.0]
    queue.gate.add([-0.5])
    await waiting
    assert len(queue.begun) == 2


async def test_a_call_that_waits_too_long_is_given_up() -> None:
    queue = Queue([0.0])
    await queue.come(2)
    assert (queue.begun, queue.given_up) == ([0.0], 1)
    assert queue.seconds.now - START == pytest.approx(PATIENCE, abs=LATENESS)
    assert queue.gate.owed == 0


async def test_a_process_that_stood_still_decides_anew() -> None:
    queue = Queue([0.0, 0.04])
    waiting = await queue.have_come(2)
    queue.seconds.now += 3600
    queue.gate.add([0.0, 0.04])
    await waiting
    assert (queue.begun, queue.given_up) == ([0.0], 1)


async def test_the_most_urgent_call_has_the_next_slot_whenever_it_comes() -> None:
    queue = Queue([0.01 * number for number in range(1, 6)])
    lanes = [Lane.REMINDER, Lane.REMINDER, Lane.ANSWER, Lane.REMINDER, Lane.SAFETY]
    await asyncio.gather(*(queue.come(1, lane) for lane in lanes))
    assert queue.lanes == sorted(lanes)
    assert queue.begun == pytest.approx([0.01, 0.02, 0.03, 0.04, 0.05])

"""Calls begin at the slots of this process, to the millisecond, whoever comes at once."""

import asyncio
from collections.abc import Callable

import pytest

from reminderbot.store.tables import Lane
from reminderbot.telegram.gate import FURTHEST, LATENESS, PATIENCE, Gate

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
        self.decided_at = START
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
        if await self.gate.passes(lane is Lane.SAFETY, self.decided_at):
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
    late = 0.04 + LATENESS + 0.001
    queue.seconds.now += late
    waiting = await queue.have_come(3)
    assert queue.gate.owed == 2
    queue.gate.add([0.1, 0.14])
    await waiting
    assert queue.begun == pytest.approx([0.08, late + 0.1, late + 0.14])


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


@pytest.mark.parametrize("late", [0.0, LATENESS / 2])
async def test_what_came_late_is_good_for_whoever_sleeps_too_long(late: float) -> None:
    queue = Queue([0.0], late=late, more=lambda gate: gate.add([-0.5]))
    await queue.come(20)
    assert (len(queue.begun), queue.given_up) == (20, 0)


async def test_past_slots_are_no_licence_for_a_burst_beside_an_urgent_call() -> None:
    queue = Queue([])
    urgent, waiting = asyncio.create_task(queue.come(1, Lane.SAFETY)), await queue.have_come(5)
    queue.gate.add([-0.3, -0.25, -0.2, -0.15, -0.1, 0.05])
    queue.gate.add([0.1, 0.15, 0.2, 0.25])
    await asyncio.gather(urgent, waiting)
    assert queue.lanes[0] == Lane.SAFETY
    assert queue.begun[1:] == pytest.approx([0.05, 0.1, 0.15, 0.2, 0.25], abs=LATENESS)


async def test_a_call_that_waits_too_long_is_given_up_and_a_card_never() -> None:
    queue = Queue([0.0])
    waiting = await queue.have_come(2)
    card = asyncio.create_task(queue.come(1, Lane.SAFETY))
    await waiting
    assert (queue.begun, queue.given_up) == ([0.0], 1)
    assert queue.seconds.now - START == pytest.approx(PATIENCE, abs=LATENESS)
    queue.gate.add([0.0])
    await card
    assert queue.lanes == [Lane.REMINDER, Lane.SAFETY]
    assert queue.gate.owed == 0


async def test_a_process_that_stood_still_decides_anew() -> None:
    queue = Queue([0.0, 0.04])
    waiting = await queue.have_come(2)
    queue.seconds.now += 3600
    queue.gate.add([0.0, 0.04])
    await waiting
    assert (queue.begun, queue.given_up) == ([0.0], 1)


async def test_what_was_decided_before_a_process_stood_still_is_not_sent_after() -> None:
    """It stopped before the calls came to the gate."""
    queue = Queue([])
    queue.seconds.now += 3600
    queue.gate.add([-3600.0, -3599.96])
    await queue.come(2)
    assert (queue.begun, queue.given_up) == ([], 2)


async def test_slots_of_a_clock_that_was_set_back_keep_nobody_waiting() -> None:
    queue = Queue([3600.0, 3600.04], more=lambda gate: gate.add([0.0]))
    await queue.come(3)
    assert (len(queue.begun), queue.given_up) == (3, 0)
    assert max(queue.begun) <= FURTHEST + LATENESS


async def test_when_no_slots_will_follow_those_that_there_are_are_used_and_the_rest_given_up() -> None:
    queue = Queue([0.0, 0.04])
    waiting = await queue.have_come(4)
    queue.gate.close()
    await waiting
    assert queue.begun == pytest.approx([0.0, 0.04])
    assert queue.given_up == 2
    assert queue.seconds.now - START < 2 * 0.04


async def test_a_card_has_the_next_slot_whenever_it_comes_and_others_keep_their_order() -> None:
    queue = Queue([0.01 * number for number in range(1, 6)])
    lanes = [Lane.REMINDER, Lane.REMINDER, Lane.ANSWER, Lane.REMINDER, Lane.SAFETY]
    await asyncio.gather(*(queue.come(1, lane) for lane in lanes))
    assert queue.lanes == [Lane.SAFETY, *lanes[:-1]]
    assert queue.begun == pytest.approx([0.01, 0.02, 0.03, 0.04, 0.05])

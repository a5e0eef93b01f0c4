"""The gate: calls of this process begin at the slots that it was given, by its own clock, to the millisecond."""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from reminderbot.rules import pacing
from reminderbot.telegram import steady

LATENESS = pacing.LATENESS.total_seconds()

FURTHEST = 1.0
"""Seconds to a slot at most: one further away was given out by a clock that has been set back since."""

PATIENCE = 5.0
"""Seconds after which a call is given up, but for a card: it was decided upon so long ago."""

LOOK = LATENESS / 4
"""Seconds between looks for slots by a call that has none."""


class Gate:
    """Each call passes at a slot: of those that wait a card of the safety lane, or else the first that came.

    Answers and reminders keep the order of their claims: what follows a reminder must not overtake it.
    """

    def __init__(
        self,
        ring: Callable[[], object],
        seconds: Callable[[], float] = steady.seconds,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take what asks for more slots, a clock in seconds, and its sleep."""
        self._ring, self.seconds, self._sleep = ring, seconds, sleep
        self._slots = deque[float]()
        # By whether it is for cards.
        self._waiting = {True: 0, False: 0}
        self._turns = {True: asyncio.Lock(), False: asyncio.Lock()}
        self._has_rung = self._closed = False

    @property
    def owed(self) -> int:
        """How many calls wait that have no slot: theirs was over before they could begin."""
        self._forget()
        return max(sum(self._waiting.values()) - len(self._slots), 0)

    def add(self, waits: Sequence[float]) -> None:
        """Slots that are so many seconds from now, soonest first.

        The first is good even if it is over already: however slow the database is, calls go on.
        """
        now = self.seconds()
        first = [max(wait, 0.0) for wait in waits[:1]]
        in_time = [wait for wait in waits[1:] if wait > -LATENESS]
        self._slots += [now + min(wait, FURTHEST) for wait in first + in_time]
        self._has_rung = self._has_rung and not waits

    def close(self) -> None:
        """No slots will follow: calls that have none are given up."""
        self._closed = True

    async def passes(self, is_card: bool, since: float) -> bool:
        """Return when a call may begin that was decided upon at an instant of the gate's clock.

        False when it is given up: then it has to be decided upon anew.
        """
        deadline = math.inf if is_card else since + PATIENCE
        self._waiting[is_card] += 1
        try:
            async with self._turns[is_card]:
                return await self._has_slot(is_card, deadline)
        finally:
            self._waiting[is_card] -= 1

    async def _has_slot(self, is_card: bool, deadline: float) -> bool:
        while (now := self.seconds()) < deadline:
            slot = self._slot_of(is_card)
            if slot is None:
                if self._closed:
                    return False
                self._ask()
                await self._sleep(LOOK)
            elif slot <= now:
                self._slots.remove(slot)
                return True
            else:
                await self._sleep(min(slot, deadline) - now)
        return False

    def _slot_of(self, is_card: bool) -> float | None:
        """The next slot, for others than cards the next that no card waits for."""
        self._forget()
        before = 0 if is_card else self._waiting[True]
        return self._slots[before] if before < len(self._slots) else None

    def _ask(self) -> None:
        """Ask for slots, once until some come."""
        if not self._has_rung:
            self._has_rung = True
            self._ring()

    def _forget(self) -> None:
        over = self.seconds() - LATENESS
        while self._slots and self._slots[0] < over:
            self._slots.popleft()

"""The gate: calls of this process begin at the slots that it was given, by its own clock, to the millisecond."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

LATENESS = 0.012
"""Seconds after which a slot is over. A call that began later would meet those that have the slots of the next second,
maybe another process's: it takes a later slot instead."""

PATIENCE = 1.0
"""Seconds that a call waits at most: it was decided upon so long ago, and has to be decided anew."""


class Gate:
    """Calls pass in the order they come, each at a slot."""

    def __init__(
        self,
        ring: Callable[[], object],
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take what asks for more slots, a clock in seconds, and its sleep."""
        self._ring, self._seconds, self._sleep = ring, seconds, sleep
        self._slots = deque[float]()
        self._waiting = 0
        self._turn = asyncio.Lock()

    @property
    def owed(self) -> int:
        """How many calls wait that have no slot: theirs was over before they could begin."""
        self._forget()
        return max(self._waiting - len(self._slots), 0)

    def add(self, waits: Sequence[float]) -> None:
        """Slots that are so many seconds from now, soonest first.

        The first is good even if it is over already: however slow the database is, calls go on.
        """
        now = self._seconds()
        self._slots += [now + (wait if number else max(wait, 0.0)) for number, wait in enumerate(waits)]

    async def passes(self) -> bool:
        """Return when a call may begin; false when it has waited too long."""
        deadline = self._seconds() + PATIENCE
        self._waiting += 1
        try:
            async with self._turn:
                while (now := self._seconds()) < deadline:
                    self._forget()
                    if self._slots and self._slots[0] <= now:
                        self._slots.popleft()
                        return True
                    if not self._slots:
                        self._ring()
                    await self._sleep(self._slots[0] - now if self._slots else LATENESS)
                return False
        finally:
            self._waiting -= 1

    def _forget(self) -> None:
        over = self._seconds() - LATENESS
        while self._slots and self._slots[0] < over:
            self._slots.popleft()

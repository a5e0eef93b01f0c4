"""The gate: calls of this process begin at the slots that it was given, by its own clock, to the millisecond."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from reminderbot.store.tables import Lane

LATENESS = 0.012
"""Seconds after which a slot is over. A call that began later would meet those that have the slots of the next second,
maybe another process's: it takes a later slot instead."""

PATIENCE = 1.0
"""Seconds that a call waits at most: it was decided upon so long ago, and has to be decided anew."""


class Gate:
    """Each call passes at a slot: of those that wait the most urgent one, and of these the first that came."""

    def __init__(
        self,
        ring: Callable[[], object],
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take what asks for more slots, a clock in seconds, and its sleep."""
        self._ring, self._seconds, self._sleep = ring, seconds, sleep
        self._slots = deque[float]()
        self._waiting = dict.fromkeys(Lane, 0)
        self._turns = {lane: asyncio.Lock() for lane in Lane}

    @property
    def owed(self) -> int:
        """How many calls wait that have no slot: theirs was over before they could begin."""
        self._forget()
        return max(sum(self._waiting.values()) - len(self._slots), 0)

    def add(self, waits: Sequence[float]) -> None:
        """Slots that are so many seconds from now, soonest first.

        The first is good even if it is over already: however slow the database is, calls go on.
        """
        now = self._seconds()
        self._slots += [now + (wait if number else max(wait, 0.0)) for number, wait in enumerate(waits)]

    async def passes(self, lane: Lane) -> bool:
        """Return when a call of a lane may begin; false when it has waited too long."""
        deadline = self._seconds() + PATIENCE
        self._waiting[lane] += 1
        try:
            async with self._turns[lane]:
                while (now := self._seconds()) < deadline:
                    slot = self._slot_of(lane)
                    if slot is not None and slot <= now:
                        self._slots.remove(slot)
                        return True
                    if slot is None:
                        self._ring()
                    await self._sleep(LATENESS if slot is None else slot - now)
                return False
        finally:
            self._waiting[lane] -= 1

    def _slot_of(self, lane: Lane) -> float | None:
        """The next slot that no call of a more urgent lane waits for."""
        self._forget()
        before = sum(self._waiting[other] for other in Lane if other < lane)
        return self._slots[before] if before < len(self._slots) else None

    def _forget(self) -> None:
        over = self._seconds() - LATENESS
        while self._slots and self._slots[0] < over:
            self._slots.popleft()

"""The gate: what this process begins, by its own clock, to the millisecond."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from reminderbot.rules.pacing import WINDOW


class Gate:
    """At most ``rate`` calls begin in any window of the pace; those permitted together may reach it apart."""

    def __init__(
        self,
        rate: int | None,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the rate in calls a second, none for no gate at all, and a clock in seconds with its sleep."""
        self._recent: deque[float] | None = deque(maxlen=rate) if rate else None
        self._seconds, self._sleep = seconds, sleep

    async def passed(self) -> None:
        """Return when one more call may begin, and count it."""
        if self._recent is None:
            return
        while len(self._recent) == self._recent.maxlen:
            wait = self._recent[0] + WINDOW.total_seconds() - self._seconds()
            if wait <= 0:
                break
            await self._sleep(wait)
        self._recent.append(self._seconds())

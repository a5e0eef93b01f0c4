"""How fast messages may go out: one rate over all chats, reminders spread evenly, and a gentle rate for each chat."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

CHAT_INTERVAL = 1.0
"""Seconds between messages of one chat, on average (Telegram FAQ: one message a second)."""

CHAT_BURST = 4
"""Messages that one chat may get at once before that interval counts."""

LATENESS_SECONDS = 0.02
"""A timer that fires late costs nothing up to this: what was due meanwhile may begin together."""


class Pacer:
    """At most ``rate`` calls in any sliding second, over all chats; those that can wait are spread over that second.

    Calls that are spread never fill a second at once: beside them, any other call finds a slot within an interval of
    1 / rate and the lateness that they may make up for.
    """

    def __init__(
        self,
        rate: int,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the rate in calls a second, and a clock in seconds with its sleep."""
        self._rate, self._interval = rate, 1.0 / rate
        self._recent: deque[float] = deque(maxlen=rate)
        self._next_spread = seconds()
        self._seconds, self._sleep = seconds, sleep

    async def wait(self, *, spread: bool = False) -> None:
        """Return when one more call may begin, and count it; ``spread`` for one that keeps its distance."""
        while (delay := self.delay(spread=spread)) > 0:
            await self._sleep(delay)
        now = self._seconds()
        self._recent.append(now)
        if spread:
            self._next_spread = self._due(now) + self._interval

    def room(self, *, spread: bool = False) -> int:
        """How many calls may begin right now; ``spread`` for those that keep their distance."""
        now = self._seconds()
        free = self._rate - sum(begun + 1.0 > now for begun in self._recent)
        if not spread:
            return free
        late = now - self._due(now)
        return min(free, 1 + int(late * self._rate)) if late >= 0 else 0

    def delay(self, *, spread: bool = False) -> float:
        """Seconds until one more call may begin; not above 0 when it may now."""
        now = self._seconds()
        full = len(self._recent) == self._rate
        delay = self._recent[0] + 1.0 - now if full else 0.0
        return max(delay, self._due(now) - now) if spread else delay

    def pause(self) -> float:
        """Seconds after which there is more room; 0 when there is room for any call now."""
        return next((delay for delay in (self.delay(), self.delay(spread=True)) if delay > 0), 0.0)

    async def rest(self) -> bool:
        """Wait for that pause; false when there is none."""
        pause = self.pause()
        await self._sleep(pause)
        return pause > 0

    def _due(self, now: float) -> float:
        """When the next spread call is, or was, due."""
        return max(self._next_spread, now - LATENESS_SECONDS)


class ChatPacer:
    """When a chat may get its next message: a burst at once, then one a second."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic, burst: int = CHAT_BURST) -> None:
        """Take a clock in seconds, and how many messages may go at once."""
        self._free_at: dict[int, float] = {}
        self._seconds, self._burst = seconds, burst

    def delay(self, chat_id: int) -> float:
        """Seconds to wait before the next message to this chat; counts that message only when it may go at once."""
        now = self._seconds()
        if len(self._free_at) > 10_000:
            self._free_at = {chat: free for chat, free in self._free_at.items() if free > now}
        free_at = max(self._free_at.get(chat_id, 0.0), now) + CHAT_INTERVAL
        wait = free_at - now - self._burst * CHAT_INTERVAL
        if wait <= 0:
            self._free_at[chat_id] = free_at
        return max(0.0, wait)

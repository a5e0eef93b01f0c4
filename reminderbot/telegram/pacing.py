"""How fast messages may go out: one rate over all chats, and a gentle one for each chat."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

CHAT_INTERVAL = 1.0
"""Seconds between messages of one chat, on average (Telegram FAQ: one message a second)."""

CHAT_BURST = 4
"""Messages that one chat may get at once before that interval counts."""


class Pacer:
    """At most ``rate`` calls in any sliding second, over all chats."""

    def __init__(
        self,
        rate: int,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the rate in calls a second, and a clock in seconds with its sleep."""
        self._recent: deque[float] = deque(maxlen=rate)
        self._seconds, self._sleep = seconds, sleep
        self._turn = asyncio.Lock()

    async def wait(self) -> None:
        """Return when one more call may begin, and count it."""
        async with self._turn:
            while (delay := self._delay()) > 0:
                await self._sleep(delay)
            self._recent.append(self._seconds())

    def room(self) -> int:
        """How many calls may begin right now."""
        now = self._seconds()
        recent = sum(1 for begun in self._recent if now - begun < 1.0)
        return (self._recent.maxlen or 0) - recent

    def _delay(self) -> float:
        now = self._seconds()
        full = len(self._recent) == self._recent.maxlen
        return self._recent[0] + 1.0 - now if full else 0.0


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

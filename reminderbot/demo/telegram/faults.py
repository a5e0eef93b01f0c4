"""Faults on request.

Refusals, unreachable servers, lost answers, slow answers, and Telegram's rate limits.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from reminderbot.demo.telegram.state import ApiError, Clock, Json

How = Literal["timeout", "reset"]


@dataclass(slots=True)
class Fault:
    """One scripted fault; None as method or chat means any, None as times means for good."""

    kind: Literal["refuse", "unreachable", "lost", "slow"]
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    status: int = 500
    description: str = "Internal Server Error"
    parameters: Json = field(default_factory=dict)
    how: How = "timeout"
    seconds: float = 0.0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether the fault is meant for this call and not used up."""
        return (
            self.times != 0
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat_id is None or self.chat_id == chat_id)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """That a fault has hit a call: when, in seconds of the clock of the faults, and for how long it makes it wait."""

    at: float
    kind: str
    method: str
    chat_id: int | None
    status: int
    seconds: float


class Faults:
    """The script of faults. Every call takes the faults that fit it, in the order they were added."""

    def __init__(self, seconds: Callable[[], float] = time.time) -> None:
        """Start without faults; ``seconds`` is the clock by which hits are noted: real time."""
        self._script: list[Fault] = []
        self._seconds = seconds
        self.hits: list[Hit] = []

    def refuse(
        self,
        method: str | None = None,
        *,
        status: int = 500,
        description: str = "Internal Server Error",
        retry_after: int | None = None,
        times: int | None = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """Answer the next calls with this status and description.

        Nothing happens. `retry_after` in seconds.
        """
        parameters = {} if retry_after is None else {"retry_after": retry_after}
        return self.add(Fault("refuse", method, chat_id, times, status, description, parameters))

    def too_many(
        self,
        method: str | None = None,
        *,
        retry_after: int,
        times: int | None = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """Answer the next calls with 429 and `retry_after` seconds."""
        text = f"Too Many Requests: retry after {retry_after}"
        return self.refuse(
            method, status=429, description=text, retry_after=retry_after, times=times, chat_id=chat_id
        )

    def unreachable(
        self,
        method: str | None = None,
        *,
        times: int | None = 1,
        chat_id: int | None = None,
        how: How = "timeout",
    ) -> Fault:
        """The next calls never arrive.

        Nothing happens, the bot sees a connect timeout or a refused connection.
        """
        return self.add(Fault("unreachable", method, chat_id, times, how=how))

    def lose_answer(
        self,
        method: str | None = None,
        *,
        times: int | None = 1,
        chat_id: int | None = None,
        how: How = "timeout",
    ) -> Fault:
        """The next calls take effect, but their answer is lost.

        A read timeout, or a connection cut while reading.
        """
        return self.add(Fault("lost", method, chat_id, times, how=how))

    def slow(
        self,
        method: str | None = None,
        *,
        seconds: float,
        times: int | None = 1,
        chat_id: int | None = None,
    ) -> Fault:
        """The next calls are answered after so many real seconds."""
        return self.add(Fault("slow", method, chat_id, times, seconds=seconds))

    def add(self, fault: Fault) -> Fault:
        """Append a fault to the script; it is returned so that it can be removed."""
        self._script.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault back."""
        self._script = [kept for kept in self._script if kept is not fault]

    def clear(self) -> None:
        """Take all faults back."""
        self._script.clear()

    def take(self, method: str, chat_id: int | None) -> Iterator[Fault]:
        """The faults that hit this call.

        Each counts once. A call is refused, cut or lost once, but may be slow too.
        """
        hit = False
        for fault in list(self._script):
            if not fault.fits(method, chat_id) or (hit and fault.kind != "slow"):
                continue
            hit = hit or fault.kind != "slow"
            if fault.times is not None:
                fault.times -= 1
                if fault.times == 0:
                    self.remove(fault)
            self._note(fault, method, chat_id)
            yield fault

    def _note(self, fault: Fault, method: str, chat_id: int | None) -> None:
        status = fault.status if fault.kind == "refuse" else 0
        wait = float(fault.parameters.get("retry_after", fault.seconds))
        self.hits.append(Hit(self._seconds(), fault.kind, method, chat_id, status, wait))


class Limits:
    """Telegram's rate limits, off until set: messages per second in one chat, and over all chats."""

    def __init__(self, clock: Clock, penalty: timedelta = timedelta(seconds=3)) -> None:
        """`penalty` is how long a chat, or the bot, is shut out after going over."""
        self._clock = clock
        self.penalty = penalty
        self.per_chat: int | None = None
        self.overall: int | None = None
        self._seen: dict[int | None, deque[datetime]] = {}
        self._shut: dict[int | None, datetime] = {}
        self.refused = 0

    def count(self, chat_id: int | None) -> None:
        """Count one message or edit. Raises ApiError (429) with retry_after where a limit is passed."""
        now = self._clock()
        limits = [(k, n) for k, n in ((None, self.overall), (chat_id, self.per_chat)) if n is not None]
        for key, limit in limits:
            self._check(key, limit, now)
        for key, _ in limits:
            self._seen[key].append(now)

    def _check(self, key: int | None, limit: int, now: datetime) -> None:
        if (until := self._shut.get(key)) and until > now:
            raise self._error(until - now)
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - timedelta(seconds=1):
            seen.popleft()
        if len(seen) >= limit:
            self._shut[key] = now + self.penalty
            raise self._error(self.penalty)

    def _error(self, left: timedelta) -> ApiError:
        self.refused += 1
        seconds = max(1, math.ceil(left.total_seconds()))
        return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

"""Rounds: stored rows are taken in hand whenever the bell rings, and looked for from time to time besides."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import ClassVar

import structlog
from sqlalchemy.exc import DatabaseError

from reminderbot.store.faults import sentence

log = structlog.get_logger()

AGAIN_SECONDS = 1.0
"""Pause before the database is asked again after it failed."""


class Rounds(ABC):
    """Takes rows in hand, each with a task of its own, until told to stop."""

    topic: ClassVar[str]
    """First part of its actions in the log."""

    def __init__(self, bell: asyncio.Event, look_seconds: float) -> None:
        """Take the bell that is rung when there may be rows; they are looked for at least so often."""
        self._bell, self._look_seconds = bell, look_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._looking = asyncio.Lock()
        self._stopping = False
        self._pause = 0.0

    @abstractmethod
    async def pump(self) -> int:
        """Take as many rows in hand as there is room for; how many.

        Sets ``_pause``, in seconds, where a look before that would find nothing.
        """

    async def run(self) -> None:
        """Go round until stopped."""
        while not self._stopping:
            self._bell.clear()
            try:
                await self._look()
            except DatabaseError as error:
                log.error("rows wait", action=f"{self.topic}.database", reason=sentence(error))
                await asyncio.sleep(AGAIN_SECONDS)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self._pause or self._look_seconds)

    def stop(self) -> None:
        """Take nothing more: what has been taken is still finished."""
        self._stopping = True
        self._bell.set()

    def cancel(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def drain(self) -> None:
        """Do all that can be done now; return when nothing is left, nor under way: ``run`` may go beside it."""
        while await self._look() or self._pause or self._tasks:
            await self.idle()
            await asyncio.sleep(self._pause)

    async def _look(self) -> int:
        # One look at a time: what another one is about to take is no row any more, and no task yet.
        async with self._looking:
            return await self.pump()

    def _begin(self, job: Coroutine[None, None, None], ended: Callable[[asyncio.Task[None]], None]) -> None:
        """Take one row in hand; when it has ended it is told, while its task still counts."""
        task = asyncio.create_task(job)
        self._tasks.add(task)
        task.add_done_callback(ended)
        task.add_done_callback(self._tasks.discard)

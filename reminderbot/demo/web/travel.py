"""Moving the demo's clock: one jump at a time, with progress, stoppable between two moments."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from reminderbot.demo.web.hub import Hub
from reminderbot.demo.web.view import View

Progress = Callable[[datetime], Awaitable[None]]
STEPS = {"minutes": timedelta(minutes=10), "hour": timedelta(hours=1)}
LOOK_AHEAD_SECONDS = 1.0
log = logging.getLogger(__name__)


class Driver(Protocol):
    """The bot behind the demo, which walks the clock through every moment at which something is due."""

    async def jump(self, to: datetime, progress: Progress) -> None:
        """Do all that is due up to `to`, in order.

        Await `progress` after each moment, and let what it raises pass.
        """

    async def next_moment(self) -> tuple[datetime, str] | None:
        """When the next reminder is due and what it is for whom, such as "Move for Ana"; None without one.

        The page adds the time, in the clock bar's zone.
        """


class JumpStopped(Exception):
    """Raised by `progress` when somebody pressed Now: the jump ends here."""


class Travel:
    """The buttons of the clock bar."""

    def __init__(self, view: View, driver: Driver, hub: Hub) -> None:
        """Tell `hub` of every step."""
        self._view = view
        self._driver = driver
        self._hub = hub
        self._jump: asyncio.Task[None] | None = None
        self._stopping = False
        self._next: dict[str, Any] | None = None

    @property
    def jumping(self) -> bool:
        """Whether the clock is on its way."""
        return self._jump is not None and not self._jump.done()

    async def press(self, button: str) -> str | None:
        """One press: now, minutes, hour, next or morning. Returns a sentence when nothing can be done."""
        if button == "now":
            self._stopping = True
            return None
        if self.jumping:
            return "The clock is already on its way. Press Now to stop it."
        to = await self._target(button)
        if to is None:
            return "No reminder is planned yet. Press Start in a chat first."
        self._stopping = False
        self._jump = asyncio.create_task(self._run(to))
        return None

    async def _target(self, button: str) -> datetime | None:
        clock = self._view.clock
        if button == "morning":
            return clock.next_morning()
        if button == "next":
            coming = await self._driver.next_moment()
            return coming[0] if coming else None
        return clock.now() + STEPS[button]

    async def _run(self, to: datetime) -> None:
        start = self._view.clock.now()

        async def progress(at: datetime) -> None:
            share = 1.0 if to <= start else (at - start) / (to - start)
            self._tell(max(0.0, min(1.0, share)), to)
            await asyncio.sleep(0)
            if self._stopping:
                raise JumpStopped

        try:
            self._tell(0.0, to)
            await self._driver.jump(to, progress)
            self._view.clock.set(to)
        except JumpStopped:
            log.info("jump stopped")
        except Exception:
            log.exception("jump failed")
            self._hub.send("notice", {"text": "The jump failed; the log says why. Time runs on from here."})
        finally:
            self._tell(None, to)
            await self.look_ahead()

    def _tell(self, share: float | None, to: datetime) -> None:
        jump = None if share is None else {"share": share, "to": self._view.moment(to)}
        self._hub.send("clock", {**self._view.time(), "jump": jump})

    def coming(self) -> dict[str, Any] | None:
        """The next reminder as the page shows it: its label, and its time in the clock bar's zone."""
        return self._next

    async def look_ahead(self) -> None:
        """Ask what comes next, and tell the pages when it, or how its time is told, changed."""
        coming = await self._driver.next_moment()
        shown = coming and {"label": coming[1], "time": self._view.moment(coming[0])}
        if shown != self._next:
            self._next = shown
            self._hub.send("next", shown)

    async def keep_looking(self) -> None:
        """Look ahead every second while a page is open and the clock stands still."""
        while True:
            await asyncio.sleep(LOOK_AHEAD_SECONDS)
            if len(self._hub) and not self.jumping:
                try:
                    await self.look_ahead()
                except Exception:
                    log.exception("looking ahead failed")

    async def aclose(self) -> None:
        """Stop a running jump."""
        self._stopping = True
        if self._jump:
            self._jump.cancel()
            await asyncio.gather(self._jump, return_exceptions=True)

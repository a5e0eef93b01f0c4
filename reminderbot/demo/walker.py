"""Walking the demo's clock through every moment at which something is due, so that nothing comes late."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reminderbot.demo.clock import DemoClock

SHORTEST_STEP = timedelta(seconds=1)
"""The clock moves on by at least this, whatever claims to be due: a jump always ends."""


@dataclass(frozen=True, slots=True)
class Walker:
    """The driver of the clock bar, over what the bot lets it see."""

    clock: DemoClock
    coming: Callable[[], Awaitable[datetime | None]]
    """When something will be due next."""
    reminder: Callable[[], Awaitable[tuple[datetime, str] | None]]
    """When the next reminder is due, and what it is for whom, without a time: ``Move for Ana``."""
    settle: Callable[[], Awaitable[None]]
    """Lets the bot do everything that is due."""

    async def jump(self, to: datetime, progress: Callable[[datetime], Awaitable[None]]) -> None:
        """Do all that is due up to ``to``, in order; ``progress`` is told each moment, and may end the jump."""
        reached = self.clock.now()
        while (moment := await self.coming()) and moment <= to:
            reached = max(moment, reached + SHORTEST_STEP)
            self.clock.set(min(reached, to))
            await self.settle()
            await progress(self.clock.now())
        self.clock.set(to)
        await self.settle()

    async def next_moment(self) -> tuple[datetime, str] | None:
        """When the next reminder is due, and what it is for whom; none without one."""
        return await self.reminder()

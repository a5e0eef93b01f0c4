"""Drawing the figures of the stretches: in a process of its own beside the bot, never where messages are sent."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from reminderbot.ops import aside

log = structlog.get_logger()

PROGRAM = ("-m", "reminderbot.pictures")
"""What draws, as Python takes it."""

AFTER_SECONDS = 10.0
"""How long after its start the bot begins with that: first it answers what has waited for it."""


@asynccontextmanager
async def beside(
    content: Path, folder: Path, program: Sequence[str] = PROGRAM, after: float = AFTER_SECONDS
) -> AsyncIterator[Callable[[], None]]:
    """For as long as the block lasts, draw what the folder of figures lacks, beginning after so many seconds.

    What the block gets is called when there may be more to draw. A failure is only logged.
    """
    wanted = asyncio.Event()
    wanted.set()
    drawing = asyncio.create_task(_keep_drawing([*program, str(content), str(folder)], after, wanted))
    try:
        yield wanted.set
    finally:
        drawing.cancel()
        await asyncio.gather(drawing, return_exceptions=True)


async def _keep_drawing(command: Sequence[str], after: float, wanted: asyncio.Event) -> None:
    await asyncio.sleep(after)
    while await wanted.wait():
        wanted.clear()
        await _draw(command)


async def _draw(command: Sequence[str]) -> None:
    try:
        ended = await aside.run(*command)
    except OSError as error:
        log.error("figures are not drawn", action="drawing.start", reason=type(error).__name__)
        return
    if ended.code:
        log.error("figures are not drawn", action="drawing.failed", reason=ended.reason)

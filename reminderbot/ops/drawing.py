"""Drawing the figures of the stretches: in a process of its own beside the bot, never where messages are sent."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

log = structlog.get_logger()

PROGRAM = ("-m", "reminderbot.pictures")
"""What draws, as Python takes it."""

AFTER_SECONDS = 10.0
"""How long after its start the bot begins with that: first it answers what has waited for it."""

LEAST_URGENT = 19
"""As nice(1) counts: it gets what the bot, and everybody else, leaves of the processor."""

LONGEST_REASON = 200
"""Characters of a failure's last line."""


@asynccontextmanager
async def beside(
    content: Path, folder: Path, program: Sequence[str] = PROGRAM, after: float = AFTER_SECONDS
) -> AsyncIterator[None]:
    """For as long as the block lasts, draw what the folder of figures lacks, beginning after so many seconds.

    A failure is only logged.
    """
    drawing = asyncio.create_task(_draw([*program, str(content), str(folder)], after))
    try:
        yield
    finally:
        drawing.cancel()
        await asyncio.gather(drawing, return_exceptions=True)


async def _draw(command: Sequence[str], after: float) -> None:
    await asyncio.sleep(after)
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
    except OSError as error:
        log.error("figures are not drawn", action="drawing.start", reason=type(error).__name__)
        return
    try:
        with contextlib.suppress(OSError, AttributeError):  # it is over already, or this is no Unix
            os.setpriority(os.PRIO_PROCESS, process.pid, LEAST_URGENT)
        _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        last = errors.decode(errors="replace").strip().rpartition("\n")[2]
        log.error("figures are not drawn", action="drawing.failed", reason=last[:LONGEST_REASON])

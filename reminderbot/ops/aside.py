"""Long work in a process of its own beside the bot: it gets what is left of the processor, and ends with the bot."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from typing import NamedTuple

LEAST_URGENT = 19
"""As nice(1) counts: it gets what the bot, and everybody else, leaves of the processor."""

LONGEST_REASON = 200
"""Characters of a failure's last line."""


class Ended(NamedTuple):
    """How such a process has ended: its exit code, and what it has printed."""

    code: int | None
    told: bytes
    errors: bytes

    @property
    def reason(self) -> str:
        """The last line on its standard error: why it has failed, if it has."""
        return self.errors.decode(errors="replace").strip().rpartition("\n")[2][:LONGEST_REASON]


async def run(*words: str) -> Ended:
    """Run Python with these words until it ends; when cancelled, end it first. Raises OSError when it can't begin."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    try:
        with contextlib.suppress(OSError, AttributeError):  # it is over already, or this is no Unix
            os.setpriority(os.PRIO_PROCESS, process.pid, LEAST_URGENT)
        told, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(process.returncode, told, errors)

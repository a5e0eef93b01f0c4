"""How a process ends: at a signal, with its work done, and in time."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any

LAST_SECONDS = 4.5
"""So long after the signal the process ends as if killed: what it had in hand goes on in another one."""


async def until_signal(job: Coroutine[Any, Any, None]) -> None:
    """Run a job until it ends, or until SIGTERM or Ctrl-C cancels it; a second signal changes nothing.

    What then waits for ever, such as for a database that does not answer, is cut off after LAST_SECONDS.
    """
    task = asyncio.ensure_future(job)
    cut = threading.Timer(LAST_SECONDS, os._exit, (0,))
    cut.daemon = True

    def end() -> None:
        """Cancel the job, at the first signal."""
        if not task.cancelling():
            cut.start()
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def on_hangup(do: Callable[[], None]) -> None:
    """Do something at each SIGHUP, unless it tells that the terminal is gone which the process belongs to: then end."""
    terminals = [stream for stream in range(3) if os.isatty(stream)]

    def hung_up() -> None:
        """Look which of the two it is."""
        if all(map(os.isatty, terminals)):
            do()
        else:
            os.kill(os.getpid(), signal.SIGTERM)

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)

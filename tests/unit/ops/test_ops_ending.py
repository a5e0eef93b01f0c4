"""SIGHUP: another program's request, or the end of the terminal that the process was started in."""

import os
import pty
import select
import signal
import subprocess
import sys

PROGRAM = """
import asyncio
from reminderbot.ops import ending

async def work():
    ending.on_hangup(lambda: print("asked", flush=True))
    print("ready", flush=True)
    await asyncio.sleep(30)

asyncio.run(ending.until_signal(work()))
"""

AS_ITS_TERMINAL = "import os; os.open(os.ttyname(0), os.O_RDWR)\n"


def says(stream: int, word: bytes) -> None:
    """Read on until a word comes."""
    said = b""
    while word not in said:
        assert select.select([stream], [], [], 20)[0], said
        said += os.read(stream, 1000)


def test_a_request_is_heard_and_the_process_goes_on() -> None:
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout
        says(process.stdout.fileno(), b"ready")
        process.send_signal(signal.SIGHUP)
        says(process.stdout.fileno(), b"asked")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_process_in_a_terminal_hears_it_too_and_ends_with_the_terminal() -> None:
    terminal, its_end = pty.openpty()
    command = [sys.executable, "-c", AS_ITS_TERMINAL + PROGRAM]
    with subprocess.Popen(
        command, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True
    ) as process:
        os.close(its_end)
        says(terminal, b"ready")
        process.send_signal(signal.SIGHUP)
        says(terminal, b"asked")
        os.close(terminal)
        assert process.wait(10) == 0

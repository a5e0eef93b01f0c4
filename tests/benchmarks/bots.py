"""The real command, run for a benchmark."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx

from tests.benchmarks import botapi

COMMAND = Path(sys.executable).with_name("reminderbot")
LOOK_SECONDS = 0.5
"""Seldom: to read what was noted costs the server time."""

PATIENCE = 120.0


@contextlib.contextmanager
def running(
    role: str, folder: Path, url: str, settings: Mapping[str, str], core: int | None = botapi.BOT_CORE
) -> Iterator[int]:
    """A bot in a process of its own that talks to a server; with a log in this folder; its process id."""
    usual = {
        "TELEGRAM_BOT_TOKEN": botapi.TOKEN,
        "TELEGRAM_API_URL": url,
        "REMINDERBOT_HOME": str(folder),
    }
    with (folder / "bot.log").open("ab") as output:
        bot = subprocess.Popen(
            [COMMAND, role], cwd=folder, env={**os.environ, **usual, **settings}, stdout=output, stderr=output
        )
    if core is not None:
        botapi.pin(core, bot.pid)  # before it starts any thread, which then have the same
    try:
        yield bot.pid
    except AssertionError as error:
        error.add_note((folder / "bot.log").read_text(encoding="utf-8"))
        raise
    finally:
        bot.terminate()
        bot.wait()


def until(condition: Callable[[], object], seconds: float = LOOK_SECONDS) -> None:
    """Wait, and look every so many seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the bot does not do what it should"
        time.sleep(seconds)


def until_polled(url: str) -> float:
    """Wait for the first getUpdates; when it came, in seconds since 1970."""
    until(lambda: httpx.get(f"{url}/noted").json()["polled_at"])
    return float(httpx.get(f"{url}/noted").json()["polled_at"])

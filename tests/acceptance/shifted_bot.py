"""Bots with a clock that can be moved: the genuine command, the offset in a file added to the real time.

Started once, it imports everything and reads the content; then each line on standard input is an order, answered by a
line of JSON: ``{"kind": "bot" | "telegram", ...}`` forks a process and gives its pid, ``{"ended": pid}`` gives the
exit code, or none while it runs. A fork of an idle process without threads is a process like any other, only quicker
to start: so a test can afford to kill many.
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from reminderbot import app, cli
from reminderbot.demo.telegram import __main__ as telegram
from reminderbot.library import loader
from reminderbot.ops import roster, ticker
from reminderbot.store import sqlite
from reminderbot.telegram import polling

SKEW = "HARNESS_SKEW"
"""Variable that names a file besides: by how many seconds the clock of this process alone is wrong."""


def shifted(*offsets: Path) -> Callable[[], datetime]:
    """The real clock plus the seconds that the files hold at each look; one that is not there holds none."""
    return lambda: datetime.now(UTC) + timedelta(seconds=sum(map(_held, offsets)))


def _held(offset: Path) -> float:
    try:
        return float(offset.read_text())
    except FileNotFoundError:
        return 0.0


def become(order: dict[str, Any]) -> None:
    """Turn this fresh fork into what is ordered, and be that until its end."""
    folder = Path(order["folder"])
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(stream, target)
    os.chdir(folder)
    os.environ.update(order["environ"])
    if order["kind"] == "telegram":
        sys.argv = ["telegram", *order["arguments"]]
        telegram.main()
    else:
        if patience := order["patience"]:
            polling.CONFLICT_PATIENCE_SECONDS, sqlite.BUSY_TIMEOUT_MS = patience, int(patience * 1000)
        ticker.TICK_SECONDS = order["tick"]
        now = shifted(folder / "offset", folder / order["environ"].get(SKEW, "no-skew"))
        vars(app).update(run=partial(app.run, now=now))
        vars(roster).update(Roster=partial(roster.Roster, now=now))
        sys.argv = ["reminderbot", *order["arguments"]]
        cli.main()


def ended(pid: int, codes: dict[int, int | None]) -> int | None:
    """The exit code of a process, negative for a signal; none while it runs."""
    if codes[pid] is None:
        found, status = os.waitpid(pid, os.WNOHANG)
        codes[pid] = os.waitstatus_to_exitcode(status) if found else None
    return codes[pid]


def serve() -> dict[str, Any] | None:
    """Follow orders until there are no more; in a fork, give back what it shall become."""
    codes: dict[int, int | None] = {}
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        if "ended" in order:
            answer = ended(order["ended"], codes)
        else:
            assert threading.active_count() == 1
            answer = os.fork()
            if answer == 0:
                return dict(order)
            codes[answer] = None
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in codes:
        if ended(pid, codes) is None:
            os.kill(pid, signal.SIGKILL)
    return None


def read_content() -> None:
    """Read the content once for all forks; it can't be changed afterwards."""
    vars(loader).update(load=cache(loader.load))
    loader.load(loader.default_folder())
    gc.freeze()  # or every fork would look through all of it when it ends


if __name__ == "__main__":
    read_content()
    if ordered := serve():
        become(ordered)

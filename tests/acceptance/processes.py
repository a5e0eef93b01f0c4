"""Real processes, started, watched and ended: the installed command, and forks with a clock that can be moved."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds after which a condition counts as never coming; generous, for a slow and busy machine."""

COMMAND = Path(sys.executable).with_name("reminderbot")
"""The installed console script."""


def until(condition: Callable[[], T], what: str | Callable[[], str], seconds: float = PATIENCE) -> T:
    """Look again and again until there is something to see; that. Fails with what was awaited."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"within {seconds:g} s there is no {what() if callable(what) else what}")
        time.sleep(0.02)
    return found


@dataclass(frozen=True, slots=True)
class Process:
    """One process, with the file that takes all it prints."""

    pid: int
    output: Path
    poll: Callable[[], int | None]

    def said(self) -> str:
        """All it has printed so far."""
        return self.output.read_text(errors="replace")

    def says(self, fragment: str, seconds: float = PATIENCE) -> None:
        """Wait until it has printed this."""
        until(lambda: fragment in self.said(), lambda: f"{fragment!r} in:\n{self.said()}", seconds)

    def signals(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def ends(self, seconds: float = PATIENCE) -> int:
        """Wait until it has ended; its exit code, negative for a signal."""
        codes: list[int] = []

        def over() -> bool:
            if (code := self.poll()) is not None:
                codes.append(code)
            return bool(codes)

        until(over, lambda: f"end of process {self.pid}, which said:\n{self.said()}", seconds)
        return codes[0]

    def is_killed(self) -> None:
        """End it with -9, at once."""
        self.signals(signal.SIGKILL)
        assert self.ends() == -signal.SIGKILL, self.said()


class Genuine:
    """Starts commands as an operator does."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def start(
        self, command: Sequence[str], folder: Path, environ: Mapping[str, str], output: Path
    ) -> Process:
        """Start a command in a folder, with this environment and nothing else of ours."""
        with output.open("ab") as file:
            child = subprocess.Popen(
                command, cwd=folder, env=_bare() | dict(environ), stdout=file, stderr=file, stdin=subprocess.DEVNULL
            )  # fmt: skip
        self._started.append(child)
        return Process(child.pid, output, child.poll)

    def close(self) -> None:
        """End all that still runs."""
        for child in self._started:
            child.kill()
            child.wait()


class Nursery:
    """Forks bots, and Telegrams, off one process that has everything imported: see shifted_bot."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.acceptance.shifted_bot"]
        root = Path(__file__).parents[2]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._parent = subprocess.Popen(command, cwd=root, env=_bare(), text=True, **pipes)  # type: ignore[call-overload]

    def start(
        self, kind: str, folder: Path, output: Path, environ: Mapping[str, str] | None = None,
        arguments: Sequence[str] = (), patience: float | None = None, tick: float = 1,
    ) -> Process:  # fmt: skip
        """Start a ``bot`` or a ``telegram`` with these words on its command line.

        ``patience``: seconds to wait for others to let go; ``tick``: seconds between two looks at what is due.
        """
        order = {"kind": kind, "folder": str(folder), "output": str(output), "environ": dict(environ or {})}
        output.touch()
        pid = self._ask(order | {"arguments": list(arguments), "patience": patience, "tick": tick})
        return Process(pid, output, lambda: self._ask({"ended": pid}))

    def close(self) -> None:
        """End it, and all that it has started."""
        with self._parent as parent:
            parent.stdin.close()
            parent.wait()

    def _ask(self, order: Mapping[str, Any]) -> Any:
        self._parent.stdin.write(json.dumps(order) + "\n")
        self._parent.stdin.flush()
        return json.loads(self._parent.stdout.readline())


def _bare() -> dict[str, str]:
    """The environment without anything that a developer may have set for a bot."""
    ours = ("TELEGRAM_", "REMINDERBOT_", "DATABASE_URL", "WEBHOOK_", "PORT", "SEND_RATE", "NUDGE_SPREAD",
            "DEFAULT_TIMEZONE", "ADMIN_CHATS", "HEARTBEAT_URL", "LOG_FORMAT")  # fmt: skip
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}

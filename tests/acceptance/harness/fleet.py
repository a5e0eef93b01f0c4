"""The bots of a run: processes that are killed and started again."""

import resource
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.acceptance.harness.clock import Clock
from tests.acceptance.processes import Nursery, Process, until
from tests.acceptance.shifted_bot import SKEW

TICK = 0.5
"""Seconds between two looks at what is due."""

READY = {"run": "app.running", "worker": "app.running", "web": "webhook.registered"}
"""What a process logs once it does its work, by role."""

LOG_GROWS = 65_536
"""Bytes by which a log may grow on a full disk."""

LEAVES = 5.0
"""Seconds within which a process ends that is told to."""


class Span(NamedTuple):
    """A span of real time."""

    began: float
    ended: float


class Ending(NamedTuple):
    """That a process ended of which nobody expected it, in real time, with its last words."""

    at: float
    told: str


@dataclass
class Bot:
    """One place in the fleet, and the process that fills it now."""

    name: str
    role: str
    environ: Mapping[str, str]
    process: Process | None = None
    up: bool = False
    down_since: float = field(default_factory=time.time)
    starts_at: float = 0.0


class Fleet:
    """All bots of a run. A process that ends by itself is noted, and started again."""

    def __init__(self, folder: Path, nursery: Nursery, clock: Clock, environ: Mapping[str, str]) -> None:
        """Start nothing yet; ``environ`` is everybody's environment."""
        self._folder, self._nursery, self._clock, self._environ = folder, nursery, clock, environ
        self._bots: dict[str, Bot] = {}
        self.logs: list[Path] = []
        self.kills: list[float] = []
        self.downs: dict[str, list[Span]] = {}
        self.ended: list[Ending] = []

    @property
    def bots(self) -> Sequence[Bot]:
        """Every place."""
        return list(self._bots.values())

    def add(self, name: str, role: str, **environ: str) -> None:
        """Start one more process."""
        skew = {SKEW: self._clock.skew_file(name).name}
        self._bots[name] = Bot(name, role, {**self._environ, **environ, **skew})
        self.downs[name] = []
        self._start(self._bots[name])

    def command(self, *words: str) -> None:
        """Give the command these words, and wait for its end."""
        done = self._nursery.start("bot", self._folder, self._log("command"), self._environ, words)
        assert done.ends() == 0, done.said()

    def kill(self, bot: Bot, down_for: float, *, in_its_cradle: bool) -> bool:
        """Kill one with -9, to be started again after some seconds; false when it was down already.

        ``in_its_cradle``: also one that has just been started; else it is let live.
        """
        if bot.process is None or self._has_ended(bot) or not (bot.up or in_its_cradle):
            return False
        bot.process.is_killed()
        self.kills.append(time.time())
        self._fell(bot, down_for)
        return True

    def tend(self) -> None:
        """Start what is to be started again, and see who is up."""
        for bot in self._bots.values():
            if bot.process is None:
                if time.time() >= bot.starts_at:
                    self._start(bot)
            elif not self._has_ended(bot) and not bot.up and READY[bot.role] in bot.process.said():
                bot.up = True
                self.downs[bot.name].append(Span(bot.down_since, time.time()))

    def is_up(self) -> bool:
        """Whether everybody does their work."""
        self.tend()
        return all(bot.up for bot in self._bots.values())

    def has_worker(self) -> bool:
        """Whether anybody answers, ticks and sends."""
        return any(bot.up for bot in self._bots.values() if bot.role != "web")

    def without_worker(self) -> list[Span]:
        """When nobody answered, ticked and sent."""
        working = [bot.name for bot in self._bots.values() if bot.role != "web"]
        common = self._all_downs(working[0])
        for name in working[1:]:
            common = [
                Span(max(a.began, b.began), min(a.ended, b.ended))
                for a in common
                for b in self._all_downs(name)
                if a.began < b.ended and b.began < a.ended
            ]
        return common

    def fill_disk(self, full: bool) -> None:
        """Let no file of a bot grow, but its log a little; or lift that."""
        for process in [bot.process for bot in self._bots.values() if bot.process]:
            _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            room = process.output.stat().st_size + LOG_GROWS if full else hard
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, hard))

    def stop(self) -> None:
        """Tell all to end; whoever does not in time, or not well, is noted."""
        for bot in self._bots.values():
            if bot.process is None:
                continue
            told = time.monotonic()
            bot.process.signals(signal.SIGTERM)
            code = bot.process.ends()
            if code != 0 or time.monotonic() - told > LEAVES + 1:
                self._notes_end(bot, f"ended with {code} after {time.monotonic() - told:.1f} s")

    def wait(self) -> None:
        """Wait until everybody is up."""
        until(self.is_up, lambda: "fleet: " + "\n".join(log.read_text()[-2000:] for log in self.logs[-4:]))

    def _has_ended(self, bot: Bot) -> bool:
        """Whether it has ended by itself, which is noted."""
        code = bot.process.poll() if bot.process else None
        if code is not None:
            self._notes_end(bot, f"ended by itself with {code}")
            self._fell(bot, 0.5)
        return code is not None

    def _notes_end(self, bot: Bot, what: str) -> None:
        said = bot.process.said()[-400:] if bot.process else ""
        self.ended.append(Ending(time.time(), f"{bot.name} {what}: {said}"))

    def _all_downs(self, name: str) -> list[Span]:
        bot = self._bots[name]
        return self.downs[name] + ([] if bot.up else [Span(bot.down_since, time.time())])

    def _fell(self, bot: Bot, down_for: float) -> None:
        if bot.up:
            bot.down_since = time.time()
        bot.process, bot.up, bot.starts_at = None, False, time.time() + down_for

    def _start(self, bot: Bot) -> None:
        log = self._log(bot.name)
        bot.process = self._nursery.start("bot", self._folder, log, bot.environ, [bot.role], tick=TICK)

    def _log(self, name: str) -> Path:
        self.logs.append(self._folder / f"{name}-{len(self.logs)}.log")
        return self.logs[-1]


def free_ports(count: int) -> list[int]:
    """Ports on which nobody listens now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports

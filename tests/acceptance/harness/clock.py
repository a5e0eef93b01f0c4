"""The clock of Telegram and of all bots, pushed forward, and one that is wrong for a while."""

import time
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.acceptance.harness.api import Api

BEGIN = datetime(2026, 1, 5, 8, 55, tzinfo=UTC)
"""When every run begins: a Monday morning."""


class _Stretch(NamedTuple):
    """From an instant of the pushed clock on, it is so many seconds ahead of real time; and when it was pushed."""

    since: datetime
    offset: float
    pushed_at: float


class Skew(NamedTuple):
    """That the clock of a process was wrong by so many seconds, between two instants of real time."""

    began: float
    ended: float
    seconds: float


class Clock:
    """Real time, pushed forward now and then. Between two pushes a second is a second."""

    def __init__(self, folder: Path, api: Api) -> None:
        """Begin on a Monday morning; the bots look at a file in the folder."""
        self._folder, self._api = folder, api
        self._stretches: list[_Stretch] = []
        self.skews: list[Skew] = []
        self.push_to(BEGIN)
        self.begin = BEGIN

    def now(self) -> datetime:
        """What Telegram's clock shows, and that of every bot that is right."""
        return datetime.fromtimestamp(time.time() + self._stretches[-1].offset, UTC)

    def push_to(self, moment: datetime) -> None:
        """Push it to a later moment; Telegram first, so that nothing is sent before its own time there."""
        pushed_at = time.time()
        offset = moment.timestamp() - pushed_at
        self._api.does("clock", offset=offset)
        _write(self._folder / "offset", offset)
        self._stretches.append(_Stretch(moment, offset, pushed_at))

    def skew(self, name: str, seconds: float) -> None:
        """Set the clock of one process wrong by so much, or right with 0."""
        _write(self.skew_file(name), seconds)

    def skew_file(self, name: str) -> Path:
        """Where a process finds by how much its clock is wrong."""
        return self._folder / f"skew-{name}"

    def real(self, moment: datetime) -> float:
        """When that was, in real time; for a moment that was skipped, when it was."""
        at = max(bisect_right(self._stretches, moment, key=lambda one: one.since) - 1, 0)
        real = moment.timestamp() - self._stretches[at].offset
        after = self._stretches[at + 1].pushed_at if at + 1 < len(self._stretches) else real
        return min(real, after)

    def pushes(self) -> list[float]:
        """When it was pushed, in real time."""
        return [one.pushed_at for one in self._stretches]

    def wrong_by(self, since: float, until: float) -> timedelta:
        """By how much any process's clock was wrong at the most, in a span of real time."""
        amounts = [abs(one.seconds) for one in self.skews if one.began <= until and since <= one.ended]
        return timedelta(seconds=max(amounts, default=0.0))


def _write(path: Path, seconds: float) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(repr(seconds))
    fresh.replace(path)

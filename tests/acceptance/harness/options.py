"""What a run is given, and the one source of chance."""

from dataclasses import dataclass
from random import Random
from typing import Literal


@dataclass(frozen=True, slots=True)
class Options:
    """How long, with which seed, on what, and how rough."""

    seconds: float = 1200.0
    """Real time in which things go wrong; coming to rest and reckoning take some more."""
    seed: int = 1
    database: Literal["sqlite", "postgresql"] = "sqlite"
    workers: int = 2
    web: int = 2
    """Web processes behind a router; with none the first worker polls. SQLite has one process that polls."""
    people: int = 36
    rate: int = 25
    """SEND_RATE."""
    kill_every: float = 3.0
    """Real seconds between two kills, on average."""
    fault_every: float = 2.5
    """Real seconds between two faults, on average."""

    def chance(self, *about: object) -> Random:
        """The same numbers in every run with this seed, whatever happened before: one source for each question."""
        return Random(":".join(map(str, (self.seed, *about))))

"""What a run is given, and the one source of chance."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

BEGIN = datetime(2026, 3, 6, 12, tzinfo=UTC)
"""A Friday. Within 31 days from here clocks change in New York and Havana (8 March), Casablanca (22 March), Jerusalem
(27 March), Beirut, Berlin and Troll (29 March), Santiago, Auckland, Chatham and Lord Howe (5 April)."""


@dataclass(frozen=True, slots=True)
class Options:
    """How many people, how long, and which seed."""

    subscribers: int = 1000
    days: int = 31
    seed: int = 1
    begin: datetime = BEGIN
    rough: float = 1.0
    """How many times more often than usual something goes wrong, or somebody does something of their own accord."""

    @property
    def end(self) -> datetime:
        """When the month is over."""
        return self.begin + timedelta(days=self.days)

    def chance(self, *about: object) -> Random:
        """The same numbers in every run with this seed, whatever happened before: one source for each question."""
        return Random(":".join(map(str, (self.seed, *about))))

"""What every verb is given: the open transaction, the time, and the frozen surroundings."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from reminderbot.library.loader import Library
from reminderbot.library.places import Places
from reminderbot.rules import clock
from reminderbot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What does not change while the bot runs."""

    library: Library
    places: Places
    vault: Vault
    default_zone: str = "UTC"
    spread_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction: leaving it without an error commits. ``at`` is now, aware."""

    tx: Connection
    at: datetime
    around: Surroundings

    def __post_init__(self) -> None:
        """Refuse a naive time with NaiveTimeError."""
        clock.aware(self.at)


_sequence = itertools.count()


def new_id(at: datetime) -> int:
    """A message id that rises with time and within a process: milliseconds since 1970, then a counter."""
    return (int(at.timestamp() * 1000) << 20) | (next(_sequence) & 0xFFFFF)

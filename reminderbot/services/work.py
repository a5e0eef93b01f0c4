"""What every verb is given: the open transaction, the time, and the surroundings, which stay as they are meanwhile."""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from reminderbot.library.loader import Library
from reminderbot.library.places import Places
from reminderbot.rules import clock, pacing
from reminderbot.services.counting import Counting
from reminderbot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What does not change while the bot runs, but for its content, and where it counts what happens."""

    library: Library
    places: Places
    vault: Vault
    default_zone: str = "UTC"
    spread_minutes: int = 0
    send_rate: int | None = None
    """Calls a second over all chats; none for as many as there are."""
    chat_burst: int = pacing.CHAT_BURST
    """Messages that one chat may get at once."""
    allow_paid_broadcast: bool = False
    """Whether Telegram may be paid for messages beyond 30 a second (Bot API, allow_paid_broadcast)."""
    admin_chats: frozenset[int] = frozenset()
    """Chats of the operators (ADMIN_CHATS)."""
    figures: Path | None = None
    """The folder in which the figures of stretches lie; none where messages have no pictures."""
    counting: Counting = field(default_factory=Counting)


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction: leaving it without an error commits. ``at`` is now, aware."""

    tx: Connection
    at: datetime
    around: Surroundings

    def __post_init__(self) -> None:
        """Refuse a naive time with NaiveTimeError."""
        clock.aware(self.at)


# From anywhere, so that workers that make ids in the same millisecond don't make the same one.
_sequence = itertools.count(secrets.randbits(19))


def new_id(at: datetime) -> int:
    """An id that rises with time: milliseconds since 1970, then a counter."""
    return (int(at.timestamp() * 1000) << 20) | (next(_sequence) & 0xFFFFF)

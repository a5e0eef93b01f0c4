"""How fast messages may go out: one rate over all chats, with reminders spread evenly, and a gentle one for a chat.

A pace is what has been permitted lately. A permit is for a call that begins now; one that is not used at once is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(milliseconds=1_015)
"""The rate holds in any window of this length. Telegram counts the calls that arrive in a second: some take longer."""

LATENESS = timedelta(milliseconds=50)
"""A spread call that comes late costs nothing up to this: what was due meanwhile may begin together."""

CHAT_SPAN = timedelta(seconds=1)
"""Time between messages of one chat, on average (Telegram FAQ: one message a second)."""

CHAT_BURST = 4
"""Messages that one chat may get at once before that counts."""

PATIENCE = timedelta(seconds=2)
"""Whatever lies further ahead was noted before the clock was set back, and counts no more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What has been permitted lately, oldest first: so many calls at an instant."""

    recent: tuple[tuple[datetime, int], ...] = ()
    spread_at: datetime | None = None
    """When the next spread call is due; none before the first."""

    def room(self, at: datetime, rate: int) -> int:
        """How many calls may begin at this instant, at ``rate`` calls a second."""
        return rate - sum(count for _, count in self._within(at))

    def spread_room(self, at: datetime, rate: int) -> int:
        """How many of those may be calls that keep their distance."""
        late = at - self._due(at)
        return min(self.room(at, rate), 1 + late // _interval(rate)) if late >= timedelta() else 0

    def permitted(self, at: datetime, rate: int, calls: int, spread: int) -> "Pace":
        """The pace after that many calls of which so many are spread."""
        if not calls:
            return self
        due = self._due(at) + spread * _interval(rate) if spread else self.spread_at
        return Pace((*self._within(at), (at, calls)), due)

    def pause(self, at: datetime, rate: int) -> timedelta:
        """How long until there is more room, for spread calls or for any; nothing when there is room for all now."""
        free_at = self._within(at)[0][0] + WINDOW if self.room(at, rate) <= 0 else self._due(at)
        return max(free_at - at, timedelta())

    def _within(self, at: datetime) -> tuple[tuple[datetime, int], ...]:
        return tuple(entry for entry in self.recent if at - WINDOW < entry[0] <= at + PATIENCE - WINDOW)

    def _due(self, at: datetime) -> datetime:
        """When the next spread call is, or was, due."""
        planned = self.spread_at
        return at - LATENESS if planned is None or planned > at + PATIENCE else max(planned, at - LATENESS)


def _interval(rate: int) -> timedelta:
    return WINDOW / rate


def chat_turn(at: datetime, earlier: Sequence[datetime], burst: int) -> datetime:
    """When a chat may get its next message: in any span of ``burst`` seconds it gets no more than so many.

    ``earlier`` are the instants at which it may get, or got, the ones before, the newest first.
    """
    if not earlier:
        return at
    turn = max(at, earlier[0])
    return max(turn, earlier[burst - 1] + burst * CHAT_SPAN) if len(earlier) >= burst else turn

"""How fast messages may go out: one rate over all chats, its calls at an even distance, and a gentle one for a chat.

Each call has a slot, an instant at which it may begin. Slots are given out once, a little ahead, so that senders are
ready when theirs comes; a slot that nobody took in time is lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(milliseconds=1_015)
"""The rate holds in any window of this length. Telegram counts the calls that arrive in a second: some take longer."""

AHEAD = timedelta(milliseconds=100)
"""So far ahead slots are given out."""

LATENESS = timedelta(milliseconds=8)
"""After this a slot is over. A call that began later would meet those that have the slots of the next second, maybe
another process's: it takes a later slot instead."""

CHAT_SPAN = timedelta(seconds=1)
"""Time between messages of one chat, on average (Telegram FAQ: one message a second)."""

CHAT_BURST = 4
"""Messages that one chat may get at once before that counts."""

LONGEST_HOLD = timedelta(hours=1)
"""So long one refusal holds reminders back at most; then the next one tells how long again."""

PATIENCE = timedelta(seconds=2)
"""Whatever lies further ahead was noted before the clock was set back, and counts no more."""


def interval(rate: int) -> timedelta:
    """Time between two slots, at ``rate`` calls a second."""
    return WINDOW / rate


def slots(
    free_from: datetime | None, at: datetime, rate: int, most: int, lead: timedelta = timedelta()
) -> list[datetime]:
    """Up to ``most`` slots that can be given out now; ``free_from`` is the first that nobody has, none at first.

    They begin after ``lead``, which is how long it takes until whoever asks has them, and last until they will be had
    the next time.
    """
    first = _first(free_from, at, lead)
    count = 1 + (at + 2 * lead + AHEAD - first) // interval(rate)
    return [first + number * interval(rate) for number in range(min(count, most))]


def pause(free_from: datetime, at: datetime, lead: timedelta = timedelta()) -> timedelta:
    """How long whoever has asked had better wait before the next time; nothing while the next moments are free."""
    return max(_first(free_from, at, lead) - 2 * lead - AHEAD / 2 - at, timedelta())


def _first(free_from: datetime | None, at: datetime, lead: timedelta) -> datetime:
    soonest = at + lead
    return soonest if free_from is None or free_from > at + PATIENCE else max(free_from, soonest)


def chat_turn(at: datetime, earlier: Sequence[datetime], burst: int) -> datetime:
    """When a chat may get its next message: in any span of ``burst`` seconds it gets no more than so many.

    ``earlier`` are the instants at which it may get, or got, the ones before, the newest first.
    """
    if not earlier:
        return at
    turn = max(at, earlier[0])
    return max(turn, earlier[burst - 1] + burst * CHAT_SPAN) if len(earlier) >= burst else turn

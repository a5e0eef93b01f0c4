"""How often, how long and until when a reminder may be put off, and what somebody may choose."""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from reminderbot.rules import cadence, clock

MOST_IN_A_ROW = 3
"""How often one reminder comes back."""

LONGEST = 240
"""Minutes of one snooze."""

OFFERED = (10, 30)
"""Minutes to choose from by a button."""

_BEFORE_THE_END = timedelta(minutes=1)
# Words that were looked through for a day before have their numbers in figures.
_NEXT = re.compile(r"(?:(?:un)?till? |to |for )?(?:the )?next(?: one| 1| time)?")


class Until(StrEnum):
    """What may be chosen instead of minutes."""

    NEXT = "next"
    """The habit's next reminder, which is then asked about instead."""
    LAST = "last"
    """The last minute in which it may come back."""


Choice: TypeAlias = int | Until
"""Minutes, or until when."""


def read(text: str) -> Choice | None:
    """The choice in the data of a button; none when it is none."""
    if text.isascii() and text.isdecimal() and len(text) <= len(str(LONGEST)):
        return int(text)
    return next((until for until in Until if until == text), None)


def means_next(words: str) -> bool:
    """Whether words after "snooze" mean the next reminder: `next`, `until the next one`."""
    return _NEXT.fullmatch(words.strip().lower()) is not None


def window_ends(plan: cadence.Cadence, wall: datetime, zone: ZoneInfo) -> datetime | None:
    """The UTC instant at which the window ends that a naive wall time lies in; none where it lies in no window."""
    window = cadence.window_of(plan, wall) if isinstance(plan, cadence.Every) else None
    if window is None:
        return None
    midnight = datetime.combine(wall.date(), time())
    return clock.instant(midnight + timedelta(minutes=window.end), zone)


def last_before(ends: datetime, now: datetime) -> datetime | None:
    """The last moment before the end at which a reminder may come back; none when it is over by now."""
    last = ends - _BEFORE_THE_END
    return last if last > now else None

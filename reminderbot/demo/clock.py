"""The demo's clock: real speed, from a Monday morning on, and forward jumps."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as wall

MORNING = wall(8, 55)


class DemoClock:
    """Runs at real speed from the next Monday, 8:55 local time; can be set forward, never back."""

    def __init__(
        self,
        zone: tzinfo | None = None,
        today: date | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`zone` None is the machine's own; `monotonic` counts real seconds."""
        self._zone = zone
        self._monotonic = monotonic
        day = today or self.local(datetime.now(UTC)).date()
        self._base = self._at(day + timedelta(days=7 - day.weekday()))
        self._since = monotonic()

    def now(self) -> datetime:
        """The demo's time, aware, in UTC."""
        return self._base + timedelta(seconds=self._monotonic() - self._since)

    def set(self, at: datetime) -> None:
        """Move forward to `at`.

        A time that has passed changes nothing. Raises ValueError for a naive time.
        """
        if at.tzinfo is None:
            raise ValueError("the demo clock needs an aware time")
        if at > self.now():
            self._base, self._since = at.astimezone(UTC), self._monotonic()

    def local(self, at: datetime) -> datetime:
        """A moment on the wall clock of the demo's zone."""
        return at.astimezone(self._zone)

    def next_morning(self) -> datetime:
        """8:55 local time of the next calendar day, in UTC; before 8:55 too it is never the same day's."""
        return self._at(self.local(self.now()).date() + timedelta(days=1))

    def _at(self, day: date) -> datetime:
        local = datetime.combine(day, MORNING, self._zone)
        return local.astimezone(UTC)

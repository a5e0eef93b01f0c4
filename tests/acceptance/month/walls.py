"""Clocks on walls, read minute by minute: plain on purpose, for all that the bot works out is compared with this."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
_ZERO = datetime(2000, 1, 1)
_ZERO_UTC = _ZERO.replace(tzinfo=UTC)


class Wall:
    """What the clock on the wall of one zone shows in each minute between two instants."""

    def __init__(self, zone: str, begin: datetime, end: datetime) -> None:
        """Look at it once a minute. A minute is met when the wall first shows it, or has jumped over it."""
        self._met: dict[int, int] = {}
        self._skipped: set[int] = set()
        info = ZoneInfo(zone)
        first = _number(begin.astimezone(UTC).replace(tzinfo=None))
        latest = _number(begin.astimezone(info).replace(tzinfo=None)) - 1
        for minute in range(first, first + (end - begin) // MINUTE):
            shown = _number(_instant(minute).astimezone(info).replace(tzinfo=None))
            for later in range(latest + 1, shown + 1):
                self._met[later] = minute
            self._skipped.update(range(latest + 1, shown))
            latest = max(latest, shown)

    def met(self, shown: datetime) -> datetime:
        """The instant at which the wall has first reached a naive time."""
        return _instant(self._met[_number(shown)])

    def is_skipped(self, shown: datetime) -> bool:
        """Whether the wall never shows a naive time."""
        return _number(shown) in self._skipped

    def begins(self, day: date) -> datetime:
        """When a habit day begins: at three."""
        return self.met(datetime(day.year, day.month, day.day, 3))

    def day(self, at: datetime) -> date:
        """The habit day that has begun last at an instant."""
        found = at.date() - timedelta(days=2)
        while self.begins(found + timedelta(days=1)) <= at:
            found += timedelta(days=1)
        return found


@lru_cache(maxsize=64)
def wall(zone: str, begin: datetime, end: datetime) -> Wall:
    """The wall of a zone, with some days around a span."""
    return Wall(zone, begin - timedelta(days=6), end + timedelta(days=6))


def _number(naive: datetime) -> int:
    return (naive - _ZERO) // MINUTE


def _instant(number: int) -> datetime:
    return _ZERO_UTC + number * MINUTE

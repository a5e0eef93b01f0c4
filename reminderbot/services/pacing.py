"""The pace of all workers together: what may begin at this instant, and what was begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reminderbot.rules.pacing import Pace
from reminderbot.services.work import Work
from reminderbot.store.queries import pace as paces
from reminderbot.store.tables import Lane


@dataclass(slots=True)
class Permits:
    """Permits for calls that begin now; nobody else gets any until the transaction ends."""

    at: datetime
    rate: int | None
    pace: Pace
    reminders_from: datetime | None
    used: int = 0
    spread: int = 0
    """How many of those used are for reminders, which keep their distance."""

    @classmethod
    def of(cls, work: Work) -> "Permits":
        """What the pace permits; without a rate, as many as anybody wants."""
        rate = work.around.send_rate
        pace, reminders_from = paces.read(work.tx)
        return cls(work.at, rate, pace, reminders_from)

    def left(self, lane: Lane, wanted: int) -> int:
        """How many more calls of a lane may begin, of so many."""
        if lane is Lane.REMINDER and self.reminders_from and self.at < self.reminders_from:
            return 0
        if self.rate is None:
            return wanted
        room = self.pace.room(self.at, self.rate) - self.used
        if lane is Lane.REMINDER:
            room = min(room, self.pace.spread_room(self.at, self.rate) - self.spread)
        return min(wanted, room)

    def use(self, lane: Lane, calls: int) -> None:
        """So many calls begin."""
        self.used += calls
        if lane is Lane.REMINDER:
            self.spread += calls

    def note(self, work: Work) -> timedelta:
        """Note what was used for all workers; how long until there is more room."""
        if self.rate is None:
            return timedelta()
        pace = self.pace.permitted(self.at, self.rate, self.used, self.spread)
        if self.used:
            paces.write(work.tx, pace)
        return pace.pause(self.at, self.rate)


def hold_reminders(work: Work, until: datetime) -> None:
    """Telegram has said that there are too many messages: no worker sends a reminder before this instant."""
    paces.hold_reminders(work.tx, until)

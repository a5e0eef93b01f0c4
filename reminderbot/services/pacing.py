"""The pace of all workers together: which slots are free, and which were given out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reminderbot.rules import pacing
from reminderbot.services.work import Work
from reminderbot.store.queries import pace as paces
from reminderbot.store.tables import Lane


@dataclass(slots=True)
class Permits:
    """Slots for calls; nobody else gets any until the transaction ends."""

    at: datetime
    rate: int | None
    free_from: datetime | None
    """The first slot that nobody has; none before the first of all."""
    reminders_from: datetime | None
    given: list[datetime] = field(default_factory=list)
    """The slots that were taken here."""

    @classmethod
    def of(cls, work: Work) -> "Permits":
        """What the pace permits; without a rate, as many as anybody wants."""
        return cls(work.at, work.around.send_rate, *paces.read(work.tx))

    def left(self, lane: Lane, wanted: int) -> int:
        """How many more calls of a lane may get a slot, of so many."""
        if lane is Lane.REMINDER and self.reminders_from and self.at < self.reminders_from:
            return 0
        return len(self._free(wanted))

    def take(self, calls: int) -> None:
        """So many calls get the next slots."""
        taken = self._free(calls)
        self.given += taken
        if self.rate and taken:
            self.free_from = taken[-1] + pacing.interval(self.rate)

    def note(self, work: Work) -> timedelta:
        """Note what was taken for all workers; how long until there is more to take."""
        if self.rate is None or self.free_from is None:
            return timedelta()
        if self.given:
            paces.write(work.tx, self.free_from)
        return pacing.pause(self.free_from, self.at)

    def _free(self, most: int) -> list[datetime]:
        return pacing.slots(self.free_from, self.at, self.rate, most) if self.rate else [self.at] * most


def hold_reminders(work: Work, until: datetime) -> None:
    """Telegram has said that there are too many messages: no worker sends a reminder before this instant."""
    paces.hold_reminders(work.tx, until)

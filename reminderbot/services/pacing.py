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
    lead: timedelta = timedelta()
    """How long it takes until whoever asks has the slots."""
    given: list[datetime] = field(default_factory=list)
    """The slots that were taken here."""

    @classmethod
    def of(cls, work: Work, lead: timedelta) -> "Permits":
        """What the pace permits; without a rate, as many as anybody wants."""
        return cls(work.at, work.around.send_rate, *paces.read(work.tx), lead)

    def left(self, lane: Lane, wanted: int) -> int:
        """How many more calls of a lane may get a slot, of so many."""
        if lane is Lane.REMINDER and _holds(self.reminders_from, self.at):
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
        return pacing.pause(self.free_from, self.at, self.lead)

    def _free(self, most: int) -> list[datetime]:
        if self.rate is None:
            return [self.at] * most
        return pacing.slots(self.free_from, self.at, self.rate, most, self.lead)


def hold_reminders(work: Work, until: datetime) -> None:
    """Telegram has said that there are too many messages: no worker sends a reminder before this instant.

    In the turn of the pace; an earlier refusal that told of a later instant stays.
    """
    until = min(until, work.at + pacing.LONGEST_HOLD)
    _, held = paces.read(work.tx)
    if held is None or held < until or not _holds(held, work.at):
        paces.hold_reminders(work.tx, until)


def _holds(until: datetime | None, at: datetime) -> bool:
    """Whether reminders are held now; what lies too far ahead was noted before the clock was set back."""
    return until is not None and at < until <= at + pacing.LONGEST_HOLD

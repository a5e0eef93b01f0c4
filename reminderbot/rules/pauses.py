"""Pauses: the habit days on which nothing is sent and nothing can be missed.

A person has at most two: the one that runs or ran last, and one that is still to come. Each begins and ends by
itself, as every question about a day is answered from its dates.
"""

from datetime import date
from typing import NamedTuple


class Pause(NamedTuple):
    """The habit days from the first one to the one before reminders go on."""

    begins: date
    resumes_on: date
    """``date.max`` without an end."""

    def covers(self, day: date) -> bool:
        """Say whether a habit day belongs to it."""
        return self.begins <= day < self.resumes_on

    def ended(self, today: date) -> "Pause | None":
        """Return what is left of it when it ends now: the days gone by, which stay as they are; None without any.

        Nor is anything left of one whose first day is not known: ``date.min``.
        """
        if self.resumes_on <= today:
            return self
        return Pause(self.begins, today) if date.min < self.begins < today else None


class Pauses(NamedTuple):
    """The pause that runs or ran last, and the one to come; either may be missing."""

    recent: Pause | None = None
    coming: Pause | None = None

    def covers(self, day: date) -> bool:
        """Say whether a habit day is paused."""
        return any(pause is not None and pause.covers(day) for pause in self)

    def over(self, day: date) -> date:
        """Return the first habit day from this one on that is not paused; `date.max` when there is none."""
        while covering := next((pause for pause in self if pause and pause.covers(day)), None):
            day = covering.resumes_on
        return day

    def ahead(self, today: date) -> Pause | None:
        """Return the pause that has not begun; None without one."""
        return self.coming if self.coming and self.coming.begins > today else None

    def begun(self, today: date) -> "Pauses":
        """Return the same with a pause in its place that was still to come when it was noted."""
        if self.coming is None or self.coming.begins > today:
            return self
        recent = self.recent
        if recent and recent.covers(self.coming.begins):
            return Pauses(Pause(recent.begins, max(recent.resumes_on, self.coming.resumes_on)))
        return Pauses(self.coming)

    def with_(self, new: Pause, today: date) -> "Pauses":
        """Return the pauses with a new one, which begins on this habit day or later.

        It takes the place of the one that runs, whose days gone by stay paused, or of the one to come.
        """
        now = self.begun(today)
        if new.begins > today:
            return now._replace(coming=new)
        runs = now.recent is not None and now.recent.covers(today)
        return now._replace(recent=Pause(now.recent.begins if now.recent and runs else today, new.resumes_on))

    def ended(self, today: date) -> "Pauses":
        """Return the pauses after the one that runs, if there is one, has ended on this habit day."""
        now = self.begun(today)
        return now._replace(recent=now.recent and now.recent.ended(today))

    def called_off(self) -> "Pauses":
        """Return the pauses without the one that was to come."""
        return self._replace(coming=None)

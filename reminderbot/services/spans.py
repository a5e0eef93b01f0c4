"""A habit over some days: their marks, what was done in them, and where it stands; for pictures and for words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reminderbot.rules.marks import Mark, marks
from reminderbot.services import progress
from reminderbot.services.progress import Standing
from reminderbot.services.replies import Nested, joined, nested
from reminderbot.services.work import Work

_NAMES = {
    Mark.KEPT: "kept",
    Mark.PART: "part",
    Mark.REST: "rest",
    Mark.FROZEN: "frozen",
    Mark.MISSED: "missed",
}
"""How messages call the marks, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Span:
    """A habit from one day to another.

    ``marks`` has a letter for each day (``rules.marks``), ``rows`` are the day rows among these days.
    """

    label: str
    standing: Standing
    marks: str
    rows: Sequence[Any]

    def total(self, name: str) -> int:
        """The sum of a count over these days."""
        return sum(getattr(row, name) for row in self.rows)

    @property
    def percent(self) -> int:
        """The strength now."""
        return round(self.standing.progress.strength * 100)


def of(work: Work, chat_id: int, habit: str, rows: Sequence[Any], first: date, last: date) -> Span:
    """A habit from ``first`` to ``last``; ``rows`` are all its day rows. Raises LookupError for no subscriber."""
    counts = progress.counted(rows)
    standing = progress.of(work, chat_id, habit, counts)
    letters = marks(counts, standing.progress.verdicts, standing.today, first, last)
    among = [row for row in rows if first <= row.habit_day <= last]
    return Span(str(work.around.library.habits[habit].label), standing, letters, among)


def in_words(letters: str) -> Nested | None:
    """How many days were what: "4 days kept, 1 in part"; none where all are blank."""
    told = [
        nested(f"span.{name}", days=letters.count(mark)) for mark, name in _NAMES.items() if mark in letters
    ]
    return joined("span.more", told) if told else None


def legend(letters: str) -> dict[str, Nested]:
    """A word for each mark among these, and for the frame around today."""
    words = {str(mark): nested(f"span.mark_{name}") for mark, name in _NAMES.items() if mark in letters}
    return words | {"today": nested("span.mark_today")}

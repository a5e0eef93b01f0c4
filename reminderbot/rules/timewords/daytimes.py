"""Parts of the day: what lies in each, and what is meant where no more than that is said."""

from collections.abc import Sequence
from typing import NamedTuple

from reminderbot.rules.cadence import Window


class Daytime(NamedTuple):
    """A part of the day: when it is, the usual time in it, in minutes after midnight, and the usual window."""

    span: Window
    time: int
    window: Window


DAYTIMES = {
    "morning": Daytime(Window(5 * 60, 12 * 60), 9 * 60, Window(9 * 60, 12 * 60)),
    "afternoon": Daytime(Window(12 * 60, 18 * 60), 15 * 60, Window(13 * 60, 17 * 60)),
    "evening": Daytime(Window(18 * 60, 24 * 60), 19 * 60, Window(18 * 60, 21 * 60)),
    "night": Daytime(Window(20 * 60, 24 * 60), 20 * 60, Window(20 * 60, 22 * 60)),
}
"""By the word for it."""


def times_in(name: str, known: Sequence[int]) -> list[int]:
    """Return those of the times that lie in a part of the day; its usual one where none does."""
    span, usual, _ = DAYTIMES[name]
    return [minute for minute in known if span.start <= minute < span.end] or [usual]


def windows_in(name: str, known: Sequence[Window]) -> list[Window]:
    """Return what the windows have in a part of the day; its usual one where that is nothing."""
    span, _, usual = DAYTIMES[name]
    cut = [(max(window.start, span.start), min(window.end, span.end)) for window in known]
    return [Window(start, end) for start, end in cut if start < end] or [usual]

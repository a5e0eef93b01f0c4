"""Silence: how long somebody leaves reminders unanswered before the bot asks once, and is quiet then."""

from collections.abc import Collection
from datetime import date, timedelta

from reminderbot.rules import plain
from reminderbot.rules.yesno import NO, YES

WEEKS = 2
"""How long somebody is not heard of, at least."""

FEWEST_DAYS = 5
"""Somebody who is reminded once a week is not silent after two reminders."""

_YES = frozenset(
    (
        *YES,
        "sure",
        "of course",
        "ok",
        "okay",
        "they are",
        "yes they are",
        "still useful",
        "👍",
        "✅",
    )
)
_NO = frozenset(
    (
        *NO,
        "not really",
        "not any more",
        "no thanks",
        "no thank you",
        "they are not",
        "not useful",
    )
)


def is_useful(text: str) -> bool | None:
    """Read an answer to the question whether reminders are still useful; none when the words are no such answer."""
    said = plain.asked(text, "👍✅")
    return True if said in _YES else False if said in _NO else None


def is_long(heard_on: date | None, day: date) -> bool:
    """Whether two weeks lie between the habit day on which somebody was heard last, if that is known, and another."""
    return heard_on is not None and day - heard_on >= timedelta(weeks=WEEKS)


def is_silent(unanswered: Collection[date]) -> bool:
    """Whether somebody has left unanswered what comes in two weeks.

    ``unanswered`` are the habit days since they were heard last on which a reminder arrived and nothing was answered,
    each once: of every weekday among them there have to be two. Days without reminders are no such days, so neither a
    break nor an outage counts.
    """
    weekdays = {day.weekday() for day in unanswered}
    return len(unanswered) >= max(WEEKS * len(weekdays), FEWEST_DAYS)

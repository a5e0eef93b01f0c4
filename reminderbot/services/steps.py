"""What comes next about a report, and when: the card once more, a question how it went; by the policy in content."""

from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict

from reminderbot.library.policy import NEXT_MORNING
from reminderbot.rules import clock
from reminderbot.services import holds, mending
from reminderbot.services.work import Work

SILENCE, REPEAT, FOLLOW, STRETCHES = "silence", "repeat", "follow", "stretches"
"""A question without an answer; the card once more; ``follow.0`` and so on; stretches left out after a gp report."""

MORNING = time(9)
"""When somebody is asked on the next morning, by their own clock."""

STRETCHES_AFTER = timedelta(days=14)
"""How long after a gp report the stretches that were left out are asked about."""


class Next(TypedDict):
    """The columns of a report that say what comes next."""

    next_at: datetime | None
    next_step: str | None


def nothing() -> Next:
    """Nothing comes any more."""
    return {"next_at": None, "next_step": None}


def silence(work: Work) -> Next:
    """After a question: what happens when nobody answers it."""
    return {"next_at": work.at + work.around.library.policy.ask_silence, "next_step": SILENCE}


def after_card(work: Work, row: Any) -> Next:
    """After a card was put out."""
    if row.level not in holds.HOLDING:
        return {"next_at": work.at + STRETCHES_AFTER, "next_step": STRETCHES}
    repeat = work.around.library.policy.for_level(row.level).card_repeat
    if repeat:
        return {"next_at": work.at + repeat, "next_step": REPEAT}
    return follow_up(work, row, 0)


def follow_up(work: Work, row: Any, number: int) -> Next:
    """The follow-up of this number, from 0, or the next one that still lies ahead; nothing after the last."""
    planned = work.around.library.policy.for_level(row.level).follow_ups
    for index in range(number, len(planned)):
        moment = _moment(work, row, planned[index])
        if moment > work.at:
            return {"next_at": moment, "next_step": f"{FOLLOW}.{index}"}
    return nothing()


def _moment(work: Work, row: Any, when: timedelta | str) -> datetime:
    if isinstance(when, timedelta):
        return datetime.fromisoformat((row.reported_at + when).isoformat())
    assert when == NEXT_MORNING  # noqa: S101 - the policy knows no other word
    who = mending.readable(work, row.chat_id)
    zone = clock.zone(who.zone if who else work.around.default_zone)
    day: date = clock.habit_day(row.reported_at, zone) + timedelta(days=1)
    return clock.instant(datetime.combine(day, MORNING), zone)

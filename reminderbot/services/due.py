"""What a tick does: due cadences become reminders."""

from datetime import datetime, timedelta
from typing import Any

from reminderbot.rules import cadence, clock
from reminderbot.services import answers, reminders
from reminderbot.services.work import Work
from reminderbot.store.queries import due

BATCH = 500
"""Cadences taken in one transaction."""

LOOK_BACK = timedelta(days=1)
"""How far back an outage's last due moment is looked for; an older one would be too late to send anyway."""

IGNORED_BEFORE_OFFER = 3
"""Unanswered reminders in a row after which a calmer cadence is offered."""


def make_due(work: Work, limit: int = BATCH) -> int:
    """Make the reminders that are due and move their cadences on; returns how many cadences were due.

    After an outage only the last due moment becomes a reminder: never a burst.
    """
    rows = due.fallen_due(work.tx, work.at, limit)
    made, moves = [], []
    for row in rows:
        moment, next_at = _last_and_next(work, row)
        moves.append({"chat": row.chat_id, "which": row.habit, "was": row.next_due_at, "next": next_at})
        if moment:
            habit = work.around.library.habits[row.habit]
            plan = reminders.plan_of(row.plan)
            made.append(reminders.new_row(habit, row.chat_id, moment, plan, row.zone, row.day_start))
            if row.ignored >= IGNORED_BEFORE_OFFER:
                answers.offer_calmer(work, row.chat_id, row.habit)
    due.add(work.tx, made)
    due.move_on(work.tx, moves)
    return len(rows)


def _last_and_next(work: Work, row: Any) -> tuple[cadence.Due | None, datetime | None]:
    """The last due moment up to now, if there is one worth sending, and the first one after now."""
    if row.habit not in work.around.library.habits:
        return None, None
    plan, zone, offset = reminders.plan_of(row.plan), clock.zone(row.zone), reminders.shift(work, row.chat_id)
    instant = timedelta(microseconds=1)
    first = cadence.next_due(plan, row.next_due_at - instant, zone, offset)
    following = cadence.next_due(plan, first.at, zone, offset)
    if following.at > work.at:
        return first, following.at
    start = max(row.next_due_at, work.at - LOOK_BACK)
    missed = cadence.due_between(plan, start, work.at + instant, zone, offset)
    return (missed[-1] if missed else None), cadence.next_due(plan, work.at, zone, offset).at

"""What a tick does: due cadences become reminders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import takewhile
from typing import Any, NamedTuple

import structlog

from reminderbot.rules import cadence, clock, silence
from reminderbot.rules.pauses import Pauses
from reminderbot.services import calmer, days, reminders, resting, singles
from reminderbot.services.work import Work
from reminderbot.store.queries import due

log = structlog.get_logger()

BATCH = 500
"""Cadences taken in one transaction."""

LOOK_BACK = timedelta(days=1)
"""How far back an outage's last due moment is looked for; an older one would be too late to send anyway."""

BROKEN_AGAIN = timedelta(hours=1)
"""When a cadence that could not be worked out is tried again."""

UNKNOWN_AGAIN = timedelta(days=1)
"""When a habit that the content lacks is looked for again: the next version, running beside this one, may have it."""

IGNORED_BEFORE_OFFER = 3
"""Unanswered reminders in a row after which a calmer cadence is offered."""


class _Fallen(NamedTuple):
    """A cadence that is due, with all that what happens to it depends on."""

    habit: str
    plan: str
    due_at: datetime
    zone: str
    day_start: int
    shift: int
    pauses: Pauses


class _Step(NamedTuple):
    """What happens to a cadence that is due; a crowd that is due together takes the same one."""

    habit: str
    times: reminders.Times | None
    """Of the reminder to be made, if there is one worth sending."""
    next_at: datetime | None
    """None when nothing comes any more, as of a pause without an end."""


def make_due(work: Work, limit: int = BATCH) -> int:
    """Make the reminders that are due and move their cadences on; returns how many there were whose people were free.

    After an outage only the last due moment becomes a reminder: never a burst.
    """
    rows = due.fallen_due(work.tx, work.at, limit)
    step_of = cache(partial(_step, work))
    crowds: dict[_Step, list[int]] = defaultdict(list)
    for row in rows:
        offset, pauses = reminders.shift(work, row.chat_id), resting.of(row)
        step = step_of(_Fallen(row.habit, row.plan, row.next_due_at, row.zone, row.day_start, offset, pauses))
        crowds[step].append(row.chat_id)
        if step.times and _is_tired(row, step.times.habit_day):
            calmer.offer(work, row.chat_id, row.habit)
    for step, chats in crowds.items():
        if step.times:
            _leave_one(work, step.habit, chats, step.times)
            habit = work.around.library.habits[step.habit]
            # A single one at the same moment, or due as well by now, is enough.
            until = max(step.times.due_at + singles.TOGETHER, work.at)
            due.add_for(work.tx, chats, reminders.shared_row(habit, step.times), until)
        due.move_on(work.tx, chats, step.habit, step.next_at)
    return len(rows)


def _is_tired(row: Any, day: date) -> bool:
    """Whether somebody may want fewer reminders; after two silent weeks they are asked something else."""
    return row.ignored >= IGNORED_BEFORE_OFFER and not silence.is_long(row.heard_on, day)


def _leave_one(work: Work, habit: str, chats: Sequence[int], times: reminders.Times) -> None:
    """Let go of what waits since before, such as what was snoozed into an outage: one nudge at its end is enough."""
    if work.at < times.expires_at:
        for row in due.held_up(work.tx, chats, habit, work.at):
            days.let_go(work, row)


def _step(work: Work, fallen: _Fallen) -> _Step:
    name = fallen.habit
    habit = work.around.library.habits.get(name)
    if habit is None:
        return _Step(name, None, work.at + UNKNOWN_AGAIN)
    try:
        plan, zone = reminders.plan_of(fallen.plan), clock.zone(fallen.zone)
        grid = reminders.Grid(plan, zone, fallen.day_start, fallen.shift, fallen.pauses)
        last, next_at = _last_and_next(grid, fallen.due_at, work.at)
        times = reminders.times(habit, last, plan, fallen.zone, fallen.day_start) if last else None
    except ValueError as error:  # a zone or a plan that is no longer known must not stop everybody else's
        log.error("cadence put off", action="due.broken", habit=name, error=type(error).__name__)
        return _Step(name, None, work.at + BROKEN_AGAIN)
    return _Step(name, times, next_at)


def _last_and_next(
    grid: reminders.Grid, was: datetime, now: datetime
) -> tuple[cadence.Due | None, datetime | None]:
    """The last due moment up to now, if there is one worth sending, and the first one after now."""
    instant = timedelta(microseconds=1)
    first = next(grid.coming(was - instant), None)
    if first is None or first.at > now:
        return None, first.at if first else None
    following = grid.next_at(first.at)
    if following is None or following > now:
        return first, following
    since = grid.coming(max(was, now - LOOK_BACK) - instant)
    missed = list(takewhile(lambda moment: moment.at <= now, since))
    return (missed[-1] if missed else None), grid.next_at(now)

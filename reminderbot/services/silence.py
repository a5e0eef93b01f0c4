"""Somebody is not heard of for two weeks: one question in place of a reminder, then nothing until they come back.

Whatever they write or tap brings everything back as it was. No reminder is made meanwhile, so these days are rest days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from reminderbot.rules import silence
from reminderbot.services import (
    calmer,
    holds,
    mending,
    notices,
    outbox,
    pauses,
    reminders,
    resting,
    schedules,
)
from reminderbot.services.reminders import key_of
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, people, reports
from reminderbot.store.queries import silence as rows
from reminderbot.store.tables import Origin, Outcome

QUESTION = "silence.question"
"""Template of the question whether the reminders are still useful."""

SAYING_NOTHING = ("fallback.text", "pause.none")
"""Templates of answers that say nothing beside a welcome: to words that nobody understood, or without a pause."""


def heard(work: Work, chat_id: int) -> date | None:
    """A subscriber has written or tapped something; the habit day since which nothing was sent, if they were silent.

    Everything is planned again as it was, before what they want is done. Noted once a habit day.
    """
    who = mending.readable(work, chat_id)
    if who is None:
        return None
    today = resting.today(work, who)
    since: date | None = who.quiet_on
    if since or who.heard_on != today:
        people.change(work.tx, chat_id, {"heard_on": today, "quiet_on": None})
    if since:
        reminders.plan_next(work, chat_id)
    return since


def answered(work: Work, chat_id: int, text: str, reply_to: int | None) -> bool:
    """Whether words are a yes or a no to the question, which is done then: with reminders kept, or paused.

    As a reply to a reminder they are about that one.
    """
    is_useful = silence.is_useful(text)
    if is_useful is None or (reply_to and history.of_message(work.tx, chat_id, reply_to)):
        return False
    if is_useful:
        calmer.keep(work, chat_id)
    else:
        pauses.pause(work, chat_id, "")
    return True


def welcome(work: Work, chat_id: int, since: date) -> None:
    """Say, after what somebody wanted was done, that reminders go on; not where none come, nor where cheer is not due.

    ``since`` is the habit day on which they were asked, and left in peace. Where nothing else was to be said it is the
    only answer.
    """
    who = people.get(work.tx, chat_id)
    if who is None or not due.is_active(who) or schedules.is_paused(work, who):
        return
    if holds.is_held(holds.row(work, chat_id)) or notices.is_quiet(work, chat_id):
        return
    plan = schedules.of(work, chat_id)
    if coming := plan.moments(count=1):
        wall, habit = coming[0]
        for template in SAYING_NOTHING:
            outbox.take_back(work, chat_id, template)
        first = {"first_time": wall.isoformat(), "label": plan.label(habit)}
        outbox.say(work, chat_id, _greeting(work, who, since), first | {"since_day": since.isoformat()})


def questions(work: Work, waiting: Sequence[Any]) -> Mapping[int, ReminderKey]:
    """Of the reminders that wait to be sent those in whose place their people are asked, by chat.

    Nobody is asked about whose safety anything is open, who is on hold, or on the way back from that.
    """
    _begin(work, (row for row in waiting if row.heard_on is None))
    first = {row.chat_id: key_of(row) for row in reversed(waiting) if _may_be_silent(work, row)}
    return {
        chat_id: first[chat_id] for chat_id in _silent(work, first) if not reports.unsettled(work.tx, chat_id)
    }


def is_question(work: Work, row: Any) -> bool:
    """Whether a reminder that waits to be sent became the question at an earlier attempt."""
    return row.quiet_on is not None and row.outcome == Outcome.VOID and _is_planned(work, row)


def gives_way(asked: Mapping[int, ReminderKey], row: Any) -> bool:
    """Whether a reminder is left out because another one of the same person, of these, becomes the question."""
    return row.origin != Origin.ASKED and asked.get(row.chat_id, key_of(row)) != key_of(row)


def not_asked(work: Work, row: Any) -> None:
    """A reminder is let go of: were it the question, which is too late now, the plan goes on and it is asked later."""
    if is_question(work, row):
        people.change(work.tx, row.chat_id, {"quiet_on": None})
        reminders.plan_next(work, row.chat_id)


def _greeting(work: Work, who: Any, since: date) -> str:
    if outbox.has_just_warned(work, who.chat_id):
        return "silence.plain"
    return "silence.back" if since < resting.today(work, who) else "silence.goes_on"


def _begin(work: Work, unknown: Iterable[Any]) -> None:
    """Count from now on of people whom an earlier version has subscribed, or who have only begun."""
    by_day: dict[date, set[int]] = defaultdict(set)
    for row in unknown:
        by_day[row.habit_day].add(row.chat_id)
    for day, chats in by_day.items():
        rows.begin(work.tx, chats, day)


def _may_be_silent(work: Work, row: Any) -> bool:
    """What can be said without counting days."""
    if row.quiet_on is not None or not silence.is_long(row.heard_on, row.habit_day):
        return False
    free = not holds.is_held(row) and not holds.is_returning(row, row.habit_day)
    return free and _is_planned(work, row)


def _is_planned(work: Work, row: Any) -> bool:
    """Whether a reminder is one of a plan, and of a habit that counts something."""
    habit = work.around.library.habits.get(row.habit)
    return row.origin == Origin.CADENCE and habit is not None and habit.counts


def _silent(work: Work, chats: Mapping[int, Any]) -> Iterator[int]:
    found = rows.unanswered(work.tx, chats.keys()) if chats else ()
    by_chat = attrgetter("chat_id")
    for chat_id, those in groupby(sorted(found, key=by_chat), by_chat):
        if silence.is_silent({row.habit_day for row in those if not holds.was_held(row, row.habit_day)}):
            yield int(chat_id)

"""Going through a sequence, move after move in one message: a warm-up, a cool-down, or what a habit shows.

Each is a reminder like any other, so Done, Skip, Undo and "something feels wrong" work on it as they do everywhere.
One that is asked for is a card beside the plan of the habit of stretches: done, it is an extra move.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from reminderbot.library import sequencing
from reminderbot.library.sequencing import Course
from reminderbot.rules import clock
from reminderbot.rules.answers import Word
from reminderbot.services import (
    answers,
    asking,
    marking,
    mending,
    moves,
    notices,
    outbox,
    people,
    reminders,
    results,
    unread,
)
from reminderbot.services.moves import Step
from reminderbot.services.replies import Tap, answer, subscriber
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history

STOP_COUNTS = timedelta(hours=1)
"""How long after a move was shown the word "stop" means its sequence and not all reminders."""


class Way(StrEnum):
    """Where to go from the move that was shown last."""

    BEGIN = "begin"
    NEXT = "next"
    BACK = "back"


class _Running(NamedTuple):
    """A sequence that somebody may go through, the reminder that it is, and the steps that suit them."""

    row: Any
    course: Course
    steps: list[Step]


def ask(work: Work, chat_id: int, habit: str, name: str) -> None:
    """Begin a sequence that a person asks for; one of this habit day that waits for an answer begins anew."""
    person = subscriber(work, chat_id)
    if person is None:
        return
    library = work.around.library
    kind, sequence = library.habits.get(habit), library.sequences.get(name)
    if kind is None or sequence is None:
        outbox.say(work, chat_id, "sequence.none")
    elif stopped := notices.of_habit(work, chat_id, kind):
        outbox.say(work, chat_id, "hold.no_card", stopped)
    elif not (steps := moves.of(work, person, sequence)):
        outbox.say(work, chat_id, "sequence.nothing")
    else:
        people.ask_avoid(work, chat_id)
        those = _waiting(work, chat_id, work.at)
        waiting = next((one for one in those if one.course.sequence.id == name), None)
        course = Course(sequence)
        key = reminders.key_of(waiting.row) if waiting else asking.add_beside(work, person, kind, course.text)
        _show(work, chat_id, key, course._replace(number=steps[0].number), steps)


def start(work: Work, chat_id: int, key: ReminderKey, tap: Tap) -> None:
    """Begin the sequence of a reminder in a new message, once; the message with the reminder says so."""
    running = _running(work, chat_id, key, tap)
    if running is None:
        return
    title = str(running.course.sequence.title)
    answer(work, chat_id, tap, "sequence.begun", {"line": title}, "tapped.below")
    if not running.course.number:
        _go(work, running, running.steps[0].number)


def go(work: Work, chat_id: int, key: ReminderKey, number: int, tap: Tap) -> None:
    """Show a move in the message that was tapped: that of this number, else the next that suits, else the last."""
    running = _running(work, chat_id, key, tap)
    if running:
        outbox.toast(work, chat_id, tap.query_id, "tapped.here")
        numbers = [step.number for step in running.steps]
        _go(work, running, next((one for one in numbers if one >= number), numbers[-1]), tap)


def said(work: Work, chat_id: int, way: Way) -> None:
    """Do in words what the buttons do, on the sequence of this habit day shown last; without one it makes no sense."""
    running = next(_waiting(work, chat_id, work.at), None)
    if running is None:
        unread.tell(work, chat_id, "fallback.text")
    elif not _is_hindered(work, running, None):
        _go(work, running, _number(running, way))


def stop(work: Work, chat_id: int, when: datetime) -> None:
    """The bare word: stop what somebody was going through when they said it, else all reminders."""
    those = _waiting(work, chat_id, when)
    running = next((one for one in those if _is_meant(work, one, when)), None)
    if running is None:
        people.stop(work, chat_id)
        return
    result = results.of(work, marking.mark(work, running.row, Word.SKIP, when))
    results.show(work, running.row, result)
    line = {"line": str(running.course.sequence.title)}
    outbox.say(work, chat_id, "sequence.stopped", result.fills | line)


def _is_meant(work: Work, running: _Running, when: datetime) -> bool:
    """Whether "stop" is about this: shown lately, and not while exercise is on hold, when it runs no more anyway."""
    lately = when - _shown_at(running.row) <= STOP_COUNTS
    habit = work.around.library.habits[running.row.habit]
    held = notices.of_habit(work, running.row.chat_id, habit) is not None
    return running.course.number > 0 and lately and not held


def _number(running: _Running, way: Way) -> int:
    """The step to go to; at either end the one that is shown."""
    numbers, shown = [step.number for step in running.steps], running.course.number
    match way:
        case Way.BEGIN:
            return numbers[0]
        case Way.NEXT:
            return min((number for number in numbers if number > shown), default=numbers[-1])
        case Way.BACK:
            return max((number for number in numbers if number < shown), default=numbers[0])


def _go(work: Work, running: _Running, number: int, tap: Tap | None = None) -> None:
    key = reminders.key_of(running.row)
    _show(work, running.row.chat_id, key, running.course._replace(number=number), running.steps, tap)


def _show(
    work: Work, chat_id: int, key: ReminderKey, course: Course, steps: list[Step], tap: Tap | None = None
) -> None:
    """Show a step, in the message that was tapped or in a new one, and note how far they have come, and when."""
    history.change(work.tx, chat_id, key, {"card": course.text, "sent_at": work.at})
    template, args = moves.message(course, steps, key)
    if tap:
        outbox.edit(work, chat_id, tap.message_id, template, args)
    else:
        outbox.say(work, chat_id, template, args, reminder=key)


def _running(work: Work, chat_id: int, key: ReminderKey, tap: Tap) -> _Running | None:
    """The sequence behind a button; none when there is nothing to go through, which the person is told."""
    person = subscriber(work, chat_id, tap)
    if person is None:
        return None
    row = history.reminder(work.tx, chat_id, key)
    running = _of(work, person, row) if row else None
    if row is None or running is None:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
    elif marking.can_be_undone(row):
        outbox.toast(work, chat_id, tap.query_id, "answers.already")
    elif row.due_at < work.at - answers.ANSWERABLE:
        outbox.toast(work, chat_id, tap.query_id, "answers.too_old")
    elif not _is_hindered(work, running, tap):
        return running
    return None


def _is_hindered(work: Work, running: _Running, tap: Tap | None) -> bool:
    """Whether exercise is on hold, or nothing of a sequence suits any more; the person is told."""
    chat_id = running.row.chat_id
    if stopped := notices.of_habit(work, chat_id, work.around.library.habits[running.row.habit]):
        answer(work, chat_id, tap, "hold.no_card", stopped, "tapped.noted")
    elif not running.steps:
        answer(work, chat_id, tap, "sequence.nothing", toast="tapped.noted")
    return bool(stopped or not running.steps)


def _waiting(work: Work, chat_id: int, at: datetime) -> Iterator[_Running]:
    """The sequences of the habit day of an instant that wait for an answer, first the one that was shown last."""
    person = mending.readable(work, chat_id)
    if person is None:
        return
    day = clock.habit_day(at, clock.zone(person.zone), person.day_start)
    rows = history.all_open(work.tx, chat_id, day, at, None)
    for row in sorted(rows, key=_shown_at, reverse=True):
        if found := _of(work, person, row):
            yield found


def _shown_at(row: Any) -> datetime:
    shown: datetime = row.sent_at or row.due_at
    return shown


def _of(work: Work, person: Any, row: Any) -> _Running | None:
    """The sequence that a reminder is; none for any other, or one that the content no longer has."""
    library = work.around.library
    course = sequencing.course(library, row.card) if row.habit in library.habits else None
    return _Running(row, course, moves.of(work, person, course.sequence)) if course else None

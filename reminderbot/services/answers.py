"""Answers to reminders, by button, word or command: finding the reminder that is meant, and telling what became of it.

The effect on the rows is ``services.marking``. The nudge is edited into its result; a tap gets a notice, a word a
short reply.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from reminderbot.rules import cadence, clock
from reminderbot.rules.answers import Reason, Word
from reminderbot.rules.echo import echo
from reminderbot.rules.snoozing import LONGEST, Choice, Until, means_next
from reminderbot.rules.timewords import WordsError
from reminderbot.services import (
    marking,
    outbox,
    reasons,
    reminders,
    requests,
    results,
    snoozing,
    symptoms,
    zones,
)
from reminderbot.services.marking import RefusedError
from reminderbot.services.replies import Tap, subscriber
from reminderbot.services.requests import Request
from reminderbot.services.results import Result
from reminderbot.services.snoozing import NoRoomError
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, people
from reminderbot.store.tables import Delivery, Outcome

ANSWERABLE = timedelta(days=7)
"""How old a reminder may be to be answered, and an answer to be taken back."""

BARE_WITHIN = timedelta(minutes=30)
"""A bare sign such as a thumb counts this long after a reminder, and so does what may ask for another reminder."""

SAME_MOVE = timedelta(seconds=60)
"""A free "done" this soon after another answer of done is the same move, told twice."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words: ``when`` is the message's date, ``reply_to`` the message replied to, ``rest`` what follows.

    ``bare`` words need a reminder near them, and those that agree one that waits; a ``command`` is always meant.
    """

    word: Word
    when: datetime
    reply_to: int | None = None
    bare: bool = False
    minutes: int | None = None
    rest: str = ""
    command: bool = False
    agrees: bool = False
    reason: Reason | None = None


def press(work: Work, chat_id: int, key: ReminderKey, word: Word, tap: Tap) -> None:
    """Answer the reminder that a button belongs to; answered, older and unknown ones stay as they are.

    A press proves that the reminder has arrived, whatever was known of it.
    """
    if subscriber(work, chat_id, tap) is None:
        return
    try:
        row = _answerable(work, history.reminder(work.tx, chat_id, key))
        row = _arrived(work, row, tap)
        found = _mark(work, row, word, work.at)
    except RefusedError as refusal:
        outbox.toast(work, chat_id, tap.query_id, refusal.template, refusal.fills)
        return
    result = results.of(work, found)
    if word is Word.SKIP:
        result = reasons.asked(work, chat_id, result)
    results.show(work, row, result, tap.message_id)
    outbox.toast(work, chat_id, tap.query_id, result.template("toast"), result.fills)


def put_off(work: Work, chat_id: int, key: ReminderKey, choice: Choice, tap: Tap) -> None:
    """Snooze until another moment: what is put off already and has not come back, or what can't be as it was wanted."""
    if subscriber(work, chat_id, tap) is None:
        return
    try:
        row = _to_put_off(work, history.reminder(work.tx, chat_id, key))
        found = _put_off(work, row, work.at, choice)
    except RefusedError as refusal:
        outbox.toast(work, chat_id, tap.query_id, refusal.template, refusal.fills)
        return
    result = results.of(work, found)
    results.show(work, row, result, tap.message_id)
    outbox.toast(work, chat_id, tap.query_id, result.template("toast"), result.fills)


def said(work: Work, chat_id: int, words: Said) -> None:
    """Answer by word or command: the message replied to, else the newest unanswered reminder, else an extra move."""
    person = subscriber(work, chat_id)
    if person is None or (_is_yes(words) and zones.agreed(work, person)):
        return
    try:
        result = _said(work, person, words)
    except RefusedError as refusal:
        outbox.say(work, chat_id, refusal.template, refusal.fills)
    else:
        outbox.say(work, chat_id, result.template("said"), result.fills)
    if words.reason is Reason.PAIN and not outbox.has_just_warned(work, chat_id):
        symptoms.begin(work, chat_id)


def has_room(work: Work, chat_id: int, words: Said) -> bool:
    """Whether a reminder has just come, and may be put off so far: else the words ask for another one."""
    person = people.get(work.tx, chat_id)
    if person is None or words.minutes is None or words.minutes > LONGEST:
        return False
    try:
        row = _meant(work, person, words, _request(work, person, words))
    except RefusedError:
        return False
    if row is None or words.when - (row.sent_at or row.due_at) > BARE_WITHIN:
        return False
    room = snoozing.room_of(work, row)
    return room.again and words.when + timedelta(minutes=words.minutes) < room.ends


def undo(work: Work, chat_id: int, key: ReminderKey, tap: Tap) -> None:
    """Take back the answer that an Undo button belongs to."""
    if subscriber(work, chat_id, tap) is None:
        return
    try:
        row = _take_back(work, history.reminder(work.tx, chat_id, key))
    except RefusedError as refusal:
        outbox.toast(work, chat_id, tap.query_id, refusal.template, refusal.fills)
        return
    results.show_open(work, row, tap.message_id)
    outbox.toast(work, chat_id, tap.query_id, "answers.toast_undo")


def undo_said(work: Work, chat_id: int, when: datetime, reply_to: int | None = None) -> None:
    """Take back the answer to the message replied to, else the last answer given since this habit day began."""
    person = subscriber(work, chat_id)
    if person is None:
        return
    row = history.of_message(work.tx, chat_id, reply_to) if reply_to else None
    if row is None:
        row = last_answered(work, person, when)
    try:
        if row is None:
            raise RefusedError("answers.nothing_to_undo")
        row = _take_back(work, row)
    except RefusedError as refusal:
        outbox.say(work, chat_id, refusal.template, refusal.fills)
        return
    results.show_open(work, row, None)
    outbox.say(work, chat_id, "answers.undone_own" if marking.is_own_move(row) else "answers.undone")


def _is_yes(words: Said) -> bool:
    return words.word is Word.DONE and (words.bare or words.agrees) and not words.reply_to


def _said(work: Work, person: Any, words: Said) -> Result:
    request = _request(work, person, words)
    row = _meant(work, person, words, request)
    if row is None:
        return results.of(work, _without_reminder(work, person, words, request))
    found = _mark(work, row, words.word, words.when, _choice(words, request))
    if words.reason:
        found = reasons.note(work, found, words.reason)
    result = results.of(work, found)
    results.show(work, row, result)
    return result


def _mark(work: Work, row: Any, word: Word, when: datetime, choice: Choice | None = None) -> Any:
    """Its row as it stands then; of a snooze that comes back, the row as which it does."""
    if word is Word.SNOOZE:
        return _put_off(work, row, when, choice)
    return marking.mark(work, row, word, when)


def _put_off(work: Work, row: Any, when: datetime, choice: Choice | None) -> Any:
    try:
        return snoozing.snooze(work, row, when, choice)
    except NoRoomError as refusal:
        results.show_choices(work, row, refusal.choices)
        raise


def _choice(words: Said, request: Request) -> Choice | None:
    if means_next(request.rest):
        return Until.NEXT
    return request.minutes if words.minutes is None else words.minutes


def _to_put_off(work: Work, row: Any) -> Any:
    """The reminder behind a choice: of one that is put off the child that is still to come, or itself without one."""
    row = _known(work, row)
    if row.outcome != Outcome.SNOOZED:
        return _answerable(work, row)
    child = history.child(work.tx, row.chat_id, reminders.key_of(row))
    if child is None:
        return row
    if not marking.never_sent(child):
        raise RefusedError("answers.came_back")
    return _answerable(work, child)


def _known(work: Work, row: Any) -> Any:
    """The reminder, if there is one, of a habit that the content has, and that asks something."""
    if row is None or not _asks(work, row):
        raise RefusedError("answers.unknown")
    return row


def _asks(work: Work, row: Any) -> bool:
    habit = work.around.library.habits.get(row.habit)
    return habit is not None and habit.counts


def _answerable(work: Work, row: Any) -> Any:
    row = _known(work, row)
    if row.due_at < work.at - ANSWERABLE:
        raise RefusedError("answers.too_old")
    if marking.can_be_undone(row) or marking.is_own_move(row):
        raise RefusedError("answers.already")
    return row


def _arrived(work: Work, row: Any, tap: Tap) -> Any:
    if row.state == Delivery.SENT and row.message_id:
        return row
    known = {
        "state": Delivery.SENT,
        "message_id": row.message_id or tap.message_id,
        "sent_at": row.sent_at or work.at,
    }
    key = reminders.key_of(row)
    history.change(work.tx, row.chat_id, key, known)
    return history.reminder(work.tx, row.chat_id, key)


def _take_back(work: Work, row: Any) -> Any:
    row = _known(work, row)
    if not marking.can_be_undone(row):
        raise RefusedError("answers.nothing_to_undo")
    if row.answered_at < work.at - ANSWERABLE:
        raise RefusedError("answers.too_old")
    return marking.undo(work, row)


def last_answered(work: Work, person: Any, when: datetime) -> Any:
    """The last answer given since this habit day began, whatever day it was for."""
    today = _habit_day(person, when)
    began = clock.day_begins(today, clock.zone(person.zone), person.day_start)
    return history.answered_since(work.tx, person.chat_id, today - 2 * ANSWERABLE, began)


def _request(work: Work, person: Any, words: Said) -> Request:
    library, today = work.around.library, _habit_day(person, words.when)
    try:
        request = requests.read(library, words.rest, today)
    except WordsError:
        raise RefusedError("answers.day_too_far") from None
    if request.day != today and words.word is not Word.DONE:
        raise RefusedError("answers.done_only")
    if words.word is Word.SNOOZE:
        if words.command and request.rest and not means_next(request.rest):
            raise RefusedError("answers.snooze_range")
        return request
    beside = request.rest or request.minutes is not None
    # What stands behind the command may be a symptom, which has had its card then: "/done but my groin is numb".
    if words.command and beside and not outbox.has_just_warned(work, person.chat_id):
        names = requests.names(library, [habit.id for habit in library.habits.values() if habit.counts])
        raise RefusedError("answers.unknown_habit", word=echo(words.rest), habits_list=names)
    return request


def _meant(work: Work, person: Any, words: Said, request: Request) -> Any:
    """The unanswered reminder that the words are about; none when there is none.

    1. The message replied to; of a snoozed one, the reminder as which it comes back.
    2. For another moment of a snooze, the one that was put off just now, unless one has come since.
    3. The newest one of this habit day, or of the one that is named, that had arrived when the words were said.
    4. The newest one that is snoozed and still to come back.
    """
    row = history.of_message(work.tx, person.chat_id, words.reply_to) if words.reply_to else None
    if row and (row.habit not in work.around.library.habits or _asks(work, row)):
        return _answerable(work, _last_child(work, row))
    row = history.newest_open(work.tx, person.chat_id, request.day, words.when, request.habit)
    if _choice(words, request) and (
        put_off := snoozing.just_put_off(work, person.chat_id, request, words.when, row)
    ):
        return put_off
    if row is None and not words.bare and not words.agrees:
        row = history.newest_snoozed(work.tx, person.chat_id, request.day, request.habit)
    if row and words.bare and words.when - (row.sent_at or row.due_at) > BARE_WITHIN:
        return None
    return row


def _last_child(work: Work, row: Any) -> Any:
    while row.outcome == Outcome.SNOOZED:
        child = history.child(work.tx, row.chat_id, reminders.key_of(row))
        if child is None:
            break
        row = child
    return row


def _without_reminder(work: Work, person: Any, words: Said, request: Request) -> Any:
    """Count an extra move; raises RefusedError with what to say where that is not what the words mean."""
    if words.bare or words.agrees:
        raise RefusedError("answers.friendly")
    if words.word is not Word.DONE:
        raise RefusedError(f"answers.nothing_to_{words.word}")
    habit = request.habit or _habit_of_extra_moves(work, person.chat_id)
    if not words.command and _told_just_now(work, person.chat_id, request.day, words.when, request.habit):
        raise RefusedError("answers.counted_already")
    return marking.add_own(work, person, habit, words.when, request.day)


def _told_just_now(work: Work, chat_id: int, day: date, when: datetime, habit: str | None) -> bool:
    last = history.newest_answered(work.tx, chat_id, day, habit)
    return last is not None and last.outcome == Outcome.DONE and when - last.answered_at <= SAME_MOVE


def _habit_of_extra_moves(work: Work, chat_id: int) -> str:
    """The habit that comes at intervals, one that is on before one that is off; else the first there is."""
    habits = work.around.library.habits
    rows = [row for row in due.of_chat(work.tx, chat_id) if _asks(work, row)]
    every = [row for row in rows if isinstance(reminders.plan_of(row.plan), cadence.Every)]
    chosen = sorted(every or rows, key=lambda row: bool(row.off))
    return str(chosen[0].habit) if chosen else next(iter(habits))


def _habit_day(person: Any, when: datetime) -> date:
    return clock.habit_day(when, clock.zone(person.zone), person.day_start)

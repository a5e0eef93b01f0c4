"""How a stretch is done: all of its steps, where only a few words stand under its picture."""

from typing import Any

from reminderbot.library import sequencing
from reminderbot.library.models import Stretch
from reminderbot.rules import clock
from reminderbot.services import cards, marking, notices, outbox, reminders, tailoring
from reminderbot.services.replies import Tap, add, subscriber
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history


def press(work: Work, chat_id: int, key: ReminderKey, tap: Tap) -> None:
    """Put the steps under the picture that the button belongs to, and leave its other buttons as they are."""
    person = subscriber(work, chat_id, tap)
    if person is None:
        return
    row = history.reminder(work.tx, chat_id, key)
    card = _stretch(work, row)
    described = cards.again(work, person, row) if card else None
    if row is None or described is None or marking.can_be_undone(row):
        outbox.toast(work, chat_id, tap.query_id, "answers.already" if described else "answers.unknown")
    elif stopped := notices.of_habit(work, chat_id, work.around.library.habits[row.habit]):
        add(work, chat_id, tap, "hold.no_card", stopped)
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.here")
        template, args = described
        words = {name: args[name] for name in args.keys() - {"picture", "caption_text"}}
        outbox.edit(work, chat_id, tap.message_id, template, words | {"captioned": True})


def said(work: Work, chat_id: int) -> None:
    """Say the steps of the newest stretch of this habit day, if it still suits."""
    person = subscriber(work, chat_id)
    if person is None:
        return
    zone, library = clock.zone(person.zone), work.around.library
    began = clock.day_begins(clock.habit_day(work.at, zone, person.day_start), zone, person.day_start)
    habits = [habit.id for habit in library.habits.values() if sequencing.has_stretches(habit)]
    row = history.newest_shown(work.tx, chat_id, habits, began)
    card = _stretch(work, row)
    if row is None or card is None or card.id not in tailoring.suited(work, person, [card.id]):
        outbox.say(work, chat_id, "stretch.no_steps")
    elif stopped := notices.of_habit(work, chat_id, library.habits[row.habit]):
        outbox.say(work, chat_id, "hold.no_card", stopped)
    else:
        key = {"key": keys.encode(reminders.key_of(row))}
        outbox.say(work, chat_id, "reminder.steps", cards.describe(card)[1] | key)


def _stretch(work: Work, row: Any) -> Stretch | None:
    """The stretch that a reminder shows; none without one, or when the content no longer has it."""
    library = work.around.library
    return sequencing.stretch(library, row.card) if row and row.habit in library.habits else None

"""A card now, because the person asks for it: today's stretch before its time, again, or once more."""

from datetime import datetime, timedelta
from typing import Any

from reminderbot.library import choosing, sequencing
from reminderbot.library.models import Card, Habit
from reminderbot.rules import cadence, clock
from reminderbot.services import cards, marking, notices, outbox, people, reminders, requests
from reminderbot.services.cards import Shown
from reminderbot.services.replies import subscriber
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history
from reminderbot.store.tables import Delivery, Origin

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def ask(work: Work, chat_id: int, habit: str) -> None:
    """Show today's card of a habit now, with its buttons. It is an answer, so a pause doesn't stop it; a hold does.

    1. Shown already today and unanswered: the same card again; the newest message is the one edited later.
    2. Still to come today, at a fixed time: that occurrence is brought forward. Its row takes the due moment's
       place, so that nothing comes at its time any more, and unanswered it is missed as it would have been.
    3. Otherwise one beside the plan: done, it is an extra move; unanswered, it is void.
    """
    person = subscriber(work, chat_id)
    if person is None:
        return
    habits = work.around.library.habits
    if habit not in habits:
        names = requests.names(work.around.library, habits)
        outbox.say(work, chat_id, "answers.unknown_habit", {"word": habit, "habits_list": names})
        return
    if stopped := notices.of_habit(work, chat_id, habits[habit]):
        outbox.say(work, chat_id, "hold.no_card", stopped)
    elif again := _waiting(work, person, habits[habit]):
        card, key = again
        _show(work, person, habits[habit], card, None, key)
    else:
        _show_another(work, person, habits[habit])


def add_beside(work: Work, person: Any, habit: Habit, card: str) -> ReminderKey:
    """Note that a card was asked for beside the plan of a habit: done, it is an extra move; unanswered, it is void."""
    now = marking.free_second(work, person.chat_id, habit.id, work.at)
    moment = cadence.Due(now, clock.wall_of(now, clock.zone(person.zone)))
    stored = history.cadence(work.tx, person.chat_id, habit.id)
    return _put(work, person, habit, card, moment, _plan(stored, habit), Origin.ASKED)


def _waiting(work: Work, person: Any, habit: Habit) -> tuple[Card, ReminderKey] | None:
    """The newest card of this habit day that is unanswered and may still be shown; a sequence is another matter."""
    day = clock.habit_day(work.at, clock.zone(person.zone), person.day_start)
    rows = history.all_open(work.tx, person.chat_id, day, work.at, habit.id)
    library = work.around.library
    row = next((row for row in rows if sequencing.course(library, row.card) is None), None)
    card = library.card(row.card) if row and row.card else None
    if row is None or card is None:
        return None
    dropped = cards.dropped(work, person.chat_id, habit)
    return (card, reminders.key_of(row)) if cards.may_come(work, person, habit, card, dropped) else None


def _show_another(work: Work, person: Any, habit: Habit) -> None:
    stored = history.cadence(work.tx, person.chat_id, habit.id)
    try:
        card = cards.choose(work, person, habit, _deck(stored))
    except choosing.NoCardError:
        outbox.say(work, person.chat_id, "stretch.no_card")
        return
    note = stored.note if stored else None
    if note:
        due.clear_note(work.tx, person.chat_id, habit.id, note)
    _show(work, person, habit, card, note, _add(work, person, stored, habit, card))


def _show(work: Work, person: Any, habit: Habit, card: Shown, note: str | None, key: ReminderKey) -> None:
    if sequencing.has_stretches(habit):
        people.ask_avoid(work, person.chat_id)
    library, unsure = work.around.library, not person.zone_confirmed
    template, args = cards.reminder_message(library, habit, card, note, unsure, key)
    outbox.say(work, person.chat_id, template, args, reminder=key)


def _deck(stored: Any) -> choosing.Deck:
    return choosing.Deck(stored.deck_round, stored.deck_cursor) if stored else choosing.Deck()


def _add(work: Work, person: Any, stored: Any, habit: Habit, card: Shown) -> ReminderKey:
    plan = _plan(stored, habit)
    coming = _coming_today(work, person, stored, plan)
    if coming is None:
        return add_beside(work, person, habit, card.id)
    return _put(work, person, habit, card.id, coming, plan, Origin.CADENCE)


def _plan(stored: Any, habit: Habit) -> cadence.Cadence:
    return reminders.plan_of(stored.plan if stored else habit.cadence)


def _put(
    work: Work, person: Any, habit: Habit, card: str, moment: cadence.Due, plan: cadence.Cadence, origin: Origin
) -> ReminderKey:  # fmt: skip
    row = reminders.new_row(habit, person.chat_id, moment, plan, person.zone, person.day_start)
    told = {"card": card, "state": Delivery.SENT, "sent_at": work.at, "origin": origin}
    history.add(work.tx, row | told)
    return ReminderKey(habit.id, row["due_at"])


def _coming_today(work: Work, person: Any, stored: Any, plan: cadence.Cadence) -> cadence.Due | None:
    """The next due moment at a fixed time that is still to come on this habit day and has no reminder yet."""
    if stored is None or stored.next_due_at is None or not isinstance(plan, cadence.At):
        return None
    zone = clock.zone(person.zone)
    today = clock.habit_day(work.at, zone, person.day_start)
    ends: datetime = clock.day_begins(today + _DAY, zone, person.day_start)
    for moment in cadence.due_between(plan, max(work.at, stored.next_due_at - _INSTANT), ends, zone):
        if history.reminder(work.tx, person.chat_id, ReminderKey(stored.habit, moment.at)) is None:
            return moment
    return None

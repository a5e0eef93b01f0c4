"""A card now, because the person asks for it: today's stretch before its time, again, or once more."""

from datetime import datetime, timedelta
from typing import Any

from reminderbot.library import choosing
from reminderbot.library.models import Card
from reminderbot.rules import cadence, clock
from reminderbot.services import cards, marking, notices, outbox, people, reminders
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
        outbox.say(work, chat_id, "answers.unknown_habit", {"word": habit, "habits_list": list(habits)})
        return
    if stopped := notices.of_habit(work, chat_id, habits[habit]):
        outbox.say(work, chat_id, "hold.no_card", stopped)
        return
    day = clock.habit_day(work.at, clock.zone(person.zone), person.day_start)
    open_row = history.newest_open(work.tx, chat_id, day, work.at, habit)
    card = work.around.library.card(open_row.card) if open_row and open_row.card else None
    dropped = cards.dropped(work, chat_id, habits[habit])
    if card and not cards.may_come(work, habits[habit], card, dropped):
        card = None
    key = reminders.key_of(open_row) if card else None
    note = None
    if card is None or key is None:
        stored = history.cadence(work.tx, chat_id, habit)
        try:
            card = cards.choose(work, person, habits[habit], _deck(stored))
        except choosing.NoCardError:
            outbox.say(work, chat_id, "stretch.no_card")
            return
        note = stored.note if stored else None
        if note:
            due.clear_note(work.tx, chat_id, habit, note)
        key = _add(work, person, stored, habit, card)
    _show(work, person, habit, card, note, key)


def _show(work: Work, person: Any, habit: str, card: Card, note: str | None, key: ReminderKey) -> None:
    library = work.around.library
    kind = library.habits[habit]
    if kind.cards == "stretches":
        people.ask_avoid(work, person.chat_id)
    template, args = cards.reminder_message(library, kind, card, note, not person.zone_confirmed, key)
    outbox.say(work, person.chat_id, template, args, reminder=key)


def _deck(stored: Any) -> choosing.Deck:
    return choosing.Deck(stored.deck_round, stored.deck_cursor) if stored else choosing.Deck()


def _add(work: Work, person: Any, stored: Any, habit: str, card: Card) -> ReminderKey:
    kind, zone = work.around.library.habits[habit], clock.zone(person.zone)
    plan = reminders.plan_of(stored.plan if stored else kind.cadence)
    now = marking.free_second(work, person.chat_id, habit, work.at)
    extra = cadence.Due(now, clock.wall_of(now, zone))
    coming = _coming_today(work, person, stored, plan)
    row = reminders.new_row(kind, person.chat_id, coming or extra, plan, person.zone, person.day_start)
    told = {"card": card.id, "state": Delivery.SENT, "sent_at": work.at}
    if coming is None:
        told |= {"origin": Origin.ASKED}
    history.add(work.tx, row | told)
    return ReminderKey(habit, row["due_at"])


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

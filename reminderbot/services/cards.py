"""Choosing a habit's next card, and the message that shows a card: by its sort, so that a new habit needs no code."""

from typing import Any, assert_never

from reminderbot.library import choosing
from reminderbot.library.choosing import Deck
from reminderbot.library.loader import Library
from reminderbot.library.models import Card, Fact, Habit, Nudge, Stretch
from reminderbot.rules import clock
from reminderbot.services import holds, people
from reminderbot.services.replies import nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, safety

Described = tuple[str, dict[str, Any]]
"""A template and its arguments."""

OFFICE_HOURS = (8 * 60, 18 * 60)
"""Minutes of a weekday within which cards keep to the positions that a habit allows at the desk."""


def choose(work: Work, person: Any, habit: Habit, deck: Deck) -> Card:
    """Take the next card of a habit for somebody, and note how far they have come in its deck; see ``next_of``."""
    card, after = next_of(work, person, habit, deck, dropped(work, person.chat_id, habit))
    due.advance_decks(work.tx, [advanced(person.chat_id, habit, after, card)])
    return card


def next_of(
    work: Work, person: Any, habit: Habit, deck: Deck, dropped: frozenset[str], *, walking: bool = False
) -> tuple[Card, Deck]:
    """The next card of a habit for somebody, and the deck after it.

    ``person`` has ``chat_id``, ``zone`` and ``avoid`` as the subscriber's row has them; ``walking`` keeps to walks.
    What made things worse for this person is ``dropped`` and never comes. Raises NoCardError.
    """
    library = work.around.library
    avoid, positions = people.avoided(work, person.avoid), _positions(work, person.zone, habit)
    cards = holds.walks(library, habit) if walking else library.deck(habit.id)
    return choosing.next_card(cards, person.chat_id, habit.id, deck, avoid, positions, dropped)


def advanced(chat_id: int, habit: Habit, after: Deck, card: Card) -> dict[str, Any]:
    """What is to be noted of a deck after its next card was taken, as ``due.advance_decks`` takes it."""
    return {
        "chat": chat_id,
        "which": habit.id,
        "round": after.round,
        "cursor": after.cursor,
        "card": card.id,
    }


def may_come(work: Work, habit: Habit, card: Card, dropped: frozenset[str], *, walking: bool = False) -> bool:
    """Whether a card chosen earlier may still be shown to somebody: not when it made things worse since."""
    if walking and card not in holds.walks(work.around.library, habit):
        return False
    return card.id not in dropped


def dropped(work: Work, chat_id: int, habit: Habit) -> frozenset[str]:
    """The cards of a habit that never come again for somebody."""
    return safety.dropped(work.tx, chat_id) if is_droppable(habit) else frozenset()


def is_droppable(habit: Habit) -> bool:
    """Whether cards of a habit may be dropped for somebody: stretches are, walks and nudges never."""
    return habit.cards == "stretches"


def reminder_message(
    library: Library, habit: Habit, card: Card, note: str | None, unsure: bool, key: ReminderKey
) -> Described:
    """The message of one reminder.

    ``note`` is the template of a line told above it; ``unsure`` adds "Wrong time?" while the zone is unconfirmed.
    """
    body, body_args = describe(card)
    args = body_args | {"title": str(habit.title)}
    buttons = {"key": keys.encode(key), "unsure": unsure}
    if note is None or note not in library.messages:
        return body, args | buttons
    return "reminder.noted", {"note_text": nested(note), "body_text": nested(body, **args)} | buttons


def describe(card: Card) -> Described:
    """The template that shows a sort of card, and what this card says in it."""
    match card:
        case Nudge():
            return "reminder.nudge", {"body": str(card.text)}
        case Stretch():
            return "reminder.stretch", _stretch(card)
        case Fact():
            return "reminder.fact", {"heading": str(card.title), "body": str(card.text)}
        case _:
            assert_never(card)


def headline(library: Library, habit_id: str, card_id: str | None) -> str:
    """The line of a card that stays in its result; the habit's title when the content no longer has the card."""
    card = library.card(card_id) if card_id else None
    match card:
        case Nudge():
            return str(card.text)
        case Stretch() | Fact():
            return str(card.title)
        case None:
            habit = library.habits.get(habit_id)
            return str(habit.title) if habit else habit_id
        case _:
            assert_never(card)


def _positions(work: Work, zone: str, habit: Habit) -> frozenset[str] | None:
    """The positions allowed now; none when all are."""
    wall = clock.wall_of(work.at, clock.zone(zone))
    start, end = OFFICE_HOURS
    in_office = wall.weekday() < 5 and start <= wall.hour * 60 + wall.minute < end
    return frozenset(habit.positions) if in_office else None


def _stretch(card: Stretch) -> dict[str, Any]:
    steps = card.steps.get()
    lines = [f"{number}. {step}" for number, step in enumerate(steps, start=1)] if len(steps) > 1 else steps
    return {
        "heading": str(card.title),
        "steps": "\n".join(lines),
        "dose_text": nested(_dose(card), hold=card.hold, rounds=card.repetitions),
        "stop_if": str(card.stop_if),
    }


def _dose(card: Stretch) -> str:
    """The template of "hold 20 seconds, 3 times, each side", by which of the three this card has."""
    words = [
        "hold" if card.hold else "move",
        "again" if card.repetitions > 1 else "once",
        "sides" if card.sides == "each" else "whole",
    ]
    return "reminder.dose_" + "_".join(words)

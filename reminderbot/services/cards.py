"""Choosing a habit's next card, and the message that shows a card: by its sort, so that a new habit needs no code."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, TypeAlias, assert_never

from reminderbot.library import choosing, sequencing
from reminderbot.library.choosing import Deck, Wishes
from reminderbot.library.loader import Library
from reminderbot.library.models import Card, Fact, Habit, Nudge, Stretch
from reminderbot.services import holds, moves, reminders, tailoring
from reminderbot.services.moves import Opening
from reminderbot.services.replies import nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, safety

Described = tuple[str, dict[str, Any]]
"""A template and its arguments."""

Shown: TypeAlias = Card | Opening
"""What a reminder shows: a card, or a sequence to begin with."""


def choose(work: Work, person: Any, habit: Habit, deck: Deck) -> Shown:
    """Take the next card of a habit for somebody, and note how far they have come in its deck; see ``next_of``."""
    card, after = next_of(work, person, habit, deck, dropped(work, person.chat_id, habit))
    due.advance_decks(work.tx, [advanced(person.chat_id, habit, after, card)])
    return card


def next_of(
    work: Work, person: Any, habit: Habit, deck: Deck, dropped: frozenset[str], *, walking: bool = False
) -> tuple[Shown, Deck]:
    """The next card of a habit for somebody, and the deck after it.

    ``person`` has what the subscriber's row has of zone and wishes; ``walking`` keeps to walks.
    What made things worse for this person is ``dropped`` and never comes. Raises NoCardError.
    """
    library = work.around.library
    if habit.sequence:
        return moves.opening(work, person, library.sequences[habit.sequence]), deck
    wishes = tailoring.wishes(work, person, tailoring.positions(work, person, habit))
    cards = _suiting_in(library)(habit.id, walking, wishes)
    return choosing.next_card(cards, person.chat_id, habit.id, deck, dropped)


# Most people wish for the same, and a look at each card would be a third of what a reminder costs.
@lru_cache(maxsize=1)  # of one content: what was found in another is let go of with it
def _suiting_in(library: Library) -> Callable[[str, bool, Wishes], tuple[Card, ...]]:
    return lru_cache(maxsize=256)(partial(_suiting, library))


def _suiting(library: Library, habit: str, walking: bool, wishes: Wishes) -> tuple[Card, ...]:
    """The cards of a habit that suit somebody with these wishes."""
    cards = holds.walks(library, library.habits[habit]) if walking else library.deck(habit)
    return tuple(card for card in cards if choosing.is_eligible(card, wishes))


def advanced(chat_id: int, habit: Habit, after: Deck, card: Shown) -> dict[str, Any]:
    """What is to be noted of a deck after its next card was taken, as ``due.advance_decks`` takes it."""
    return {
        "chat": chat_id,
        "which": habit.id,
        "round": after.round,
        "cursor": after.cursor,
        "card": card.id,
    }


def may_come(
    work: Work, person: Any, habit: Habit, card: Card, dropped: frozenset[str], *, walking: bool = False
) -> bool:
    """Whether a card chosen earlier may still be shown: not when it made things worse, or suits no more, since."""
    if walking and card not in holds.walks(work.around.library, habit):
        return False
    return card.id not in dropped and choosing.is_eligible(card, tailoring.wishes(work, person))


def chosen(
    work: Work, person: Any, row: Any, habit: Habit, dropped: frozenset[str], *, walking: bool = False
) -> Shown | None:
    """What was chosen for a reminder earlier, a sequence from its beginning; none when it may be shown no more."""
    library = work.around.library
    if course := sequencing.course(library, row.card):
        steps = moves.of(work, person, course.sequence)
        return Opening(course.sequence, steps) if steps else None
    card = library.card(row.card) if row.card else None
    return card if card and may_come(work, person, habit, card, dropped, walking=walking) else None


def dropped(work: Work, chat_id: int, habit: Habit) -> frozenset[str]:
    """The cards of a habit that never come again for somebody: stretches may be dropped, walks and nudges never."""
    return safety.dropped(work.tx, chat_id) if sequencing.has_stretches(habit) else frozenset()


def reminder_message(
    library: Library, habit: Habit, card: Shown, note: str | None, unsure: bool, key: ReminderKey
) -> Described:
    """The message of one reminder.

    ``note`` is the template of a line told above it; ``unsure`` adds "Wrong time?" while the zone is unconfirmed.
    """
    body, body_args = describe(card)
    args = body_args | {"title": str(habit.title)}
    buttons = {"key": keys.encode(key), "unsure": unsure}
    told = note if note and note in library.messages else None
    shown = buttons | _pictured(card, buttons, told)
    if told is None:
        return body, args | shown
    return "reminder.noted", {"note_text": nested(told), "body_text": nested(body, **args)} | shown


def again(work: Work, person: Any, row: Any) -> Described | None:
    """The message of a reminder once more, of a sequence the move that was shown last; none when it suits no more."""
    library, key, unsure = work.around.library, reminders.key_of(row), not person.zone_confirmed
    habit, course = library.habits[row.habit], sequencing.course(library, row.card)
    shown = chosen(work, person, row, habit, dropped(work, row.chat_id, habit))
    if course and course.number and isinstance(shown, Opening):
        return moves.message(course, shown.steps, key)
    return reminder_message(library, habit, shown, None, unsure, key) if shown else None


def describe(card: Shown) -> Described:
    """The template that shows a sort of card, and what this card says in it."""
    match card:
        case Nudge():
            return "reminder.nudge", {"body": str(card.text)}
        case Stretch():
            return "reminder.stretch", _stretch(card)
        case Fact():
            return "reminder.fact", {"heading": str(card.title), "body": str(card.text)}
        case Opening():
            return "reminder.sequence", moves.offer(card)
        case _:
            assert_never(card)


def is_pictured(work: Work, card_id: str | None) -> bool:
    """Whether the message that shows a card, or a move of a course, is thought to be a picture.

    It may be words alone all the same.
    """
    library = work.around.library
    course = sequencing.course(library, card_id)
    card = library.card(course.sequence.moves[0].stretch if course else card_id or "")
    return work.around.figures is not None and isinstance(card, Stretch) and card.figure is not None


def headline(library: Library, habit_id: str, card_id: str | None) -> str:
    """The line of a card that stays in its result; the habit's title when the content no longer has the card."""
    if course := sequencing.course(library, card_id):
        return str(course.sequence.title)
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


def _pictured(card: Shown, buttons: dict[str, Any], note: str | None) -> dict[str, Any]:
    """The picture of a card, and what stands under it; nothing for a card without one."""
    if isinstance(card, Opening):  # its words are few enough to stand below
        first = card.steps[0].stretch
        return {"picture": {"sort": "figure", "card": first.id}} if first.figure else {}
    if not isinstance(card, Stretch) or card.figure is None:
        return {}
    args = {
        "heading": str(card.title),
        "dose_text": nested(_dose(card, "reminder.short_"), hold=card.hold, rounds=card.repetitions),
        "short": str(card.short),
        "stop_if": str(card.stop_if),
    }
    caption = nested("reminder.pictured", **args, **buttons)
    if note:
        caption = nested("reminder.noted", note_text=nested(note), body_text=caption, **buttons)
    return {"picture": {"sort": "figure", "card": card.id}, "caption_text": caption}


def _stretch(card: Stretch) -> dict[str, Any]:
    steps = card.steps.get()
    lines = [f"{number}. {step}" for number, step in enumerate(steps, start=1)] if len(steps) > 1 else steps
    return {
        "heading": str(card.title),
        "steps": "\n".join(lines),
        "dose_text": nested(_dose(card, "reminder.dose_"), hold=card.hold, rounds=card.repetitions),
        "stop_if": str(card.stop_if),
    }


def _dose(card: Stretch, manner: str) -> str:
    """The template of "hold 20 seconds, 3 times, each side", by which of the three this card has."""
    words = [
        "hold" if card.hold else "move",
        "again" if card.repetitions > 1 else "once",
        "sides" if card.sides == "each" else "whole",
    ]
    return manner + "_".join(words)

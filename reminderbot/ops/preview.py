"""One card as a person would get it, for the command `preview`: its words from the real messages, and its pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from reminderbot.library.learning import Sequence
from reminderbot.library.loader import Library
from reminderbot.library.models import Card, Stretch
from reminderbot.library.sequencing import Course
from reminderbot.services import cards, learning, moves
from reminderbot.store.keys import ReminderKey
from reminderbot.telegram import keyboards, wording

_NEVER: Final = datetime(2000, 1, 3, 9, tzinfo=UTC)
"""When the previewed reminder is due: only its buttons carry it."""
_TAG: Final = re.compile(r"</?[a-z][^<>]*>")
_NAMED: Final = 3


class UnknownCardError(LookupError):
    """No card, condition or sequence has this id; its text is one sentence with the nearest ones."""


class Words(NamedTuple):
    """A text as it is sent, and the labels of the buttons under it."""

    html: str
    """In the HTML of Telegram."""
    buttons: tuple[tuple[str, ...], ...]
    """Row by row."""

    @property
    def plain(self) -> str:
        """What is read, with the buttons in brackets."""
        rows = [" ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n".join([html.unescape(_TAG.sub("", self.html)), *rows])


class Shown(NamedTuple):
    """One message."""

    text: Words
    """Without a picture."""
    caption: Words | None = None
    """Under the picture; none without one."""
    stretch: Stretch | None = None
    """Whose figure it is."""

    def __str__(self) -> str:
        """Return its words as they are read."""
        if self.caption is None or self.caption == self.text:
            return self.text.plain
        return f"Under the picture:\n{self.caption.plain}\n\nWithout the picture:\n{self.text.plain}"


def shown(library: Library, name: str) -> list[Shown]:
    """Return the messages that show a card, a condition or a sequence. Raises UnknownCardError."""
    found = [_message(library, *described) for described in _described(library, name)]
    if not found:
        raise UnknownCardError(_unknown(library, name))
    return found


def stretches(messages: Iterable[Shown]) -> list[Stretch]:
    """Return the stretches whose figures these messages have, each once."""
    return list({message.stretch.id: message.stretch for message in messages if message.stretch}.values())


def _described(library: Library, name: str) -> Iterator[cards.Described]:
    if card := library.card(name):
        yield _card(library, card)
    if condition := library.conditions.get(name):
        yield learning.described(library, condition)
    if sequence := library.sequences.get(name):
        yield from _sequence(library, sequence)


def _card(library: Library, card: Card) -> cards.Described:
    """The reminder of the first habit that draws the card, or of any when none does."""
    habits = sorted(library.habits.values(), key=lambda habit: card not in library.deck(habit.id))
    return cards.reminder_message(library, habits[0], card, None, False, ReminderKey(habits[0].id, _NEVER))


def _sequence(library: Library, sequence: Sequence) -> Iterator[cards.Described]:
    """What the reminders of its habits say, and each of its moves, as to somebody whom all of them suit."""
    steps = moves.whole(library, sequence)
    for habit in library.habits.values():
        if habit.sequence == sequence.id:
            opening = moves.Opening(sequence, steps)
            yield cards.reminder_message(library, habit, opening, None, False, ReminderKey(habit.id, _NEVER))
    for step in steps:
        key = ReminderKey(sequence.id, _NEVER)
        yield moves.message(Course(sequence, step.number), steps, key)


def _message(library: Library, template: str, args: Mapping[str, Any]) -> Shown:
    text = _words(library, template, args)
    if "picture" not in args:
        return Shown(text)
    stretch, caption = library.card(args["picture"]["card"]), args.get("caption_text")
    under = _words(library, caption["template"], caption["args"]) if caption else text
    return Shown(text, under, stretch if isinstance(stretch, Stretch) else None)


def _words(library: Library, template: str, args: Mapping[str, Any]) -> Words:
    markup = keyboards.markup(library, template, args, _NEVER) or {"inline_keyboard": []}
    buttons = tuple(tuple(button["text"] for button in row) for row in markup["inline_keyboard"])
    return Words(wording.render(library, template, args, _NEVER), buttons)


def _unknown(library: Library, name: str) -> str:
    known = [
        *(card.id for deck in library.cards.values() for card in deck),
        *library.conditions,
        *library.sequences,
    ]
    near = get_close_matches(name, known, _NAMED, cutoff=0.4)
    told = f"there is no card, condition or sequence {name!r}"
    return f"{told}; do you mean {', '.join(near)}?" if near else f"{told}; their files' names are their ids."

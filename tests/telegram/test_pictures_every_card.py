"""Every card of the content goes out through the real sender, and comes back through every change of its message."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reminderbot.demo.telegram.state import Message
from reminderbot.library.models import Habit, Stretch
from reminderbot.library.sequencing import Course
from reminderbot.services import cards, learning, moves, outbox
from reminderbot.services.work import Surroundings
from reminderbot.store import keys
from reminderbot.store.engine import Store
from reminderbot.store.keys import ReminderKey
from tests.telegram.pictured import calls, pictured
from tests.world import Somebody, World

LINES = 3
"""Of a caption; a note above it is two more."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture
def here(sqlite_store: Store, around: Surroundings, folder: Path) -> Iterator[World]:
    with pictured(sqlite_store, around, folder) as place:
        yield place


def longest_key(here: World, habit: Habit) -> ReminderKey:
    return ReminderKey(habit.id, (here.now + timedelta(days=365 * 40)).replace(microsecond=0))


def kind(card: Stretch) -> str:
    """What moves comes as a film, the others as photos."""
    return "photo" if card.kind == "static" else "animation"


def sent(here: World, who: Somebody, template: str, args: Any) -> Message:
    """The message that these words become; all of them have to arrive."""
    before = len(calls(who))
    here.ask(lambda work: outbox.say(work, who.id, template, args))
    here.settle()
    assert [(call.ok, call.error) for call in calls(who)[before:]] == [(True, None)], (template, args)
    return who.person.last


def changed(here: World, who: Somebody, message: Message, template: str, args: Any) -> None:
    """The message with these words instead."""
    before = len(calls(who))
    here.ask(lambda work: outbox.edit(work, who.id, message.id, template, args))
    here.settle()
    assert [(call.ok, call.error) for call in calls(who)[before:]] == [(True, None)], (template, args)


@pytest.mark.parametrize("note", [None, "note.absence"])
def test_every_stretch_comes_with_its_picture_and_shows_its_steps_and_its_result(
    here: World, ana: Somebody, note: str | None
) -> None:
    library, habit = here.around.library, here.around.library.habits["stretch"]
    key = longest_key(here, habit)
    for card in library.cards["stretches"]:
        assert isinstance(card, Stretch)
        template, args = cards.reminder_message(library, habit, card, note, True, key)
        message = sent(here, ana, template, args)
        assert (message.kind != "text", len(message.text.split("\n"))) == (True, LINES + 2 * bool(note)), (
            card.id
        )
        assert message.labels == ["Done", "Skip", "Snooze", "Steps", "Wrong time?", "Something feels wrong"]
        whole = {name: args[name] for name in args if name != "picture"} | {"captioned": True}
        del whole["caption_text"]
        changed(here, ana, message, template, whole)
        result = {"line": str(card.title), "key": keys.encode(key), "captioned": True}
        changed(here, ana, message, "answers.skip_result", result)
    assert here.tele.world.files.uploads == len(library.cards["stretches"])


@pytest.mark.parametrize("deck", ["nudges", "facts"])
def test_every_other_card_comes_in_words_alone(here: World, ana: Somebody, deck: str) -> None:
    library, habit = here.around.library, here.around.library.habits["move"]
    key = longest_key(here, habit)
    for card in library.cards[deck]:
        template, args = cards.reminder_message(library, habit, card, "note.absence", True, key)
        message = sent(here, ana, template, args)
        assert (message.kind, message.labels) == ("text", ["Done", "Skip", "Snooze", "Wrong time?"])


def test_every_move_of_every_sequence_takes_its_place_in_one_message(here: World, ana: Somebody) -> None:
    library, habit = here.around.library, here.around.library.habits["stretch"]
    key = longest_key(here, habit)
    for sequence in library.sequences.values():
        steps = moves.whole(library, sequence)
        opening = moves.Opening(sequence, steps)
        message = sent(here, ana, *cards.reminder_message(library, habit, opening, "note.absence", True, key))
        for step in steps:
            changed(here, ana, message, *moves.message(Course(sequence, step.number), steps, key))
            assert (message.kind != "text", str(step.stretch.title) in message.text) == (True, True)


def test_every_condition_fits_into_a_message(here: World, ana: Somebody) -> None:
    for condition in here.around.library.conditions.values():
        message = sent(here, ana, *learning.described(here.around.library, condition))
        assert str(condition.title) in message.text

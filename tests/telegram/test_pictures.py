"""A stretch comes with its picture and a few words, and is answered like any other reminder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reminderbot.library.models import Stretch
from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery
from tests.telegram.looking import fates, rows
from tests.telegram.pictured import calls, pictured, shown
from tests.world import Somebody, World

KINDS = {"static": "photo", "dynamic": "animation", "strength": "animation"}


@pytest.fixture
def here(store: Store, around: Surroundings, tmp_path: Path) -> Iterator[World]:
    with pictured(store, around, tmp_path) as place:
        yield place


@pytest.fixture(autouse=True)
def _asked_before(ana: Somebody, avoids_nothing: None) -> None:
    """No question comes between the stretch and its answer."""


def card_of(who: Somebody) -> Stretch:
    row = rows(who.world, tables.reminders, chat_id=who.id, habit="stretch")[-1]
    card = who.world.around.library.card(row.card)
    assert isinstance(card, Stretch)
    return card


def test_a_stretch_that_was_asked_for_comes_as_a_picture_with_three_short_lines(ana: Somebody) -> None:
    ana.says("/stretch")
    message, card = shown(ana), card_of(ana)
    assert message.kind == KINDS[card.kind]
    first, short, last = message.text.split("\n")
    assert first.startswith(f"{card.title} · ")
    assert (short, last) == (str(card.short), str(card.stop_if))
    assert message.labels == ["Done", "Skip", "Snooze", "Steps", "Something feels wrong"]


def test_a_stretch_at_its_time_comes_as_a_picture(here: World, ana: Somebody) -> None:
    here.fast_forward(days=1)
    assert shown(ana).kind == KINDS[card_of(ana).kind]
    assert fates(ana, "stretch")[-1] == (Delivery.SENT, None)


def test_a_line_that_was_to_be_told_stands_above_the_caption(here: World, ana: Somebody) -> None:
    here.ask(lambda work: work.tx.execute(tables.cadences.update().values(note="note.absence")))
    ana.says("/stretch")
    told, empty, *caption = shown(ana).text.split("\n")
    assert (told[:16], empty, len(caption)) == ("Good to have you", "", 3)
    assert shown(ana).labels[3] == "Steps"


def test_done_changes_the_caption_and_leaves_the_picture(ana: Somebody) -> None:
    ana.says("/stretch")
    message, file_id, before = shown(ana), shown(ana).file_id, len(calls(ana))
    ana.taps("Done")
    assert [call.method for call in calls(ana)[before:]] == ["editMessageCaption"]
    assert message.text.startswith(f"{card_of(ana).title}\n✅ Done.")
    assert (message.file_id, message.labels) == (file_id, ["Undo"])


def test_undo_brings_the_caption_back(ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    text, labels = message.text, message.labels
    ana.taps("Done")
    ana.taps("Undo")
    assert (message.text, message.labels, calls(ana)[-1].method) == (text, labels, "editMessageCaption")


def test_a_snoozed_stretch_comes_back_with_its_picture(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    message, card = shown(ana), card_of(ana)
    ana.taps("Snooze")
    assert "Snoozed" in message.text
    here.fast_forward(minutes=30)
    assert (shown(ana).id > message.id, shown(ana).file_id) == (True, message.file_id)
    assert card_of(ana) == card


def test_a_stretch_that_was_snoozed_too_often_keeps_its_picture_and_its_steps(
    here: World, ana: Somebody
) -> None:
    ana.says("/stretch")
    for _ in range(3):
        ana.taps("Snooze")
        here.fast_forward(minutes=11)
    message = shown(ana)
    text, file_id = message.text, message.file_id
    ana.taps("Snooze", message)
    ana.sees_toast("Three snoozes in a row")
    assert (message.text, message.file_id) == (text, file_id)
    assert message.labels == ["Done", "Skip", "Next one", "Steps", "Something feels wrong"]
    ana.taps("Next one", message)
    assert (message.file_id, message.labels) == (file_id, ["Undo"])
    ana.taps("Undo", message)
    assert (message.text, message.file_id) == (text, file_id)


def test_another_moment_and_a_reason_change_the_caption(ana: Somebody) -> None:
    ana.says("/stretch")
    message, file_id = shown(ana), shown(ana).file_id
    for label in ("Snooze", "30 min", "Undo", "Skip", "Not now"):
        ana.taps(label, message)
    assert message.text == f"{card_of(ana).title}\n⏭ Skipped: not now. It doesn't count against you."
    assert (message.file_id, message.labels) == (file_id, ["Undo"])


def test_steps_shows_all_of_them_below_the_picture_and_keeps_the_other_buttons(ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    ana.taps("Steps")
    ana.sees_toast("Here you are")
    assert all(step in message.text for step in card_of(ana).steps.get())
    assert message.labels == ["Done", "Skip", "Snooze", "Something feels wrong"]
    ana.taps("Done")
    assert "✅ Done" in message.text
    assert {call.method for call in calls(ana)[-2:]} == {"editMessageCaption"}


def test_the_word_steps_answers_with_those_of_the_newest_stretch_of_today(here: World, ana: Somebody) -> None:
    ana.says("steps")
    ana.sees("I have no steps to show")
    ana.says("/stretch")
    ana.taps("Done")
    ana.says("Show me the steps!")
    ana.sees(*card_of(ana).steps.get())
    assert ana.person.last.labels == []
    here.fast_forward(hours=20)
    ana.forgets_what_was_said()
    ana.says("/steps")
    ana.sees("I have no steps to show")


def test_a_stale_press_on_steps_changes_nothing(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    steps = next(data for row in message.buttons for label, data in row if label == "Steps")
    ana.taps("Done")
    text = message.text
    for data, words in ((steps, "answered already"), ("v1:steps:stretch:zz", "don't"), ("v1:steps", "don't")):
        ana.person.taps_data(data, message.id)
        here.settle()
        ana.sees_toast(words)
    assert message.text == text


def test_while_exercise_is_stopped_no_steps_are_shown(ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    text = message.text
    ana.says("my groin is numb and I can't pee")
    ana.forgets_what_was_said()
    ana.taps("Steps", message)
    ana.sees("paused")
    ana.says("steps")
    ana.sees("paused")
    assert message.text == text

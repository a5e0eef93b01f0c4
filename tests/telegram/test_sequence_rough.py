"""A sequence in rough hands: two at once, taps twice or late, put off, and content that changes half way through."""

from collections.abc import Iterator

import pytest

from reminderbot.library.learning import Sequence
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.going import WARMUP, sequence, with_sequences
from tests.telegram.looking import fates
from tests.world import Somebody, World, world

pytestmark = pytest.mark.usefixtures("avoids_nothing")

COOLDOWN = sequence("cooldown", "Cool-down", ("chair-twist", 60), ("march-on-the-spot", 30))


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with world(store, with_sequences(around, WARMUP, COOLDOWN)) as place:
        yield place


def content(here: World, *sequences: Sequence) -> None:
    """The bot begins anew, with these sequences and no others."""
    here.around = with_sequences(here.around, *sequences)
    here.restart()


def test_words_mean_the_sequence_that_was_shown_last(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    warmup = ana.person.last
    here.fast_forward(seconds=1)
    ana.says("/cooldown")
    here.fast_forward(seconds=1)
    ana.taps("Next", warmup)
    ana.says("next")
    ana.sees("Warm-up, 3 of 3")
    here.fast_forward(seconds=1)
    ana.says("/cooldown")
    ana.says("stop")
    ana.sees("Cool-down: stopped")
    ana.says("stop")
    ana.sees("Warm-up: stopped")


def test_two_messages_of_one_sequence_are_one_occurrence(ana: Somebody) -> None:
    ana.says("/warmup")
    first = ana.person.last
    ana.says("/warmup")
    ana.taps("Next", first)
    ana.says("done")
    ana.taps("Next", first)
    ana.sees_toast("answered already")
    assert [outcome for _, outcome in fates(ana, "stretch")] == ["done"]


def test_next_tapped_twice_goes_one_move_on(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.person.taps("Next")
    ana.person.taps("Next")
    here.settle()
    assert "2 of 3" in ana.person.last.text


def test_put_off_it_comes_back_as_what_it_was(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.says("later")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=11)
    ana.sees("Warm-up for everybody", "5 minutes")
    ana.taps("Start")
    ana.sees("Warm-up, 1 of 3")


def test_when_its_last_moves_are_gone_next_shows_the_last_that_is_left(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    content(here, WARMUP.model_copy(update={"moves": WARMUP.moves[:2]}))
    ana.taps("Next")
    ana.sees("Warm-up, 2 of 2")
    ana.taps("Done")
    ana.sees("Warm-up", "✅ Done")


def test_when_it_is_gone_its_buttons_say_so_and_it_can_still_be_answered(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    content(here)
    ana.taps("Next")
    ana.sees_toast("Nothing was changed")
    ana.says("next")
    ana.sees("didn't get that")
    ana.says("something feels wrong")
    ana.sees("A few short pages")
    ana.taps("Stop", ana.person.messages[-3])
    ana.sees("Skipped")
    assert [outcome for _, outcome in fates(ana, "stretch")] == ["skipped"]


def test_put_off_and_gone_the_days_stretch_comes_in_its_place(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("later")
    content(here)
    ana.forgets_what_was_said()
    here.fast_forward(minutes=11)
    ana.sees("Your stretch")


def test_a_start_tapped_twice_begins_one_sequence(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("later")
    here.fast_forward(minutes=11)
    ana.forgets_what_was_said()
    ana.person.taps("Start")
    ana.person.taps("Start")
    here.settle()
    assert len([text for text in ana.unread() if "1 of 3" in text]) == 1


def test_the_word_stop_counts_from_the_move_that_was_shown_last(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    here.fast_forward(minutes=50)
    ana.taps("Next")
    here.fast_forward(minutes=50)
    ana.says("stop")
    ana.sees("Warm-up: stopped")


def test_stop_counts_from_when_it_was_said(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    ana.person.says("stop")
    here.skip(hours=2)
    here.settle()
    ana.sees("Warm-up: stopped")


def test_a_button_of_more_than_a_week_ago_goes_nowhere(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    old = ana.person.last
    here.fast_forward(days=7, minutes=1)
    ana.taps("Next", old)
    ana.sees_toast("more than a week old")
    assert "1 of 3" in old.text

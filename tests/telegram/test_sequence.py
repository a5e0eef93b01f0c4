"""/warmup and /cooldown: move after move in one message, and Done as an extra move of the stretch habit."""

from collections.abc import Callable, Iterator

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.going import WARMUP, with_sequences
from tests.telegram.holding import report
from tests.telegram.looking import fates
from tests.world import Somebody, World, world

pytestmark = pytest.mark.usefixtures("avoids_nothing")


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with world(store, with_sequences(around, WARMUP)) as place:
        yield place


def test_the_moves_come_one_after_the_other_in_one_message(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.sees("Warm-up, 1 of 3: March on the spot", "30 seconds")
    assert ana.buttons() == ["Next", "Stop", "Something feels wrong"]
    messages = len(ana.person.messages)
    ana.taps("Next")
    ana.sees("Warm-up, 2 of 3", "40 seconds")
    assert ana.buttons() == ["Back", "Next", "Stop", "Something feels wrong"]
    ana.taps("Next")
    ana.sees("Warm-up, 3 of 3", "60 seconds, both sides")
    assert ana.buttons() == ["Back", "Done", "Stop", "Something feels wrong"]
    ana.taps("Back")
    ana.sees("Warm-up, 2 of 3")
    assert len(ana.person.messages) == messages


@pytest.mark.parametrize("words", ["/warmup", "warm up", "Warmup!", "warm-up"])
def test_words_begin_it_as_well(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Warm-up, 1 of 3")


def test_without_such_a_sequence_there_is_still_an_answer(ana: Somebody) -> None:
    ana.says("cool down")
    ana.sees("isn't there just now")


def test_done_is_an_extra_move_of_the_stretch_habit_and_undo_takes_it_back(ana: Somebody) -> None:
    ana.says("/remind stretch off")
    ana.says("/warmup")
    ana.taps("Next")
    ana.taps("Next")
    ana.taps("Done")
    ana.sees("Warm-up", "✅ Done", "Streak 1 day")
    ana.sees_toast("counted")
    assert [outcome for _, outcome in fates(ana, "stretch")] == ["done"]
    ana.taps("Undo")
    ana.sees("Warm-up, 3 of 3")
    assert [outcome for _, outcome in fates(ana, "stretch")] == [None]
    ana.taps("Done")
    ana.sees("✅ Done")


def test_a_second_tap_on_an_old_button_counts_nothing_twice(ana: Somebody) -> None:
    ana.says("/warmup")
    data = [button["callback_data"] for row in ana.person.last.inline_rows for button in row]
    ana.says("done")
    for verb in data[:2]:
        ana.does(lambda person, verb=verb: person.taps_data(verb, person.last))  # type: ignore[misc]
        ana.sees_toast("answered already")
    assert [outcome for _, outcome in fates(ana, "stretch")] == ["done"]


def test_stop_leaves_it_at_that_and_counts_against_nobody(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Stop")
    ana.sees("Warm-up", "Skipped. It doesn't count against you")


@pytest.mark.parametrize(
    "stops", [lambda ana: ana.taps("Stop"), lambda ana: ana.says("stop"), lambda ana: ana.says("Please stop")]
)
def test_stopped_half_way_it_leaves_no_trace_in_the_numbers_and_can_be_taken_up_again(
    ana: Somebody, stops: Callable[[Somebody], None]
) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.forgets_what_was_said()
    stops(ana)
    ana.says("/stats")
    ana.sees("The calendar is still empty")
    ana.taps("Undo", ana.person.messages[-2])
    ana.sees("Warm-up, 2 of 3")


def test_left_unanswered_it_is_no_miss(here: World, ana: Somebody) -> None:
    ana.says("/remind stretch off")
    ana.says("/warmup")
    here.fast_forward(days=2)
    assert [outcome for _, outcome in fates(ana, "stretch")] == ["void"]


def test_next_and_back_and_done_may_be_written(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("next")
    ana.sees("2 of 3")
    ana.says("Next!")
    ana.sees("3 of 3")
    ana.says("next")
    ana.sees("3 of 3")
    ana.says("back")
    ana.sees("2 of 3")
    ana.says("done")
    ana.sees("Warm-up", "✅ Done")


@pytest.mark.parametrize("words", ["Next?", "(next)", "next 👉", "…next"])
def test_marks_around_the_word_do_no_harm(ana: Somebody, words: str) -> None:
    ana.says("/warmup")
    ana.says(words)
    ana.sees("2 of 3")


def test_next_without_a_sequence_is_answered_kindly(ana: Somebody) -> None:
    ana.says("next")
    ana.sees("didn't get that")


def test_the_word_stop_stops_the_sequence_that_runs_and_names_the_way_to_stop_all(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("stop")
    ana.sees("doesn't count against you", "send /stop")
    ana.says("stop")
    ana.sees("no more reminders")


def test_the_word_stop_means_all_reminders_an_hour_later(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    here.fast_forward(minutes=61)
    ana.says("stop")
    ana.sees("no more reminders")


def test_the_word_stop_means_all_reminders_while_exercise_is_on_hold(ana: Somebody) -> None:
    ana.says("/warmup")
    report(ana)
    ana.says("stop")
    ana.sees("no more reminders")


def test_the_command_stop_always_means_all_reminders(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("/stop")
    ana.sees("no more reminders")


def test_asked_for_again_it_begins_anew_and_stays_one_occurrence(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.says("/warmup")
    ana.sees("2 of 3")
    ana.sees("1 of 3")
    assert len(fates(ana, "stretch")) == 1


def test_the_days_stretch_is_another_card(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("/stretch")
    ana.sees("Warm-up, 1 of 3")
    assert "Warm-up" not in ana.sees("Your stretch")
    ana.says("/warmup")
    ana.sees("1 of 3")
    stretch = ana.person.messages[-2]
    ana.says("/stretch")
    assert ana.sees("Your stretch").splitlines()[0] == stretch.text.splitlines()[0]


def test_a_move_that_made_it_worse_never_comes_again(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.taps("Something feels wrong")
    ana.sees("The last stretch was: Easy squats")
    ana.taps("This stretch made it worse")
    ana.says("/warmup")
    ana.sees("Warm-up, 1 of 2: March on the spot")
    ana.taps("Next")
    ana.sees("Warm-up, 2 of 2: ")


def test_the_words_that_something_is_wrong_name_the_move_as_well(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.says("something feels wrong")
    ana.sees("The last stretch was: March on the spot")


def test_moves_that_somebody_avoids_are_left_out_even_half_way_through(ana: Somebody) -> None:
    ana.says("/warmup")
    warmup = ana.person.last
    ana.says("/settings")
    ana.taps("Anything to avoid")
    ana.taps("Knee")
    ana.taps("Next", warmup)
    ana.sees("Warm-up, 2 of 2: ")


def test_advice_to_see_a_gp_leaves_out_the_moves_of_the_last_day(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    report(ana, "gp")
    ana.says("/warmup")
    ana.sees("Warm-up, 1 of 1: ")


def test_when_nothing_of_it_suits_it_is_left_kindly(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.taps("Next")
    warmup = ana.person.last
    report(ana, "gp")
    ana.says("/warmup")
    ana.sees("let's leave it")
    ana.taps("Back", warmup)
    ana.sees("let's leave it")


def test_on_hold_it_says_what_a_stretch_says_and_shows_no_move(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.sees("1 of 3")
    report(ana)
    for words in ("/warmup", "next"):
        ana.says(words)
        ana.sees("No exercise right now")
    ana.taps("Next")
    ana.sees("No exercise right now")
    ana.sees_nothing()


def test_on_the_way_back_it_waits_like_stretches(ana: Somebody) -> None:
    report(ana)
    ana.says("a clinician has checked me")
    ana.says("/warmup")
    ana.sees("No exercise right now", "Easing back in")


@pytest.mark.parametrize(
    "data",
    ["v1:qmove:stretch:aaaaaa:1", "v1:qmove:x", "v1:qmove::", "v1:qmove:yoga:1:1", "v1:qstart:stretch:aaaaaa",
     "v1:qstart:", "v0:qmove:stretch:aaaaaa:1", "v1:qmove:KEY:99999", "v1:qmove:KEY:-1",
     "v1:qmove:KEY:²", "v1:qmove:KEY:"],
)  # fmt: skip
def test_a_forged_button_changes_nothing_and_says_so(ana: Somebody, data: str) -> None:
    ana.says("/warmup")
    ana.forgets_what_was_said()
    key = ana.person.last.inline_rows[0][0]["callback_data"].removeprefix("v1:qmove:").rpartition(":")[0]
    ana.does(lambda person: person.taps_data(data.replace("KEY", key), person.last))
    ana.sees_toast("Nothing was changed")
    ana.sees_nothing()


def test_a_button_of_a_stretch_starts_nothing(ana: Somebody) -> None:
    ana.says("/stretch")
    stretch = ana.person.last
    done = stretch.inline_rows[0][0]["callback_data"]
    ana.does(lambda person: person.taps_data(done.replace("done", "qstart"), stretch))
    ana.sees_toast("Nothing was changed")


def test_somebody_forgotten_is_told_how_to_begin(ana: Somebody) -> None:
    ana.says("/warmup")
    old = ana.person.last
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.taps("Next", old)
    ana.sees_toast("/start")
    ana.says("next")
    ana.sees("We haven't started yet")

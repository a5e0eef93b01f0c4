"""A sequence with figures: each move changes the picture of the one message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.going import WARMUP, with_sequences
from tests.telegram.holding import report
from tests.telegram.pictured import calls, pictured
from tests.world import MONDAY, Somebody, World

pytestmark = pytest.mark.usefixtures("avoids_nothing")


@pytest.fixture
def here(store: Store, around: Surroundings, tmp_path: Path) -> Iterator[World]:
    with pictured(store, with_sequences(around, WARMUP), tmp_path) as place:
        yield place


def methods(who: Somebody, since: int) -> list[str]:
    return [call.method for call in calls(who)[since:]]


def test_each_move_has_its_picture_and_three_short_lines(ana: Somebody) -> None:
    before = len(calls(ana))
    ana.says("/warmup")
    assert len(ana.sees("Warm-up, 1 of 3: March on the spot").splitlines()) == 3
    assert ana.buttons() == ["Next", "Steps", "Stop", "Something feels wrong"]
    ana.taps("Next")
    ana.sees("Warm-up, 2 of 3")
    ana.taps("Back")
    ana.sees("Warm-up, 1 of 3")
    assert methods(ana, before) == ["sendAnimation", "editMessageMedia", "editMessageMedia"]


def test_steps_shows_the_whole_of_a_move_below_its_picture_and_one_can_go_on(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Steps")
    assert len(ana.sees("Warm-up, 1 of 3", "Stop if").splitlines()) > 3
    ana.taps("Next")
    ana.sees("Warm-up, 2 of 3")
    ana.says("steps")
    ana.sees("Easy squats")


def test_done_and_undo_change_the_words_and_leave_the_picture(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    ana.taps("Next")
    before = len(calls(ana))
    ana.taps("Done")
    ana.sees("✅ Done")
    ana.taps("Undo")
    ana.sees("Warm-up, 3 of 3")
    assert methods(ana, before) == ["editMessageCaption", "editMessageCaption"]


def test_on_hold_the_words_below_the_picture_say_so(ana: Somebody) -> None:
    ana.says("/warmup")
    report(ana)
    before = len(calls(ana))
    ana.taps("Next")
    ana.sees("No exercise right now")
    assert methods(ana, before) == ["editMessageCaption"]


def test_the_reminder_of_a_habit_shows_its_first_move(here: World, ana: Somebody) -> None:
    ana.says("/remind chair yoga on")
    here.until(MONDAY.replace(day=6, hour=17, minute=0))
    ana.sees("Time for chair yoga", "45 minutes")
    assert ana.buttons() == ["Start", "Done", "Skip", "Snooze"]
    assert ana.person.last.kind == "photo"
    before = len(calls(ana))
    ana.taps("Start")
    assert methods(ana, before) == ["editMessageCaption", "sendPhoto"]

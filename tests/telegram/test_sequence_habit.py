"""Chair yoga: a habit that comes only to who switches it on, and whose reminder starts a sequence."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.going import WARMUP, with_sequences
from tests.telegram.holding import report
from tests.telegram.looking import fates
from tests.world import MONDAY, Somebody, World, world

pytestmark = pytest.mark.usefixtures("avoids_nothing")

TUESDAY_AT_FIVE = MONDAY.replace(hour=17, minute=0) + timedelta(days=1)


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with world(store, with_sequences(around, WARMUP)) as place:
        yield place


@pytest.fixture
def yoga(ana: Somebody) -> Somebody:
    """Ana has switched it on, and its first reminder has just come."""
    ana.says("/remind chair-yoga on")
    ana.world.until(TUESDAY_AT_FIVE)
    ana.sees("Time for chair yoga", "Chair yoga for everybody", "45 minutes")
    return ana


def test_a_new_subscriber_does_not_get_it(here: World) -> None:
    bela = here.person("Bela")
    bela.says("/start")
    bela.says("/timezone UTC")
    assert not [text for text in bela.unread() if "yoga" in text.lower()]
    here.until(TUESDAY_AT_FIVE)
    assert not [text for text in bela.unread() if "yoga" in text.lower()]


def test_the_overview_offers_it_last_and_a_tap_switches_it_on(ana: Somebody) -> None:
    ana.says("/remind")
    said = ana.sees("Chair yoga: not on yet", "at 17:00, Tue, Thu")
    assert said.index("Stretch:") < said.index("Chair yoga:")
    assert "Change Chair yoga" not in ana.buttons()
    ana.taps("Chair yoga on")
    ana.sees("Chair yoga: at 17:00, Tue, Thu", "Tue 17:00, Thu 17:00")
    ana.says("/remind")
    ana.sees("Chair yoga: at 17:00, Tue, Thu\n")
    assert "Change Chair yoga" in ana.buttons()


@pytest.mark.parametrize(
    "words",
    [
        "chair-yoga on",
        "chair yoga on",
        "Chair Yoga tue,thu 17:00",
        "yoga on",
        "chair yoga tue,thu",
        "yoga 17:00",
    ],
)
def test_words_switch_it_on(ana: Somebody, words: str) -> None:
    ana.says(f"/remind {words}")
    ana.sees("Chair yoga: at 17:00, Tue, Thu", "Tue 17:00")


def test_a_time_without_a_habit_is_never_meant_for_it_before_it_is_on(ana: Somebody) -> None:
    ana.says("/remind 7:30")
    ana.sees("Stretch: at 7:30")
    ana.says("/remind chair yoga on")
    ana.sees("Chair yoga")
    ana.says("/remind 7:30")
    ana.sees("Which one")


def test_its_reminder_starts_it_in_a_new_message(yoga: Somebody) -> None:
    assert yoga.buttons() == ["Start", "Done", "Skip", "Snooze"]
    yoga.taps("Start")
    yoga.sees("Chair yoga: started")
    yoga.sees("Chair yoga, 1 of 4", "60 seconds")
    yoga.taps("Next")
    yoga.sees("Chair yoga, 2 of 4")
    yoga.taps("Next")
    yoga.sees("Chair yoga, 3 of 4", "Round 2 begins")
    yoga.taps("Next")
    yoga.taps("Done")
    yoga.sees("Chair yoga", "✅ Done", "Today 1 of 1, and it counts")
    assert [outcome for _, outcome in fates(yoga, "chair-yoga")] == ["done"]


def test_it_may_be_done_skipped_and_snoozed_without_a_step(here: World, yoga: Somebody) -> None:
    yoga.taps("Snooze")
    yoga.forgets_what_was_said()
    here.fast_forward(minutes=31)
    yoga.sees("Time for chair yoga")
    yoga.taps("Skip")
    yoga.sees("Skipped")
    yoga.taps("Undo")
    yoga.sees("Time for chair yoga", "45 minutes")
    yoga.taps("Done")
    yoga.sees("✅ Done")


def test_begun_and_put_off_it_comes_back_whole(here: World, yoga: Somebody) -> None:
    yoga.taps("Start")
    yoga.taps("Next")
    yoga.says("later")
    yoga.forgets_what_was_said()
    here.fast_forward(minutes=31)
    yoga.sees("Time for chair yoga")
    yoga.taps("Start")
    yoga.sees("Chair yoga, 1 of 4")


def test_the_word_begin_starts_it_and_stop_skips_only_what_has_begun(yoga: Somebody) -> None:
    yoga.says("begin")
    yoga.sees("Chair yoga, 1 of 4")
    yoga.says("stop")
    yoga.sees("Chair yoga: stopped", "/stop")


def test_the_word_stop_under_its_reminder_means_all_reminders(yoga: Somebody) -> None:
    yoga.says("stop")
    yoga.sees("no more reminders")


def test_what_somebody_avoids_is_left_out_of_it(here: World, ana: Somebody) -> None:
    ana.says("/settings")
    ana.taps("Anything to avoid")
    ana.taps("Osteoporosis")
    ana.says("/remind yoga on")
    here.until(TUESDAY_AT_FIVE)
    ana.sees("45 minutes")
    ana.taps("Start")
    ana.sees("Chair yoga, 1 of 2")


def test_on_hold_it_does_not_come(here: World, ana: Somebody) -> None:
    ana.says("/remind yoga on")
    report(ana)
    ana.forgets_what_was_said()
    here.until(TUESDAY_AT_FIVE)
    ana.sees_nothing()
    assert [outcome for _, outcome in fates(ana, "chair-yoga")] == ["void"]


def test_a_start_that_is_tapped_on_hold_shows_no_move(yoga: Somebody) -> None:
    report(yoga)
    yoga.taps("Start")
    yoga.sees("No exercise right now")
    yoga.sees_nothing()


def test_done_may_name_it(yoga: Somebody) -> None:
    yoga.says("/done chair yoga")
    yoga.sees("Chair yoga: done")


def test_before_it_is_begun_no_stretch_can_have_felt_wrong(yoga: Somebody) -> None:
    yoga.says("something feels wrong")
    yoga.sees("A few short pages")
    for _ in range(6):
        yoga.taps("None of these")
    yoga.sees("None of that: good")
    assert "A stretch made it worse" not in yoga.person.last.labels
    yoga.says("begin")
    yoga.says("something feels wrong")
    yoga.sees("The last stretch was: Seated chest opener")

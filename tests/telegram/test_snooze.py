"""Snooze: one tap puts a nudge off, the line below says until when and offers something else, and it has an end."""

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.telegram import callbacks, keyboards
from tests.telegram.holding import report
from tests.telegram.looking import clocks, fates, miscounted
from tests.world import MONDAY, Somebody, World

NINE = MONDAY.replace(hour=9, minute=0)
KEY = keys.encode(ReminderKey("move", NINE))
ANSWERS = ["Done", "Skip", "Snooze"]


@pytest.fixture
def nudged(here: World, ana: Somebody) -> Somebody:
    """Ana with the nudge of nine o'clock, whose hours are 9 to 12 and 13 to 17."""
    here.until(NINE)
    return ana


def test_one_tap_snoozes_and_offers_another_moment(nudged: Somebody) -> None:
    nudged.taps("Snooze")
    nudged.sees_toast("Snoozed for 10 minutes. Back at Mon 9:10.")
    nudged.sees("Back at Mon 9:10.")
    assert nudged.buttons() == ["10 min", "30 min", "Next one", "Undo"]


def test_one_more_tap_changes_until_when(here: World, nudged: Somebody) -> None:
    nudged.taps("Snooze")
    nudged.taps("30 min")
    nudged.sees_toast("Snoozed for 30 minutes. Back at Mon 9:30.")
    nudged.sees("Back at Mon 9:30.")
    here.until(NINE.replace(minute=29))
    assert clocks(nudged) == ["Mon 9:00"]
    here.until(NINE.replace(hour=10, minute=1))
    assert clocks(nudged) == ["Mon 9:00", "Mon 9:30", "Mon 10:00"]


def test_the_same_choice_twice_changes_nothing_more(here: World, nudged: Somebody) -> None:
    nudged.taps("Snooze")
    data, below = callbacks.encode("until", KEY, "30"), nudged.person.last
    nudged.does(lambda person: (person.taps_data(data, below), person.taps_data(data, below)))
    here.fast_forward(seconds=3)
    nudged.does(lambda person: person.taps_data(data, below))
    assert fates(nudged) == [("sent", "snoozed"), ("pending", None)]
    here.until(NINE.replace(minute=59))
    assert clocks(nudged) == ["Mon 9:00", "Mon 9:30"]


def test_the_next_one_comes_instead(here: World, nudged: Somebody) -> None:
    """Nothing comes back before it, and the nudge that was left neither counts nor is missed."""
    nudged.taps("Snooze")
    nudged.taps("Next one")
    nudged.sees_toast("Left for the next one, Mon 10:00.")
    nudged.sees("Left for the next one, Mon 10:00.")
    assert nudged.buttons() == ["10 min", "30 min", "Undo"]
    here.until(NINE.replace(hour=10, minute=1))
    assert clocks(nudged) == ["Mon 9:00", "Mon 10:00"]
    nudged.taps("Done")
    nudged.sees("Today 1 of 6")
    here.fast_forward(days=1)
    assert fates(nudged)[0] == ("sent", "snoozed")
    assert miscounted(here) == []


def test_the_next_one_twice_is_left_once(nudged: Somebody) -> None:
    nudged.taps("Snooze")
    data, below = callbacks.encode("until", KEY, "next"), nudged.person.last
    nudged.does(lambda person: (person.taps_data(data, below), person.taps_data(data, below)))
    nudged.sees_toast("Left for the next one")
    assert fates(nudged) == [("sent", "snoozed")]


def test_what_was_left_for_the_next_one_may_come_back_earlier(here: World, nudged: Somebody) -> None:
    nudged.taps("Snooze")
    nudged.taps("Next one")
    nudged.taps("30 min")
    here.until(NINE.replace(minute=31))
    assert clocks(nudged) == ["Mon 9:00", "Mon 9:30"]


@pytest.mark.parametrize("choice", ["10 min", "30 min", "Next one"])
def test_undo_takes_back_every_choice(here: World, nudged: Somebody, choice: str) -> None:
    said = nudged.person.last.text
    nudged.taps("Snooze")
    nudged.taps(choice)
    nudged.taps("Undo")
    assert (nudged.person.last.text, nudged.person.last.labels) == (said, ANSWERS)
    assert fates(nudged) == [("sent", None)]
    here.until(NINE.replace(minute=59))
    assert clocks(nudged) == ["Mon 9:00"]


@pytest.mark.parametrize(
    "words", ["/snooze next", "snooze until the next one", "Snooze next!", "/snooze next move"]
)
def test_the_next_one_in_words(nudged: Somebody, words: str) -> None:
    nudged.says(words)
    nudged.sees("Move: left for the next one, Mon 10:00.")
    assert fates(nudged) == [("sent", "snoozed")]


def test_three_in_a_row_and_no_more(here: World, nudged: Somebody) -> None:
    """The fourth is refused with what can be done instead, below the nudge itself."""
    for minute in (0, 10, 20):
        here.until(NINE.replace(minute=minute, second=30))
        nudged.taps("Snooze")
    here.until(NINE.replace(minute=35))
    nudged.forgets_what_was_said()
    nudge, said = nudged.person.last, nudged.person.last.text
    assert nudge.labels == ANSWERS
    nudged.taps("Snooze")
    nudged.sees_toast("Three snoozes in a row are the most", "Mon 10:00", "Done and Skip work too.")
    assert (nudge.text, nudge.labels) == (said, ["Done", "Skip", "Next one"])
    nudged.says("later")
    nudged.sees("Three snoozes in a row")
    nudged.taps("Next one", nudge)
    nudged.sees("Left for the next one, Mon 10:00.")
    assert nudge.labels == ["Undo"]
    assert clocks(nudged) == ["Mon 9:00", "Mon 9:10", "Mon 9:20", "Mon 9:30"]


def test_the_next_nudge_may_be_snoozed_three_times_again(here: World, nudged: Somebody) -> None:
    for hour in (9, 10):
        for minute in (1, 12, 23):
            here.until(NINE.replace(hour=hour, minute=minute))
            nudged.taps("Snooze")
            nudged.sees_toast("Snoozed for 10 minutes")


def test_never_past_the_hours_but_until_their_last_minute(here: World, ana: Somebody) -> None:
    """The tap that is too late shows the latest there is, and the next one; one tap takes it."""
    here.until(NINE.replace(hour=11, minute=52))
    nudge, said = ana.person.last, ana.person.last.text
    ana.taps("Snooze")
    ana.sees_toast("after 12:00, when your hours end", "11:59", "Mon 13:00")
    assert (nudge.text, nudge.labels) == (said, ["Done", "Skip", "At 11:59", "Next one"])
    ana.taps("At 11:59")
    ana.sees_toast("Back at Mon 11:59.")
    here.until(NINE.replace(hour=12, minute=30))
    assert clocks(ana)[-1] == "Mon 11:59"


def test_when_the_hours_are_over_there_is_only_the_next_one(here: World, ana: Somebody) -> None:
    here.until(NINE.replace(hour=17, minute=30))
    ana.taps("Snooze")
    ana.sees_toast("after 17:00, when your hours end", "Tue 9:00")
    assert ana.buttons() == ["Done", "Skip", "Next one"]
    ana.taps("Done")
    ana.sees("✅ Done.")


def test_in_the_last_half_hour_thirty_minutes_are_not_offered(here: World, ana: Somebody) -> None:
    here.until(NINE.replace(hour=11, minute=40))
    ana.taps("Snooze")
    assert ana.buttons() == ["10 min", "Next one", "Undo"]


@pytest.mark.parametrize("choice", ["0", "241", "-5", "999", "never", "", "30:30", "١٠"])
def test_a_forged_choice_changes_nothing(nudged: Somebody, choice: str) -> None:
    nudge, said = nudged.person.last, nudged.person.last.text
    nudged.does(lambda person: person.taps_data(f"v1:until:{KEY}:{choice}", nudge))
    assert nudged.person.toasts
    assert (nudge.text, fates(nudged)) == (said, [("sent", None)])


def test_a_choice_below_what_has_come_back_changes_nothing(here: World, nudged: Somebody) -> None:
    nudged.taps("Snooze")
    old = nudged.person.last
    here.until(NINE.replace(minute=11))
    nudged.taps("30 min", old)
    nudged.sees_toast("It has come back since")
    assert fates(nudged) == [("sent", "snoozed"), ("sent", None)]


def test_a_choice_below_what_is_done_by_now_changes_nothing(nudged: Somebody) -> None:
    nudged.taps("Snooze")
    data, old = callbacks.encode("until", KEY, "30"), nudged.person.last
    nudged.says("done")
    nudged.does(lambda person: person.taps_data(data, old))
    nudged.sees_toast("answered already")


def test_while_exercise_is_stopped_no_choice_brings_it_back(nudged: Somebody) -> None:
    nudged.taps("Snooze")
    below = nudged.person.last
    report(nudged)
    nudged.taps("30 min", below)
    nudged.sees_toast("Exercises are paused")


def test_what_is_left_for_the_next_one_when_none_is_planned_says_so(nudged: Somebody) -> None:
    nudged.says("/remind move off")
    nudged.says("/snooze next")
    nudged.sees("No next one is planned")
    assert fates(nudged) == [("sent", None)]


def test_a_stretch_keeps_its_picture_and_steps_when_it_is_snoozed_too_often(
    here: World, ana: Somebody
) -> None:
    ana.says("/stretch")
    for _ in range(3):
        ana.taps("Snooze")
        here.fast_forward(minutes=11)
    card = ana.person.last
    said, labels = card.text, card.labels
    ana.taps("Snooze", card)
    ana.sees_toast("Three snoozes in a row")
    assert (card.text, card.labels) == (said, ["Done", "Skip", "Next one", *labels[3:]])


def test_a_card_that_was_asked_for_may_be_snoozed_in_a_pause_until_it_ends(
    here: World, ana: Somebody
) -> None:
    ana.says("/pause 3d")
    ana.says("/stretch")
    ana.taps("Snooze")
    ana.taps("Next one")
    ana.sees("Left for the next one, Thu 8:30.")
    here.fast_forward(hours=3)
    assert fates(ana, "stretch")[-1] == ("sent", "snoozed")


def test_a_warm_up_that_was_snoozed_on_the_way_comes_back_and_begins_anew(here: World, ana: Somebody) -> None:
    ana.says("/warmup")
    first = ana.person.last.text
    ana.taps("Next")
    ana.says("/snooze 30m")
    ana.sees("Snoozed. Back at Mon 9:25.")
    ana.taps("10 min")
    here.until(MONDAY.replace(hour=9, minute=6))
    ana.taps("Start")
    assert ana.person.last.text == first


def test_what_the_version_before_has_put_into_the_outbox_keeps_its_undo(around: Surroundings) -> None:
    """Its rows know nothing of other moments and of reasons."""
    for template in ("answers.snooze_result", "answers.skip_result", "answers.quiet_snooze"):
        below = keyboards.markup(around.library, template, {"key": KEY}, MONDAY)
        assert below
        assert [button["text"] for row in below["inline_keyboard"] for button in row] == ["Undo"]


@pytest.mark.parametrize("words", ["30 min", "snooze 30 min please", "/snooze 30m", "in 30 minutes"])
@pytest.mark.parametrize("hour", [9, 10], ids=["alone", "beside an older one"])
def test_another_moment_in_words_is_about_what_was_put_off_just_now(
    here: World, nudged: Somebody, words: str, hour: int
) -> None:
    here.until(NINE.replace(hour=hour))
    nudged.says("later")
    here.fast_forward(minutes=1)
    nudged.forgets_what_was_said()
    nudged.says(words)
    nudged.sees(f"Back at Mon {hour}:31.")
    here.until(NINE.replace(hour=hour, minute=32))
    assert clocks(nudged)[-1] == f"Mon {hour}:31"


def test_the_next_one_in_words_is_left_for_after_a_snooze(here: World, nudged: Somebody) -> None:
    here.until(NINE.replace(hour=10))
    nudged.says("later")
    nudged.says("snooze next")
    nudged.sees("Left for the next one, Mon 11:00.")
    assert fates(nudged) == [("sent", None), ("sent", "snoozed")]


def test_another_moment_after_one_has_come_is_about_that_one(here: World, nudged: Somebody) -> None:
    nudged.says("snooze next")
    here.until(NINE.replace(hour=10))
    nudged.says("30 min")
    nudged.sees("Back at Mon 10:30.")

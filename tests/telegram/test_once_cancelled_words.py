"""Single reminders that are cancelled in words, and words that look like it."""

from datetime import UTC, datetime

import pytest

from tests.telegram.cancelled import asks, labels
from tests.world import Somebody, World


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("cancel the 3 pm reminder", ["Move, Mon 15:00"]),
        ("cancel my reminder at 3pm", ["Move, Mon 15:00"]),
        ("Could you cancel the stretch reminder, please?", ["Stretch, Tue 9:00"]),
        ("cancel tomorrow's reminder", ["Stretch, Tue 9:00"]),
        ("delete the reminder to call mum at half past four", ["Move, Mon 16:30"]),
        ("cancel all single reminders for today", ["Move, Mon 15:00", "Move, Mon 16:30"]),
        ("cancel my single reminders", ["Move, Mon 15:00", "Move, Mon 16:30", "Stretch, Tue 9:00"]),
    ],
)
def test_it_is_cancelled_in_words(ana: Somebody, words: str, gone: list[str]) -> None:
    asks(ana, "at 15:00", "to call mum at 16:30", "tomorrow at 9 to stretch")
    ana.says(words)
    told = ana.sees(*(f"Cancelled: {one}." for one in gone))
    assert told.count("Cancelled") == len(gone)
    ana.sees_nothing()


def test_where_several_can_be_meant_the_card_asks_which(ana: Somebody) -> None:
    asks(ana, "at 15:00", "to stretch at 15:00", "at 16:00")
    ana.says("cancel the 3pm reminder")
    ana.sees("Which one do you mean")
    assert labels(ana) == [["Cancel Mon 15:00 Move"], ["Cancel Mon 15:00 Stretch"], ["All plans"]]
    ana.taps("Cancel Mon 15:00 Stretch")
    ana.says("cancel my reminder")
    ana.sees("Which one do you mean")
    ana.says("cancel my reminder in 5 hours")
    ana.sees("Which one do you mean")


def test_where_none_comes_then_that_is_said_with_those_that_do(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("cancel the reminder at 10:00")
    ana.sees("No single reminder comes then", "/remind")
    assert labels(ana) == [["Cancel Mon 15:00 Move"], ["All plans"]]
    ana.taps("Cancel Mon 15:00 Move")
    ana.says("cancel the reminder at 10:00")
    ana.sees("No single reminder is waiting")
    ana.says("cancel the reminder on 31 february")
    ana.sees("There is no “31 february” in the calendar")


def test_all_of_a_day_are_its_single_ones_with_a_word_on_the_plan(here: World, ana: Somebody) -> None:
    asks(ana, "at 15:00", "tomorrow at 15:00", "tomorrow at 16:00")
    ana.says("cancel all reminders for today")
    told = ana.sees("Cancelled: Move, Mon 15:00.", "Your plan is left as it is", "/pause 1d")
    assert told.count("Cancelled") == 1
    ana.sees_nothing()
    ana.says("undo")
    ana.sees("It comes after all: Move, Mon 15:00.")
    ana.says("cancel my reminders for tomorrow")
    ana.sees("Cancelled: Move, Tue 15:00.", "Cancelled: Move, Tue 16:00.", "away on Tue 6 January")
    ana.forgets_what_was_said()
    here.until(datetime(2026, 1, 5, 9, 1, tzinfo=UTC))
    assert ana.buttons()[:3] == ["Done", "Skip", "Snooze"]


def test_where_none_comes_on_that_day_the_way_to_leave_it_out_is_told_and_works(ana: Somebody) -> None:
    ana.says("cancel all reminders for friday")
    ana.sees("No single reminder", "away on Fri 9 January")
    ana.says("away on Fri 9 January")
    ana.sees("break is planned on Fri 9 January")


def test_all_reminders_at_once_are_the_plan_and_so_is_stop(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("cancel all reminders")
    ana.sees("Stopped: I'll send no more reminders")


@pytest.mark.parametrize("words", ["delete all my reminders", "remove every reminder"])
def test_all_in_other_words_end_nothing_and_tell_what_does(ana: Somebody, words: str) -> None:
    asks(ana, "at 15:00", "at 16:00")
    ana.says(words)
    ana.sees("Your plan is left as it is", "/stop ends all reminders", "still to come")
    assert labels(ana)[-1] == ["Cancel all 2", "All plans"]


@pytest.mark.parametrize(
    "words",
    [
        "cancel all reminders except the 3pm one",
        "cancel all reminders, but not the 3pm one",
        "cancel my reminders until friday",
        "cancel my reminders after 5",
        "cancel all reminders next week",
        "cancel all reminders to call mum tomorrow",
    ],
)
def test_where_only_the_person_knows_which_the_card_is_shown_and_none_goes(ana: Somebody, words: str) -> None:
    asks(ana, "at 15:00", "at 17:00", "tomorrow at 9", "on friday at 15:00")
    ana.says(words)
    assert "Cancelled" not in ana.sees("still to come")
    assert labels(ana)[-1] == ["Cancel all 4", "All plans"]
    ana.sees_nothing()


def test_a_date_that_can_be_two_days_is_asked_about_where_reminders_come_on_both(ana: Somebody) -> None:
    asks(ana, "on 2 march at 15:00", "on 3 february at 15:00", "at 15:00")
    ana.says("cancel all reminders on 2/3")
    ana.sees("Which one do you mean")
    assert labels(ana) == [["Cancel Tue 3 Feb 15:00 Move"], ["Cancel Mon 2 Mar 15:00 Move"], ["All plans"]]
    ana.taps("Cancel Tue 3 Feb 15:00 Move")
    ana.says("cancel all reminders on 2/3")
    ana.sees("Cancelled: Move, Mon 2 Mar 15:00.", "away on Mon 2 March")


@pytest.mark.parametrize(
    "words",
    [
        *("cancel everything", "cancel my meeting at 3pm", "drop at 3", "cancel my break on friday"),
        *("cancel every friday", "cancel everything but the 3pm one"),
    ],
)
def test_words_about_something_else_cancel_nothing(ana: Somebody, words: str) -> None:
    asks(ana, "at 15:00", "at 17:00", "on friday at 15:00")
    ana.says(words)
    assert "Cancelled" not in " ".join(ana.unread())
    ana.says("/today")
    ana.sees("Mon 15:00 Move\nMon 17:00 Move\nFri 15:00 Move")

"""Single reminders that are cancelled before they come, by a button on their card, and Undo of that."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.telegram.cancelled import asks, labels
from tests.telegram.holding import report
from tests.telegram.moving import export_of
from tests.world import Somebody, World

PHONE_LABEL = 36
"""Letters that a button as wide as a phone's screen shows."""

PHONE_ROWS = 14
"""Rows of buttons that one screen of a phone shows below a few lines."""


def test_each_one_has_its_button_with_its_time_and_what_for(ana: Somebody) -> None:
    asks(ana, "at 15:00", "to stretch tomorrow at 9", "on 20 January at noon for yoga")
    ana.says("/remind")
    ana.taps("Single reminders: 3")
    ana.sees("still to come, by your clock (UTC)")
    assert labels(ana) == [
        ["Cancel Mon 15:00 Move"],
        ["Cancel Tue 9:00 Stretch"],
        ["Cancel Tue 20 Jan 12:00 Chair yoga"],
        ["Cancel all 3", "All plans"],
    ]
    ana.taps("All plans")
    ana.sees("Mon 15:00 Move")


def test_where_none_waits_the_plans_have_no_such_button(ana: Somebody) -> None:
    ana.says("/remind")
    assert not any("Single" in label for label in ana.buttons())


def test_the_card_of_as_many_as_there_may_be_fits_a_phone(ana: Somebody) -> None:
    asks(ana, *(f"on 20 January at {hour}:30 for yoga" for hour in range(10, 20)))
    ana.says("my single reminders")
    rows = labels(ana)
    assert len(rows) <= PHONE_ROWS
    assert max(len(label) for row in rows for label in row if len(row) == 1) <= PHONE_LABEL
    assert "Cancel all 10" in rows[-1]


def test_a_tap_cancels_it_and_it_never_comes(here: World, ana: Somebody) -> None:
    asks(ana, "to stretch at 9:30", "at 15:00")
    ana.says("/remind")
    ana.taps("Single reminders: 2")
    ana.taps("Cancel Mon 9:30 Stretch")
    ana.sees_toast("Cancelled, so it won't come")
    ana.sees("Cancelled: Stretch, Mon 9:30.")
    assert labels(ana) == [["Cancel Mon 15:00 Move"], ["All plans"], ["Undo"]]
    ana.says("/today")
    assert "9:30" not in ana.sees("Mon 15:00 Move")
    here.fast_forward(hours=1)
    assert "Your stretch" not in " ".join(ana.unread())


def test_the_place_that_it_had_is_the_plans_again(here: World, ana: Somebody) -> None:
    asks(ana, "at 9:00")
    ana.says("cancel it")
    ana.says("cancel my 9:00 reminder")
    here.until(datetime(2026, 1, 5, 8, 59, tzinfo=UTC))
    ana.forgets_what_was_said()
    here.fast_forward(minutes=2)
    assert ana.buttons()[:3] == ["Done", "Skip", "Snooze"]


def test_pressing_twice_does_no_harm_and_leaves_the_undo(ana: Somebody) -> None:
    asks(ana, "at 15:00", "at 16:00")
    ana.says("my single reminders")
    card = ana.person.last
    data = card.inline_rows[0][0]["callback_data"]
    for _ in range(2):
        ana.does(lambda person: person.taps_data(data, card))
    ana.sees_toast("cancelled already")
    assert labels(ana) == [["Cancel Mon 16:00 Move"], ["All plans"], ["Undo"]]
    ana.taps("Undo")
    ana.sees_toast("comes after all")
    assert labels(ana)[:2] == [["Cancel Mon 15:00 Move"], ["Cancel Mon 16:00 Move"]]


def test_on_an_old_card_one_that_has_come_is_said_to_have_come(here: World, ana: Somebody) -> None:
    asks(ana, "to stretch in 2 minutes", "at 15:00")
    ana.says("my single reminders")
    card = ana.person.last
    here.fast_forward(minutes=3)
    ana.forgets_what_was_said()
    ana.taps("Cancel Mon 8:57 Stretch", card)
    ana.sees_toast("has come already")
    assert labels(ana, card) == [["Cancel Mon 15:00 Move"], ["All plans"]]
    ana.says("done")
    ana.sees("Stretch: done")


def test_one_that_was_taken_back_meanwhile_is_told_kindly(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    noted = ana.person.last
    ana.says("my single reminders")
    card = ana.person.last
    ana.taps("Undo", noted)
    ana.taps("Cancel Mon 15:00 Move", card)
    ana.sees_toast("nothing was changed now")
    assert labels(ana) == [["All plans"]]


@pytest.mark.parametrize("data", ["v1:cancel:x!", "v1:cancel:", "v1:cancelall:zzzzzzzzzzzzzz", "v1:cancel:1"])
def test_a_forged_button_cancels_nothing(ana: Somebody, data: str) -> None:
    asks(ana, "at 15:00")
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("othing was changed")
    ana.says("/today")
    ana.sees("Mon 15:00 Move")


def test_all_that_the_card_shows_go_at_once_and_none_that_came_later(ana: Somebody) -> None:
    asks(ana, "at 15:00", "at 16:00")
    ana.says("my single reminders")
    card = ana.person.last
    asks(ana, "at 17:30")
    ana.taps("Cancel all 2", card)
    ana.sees_toast("none of them will come")
    ana.sees("Cancelled: Move, Mon 15:00.", "Cancelled: Move, Mon 16:00.")
    ana.says("undo")
    ana.sees("comes after all: Move, Mon 15:00", "comes after all: Move, Mon 16:00")
    assert "Cancel all 3" in ana.buttons()


def test_undo_brings_it_back_in_words_and_it_comes(here: World, ana: Somebody) -> None:
    asks(ana, "to stretch at 9:30", "at 15:00")
    ana.says("cancel the 9:30 reminder")
    ana.says("undo")
    ana.sees("It comes after all: Stretch, Mon 9:30.")
    here.until(datetime(2026, 1, 5, 9, 29, tzinfo=UTC))
    ana.forgets_what_was_said()
    here.fast_forward(minutes=2)
    ana.sees("Your stretch")


def test_undo_goes_by_the_clock_that_the_person_has_then(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("cancel my reminder")
    card = ana.person.last
    ana.says("/timezone Berlin")
    ana.forgets_what_was_said()
    ana.taps("Undo", card)
    ana.sees("It comes after all: Move, Mon 15:00.", "Europe/Berlin")


def test_undo_where_its_time_of_the_clock_is_over_tells_when_it_comes_then(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("cancel my reminder")
    card = ana.person.last
    ana.says("/timezone Tokyo")
    ana.forgets_what_was_said()
    ana.taps("Undo", card)
    ana.sees("It comes after all: Move, Tue 0:00.", "Asia/Tokyo")
    assert labels(ana, card)[0] == ["Cancel Tue 0:00 Move"]


def test_one_that_is_overdue_after_an_outage_is_cancelled_without_an_undo(here: World, ana: Somebody) -> None:
    asks(ana, "to stretch at 9:30", "at 15:00")
    ana.says("my single reminders")
    here.skip(minutes=40)
    ana.taps("Cancel Mon 9:30 Stretch")
    ana.sees("Cancelled: Stretch, Mon 9:30.")
    assert "Undo" not in ana.buttons()


def test_undo_once_its_time_is_over_changes_nothing_and_says_so(here: World, ana: Somebody) -> None:
    asks(ana, "to stretch in 2 minutes")
    ana.says("cancel my reminder")
    card = ana.person.last
    here.fast_forward(minutes=3)
    ana.taps("Undo", card)
    ana.sees_toast("nothing was changed")


def test_undo_of_one_that_was_asked_for_anew_makes_no_second_one(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("cancel my reminder")
    card = ana.person.last
    asks(ana, "at 15:00")
    ana.taps("Undo", card)
    assert labels(ana, card) == [["Cancel Mon 15:00 Move"], ["All plans"]]
    ana.says("/today")
    assert ana.sees("Mon 9:00").count("Mon 15:00") == 1


def test_undo_never_makes_more_of_them_than_there_may_be(ana: Somebody) -> None:
    asks(ana, "at 9:15")
    ana.says("cancel my reminder")
    card = ana.person.last
    asks(ana, *(f"at {hour}:30" for hour in range(10, 20)))
    ana.taps("Undo", card)
    ana.sees("10 single reminders are waiting already")
    ana.says("/today")
    assert "9:15" not in ana.sees("Mon 19:30")


def test_who_has_as_many_as_there_may_be_is_shown_how_to_cancel_one(ana: Somebody) -> None:
    asks(ana, *(f"tomorrow at {hour}:30" for hour in range(10, 20)))
    ana.says("remind me at 15:00")
    ana.sees("10 single reminders are waiting already")
    ana.taps("Cancel Tue 10:30 Move")
    ana.says("remind me at 15:00")
    ana.sees("Noted: Move, Mon 15:00")


def test_a_cancelled_one_counts_for_nothing(here: World, ana: Somebody) -> None:
    asks(ana, "on saturday at noon")
    ana.says("cancel my reminder")
    here.until(datetime(2026, 1, 10, 14, 0, tzinfo=UTC))
    ana.says("/done move")
    here.fast_forward(days=1)
    (day,) = [
        day for day in export_of(ana)["day"] if (day["habit"], day["habit_day"]) == ("move", "2026-01-10")
    ]
    assert (day["done"], day["missed"], day["void"], day["prompted"]) == (1, 0, 0, 0)


def test_after_stop_there_is_nothing_to_cancel(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    ana.says("/stop")
    ana.forgets_what_was_said()
    ana.says("my single reminders")
    ana.sees("Reminders are stopped")


def test_a_card_from_before_stop_cancels_and_promises_nothing(ana: Somebody) -> None:
    asks(ana, "at 15:00", "at 16:00")
    ana.says("my single reminders")
    card = ana.person.last
    ana.says("/stop")
    ana.forgets_what_was_said()
    ana.taps("Cancel Mon 15:00 Move", card)
    ana.sees("Cancelled: Move, Mon 15:00.", "Reminders are stopped")
    ana.taps("Undo", card)
    ana.sees_toast("nothing was changed")
    ana.says("/start")
    ana.forgets_what_was_said()
    ana.says("/today")
    assert "15:00" not in ana.sees("Mon 16:00 Move")


def test_what_a_hold_keeps_back_is_not_shown_as_to_come(ana: Somebody) -> None:
    asks(ana, "at 15:00")
    report(ana)
    ana.says("my single reminders")
    ana.sees("Exercises are paused, to be on the safe side")
    assert labels(ana) == [["All plans"]]
    ana.says("cancel the 3pm reminder")
    ana.sees("Cancelled: Move, Mon 15:00.")


def test_it_can_be_cancelled_in_a_break(here: World, ana: Somebody) -> None:
    ana.says("/pause 3d")
    asks(ana, "tomorrow at 15:00")
    ana.says("cancel the 3pm reminder")
    ana.sees("Cancelled: Move, Tue 15:00.")
    ana.forgets_what_was_said()
    here.until(here.now + timedelta(days=2))
    ana.sees_nothing()

"""/stats: the calendar of each habit as a picture, and the same in words."""

from typing import Any

import pytest

from reminderbot.pictures import calendar
from tests.telegram.holding import report
from tests.telegram.living import lives, picture
from tests.world import MONDAY, Somebody, World


def test_somebody_without_anything_to_count_is_told_kindly(ana: Somebody) -> None:
    ana.says("/stats")
    ana.sees("The calendar is still empty. Your first Done draws the first day")
    assert not ana.person.last.photo


def test_the_calendar_is_one_picture_and_its_caption_says_the_same(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", "stretch")
    ana.says("/stats")
    said = ana.sees("Move", "Stretch")
    assert "Streak 5 days, best 5 days. Strength 23 %, just beginning." in said
    assert said.count("Strength tells how regular the last weeks were") == 1
    assert "Since Mon 5 January: 5 days kept." in said
    assert "5 reminders came, 5 answered: 5 done, 0 skipped." in said
    assert len(said) <= 1024
    image = picture(here, ana.person.last)
    assert image.format == "PNG"
    assert image.height <= 1.4 * image.width, "a taller one is shown smaller than the chat is wide"


@pytest.mark.parametrize(("days", "weeks"), [(0, 4), (20, 4), (30, 5), (200, 17)])
def test_a_newcomers_calendar_has_a_few_weeks_and_grows(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch, days: int, weeks: int
) -> None:
    """No empty months to come."""
    drawn: list[Any] = []
    draw = calendar.draw

    def noted(data: Any) -> bytes:
        drawn.append(data)
        return draw(data)

    monkeypatch.setattr(calendar, "draw", noted)
    ana.says("/done move")
    here.skip(days=days)
    ana.says("/stats")
    assert {len(habit["days"]) for data in drawn for habit in data["habits"]} == {7 * weeks}


def test_what_was_done_unasked_is_told_beside_the_reminders_that_came(ana: Somebody) -> None:
    ana.says("/done move")
    ana.says("/stats")
    assert "came" not in ana.sees("1 done on your own.")


def test_the_numbers_add_up_whatever_became_of_the_reminders(here: World, ana: Somebody) -> None:
    for hour, label in ((9, "Done"), (10, "Skip"), (11, "Snooze"), (13, "Done")):
        here.until(MONDAY.replace(hour=hour, minute=1))
        ana.taps(label)
        if hour == 9:
            ana.says("/done move")
    ana.forgets_what_was_said()
    ana.says("/stats")
    ana.sees("4 reminders came, 3 answered: 2 done, 1 skipped. 1 done on your own. Snoozed 1 time.")


def test_after_an_absence_what_went_by_is_no_reproach(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", days=1)
    here.fast_forward(days=9)
    ana.forgets_what_was_said()
    ana.says("/stats")
    said = ana.sees("reminders came, 1 answered: 1 done, 0 skipped.")
    assert "missed" not in said


def test_more_than_two_habits_come_in_further_pictures(here: World, ana: Somebody) -> None:
    """So that each is as wide as the chat."""
    lives(here, ana, "move", "stretch", days=1)
    ana.says("/done yoga")
    ana.forgets_what_was_said()
    ana.says("/stats")
    assert [text.split("\n")[0] for text in ana.unread()] == ["Chair yoga", "Stretch"]
    assert all(message.photo for message in ana.person.messages[-2:])


def test_a_habit_that_is_off_keeps_its_calendar(here: World, ana: Somebody) -> None:
    lives(here, ana, "stretch", days=2)
    ana.says("/remind stretch off")
    here.fast_forward(hours=48)
    ana.says("stats")
    assert "2 days kept, 2 at rest" in ana.sees("Since Mon 5 January")


def test_what_it_asks_nothing_in_has_no_calendar(here: World, ana: Somebody) -> None:
    """The Sunday card is no habit to be kept."""
    lives(here, ana, "move", days=8)
    ana.says("/stats")
    assert "Sunday" not in ana.sees("Move")


def test_while_exercise_is_paused_the_calendar_says_so(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", days=1)
    report(ana, "urgent")
    ana.says("/stats")
    ana.sees("Move", "paused")
    assert ana.person.last.photo


def test_on_a_day_of_dark_thoughts_nothing_is_counted_up(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", days=1)
    report(ana, "emergency", mental=True)
    ana.says("/stats")
    ana.sees("There is nothing to count today")
    assert not ana.person.last.photo


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_telegram_refuses_the_picture_and_the_words_arrive_alone(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", days=1)
    here.tele.faults.refuse("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    ana.says("/stats")
    ana.sees("Move", "Since Mon 5 January")
    assert not ana.person.last.photo

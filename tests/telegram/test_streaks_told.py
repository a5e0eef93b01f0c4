"""Streaks told well: milestones once, a freeze, a kind line after a break, what would keep the day; and backfill."""

from datetime import timedelta

import pytest

from tests.world import Somebody, World


@pytest.fixture
def ana(here: World) -> Somebody:
    """Subscribed, in UTC, with a stretch a day and nothing else."""
    ana = here.person("Ana", "UTC")
    ana.says("/remind move off")
    ana.forgets_what_was_said()
    return ana


def _does_it(here: World, ana: Somebody, days: int) -> None:
    """Says so on each of the next days, beginning with this one."""
    for _ in range(days):
        ana.says("done stretch")
        here.fast_forward(days=1)


def test_three_days_in_a_row_are_told_in_the_result_of_the_done_that_reached_them(
    here: World, ana: Somebody
) -> None:
    _does_it(here, ana, 2)
    assert not any("in a row" in text for text in ana.unread())
    ana.taps("Done")
    ana.sees("Done. Streak 3 days.", "Three days in a row")


def test_in_words_a_milestone_is_told_in_the_answer_and_nowhere_else(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.says("done stretch")
    assert sum("Three days in a row" in text for text in ana.unread()) == 1


def test_a_milestone_is_never_told_again_after_an_undo(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.taps("Done")
    ana.sees("Three days in a row")
    ana.taps("Undo")
    ana.taps("Done")
    assert "in a row" not in ana.sees("Done. Streak 3 days.")
    here.fast_forward(days=1)
    ana.taps("Done")
    assert "in a row" not in ana.sees("Done. Streak 4 days.")


def test_a_milestone_that_is_reached_by_filling_in_a_day_is_told(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 1)
    here.fast_forward(days=1)
    _does_it(here, ana, 1)
    ana.forgets_what_was_said()
    ana.says("/done stretch tuesday")
    ana.sees("counted for Tue 6 January. Streak 3 days.", "Three days in a row")


def test_on_a_day_of_dark_thoughts_no_milestone_is_told_and_none_later(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.says("I want to end my life")
    ana.forgets_what_was_said()
    ana.says("/done stretch")
    assert not any("in a row" in text or "Streak" in text for text in ana.unread())
    here.fast_forward(days=1)
    ana.says("/done stretch")
    assert not any("in a row" in text for text in ana.unread())


def test_in_a_hold_no_milestone_is_told(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.says("my groin is numb and I can't pee")
    ana.forgets_what_was_said()
    ana.says("/done stretch")
    assert not any("in a row" in text for text in ana.unread())


def test_a_break_of_days_neither_adds_to_a_streak_nor_ends_it(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.says("/pause tomorrow to sunday")
    ana.says("done stretch")
    here.fast_forward(days=5)
    ana.forgets_what_was_said()
    ana.says("done stretch")
    ana.sees("Streak 4 days")


def test_a_missed_day_is_covered_by_a_freeze_and_told_in_the_next_reminder(
    here: World, ana: Somebody
) -> None:
    _does_it(here, ana, 7)
    ana.says("/streak")
    ana.sees("Streak 7 days", "1 freeze in hand", "Strength")
    here.fast_forward(days=1)
    ana.sees("A freeze covered it, and your streak stands")
    ana.says("/done stretch")
    ana.sees("Streak 8 days")


def test_after_an_absence_there_is_one_kind_line_and_it_looks_forward(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    here.fast_forward(days=5)
    told = [text for text in ana.unread() if "Good to have you here" in text]
    assert len(told) == 1
    assert "lost" not in told[0]


def test_a_break_is_no_absence(here: World, ana: Somebody) -> None:
    _does_it(here, ana, 2)
    ana.says("/pause 7d")
    here.fast_forward(days=8)
    assert not any("Good to have you here" in text for text in ana.unread())


def test_today_shows_what_is_left_and_what_would_keep_the_day(here: World) -> None:
    ben = here.person("Ben", "UTC")
    here.fast_forward(minutes=10)
    ben.says("/today")
    ben.sees("0 of 7 done. 4 more and today counts.", "1 reminder waits for your answer", "Mon 10:00 Move")
    for _ in range(4):
        ben.says("done move")
        here.fast_forward(hours=1)
    ben.says("/today")
    ben.sees("and today counts.")


def test_yesterday_is_filled_in_and_taken_back_in_words(here: World, ana: Somebody) -> None:
    here.fast_forward(days=1)
    ana.says("done stretch")
    ana.sees("Streak 1 day")
    ana.says("/done stretch yesterday")
    ana.sees("counted for Mon 5 January. Streak 2 days.")
    ana.taps("Undo")
    ana.says("/streak")
    ana.sees("Streak 1 day")


def test_a_press_on_a_reminder_of_last_week_counts_for_its_own_day(here: World, ana: Somebody) -> None:
    here.fast_forward(days=1)
    shown = next(message for message in reversed(ana.person.messages) if "Done" in message.labels)
    here.fast_forward(days=6, hours=23)
    ana.taps("Done", shown)
    ana.sees_toast("counted for Tue 6 January")
    here.fast_forward(hours=2)
    ana.taps("Undo", shown)
    ana.taps("Done", shown)
    ana.sees_toast("more than a week old")


@pytest.mark.parametrize("starts", range(7))
def test_the_day_begins_when_the_person_says_so(here: World, ana: Somebody, starts: int) -> None:
    ana.says("/settings")
    ana.taps("Start of the day")
    ana.taps(f"{starts}:00")
    midnight = here.now.replace(hour=0, minute=0) + timedelta(days=1)
    here.until(midnight + timedelta(hours=starts, minutes=-1))
    ana.says("/done stretch")
    ana.sees("Streak 1 day. Today 1 of 1")
    here.until(midnight + timedelta(hours=starts, minutes=1))
    ana.says("/today")
    ana.sees("0 of 1 done. 1 more and today counts.")

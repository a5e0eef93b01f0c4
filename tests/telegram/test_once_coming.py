"""Single reminders at a moment that somebody has named: when they come, and when they don't."""

from datetime import UTC, datetime

import pytest

from reminderbot.services import horizon
from tests.telegram.moving import export_of
from tests.world import Somebody, World


def sees_a_nudge(who: Somebody) -> None:
    """A nudge has come, which can be answered."""
    who.sees("")
    assert who.buttons()[:3] == ["Done", "Skip", "Snooze"]


def test_it_comes_at_its_time_beside_the_plan_and_can_be_answered(here: World, ana: Somebody) -> None:
    ana.says("remind me to stretch at 10:30")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=94)
    assert "Your stretch" not in " ".join(ana.unread())
    here.fast_forward(minutes=2)
    ana.sees("Your stretch")
    ana.taps("Done")
    ana.sees("Done. Streak 1 day")
    ana.says("/remind")
    assert "as you asked" not in ana.sees("Stretch")


def test_an_unanswered_one_is_no_missed_one(here: World, ana: Somebody) -> None:
    ana.says("remind me on saturday at noon")
    here.fast_forward(days=6)
    (saturday,) = [
        day for day in export_of(ana)["day"] if (day["habit"], day["habit_day"]) == ("move", "2026-01-10")
    ]
    assert (saturday["missed"], saturday["void"], saturday["prompted"]) == (0, 0, 0)


def test_a_reminder_that_is_there_is_put_off_by_the_same_words(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.says("remind me in 20 minutes")
    ana.sees("Move: snoozed for 20 minutes")
    ana.sees_nothing()


def test_long_after_a_reminder_another_one_is_meant(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=40)
    ana.forgets_what_was_said()
    ana.says("remind me in 10 minutes")
    ana.sees("Noted: Move, Mon 9:45")


@pytest.mark.parametrize("words", ["remind me in 5 hours", "remind me in 3 hours"])
def test_where_it_cannot_be_put_off_so_far_another_one_comes(here: World, ana: Somebody, words: str) -> None:
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees("Noted: Move, Mon 1")
    ana.sees_nothing()


def test_a_span_counts_from_when_it_was_written_while_the_bot_was_away(here: World, ana: Somebody) -> None:
    ana.person.says("remind me in 2 hours")
    here.skip(hours=1)
    here.settle()
    ana.sees("Noted: Move, Mon 10:55")


def test_what_was_due_while_the_bot_was_away_comes_at_once(here: World, ana: Somebody) -> None:
    ana.person.says("remind me to stretch in 5 minutes")
    here.skip(hours=1)
    here.settle()
    ana.sees("Noted: Stretch, Mon 9:55")
    here.fast_forward(seconds=2)
    ana.sees("Your stretch")


def test_after_an_outage_only_the_last_of_them_comes(here: World, ana: Somebody) -> None:
    for minute in (0, 10, 20, 30):
        ana.says(f"remind me to stretch at 10:{minute:02}")
    here.until(datetime(2026, 1, 5, 9, 58, tzinfo=UTC))
    ana.forgets_what_was_said()
    here.skip(minutes=27)
    here.settle()
    here.fast_forward(minutes=2)
    assert len([text for text in ana.unread() if "Your stretch" in text]) == 1
    here.fast_forward(minutes=5)
    assert len([text for text in ana.unread() if "Your stretch" in text]) == 2


def test_it_comes_late_in_the_evening_and_a_little_late_but_not_in_the_night(
    here: World, ana: Somebody
) -> None:
    ana.says("remind me at 22:00")
    ana.says("remind me to stretch at 23:00")
    here.until(datetime(2026, 1, 5, 21, 50, tzinfo=UTC))
    ana.forgets_what_was_said()
    here.skip(minutes=20)
    here.settle()
    sees_a_nudge(ana)
    here.skip(hours=2)
    here.fast_forward(minutes=1)
    ana.sees_nothing()


def test_the_clock_of_the_demo_knows_of_it(here: World, ana: Somebody) -> None:
    ana.says("remind me to stretch in 2 minutes")
    assert here.ask(lambda work: horizon.next_reminder(work, {ana.id: "Ana"})) == (
        datetime(2026, 1, 5, 8, 57, 1, tzinfo=UTC),
        "Stretch for Ana",
    )


def test_it_waits_over_a_restart(here: World, ana: Somebody) -> None:
    ana.says("remind me in 2 minutes")
    here.restart()
    ana.forgets_what_was_said()
    here.fast_forward(minutes=3)
    sees_a_nudge(ana)


def test_it_comes_in_a_pause_and_for_a_habit_that_is_off(here: World, ana: Somebody) -> None:
    ana.says("/pause 3d")
    ana.says("remind me tomorrow at 15:00 to do chair yoga")
    ana.sees("Noted: Chair yoga, Tue 15:00", "You are on a break then")
    ana.says("/today")
    ana.sees("Paused until Thu 8 January", "And once, as you asked:\nTue 15:00 Chair yoga")
    here.fast_forward(hours=29)
    ana.forgets_what_was_said()
    here.fast_forward(hours=2)
    ana.sees("chair yoga")


def test_nothing_comes_after_stop(here: World, ana: Somebody) -> None:
    ana.says("remind me in 10 minutes")
    ana.says("/stop")
    ana.says("remind me in 20 minutes")
    ana.sees("Reminders are stopped")
    ana.forgets_what_was_said()
    here.fast_forward(hours=2)
    ana.sees_nothing()


def test_a_hold_keeps_it_back_and_says_so_when_one_is_asked_for(here: World, ana: Somebody) -> None:
    ana.says("remind me in 10 minutes")
    ana.says("my groin is numb and I can't pee")
    ana.forgets_what_was_said()
    ana.says("remind me tomorrow at 15:00")
    ana.sees("No exercise right now")
    here.fast_forward(minutes=30)
    assert "Done" not in ana.buttons()


def test_forget_takes_it_along(here: World, ana: Somebody) -> None:
    ana.says("remind me in 10 minutes")
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.forgets_what_was_said()
    here.fast_forward(hours=2)
    ana.sees_nothing()


def test_in_a_gap_of_the_clocks_it_comes_at_the_first_instant_after_it(here: World) -> None:
    here.now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    ben = here.person("Ben", "Europe/Berlin")
    ben.says("remind me tomorrow at 2:30am")
    ben.sees("Noted: Move, Sun 2:30 by your clock (Europe/Berlin)")
    here.until(datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC))
    ben.forgets_what_was_said()
    here.fast_forward(seconds=5)
    sees_a_nudge(ben)


def test_where_the_clocks_go_back_it_comes_once_and_the_first_time(here: World) -> None:
    here.now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    ben = here.person("Ben", "Europe/Berlin")
    ben.says("remind me tomorrow at 2:30am")
    here.until(datetime(2026, 10, 25, 0, 29, tzinfo=UTC))
    ben.forgets_what_was_said()
    here.fast_forward(minutes=2)
    sees_a_nudge(ben)
    here.fast_forward(hours=2)
    ben.sees_nothing()


def test_in_a_zone_where_that_time_is_over_it_comes_when_it_was_to_come(here: World, ana: Somebody) -> None:
    here.until(datetime(2026, 1, 5, 20, tzinfo=UTC))
    ana.says("remind me at 22:00")
    ana.forgets_what_was_said()
    ana.says("/timezone Tokyo")
    ana.sees("And once, as you asked:\nTue 7:00 Move")
    here.fast_forward(hours=2.1)
    sees_a_nudge(ana)


def test_it_delays_no_plan_and_spares_none_of_it(here: World, ana: Somebody) -> None:
    ana.says("remind me in 3 minutes")
    here.fast_forward(minutes=4)
    ana.forgets_what_was_said()
    here.fast_forward(minutes=2)
    sees_a_nudge(ana)

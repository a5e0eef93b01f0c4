"""What people did while the bot was down counts at its own time, also for the points of the grid around it."""

from datetime import timedelta

from tests.telegram.looking import clocks
from tests.world import MONDAY, World


def test_a_move_told_while_the_bot_was_down_spares_the_point_after_it(here: World) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("/remind move every 15m 9:00-12:00 daily")
    here.until(MONDAY.replace(hour=9, minute=58))
    here.skip(minutes=12)
    ana.person.says(
        "done"
    )  # at 10:10: less than half an interval before 10:15, and after 10:00, which is overdue
    here.skip(minutes=6)
    here.settle()
    here.fast_forward(minutes=20)
    assert clocks(ana)[-2:] == ["Mon 9:45", "Mon 10:30"]


def test_a_point_after_a_move_told_long_before_it_still_comes_late(here: World) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("/remind move every 15m 9:00-12:00 daily")
    here.until(MONDAY.replace(hour=9, minute=58))
    here.skip(minutes=4)
    ana.person.says("done")  # at 10:02
    here.skip(minutes=14)
    here.settle()
    assert clocks(ana)[-2:] == ["Mon 9:45", "Mon 10:16"]
    here.until(here.now + timedelta(minutes=15))
    assert clocks(ana)[-1] == "Mon 10:30"


def test_after_an_outage_a_snoozed_nudge_and_a_point_of_the_grid_are_one_nudge(here: World) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("/remind move every 15m 9:00-12:00 daily")
    here.until(MONDAY.replace(hour=9, minute=52))
    ana.taps("Snooze")  # until 10:02
    here.skip(minutes=20)
    before = len(clocks(ana))
    here.settle()
    assert len(clocks(ana)) == before + 1


def test_what_was_snoozed_into_an_outage_still_comes_when_the_grid_has_nothing_to_say(here: World) -> None:
    ana = here.person("Ana", "UTC")
    here.until(MONDAY.replace(hour=9, minute=57))
    ana.taps("Snooze")  # until 10:07; the point at 10:00 is too late at 10:17
    here.skip(minutes=20)
    here.settle()
    assert clocks(ana)[-1] == "Mon 10:17"
    assert clocks(ana).count("Mon 10:17") == 1


def test_a_sender_that_looks_before_the_first_tick_after_an_outage_sends_one_nudge_as_well(
    here: World,
) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("/remind move every 15m 9:00-12:00 daily")
    here.until(MONDAY.replace(hour=9, minute=52))
    ana.taps("Snooze")  # until 10:02
    here.skip(minutes=20)
    before = len(clocks(ana))
    here.run(here.bot.sender.drain())
    here.skip(seconds=1)
    here.settle()
    assert len(clocks(ana)) == before + 1


def test_a_card_that_was_asked_for_and_snoozed_into_an_outage_waits_for_no_tick(here: World) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("/remind stretch every 15m 9:00-12:00 daily")
    ana.says("/stretch")
    ana.taps("Snooze")  # until 9:05
    here.skip(minutes=20)
    here.run(here.bot.sender.drain())
    assert clocks(ana, habit="stretch") == ["Mon 8:55", "Mon 9:15"]

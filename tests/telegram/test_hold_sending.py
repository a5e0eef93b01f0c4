"""On hold nothing of exercise is sent, however it came to be waiting; everything else goes on."""

from dataclasses import replace

import pytest

from reminderbot.services import asking, due, outbox
from reminderbot.store.queries import days as day_rows
from reminderbot.store.queries import history
from reminderbot.store.tables import Outcome
from tests.telegram.holding import report, take_back
from tests.world import MONDAY, Somebody, World

pytestmark = pytest.mark.usefixtures("avoids_nothing")


def outcomes(who: Somebody, habit: str = "move") -> list[str | None]:
    rows = who.world.ask(lambda work: history.of_day(work.tx, who.id, habit, who.world.now.date()))
    return [row.outcome for row in rows]


@pytest.mark.parametrize(("level", "asked"), [("emergency", False), ("urgent", False), ("none", True)])
def test_no_reminder_is_sent_and_each_is_void(here: World, ana: Somebody, level: str, asked: bool) -> None:
    report(ana, level, asked=asked)
    here.fast_forward(hours=4)
    ana.sees_nothing()
    assert outcomes(ana) == [Outcome.VOID] * 3


def test_a_reminder_that_waits_for_its_sender_becomes_void(here: World, ana: Somebody) -> None:
    nine = MONDAY.replace(hour=9, minute=0)
    here.now = nine
    here.ask(lambda work: due.make_due(work))
    report(ana)
    here.settle()
    ana.sees_nothing()
    assert outcomes(ana) == [Outcome.VOID]


def paced(here: World, rate: int) -> None:
    """From now on so many calls a second; nothing is sent but by ``pump``, since the clock stands still."""
    here.around = replace(here.around, send_rate=rate)
    here.restart()


def pump(here: World) -> int:
    """What the pace lets begin now is sent; how many."""
    begun = here.run(here.bot.sender.pump())
    here.run(here.bot.sender.idle())
    return begun


def test_a_report_that_comes_in_while_a_reminder_waits_for_its_slot_stops_it(
    here: World, ana: Somebody
) -> None:
    """It is claimed only when it may begin, and a claim is the last decision."""
    ben = here.person("Ben", "UTC")
    paced(here, rate=10)
    here.now = MONDAY.replace(hour=9, minute=0)
    here.ask(lambda work: due.make_due(work))
    assert pump(here) == 1
    waiting, nudged = sorted((ana, ben), key=lambda who: len(who.unread()))
    report(waiting)
    here.skip(seconds=1)
    assert pump(here) == 0
    waiting.sees_nothing()
    assert outcomes(waiting) == [Outcome.VOID]
    assert outcomes(nudged) == [None]


def test_a_report_that_comes_in_while_a_stretch_asked_for_waits_for_its_slot_stops_it(
    here: World, ana: Somebody
) -> None:
    ben = here.person("Ben", "UTC")
    paced(here, rate=1)
    here.ask(lambda work: outbox.say(work, ben.id, "help.text"))
    here.skip(seconds=1)
    here.ask(lambda work: asking.ask(work, ana.id, "stretch"))
    assert pump(here) == 1
    report(ana)
    here.skip(seconds=2)
    assert pump(here) == 0
    ana.sees_nothing()
    assert outcomes(ana, "stretch") == [Outcome.VOID]


def test_a_stretch_asked_for_that_is_still_on_its_way_becomes_void(here: World, ana: Somebody) -> None:
    here.ask(lambda work: asking.ask(work, ana.id, "stretch"))
    report(ana)
    here.settle()
    ana.sees_nothing()
    assert outcomes(ana, "stretch") == [Outcome.VOID]


def test_other_words_are_sent_as_always(here: World, ana: Somebody) -> None:
    here.ask(lambda work: outbox.say(work, ana.id, "help.text"))
    report(ana)
    here.settle()
    ana.sees("/today")


def test_a_snoozed_reminder_does_not_come_back(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    ana.taps("Snooze")
    ana.forgets_what_was_said()
    report(ana)
    here.fast_forward(minutes=30)
    ana.sees_nothing()


def test_snooze_says_that_it_would_not_come_back(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    report(ana)
    ana.taps("Snooze")
    ana.sees_toast("paused", "Done and Skip work")


def test_done_still_counts(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    report(ana)
    ana.taps("Done")
    ana.sees("✅ Done")
    ana.says("/done")
    ana.sees("Move: done, on your own")


def test_an_undo_does_not_bring_the_card_back(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    ana.taps("Done")
    report(ana)
    ana.forgets_what_was_said()
    ana.taps("Undo")
    ana.sees("Taken back", "paused")
    assert ana.buttons() != ["Done", "Skip", "Snooze"]


def test_an_unanswered_reminder_of_a_day_on_hold_is_not_missed(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    report(ana)
    here.fast_forward(days=1)
    (row,) = here.ask(lambda work: day_rows.of(work.tx, ana.id, "move"))[:1]
    assert (row.missed, row.done) == (0, 0)


def test_days_on_hold_leave_the_streak_as_it_was(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=10)
    ana.says("/done")
    ana.says("/done")
    ana.says("/done")
    ana.says("/done")
    here.fast_forward(hours=3)
    report(ana)
    here.fast_forward(days=4)
    ana.says("/streak")
    ana.sees("Streak 1 day", "paused")


def test_a_misreading_brings_everything_back_at_once(here: World, ana: Somebody) -> None:
    number = report(ana)
    here.fast_forward(minutes=10)
    take_back(ana, number)
    here.until(MONDAY.replace(hour=10, minute=0))
    ana.sees("")
    assert outcomes(ana) == [Outcome.VOID, None]


def test_no_calmer_plan_is_offered_on_hold(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=11, minute=5))
    report(ana)
    ana.forgets_what_was_said()
    here.fast_forward(hours=6)
    ana.sees_nothing()


def test_a_hold_survives_a_restart(here: World, ana: Somebody) -> None:
    report(ana)
    here.restart()
    here.fast_forward(days=2)
    ana.sees_nothing()


def test_somebody_elses_reminders_go_on(here: World, ana: Somebody) -> None:
    ben = here.person("Ben", "UTC")
    report(ana)
    here.fast_forward(minutes=10)
    ana.sees_nothing()
    assert ben.unread()

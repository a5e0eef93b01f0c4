"""While exercise is stopped on safety grounds there is no cheer: what is said about breaks and answers is plain."""

import pytest

from reminderbot.services import calmer
from tests.telegram.holding import report
from tests.world import Somebody

CHEER = ("Enjoy", "And we go on", "Good to have you", "Welcome back", "nice", "treak", "Reminders go on")


def _assert_plain(ana: Somebody) -> None:
    said = [*ana.unread(), *(toast.text or "" for toast in ana.person.toasts)]
    assert said
    assert [text for text in said if any(word in text for word in CHEER)] == []


def test_a_break_is_noted_without_good_wishes(ana: Somebody) -> None:
    report(ana)
    ana.says("/pause 3d")
    _assert_plain(ana)
    ana.sees("the break is noted, until", "Exercises stay paused anyway")


def test_the_end_of_a_break_is_no_beginning(ana: Somebody) -> None:
    ana.says("/pause 3d")
    report(ana, "none", asked=True)
    ana.forgets_what_was_said()
    ana.says("/resume")
    _assert_plain(ana)
    ana.sees("The break is over.", "wait until you have answered the question")


def test_after_unblocking_the_greeting_says_that_exercises_are_paused(ana: Somebody) -> None:
    report(ana)
    ana.does(lambda person: person.blocks())
    ana.forgets_what_was_said()
    ana.does(lambda person: person.unblocks())
    _assert_plain(ana)
    ana.sees("You're back with me.", "Exercises are paused", "This is your plan for later")
    ana.says("/start")
    ana.sees("Here I am")
    ana.sees_nothing()


def test_coming_back_after_stop_is_greeted_the_same_way(ana: Somebody) -> None:
    report(ana)
    ana.says("/stop")
    ana.forgets_what_was_said()
    ana.taps("Start again")
    ana.sees_toast("All right")
    ana.sees("You're back with me.", "Exercises are paused")


def test_an_answer_to_an_older_reminder_counts_and_is_not_cheered(ana: Somebody) -> None:
    ana.world.fast_forward(minutes=6)
    report(ana)
    ana.forgets_what_was_said()
    ana.taps("Done")
    _assert_plain(ana)
    ana.sees("✅ Done. Exercises are paused for now")


def test_an_answer_to_a_reminder_of_yesterday_is_not_cheered_either(ana: Somebody) -> None:
    ana.world.fast_forward(minutes=6)
    ana.world.fast_forward(days=1)
    report(ana)
    ana.forgets_what_was_said()
    ana.says("/done yesterday")
    _assert_plain(ana)


def _offers(ana: Somebody) -> list[str]:
    ana.forgets_what_was_said()
    ana.world.ask(lambda work: calmer.offer(work, ana.id, "move"))
    ana.world.settle()
    return ana.unread()


@pytest.mark.parametrize("level", ["gp", "urgent", "emergency"])
def test_no_calmer_cadence_is_offered_while_anything_is_open(ana: Somebody, level: str) -> None:
    report(ana, level)
    assert _offers(ana) == []


def test_nor_on_the_way_back(ana: Somebody) -> None:
    report(ana)
    ana.says("a clinician has checked me")
    ana.sees("Until")
    assert _offers(ana) == []
    ana.world.fast_forward(days=3)
    assert "Would fewer reminders" in "".join(_offers(ana))

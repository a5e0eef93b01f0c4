"""From words to a hold and back, as a person lives it."""

from tests.world import MONDAY, Somebody, World

WORDS = "my groin is numb and I can't pee"


def nudged(who: Somebody) -> bool:
    """Whether a reminder has come since."""
    found = any("Done" in message.labels for message in who.person.messages)
    who.forgets_what_was_said()
    return found


def test_words_stop_exercise_at_once(here: World, ana: Somebody) -> None:
    ana.says(WORDS)
    ana.forgets_what_was_said()
    ana.says("/today")
    ana.sees("Exercises are paused")
    here.fast_forward(days=7)
    assert not nudged(ana)


def test_done_with_a_symptom_counts_and_stops(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    ana.says("done. but now my groin is numb and I can't pee")
    ana.says("/stretch")
    ana.sees("No exercise right now")


def test_you_misread_me_brings_the_next_nudge(here: World, ana: Somebody) -> None:
    ana.says(WORDS)
    ana.taps("You misread me")
    here.until(MONDAY.replace(hour=9, minute=0))
    assert nudged(ana)


def test_stop_still_stops(ana: Somebody) -> None:
    ana.says(WORDS)
    ana.forgets_what_was_said()
    ana.says("/stop")
    ana.sees("Stopped")


def test_a_check_brings_walks_and_after_three_days_everything(here: World, ana: Somebody) -> None:
    ana.says(WORDS)
    here.fast_forward(days=2)
    ana.says("A doctor has seen me")
    ana.sees("noted the date", "Until Fri 9 January")
    here.until(MONDAY.replace(day=10, hour=9, minute=0))
    ana.forgets_what_was_said()
    ana.says("/stretch")
    ana.sees("Your stretch")


def test_nothing_is_asked_again_after_a_check(here: World, ana: Somebody) -> None:
    ana.says(WORDS)
    ana.says("A clinician has checked me")
    ana.says("/pause")
    ana.forgets_what_was_said()
    here.fast_forward(days=4)
    ana.sees_nothing()


def test_the_stretches_before_a_lasting_ache_are_asked_about_after_two_weeks(
    here: World, ana: Somebody
) -> None:
    ana.says("/stretch")
    ana.says("/symptom")
    while "Weeks or getting worse" not in ana.person.messages[-1].labels:
        ana.taps("None of these")
    ana.taps("Weeks or getting worse")
    ana.says("/pause")
    here.fast_forward(days=13)
    ana.forgets_what_was_said()
    here.fast_forward(days=2)
    ana.sees("Some time ago", "How is it now?")
    ana.taps("Better, bring them back")
    ana.sees("may come again")

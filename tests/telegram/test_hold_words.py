"""On hold every way to an exercise says plainly that exercises are paused, and how that ends."""

import pytest

from tests.telegram.holding import report
from tests.world import MONDAY, Somebody, World

COMMANDS = ("/today", "/remind", "/start", "/streak", "/stretch", "stretch", "/resume", "resume")


@pytest.mark.parametrize("command", COMMANDS)
def test_it_says_that_exercises_are_paused_and_how_it_ends(ana: Somebody, command: str) -> None:
    report(ana)
    ana.says(command)
    ana.sees("Exercises are paused", "a clinician has checked you")


@pytest.mark.parametrize("command", COMMANDS)
def test_while_a_question_is_open_it_points_to_that(ana: Somebody, command: str) -> None:
    report(ana, "none", asked=True)
    ana.says(command)
    ana.sees("wait until you have answered the question")


@pytest.mark.parametrize("command", ["/today", "/remind", "/start", "/streak", "/stretch"])
def test_after_a_report_about_the_mind_reminders_wait_for_the_person(ana: Somebody, command: str) -> None:
    report(ana, mental=True)
    ana.says(command)
    ana.sees("stay off until you want them back")


def test_no_stretch_is_shown(ana: Somebody) -> None:
    report(ana)
    ana.says("/stretch")
    ana.sees("No exercise right now")
    ana.sees_nothing()


def test_a_change_of_plan_is_read_back_without_times_at_which_nothing_comes(ana: Somebody) -> None:
    report(ana)
    ana.says("/remind stretch 7:30")
    assert "Next" not in ana.sees("at 7:30, daily", "Exercises are paused", "Your plan itself is kept")


def test_somebody_new_who_is_held_is_told_so(here: World) -> None:
    new = here.person("New")
    report(new)
    new.says("/start")
    new.sees("Hi New", "Nothing comes yet", "Exercises are paused", "/stop")


@pytest.mark.parametrize(
    ("command", "answer"),
    [("/settings", "Settings"), ("/timezone Berlin", "Berlin"), ("/help", "/today"), ("/privacy", "/export")],
)
def test_everything_else_works(ana: Somebody, command: str, answer: str) -> None:
    report(ana)
    ana.says(command)
    ana.sees(answer)


def test_stop_and_export_work(ana: Somebody) -> None:
    report(ana)
    ana.says("/export")
    ana.sees("")
    ana.forgets_what_was_said()
    ana.says("/stop")
    ana.sees("Stopped")
    ana.says("/today")
    ana.sees("Exercises are paused", "/start brings them back")


def test_to_stop_and_to_start_again_is_no_way_around_a_hold(here: World, ana: Somebody) -> None:
    report(ana)
    ana.says("/stop")
    ana.says("/start")
    ana.forgets_what_was_said()
    here.until(MONDAY.replace(hour=12))
    ana.sees_nothing()


def test_the_clinician_button_begins_the_way_back(ana: Somebody) -> None:
    report(ana)
    ana.says("/resume")
    ana.taps("A clinician has checked me")
    ana.sees("noted the date", "Until Wed 7 January", "From Thu 8 January")
    ana.says("/today")
    ana.sees("Easing back in until Wed 7 January", "short walks only", "Mon 9:00 Move")


@pytest.mark.parametrize(
    "words",
    [
        "a clinician has checked me",
        "A doctor has seen me.",
        "I've been checked by my GP",
        "The physio checked me",
    ],
)
def test_words_do_the_same(ana: Somebody, words: str) -> None:
    report(ana)
    ana.says(words)
    ana.sees("noted the date")


def test_nothing_to_check_is_said_kindly(ana: Somebody) -> None:
    ana.says("a clinician has checked me")
    ana.sees("aren't waiting for a check")


def test_a_check_does_not_switch_reminders_on_after_a_report_about_the_mind(ana: Somebody) -> None:
    report(ana, mental=True)
    ana.says("a clinician has checked me")
    ana.sees("stay off until you want them back")
    ana.taps("Reminders on again")
    ana.sees("Reminders are on again", "Mon 9:00 Move")


def test_resume_has_the_button_that_ends_a_hold_about_the_mind(here: World, ana: Somebody) -> None:
    report(ana, mental=True)
    here.fast_forward(days=3)
    ana.sees_nothing()
    ana.says("/resume")
    ana.taps("Reminders on again")
    ana.sees("Reminders are on again", "Thu 9:00 Move")
    here.fast_forward(minutes=10)
    assert ana.unread()


def test_resume_ends_a_pause_on_hold_but_not_the_hold(here: World, ana: Somebody) -> None:
    ana.says("/pause 3d")
    report(ana)
    ana.says("/resume")
    ana.says("a clinician has checked me")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=10)
    assert ana.unread()


def test_a_break_promises_no_stretch(ana: Somebody) -> None:
    report(ana)
    ana.says("/pause 3d")
    assert "Stretch" not in ana.sees(
        "break is noted", "Exercises stay paused anyway", "a clinician has checked you"
    )

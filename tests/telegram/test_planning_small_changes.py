"""Small changes of a plan in words: more often, less often, nothing before or after some time."""

import pytest

from tests.world import Somebody, World


@pytest.mark.parametrize(
    ("words", "plan", "times"),
    [
        ("more often", "Move: every 45 min, 9:00-12:00, 13:00-17:00, weekdays", "Mon 9:00, Mon 9:45, Mon 10:30"),
        ("Could you remind me more often, please?", "Move: every 45 min", "Mon 9:00, Mon 9:45"),
        ("/remind more often", "Move: every 45 min", "Mon 9:00, Mon 9:45"),
        ("less often", "Move: every 90 min", "Mon 9:00, Mon 10:30"),
        ("remind me to move less often", "Move: every 90 min", "Mon 9:00, Mon 10:30"),
    ],
)  # fmt: skip
def test_reminders_come_a_step_more_or_less_often(ana: Somebody, words: str, plan: str, times: str) -> None:
    ana.says(words)
    ana.sees(plan, "(UTC)", times)
    ana.sees_nothing()
    ana.taps("Undo")
    ana.sees("Move: every 60 min")


def test_step_by_step_they_come_as_often_as_may_be_and_no_oftener(ana: Somebody) -> None:
    for minutes in (45, 30, 20, 15):
        ana.says("more reminders please")
        ana.sees(f"Move: every {minutes} min")
    ana.says("more reminders please")
    ana.sees("Move comes as often as I may already: every 15 min")
    ana.says("/remind move every 4h")
    ana.says("fewer reminders")
    ana.sees("Move comes as rarely as it can", "every 4 h", "/remind move 9:00-12:00", "/remind move off")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [("stretch more often", "/remind stretch 9:00 15:00"), ("chair yoga less often", "Chair yoga is off")],
)
def test_what_comes_at_no_interval_gets_times_instead(ana: Somebody, words: str, fragment: str) -> None:
    ana.says(words)
    ana.sees(fragment)
    ana.sees_nothing()


@pytest.mark.parametrize(
    ("words", "plan", "times"),
    [
        ("not after 5 pm", "Move: every 60 min, 10:00-12:00, 13:00-17:00, weekdays", "Mon 10:00, Mon 11:00, Mon 13:00"),
        ("no reminders after 18:00", "Move: every 60 min, 10:00-12:00, 13:00-18:00", "Mon 10:00, Mon 11:00"),
        ("/remind move nothing before 11", "Move: every 60 min, 11:00-12:00, 13:00-19:00", "Mon 11:00, Mon 13:00"),
        ("please don't remind me after 4", "Move: every 60 min, 10:00-12:00, 13:00-16:00", "Mon 10:00, Mon 11:00"),
        ("no nudges between 10:30 and 2", "10:00-10:30, 14:00-19:00", "Mon 10:00, Mon 14:00"),
        ("no reminders from 12 to 14", "Move: every 60 min, 10:00-12:00, 14:00-19:00", "Mon 10:00, Mon 11:00"),
        ("move only until noon", "Move: every 60 min, 10:00-12:00, weekdays", "Mon 10:00, Mon 11:00, Tue 10:00"),
    ],
)  # fmt: skip
def test_the_hours_of_a_plan_are_cut(ana: Somebody, words: str, plan: str, times: str) -> None:
    ana.says("/remind move 10-12 13-19")
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees(plan, "(UTC)", times)
    ana.sees_nothing()
    ana.taps("Undo")
    ana.sees("10:00-12:00, 13:00-19:00")


def test_hours_that_are_free_already_are_read_back_with_nothing_to_undo(ana: Somebody) -> None:
    ana.says("not after 7 pm")
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-17:00")
    assert "Undo" not in ana.buttons()


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("no reminders before 6 pm", "Nothing would be left of 9:00-12:00, 13:00-17:00"),
        ("not after 25:00", "“25:00” isn't a time I know"),
        ("not after 5 pm on fridays", "the same hours on all of its days"),
        ("no reminders after 4 today", "the same hours on all of its days"),
        ("no stretch after 5 pm", "Stretch comes at times of the clock"),
    ],
)
def test_a_cut_that_cannot_be_is_refused_with_what_to_write(ana: Somebody, words: str, fragment: str) -> None:
    ana.says(words)
    ana.sees(fragment, "/remind ")
    ana.sees_nothing()
    assert "Undo" not in ana.buttons()


def test_with_nothing_at_intervals_there_are_no_hours_to_cut(ana: Somebody) -> None:
    ana.says("/remind move off")
    ana.says("not after 5 pm")
    ana.sees("Nothing comes at intervals", "/remind move every 60m")


def test_what_still_comes_at_a_time_of_the_clock_is_told(ana: Somebody) -> None:
    ana.says("/remind stretch 19:00")
    ana.forgets_what_was_said()
    ana.says("no reminders after 4 pm")
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-16:00")
    ana.sees("Stretch still comes at 19:00", "/remind stretch 9:00")


def test_several_habits_at_intervals_are_cut_together(ana: Somebody) -> None:
    ana.says("/remind stretch every 2h 9-18")
    ana.forgets_what_was_said()
    ana.says("nothing after 16:00")
    ana.sees(
        "Move: every 60 min, 9:00-12:00, 13:00-16:00", "Stretch: every 2 h, 9:00-16:00", "Next, by your clock"
    )
    ana.taps("Undo")
    ana.sees("13:00-17:00", "9:00-18:00")


@pytest.mark.parametrize("words", ["more often", "not after 5 pm", "less often", "only before noon",
                                   "not on mondays", "no move on mondays", "no move after 3"])  # fmt: skip
def test_after_an_ache_it_is_about_the_ache(here: World, ana: Somebody, words: str) -> None:
    ana.says("my back hurts")
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees("didn't get that")
    ana.sees_nothing()
    here.fast_forward(minutes=11)
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees("Move: every")


@pytest.mark.parametrize("words", ["not before 11", "more often", "no move before 11"])
def test_while_the_signs_are_asked_about_it_is_about_them(here: World, ana: Somebody, words: str) -> None:
    here.fast_forward(minutes=10)
    ana.says("/symptom")
    here.fast_forward(minutes=20)
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees("didn't get that")
    ana.sees_nothing()


def test_after_the_check_small_words_may_be_about_it_as_well(ana: Somebody) -> None:
    ana.says("/symptom")
    ana.says("none of these")
    ana.forgets_what_was_said()
    ana.says("more often")
    ana.sees("didn't get that")


def test_words_about_reminders_change_them_even_then(ana: Somebody) -> None:
    ana.says("/symptom")
    ana.forgets_what_was_said()
    ana.says("no reminders before 11")
    ana.sees("Move: every 60 min, 11:00-12:00, 13:00-17:00")
    ana.says("/remind more often")
    ana.sees("Move: every 45 min")


def test_while_exercise_is_on_hold_small_words_change_no_plan(here: World, ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    here.fast_forward(hours=13)
    ana.forgets_what_was_said()
    ana.says("less often")
    ana.sees("didn't get that")
    ana.sees_nothing()


@pytest.mark.parametrize("words", ["no reminders after 24:00", "nothing after midnight"])
def test_where_no_hours_are_freed_nothing_is_said_to_come_in_them(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-17:00")
    ana.sees_nothing()


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("stretch at 5", "17:00"),
        ("stretch at 5:30", "17:30"),
        ("set stretch to 5:30", "17:30"),
        ("stretch every day at 5:30", "17:30"),
        ("/remind stretch 5", "17:00"),
        ("/remind stretch 5:30", "Stretch: at 5:30"),
        ("/remind stretch at half past five", "17:30"),
        ("/remind move mon-fri 1-5", "13:00-17:00"),
        ("move mon-fri 1:30-5", "13:30-17:00"),
        ("move weekdays 1:30-5", "13:30-17:00"),
    ],
)
def test_times_that_leave_it_open_are_by_day_unless_a_command_gives_their_minutes(
    ana: Somebody, words: str, plan: str
) -> None:
    ana.says(words)
    ana.sees(plan, "(UTC)")


@pytest.mark.parametrize("words", ["off on fridays", "I'm off on fridays", "pause on fridays"])
def test_days_off_of_each_week_stay_off(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("13:00-17:00, Mon, Tue, Wed, Thu", "Stretch: at 8:30, Mon, Tue, Wed, Thu, Sat, Sun")
    ana.sees_nothing()
    ana.taps("Undo")
    ana.sees("13:00-17:00, weekdays")


@pytest.mark.parametrize("words", ["it hurts more often", "I have to pee more often", "no pain after 5 pm",
                                   "no coffee after 5 pm", "more often than not", "I get it more often",
                                   "it comes less often"])  # fmt: skip
def test_talk_with_such_words_changes_no_plan(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.forgets_what_was_said()
    ana.says("/remind move")
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-17:00")

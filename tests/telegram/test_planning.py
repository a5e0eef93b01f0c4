"""Plans in sentences: typed with or without /remind, read back, and undone."""

from collections.abc import Callable

import pytest

from tests.world import Somebody, World


@pytest.mark.parametrize(
    ("words", "plan", "times"),
    [
        ("every 45 min 9-12 and 14-18 on weekdays", "Move: every 45 min, 9:00-12:00, 14:00-18:00, weekdays",
         "Mon 9:00, Mon 9:45, Mon 10:30"),
        ("weekdays at half past seven", "Stretch: at 7:30, weekdays", "Tue 7:30, Wed 7:30, Thu 7:30"),
        ("quarter to eight on mondays", "Stretch: at 7:45, Mon", "Mon 12 Jan 7:45"),
        ("remind me to stretch every day at 7:30", "Stretch: at 7:30, daily", "Tue 7:30, Wed 7:30, Thu 7:30"),
        ("Can you remind me every evening at 8 to stretch, please?", "Stretch: at 20:00, daily", "Mon 20:00"),
        ("nudge me every 90 minutes", "Move: every 90 min, 9:00-12:00", "Mon 9:00, Mon 10:30, Mon 13:00"),
        ("please remind me to get up every 2 hours", "Move: every 2 h", "Mon 9:00, Mon 11:00, Mon 13:00"),
        ("set a reminder for chair yoga on mondays at 17:00", "Chair yoga: at 17:00, Mon", "Mon 17:00"),
        ("remind me every day except sundays at 8", "Stretch: at 8:00, Mon, Tue, Wed, Thu, Fri, Sat", "Tue 8:00"),
        ("remind me to move twice a day at 10 and 14:00", "Move: at 10:00, 14:00, daily", "Mon 10:00, Mon 14:00"),
        ("set stretch to 12:30", "Stretch: at 12:30, daily", "Mon 12:30"),
        ("/remind me every 90 minutes", "Move: every 90 min", "Mon 9:00, Mon 10:30, Mon 13:00"),
        ("/remind weekdays at half past seven", "Stretch: at 7:30, weekdays", "Tue 7:30"),
        ("move at 9, 11 and 15", "Move: at 9:00, 11:00, 15:00, weekdays", "Mon 9:00, Mon 11:00, Mon 15:00"),
        ("every day at 9 and 12 move", "Move: at 9:00, 12:00, daily", "Mon 9:00, Mon 12:00"),
        ("at 10 on weekdays move", "Move: at 10:00, weekdays", "Mon 10:00"),
        ("/remind every day at 9 move", "Move: at 9:00, daily", "Mon 9:00"),
        ("remind me every day at 9 chair yoga", "Chair yoga: at 9:00, daily", "Mon 9:00"),
        ("evry 30 mins", "Move: every 30 min", "Mon 9:00, Mon 9:30"),
        ("remind me to stretch evry day at 7:30", "Stretch: at 7:30, daily", "Tue 7:30"),
        ("/remind weekdys at 7:30", "Stretch: at 7:30, weekdays", "Tue 7:30"),
        ("/remind at 10", "Stretch: at 10:00, daily", "Mon 10:00"),
        ("stretch in the evening", "Stretch: at 19:00, daily", "Mon 19:00"),
        ("/remind every day at 3", "Stretch: at 15:00, daily", "Mon 15:00"),
        ("every day at 3", "Stretch: at 15:00, daily", "Mon 15:00"),
        ("weekdays at 4", "Stretch: at 16:00, weekdays", "Mon 16:00"),
        ("stretch daily at 2", "Stretch: at 14:00, daily", "Mon 14:00"),
        ("remind me every day at half past three to stretch", "Stretch: at 15:30, daily", "Mon 15:30"),
        ("/remind stretch at quarter to five", "Stretch: at 16:45, daily", "Mon 16:45"),
        ("remind me to stretch every day at 2:30", "Stretch: at 14:30, daily", "Mon 14:30"),
        ("every hour from 1:30 to 5", "Move: every 60 min, 13:30-17:00", "Mon 13:30"),
        ("stretch daily at 3am", "Stretch: at 3:00, daily", "Tue 3:00"),
        ("/remind stretch 2:15", "Stretch: at 2:15, daily", "Tue 2:15"),
        ("every morning at 5 stretch", "Stretch: at 5:00, daily", "Tue 5:00"),
        ("strech at 7 pm", "Stretch: at 19:00, daily", "Mon 19:00"),
        ("chiar yoga at 5 on mondys", "Chair yoga: at 17:00, Mon", "Mon 17:00"),
    ],
)  # fmt: skip
def test_a_plan_in_a_sentence_is_read_back_with_three_times_and_the_zone(
    ana: Somebody, words: str, plan: str, times: str
) -> None:
    ana.says(words)
    ana.sees(plan, "(UTC)", times)
    ana.sees_nothing()
    assert "Undo" in ana.buttons()


@pytest.mark.parametrize(
    "words",
    ["every morning my back is stiff", "every day is the same", "at 5 I go home", "on monday I have to travel",
     "from 9 to 5 I sit", "remind me how to do it", "weekdays", "you remind me of my mum",
     "between 9 and 12", "at 9 and 15", "only at night", "just in the morning", "in the evening only"],
)  # fmt: skip
def test_chat_about_days_and_times_changes_no_plan(ana: Somebody, words: str) -> None:
    ana.says("/remind")
    plan = ana.sees("Move")
    ana.says(words)
    ana.sees("")
    ana.says("/remind")
    assert ana.sees("Move") == plan


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("remind me soonish", "not sure when"),
        ("remind me every other day at 9", "not sure when"),
        ("remind me to stretch every 3 days", "not sure when"),
        ("remind me twice a day", "not sure when"),
        ("remind me at 10 and 14:00", "not sure when"),
        ("remind me every 5 minutes", "15 to 480 minutes"),
        ("remind me to stretch at 25:00", "25:00"),
        ("remind me to drink water every hour", "“drink water”"),
        ("remind me on mondays except mondays at 9", "no day at all"),
    ],
)
def test_a_sentence_that_is_not_understood_is_answered_with_how_to_say_it(
    ana: Somebody, words: str, fragment: str
) -> None:
    ana.says(words)
    ana.sees(fragment)
    ana.sees_nothing()


def test_only_remind_me_shows_what_is_planned(ana: Somebody) -> None:
    ana.says("remind me")
    ana.sees("Move: every 60 min", "remind me in 2 hours")


def test_a_symptom_in_a_sentence_is_heard_first_and_alone(ana: Somebody) -> None:
    ana.says("remind me to stretch at 7:30, my groin is numb and I can't pee")
    ana.sees("Call now:")
    assert not [text for text in ana.unread() if "not sure when" in text]


def test_days_are_kept_free_in_every_plan_and_come_back_with_undo(ana: Somebody) -> None:
    ana.says("no reminders on fridays")
    ana.sees(
        "Move: every 60 min, 9:00-12:00, 13:00-17:00, Mon, Tue, Wed, Thu", "Stretch: at 8:30, Mon, Tue, Wed"
    )
    ana.taps("Undo")
    ana.sees("13:00-17:00, weekdays", "Stretch: at 8:30, daily")
    ana.says("no nudges on mondays")
    ana.sees("Tue, Wed, Thu, Fri", "Stretch: at 8:30, daily")
    ana.says("no reminders on sundays")
    ana.sees("Sunday card: off")


@pytest.mark.parametrize(
    "undo", [lambda who: who.taps("Undo"), lambda who: who.says("undo"), lambda who: who.says("/undo")]
)
def test_undo_brings_the_plan_back_by_button_and_by_word(
    here: World, ana: Somebody, undo: Callable[[Somebody], None]
) -> None:
    ana.says("every 45 min 10-12")
    ana.sees("Move: every 45 min, 10:00-12:00")
    undo(ana)
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-17:00, weekdays", "Mon 9:00, Mon 10:00")
    assert "Undo" not in ana.buttons()
    here.fast_forward(minutes=6)
    ana.sees("")


def test_turning_off_and_on_goes_in_words_too(ana: Somebody) -> None:
    ana.says("turn off stretch")
    ana.sees("Stretch is off")
    ana.says("please switch stretch back on")
    ana.sees("Stretch: at 8:30, daily")


def test_undo_switches_on_again_what_was_switched_off(ana: Somebody) -> None:
    ana.says("/remind stretch off")
    ana.sees("Stretch is off")
    ana.taps("Undo")
    ana.sees("Stretch: at 8:30, daily", "Tue 8:30")
    ana.sees_toast("Taken back")


def test_undo_belongs_to_its_change_and_does_nothing_after_another(ana: Somebody) -> None:
    ana.says("every 45 min")
    first = ana.person.last
    ana.says("every 90 min")
    ana.forgets_what_was_said()
    ana.taps("Undo", first)
    ana.sees_toast("nothing was changed")
    ana.sees_nothing()
    ana.taps("Undo")
    ana.sees("every 45 min")
    ana.says("undo")
    assert "nothing to take back" in ana.sees("")


def test_a_button_that_changes_a_plan_can_be_undone_too(ana: Somebody) -> None:
    ana.says("/remind move")
    ana.taps("45 min")
    ana.sees("every 45 min")
    ana.taps("Undo")
    ana.sees("every 60 min")


def test_hours_chosen_below_the_welcome_can_be_undone(here: World) -> None:
    ben = here.person("Ben")
    ben.says("/start")
    ben.taps("8-12, 13-17")
    ben.sees("8:00-12:00")
    ben.taps("Undo")
    ben.sees("9:00-12:00, 13:00-17:00")


def test_the_word_takes_back_the_newest_answer_or_change(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.says("done")
    here.fast_forward(minutes=1)
    ana.says("every 45 min")
    ana.forgets_what_was_said()
    ana.says("undo")
    ana.sees("Move: every 60 min")
    ana.says("undo")
    ana.sees("It's open again")


def test_an_answer_after_the_change_is_taken_back_first(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.says("every 45 min")
    here.fast_forward(minutes=1)
    ana.says("done")
    ana.forgets_what_was_said()
    ana.says("undo")
    ana.sees("It's open again")
    ana.says("undo")
    ana.sees("Move: every 60 min")


def test_the_same_plan_once_more_changes_nothing_so_there_is_nothing_to_undo(ana: Somebody) -> None:
    ana.says("move every 60m")
    ana.sees("every 60 min")
    assert "Undo" not in ana.buttons()


@pytest.mark.parametrize(
    "data", ["v1:takeback:", "v1:takeback:x!", "v1:takeback:zzzzzzzzzzzz", "v1:takeback:1"]
)
def test_a_forged_undo_changes_nothing(ana: Somebody, data: str) -> None:
    ana.says("every 45 min")
    ana.forgets_what_was_said()
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("nothing was changed")
    ana.sees_nothing()


@pytest.mark.parametrize(
    "words", ["/remind no reminders on fridays", "not on fridays anymore", "stop reminding me on fridays"]
)
def test_days_are_kept_free_however_it_is_said(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("13:00-17:00, Mon, Tue, Wed, Thu", "Stretch: at 8:30, Mon, Tue, Wed")
    ana.sees_nothing()


@pytest.mark.parametrize(
    ("words", "resumes"),
    [
        ("don't remind me today", "Tue 6 January"),
        ("no reminders today", "Tue 6 January"),
        ("/remind no reminders today", "Tue 6 January"),
        ("no reminders tomorrow", "Wed 7 January"),
    ],
)
def test_a_day_without_reminders_is_a_pause_of_that_day(ana: Somebody, words: str, resumes: str) -> None:
    ana.says(words)
    ana.sees(resumes)
    ana.sees_nothing()


def test_a_habit_is_stopped_by_its_name(ana: Somebody) -> None:
    ana.says("stop the stretch")
    ana.sees("Stretch is off")


@pytest.mark.parametrize(
    "words", ["too many reminders", "make it less often", "way too many nudges, please!"]
)
def test_too_many_reminders_come_less_often(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Move: every 90 min")


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("remnd me in 20 minutes", "Move, Mon 9:15"),
        ("remind me in 2 huors", "Move, Mon 10:55"),
        ("tomorow at 3 pm", "Move, Tue 15:00"),
        ("remind me on wensday at noon to strech", "Stretch, Wed 12:00"),
    ],
)
def test_a_slip_of_the_pen_is_read_all_the_same(ana: Somebody, words: str, noted: str) -> None:
    ana.says(words)
    ana.sees(f"Noted: {noted}")
    ana.sees_nothing()


@pytest.mark.parametrize("words", ["20 minutes stretch", "every morning I stretch", "very stiff on mondays"])
def test_chat_that_ends_with_a_habit_changes_nothing(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("")
    assert "Undo" not in ana.buttons()

"""Asking back where words can be meant in two ways: by buttons and by words, for a quarter of an hour."""

import pytest

from tests.world import Somebody, World


@pytest.fixture
def asked(ana: Somebody) -> Somebody:
    """Ana, who has asked for a reminder tomorrow at seven."""
    ana.says("remind me tomorrow at 7")
    ana.sees("At what time on Tue 6 January, by your clock (UTC): 7:00, 19:00?")
    assert ana.buttons() == ["7:00", "19:00"]
    return ana


def test_a_button_chooses(asked: Somebody) -> None:
    asked.taps("19:00")
    asked.sees("Noted: Move, Tue 19:00 by your clock (UTC)")
    asked.sees_nothing()


@pytest.mark.parametrize(
    "words", ["the second", "19:00", "7pm", "evening", "in the evening please", "pm", "at 19:00"]
)
def test_so_do_words(asked: Somebody, words: str) -> None:
    asked.says(words)
    asked.sees("Noted: Move, Tue 19:00")


@pytest.mark.parametrize(
    ("words", "names", "choice", "plan"),
    [
        ("every 45 min 9-12 2-6", ["2:00-6:00", "14:00-18:00"], "afternoon", "every 45 min, 9:00-12:00, 14:00-18:00"),
        ("move 9-12 2-6", ["2:00-6:00", "14:00-18:00"], "the first", "every 60 min, 2:00-6:00, 9:00-12:00"),
        ("every hour from 9 to 5 except fridays", ["9:00-17:00", "9:00-24:00 0:00-5:00"], "the first",
         "every 60 min, 9:00-17:00, Mon, Tue, Wed, Thu"),
        ("/remind stretch 9 to 5", ["9:00-17:00", "9:00-24:00 0:00-5:00"], "9:00-17:00",
         "Stretch: every 60 min, 9:00-17:00"),
        ("/remind off", ["Move", "Stretch"], "stretch", "Stretch is off"),
        ("/remind weekdays", ["Move", "Stretch"], "Move", "Move: every 60 min"),
        ("only mornings please", ["Move", "Stretch"], "Move", "Move: every 60 min, 9:00-12:00, weekdays"),
        ("at 10", ["Every day", "Once"], "every day", "Stretch: at 10:00, daily"),
        ("at 10", ["Every day", "Once"], "once", "Noted: Move, Mon 10:00"),
        ("friday at 9", ["Every week", "Once"], "every week", "Stretch: at 9:00, Fri"),
        ("9am friday", ["Every week", "Once"], "once", "Noted: Move, Fri 9:00"),
        ("at 9 friday", ["Every week", "Once"], "every week", "Stretch: at 9:00, Fri"),
        ("at noon friday", ["Every week", "Once"], "every week", "Stretch: at 12:00, Fri"),
        ("at 3", ["Every day", "Once"], "every day", "Stretch: at 15:00, daily"),
        ("at 3", ["Every day", "Once"], "once", "Noted: Move, Mon 15:00"),
        ("at 3am", ["Every day", "Once"], "every day", "Stretch: at 3:00, daily"),
        ("friday at 3", ["Every week", "Once"], "every week", "Stretch: at 15:00, Fri"),
        ("monday at 3", ["Every week", "Once"], "every week", "Stretch: at 15:00, Mon"),
        ("from 9 to 17", ["Yes", "No"], "yes", "Move: every 60 min, 9:00-17:00, weekdays"),
        ("between 9 and 12", ["Yes", "No"], "yes", "Move: every 60 min, 9:00-12:00, weekdays"),
        ("at 9 and 15", ["Yes", "No"], "yes", "Stretch: at 9:00, 15:00, daily"),
        ("at 7:30 and 16:00 please", ["Yes", "No"], "yes", "Stretch: at 7:30, 16:00, daily"),
        ("friday at midnight", ["Every week", "Once"], "every week", "Stretch: at 0:00, Sat"),
        ("friday at midnight", ["Every week", "Once"], "once", "Noted: Move, Sat 0:00"),
        ("from 9 to 17", ["Yes", "No"], "no", "Then nothing was changed"),
    ],
)  # fmt: skip
def test_windows_and_habits_are_asked_about(
    ana: Somebody, words: str, names: list[str], choice: str, plan: str
) -> None:
    ana.says(words)
    assert ana.buttons() == names
    ana.says(choice)
    ana.sees(plan)
    ana.says("undo")
    ana.forgets_what_was_said()
    ana.says(words)
    ana.taps(next((name for name in names if name.lower() == choice.lower()), names[choice != "the first"]))
    ana.sees(plan)


@pytest.mark.parametrize("words", ["only at night", "just in the morning", "in the evening only"])
def test_when_something_hurts_is_not_taken_for_a_plan(ana: Somebody, words: str) -> None:
    ana.says("my back hurts")
    ana.says(words)
    ana.sees("didn't get that")
    ana.sees_nothing()


@pytest.mark.parametrize("words", ["every friday", "fridays", "on Fridays please", "weekly"])
def test_every_week_is_understood_by_the_day_as_well(ana: Somebody, words: str) -> None:
    ana.says("friday at 9")
    ana.says("mondays")
    ana.sees("didn't get that")
    ana.says(words)
    ana.sees("Stretch: at 9:00, Fri")


def test_what_is_asked_about_is_what_can_be_chosen(ana: Somebody) -> None:
    ana.says("remind me on weekdays")
    ana.sees("Which one do you mean: move, stretch? Tap it")
    assert ana.buttons() == ["Move", "Stretch"]


@pytest.mark.parametrize("word", ["no", "neither", "never mind"])
def test_no_changes_nothing_and_skips_no_reminder(here: World, ana: Somebody, word: str) -> None:
    here.fast_forward(minutes=10)
    ana.says("move 9-5")
    ana.sees("Did you mean 9:00-17:00?")
    ana.says(word)
    ana.sees("Then nothing was changed")
    ana.sees_nothing()
    ana.says("done")
    ana.sees("Move: done")


def test_no_after_a_reminder_that_has_come_since_is_for_that_one(here: World, ana: Somebody) -> None:
    ana.says("move 9-5")
    here.fast_forward(minutes=5)
    ana.says("no")
    ana.sees("Move: skipped")


def test_yes_confirms_a_guess_and_is_no_answer_to_a_reminder(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.says("move 9-5")
    ana.sees("Did you mean 9:00-17:00?")
    ana.says("yes")
    ana.sees("Move: every 60 min, 9:00-17:00")
    ana.says("yes")
    ana.sees("Done.")


@pytest.mark.parametrize("words", ["the second", "19:00", "evening"])
def test_so_do_words_in_a_reply_to_the_question(asked: Somebody, words: str) -> None:
    asked.says(words, reply_to=asked.person.last)
    asked.sees("Noted: Move, Tue 19:00")
    asked.sees_nothing()


@pytest.mark.parametrize("is_reply", [True, False])
def test_a_yes_is_for_the_nudge_that_it_replies_to_or_that_came_since(
    here: World, ana: Somebody, *, is_reply: bool
) -> None:
    here.fast_forward(minutes=6 if is_reply else 4)
    nudge = ana.person.last
    ana.says("move 9-5")
    here.fast_forward(minutes=2)
    ana.forgets_what_was_said()
    ana.says("yes", reply_to=nudge if is_reply else None)
    ana.sees("Move: done.")
    ana.says("the first")
    ana.sees("every 60 min, 9:00-17:00")


def test_yes_chooses_none_of_two(here: World, asked: Somebody) -> None:
    here.fast_forward(minutes=6)
    asked.forgets_what_was_said()
    asked.says("yes")
    asked.sees("Done.")


def test_one_question_may_lead_to_the_next(ana: Somebody) -> None:
    ana.says("/remind yoga on")
    ana.says("at 8:00 and 9:00 on weekdays")
    ana.sees("Which one do you mean")
    assert ana.buttons() == ["Chair yoga", "Stretch"]
    ana.taps("Chair yoga")
    ana.sees("Chair yoga: at 8:00, 9:00, weekdays")


def test_which_of_two_days_is_asked_as_well(ana: Somebody) -> None:
    ana.says("remind me next friday at 3")
    ana.sees("Which day do you mean", "Fri 9 Jan 15:00, Fri 16 Jan 15:00")
    ana.says("the second")
    ana.sees("Noted: Move, Fri 16 Jan 15:00")


def test_a_day_without_a_time_is_asked_about(ana: Somebody) -> None:
    ana.says("remind me tomorrow to stretch")
    ana.sees("At what time on Tue 6 January", "9:00, 12:00, 15:00, 18:00")
    ana.taps("12:00")
    ana.sees("Noted: Stretch, Tue 12:00")


def test_a_question_expires_and_says_how_to_ask_again(here: World, asked: Somebody) -> None:
    here.fast_forward(minutes=15)
    asked.forgets_what_was_said()
    asked.taps("19:00")
    asked.sees_toast("expired", "remind me tomorrow at 19:00")
    asked.sees_nothing()
    asked.says("the second")
    asked.sees("didn't get that")


def test_an_earlier_question_is_over_with_the_next(asked: Somebody) -> None:
    first = asked.person.last
    asked.says("remind me tomorrow at 8")
    asked.forgets_what_was_said()
    asked.taps("19:00", first)
    asked.sees_toast("expired")
    asked.taps("20:00")
    asked.sees("Tue 20:00")


def test_a_second_tap_changes_nothing(asked: Somebody) -> None:
    question = asked.person.last
    asked.does(lambda person: person.taps("19:00", question))
    asked.sees("Noted: Move, Tue 19:00")
    asked.says("7:00 please")
    assert "Tue 7:00" not in asked.sees("")


@pytest.mark.parametrize("data", ["v1:way:x:9", "v1:way:1:0", "v1:way::", "v1:way:zzz:99", "v1:way:1:②"])
def test_a_forged_choice_chooses_nothing(asked: Somebody, data: str) -> None:
    asked.does(lambda person: person.taps_data(data, person.last))
    asked.sees_toast("expired")
    asked.sees_nothing()


def test_other_words_are_answered_as_ever_while_a_question_is_open(here: World, asked: Somebody) -> None:
    here.fast_forward(minutes=6)
    asked.forgets_what_was_said()
    asked.says("done")
    asked.sees("done")
    asked.taps("7:00")
    asked.sees("Noted: Move, Tue 7:00")


def test_a_symptom_is_no_choice(asked: Somebody) -> None:
    asked.says("in the evening my groin is numb and I can't pee")
    asked.sees("Call now:")


def test_a_question_is_gone_with_forget(asked: Somebody) -> None:
    question = asked.person.last
    asked.says("/forget")
    asked.taps("Delete everything")
    asked.taps("19:00", question)
    asked.sees_toast("/start")

"""Cards and questions of before: they change nothing that was told later, and none of them contradicts a correction."""

import pytest

from reminderbot.store import tables
from tests.telegram.looking import hold, rows
from tests.world import Somebody, World

CLOT = "my calf is swollen and hot"
SADDLE = "my groin is numb and I can't pee"
DARK = "I'm going to kill myself tonight"
PUT_RIGHT = "This no longer counts"


def states(here: World, who: Somebody) -> list[tuple[str, str | None]]:
    return [(row.state, row.closed_as) for row in rows(here, tables.reports, chat_id=who.id)]


@pytest.mark.usefixtures("olga")
def test_a_check_of_before_closes_nothing_that_was_told_later(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    here.fast_forward(hours=4)
    asked = ana.person.last
    ana.says(SADDLE)
    ana.forgets_what_was_said()
    ana.taps("A clinician has checked me", asked)
    ana.sees("Noted. What you told me at Mon 12:55 is still open: “my groin is numb and I can't pee”")
    assert (states(here, ana), hold(here, ana)) == ([("closed", "checked"), ("open", None)], "held")
    assert [case.state for case in rows(here, tables.cases)] == ["open"]
    ana.taps("A clinician has checked me")
    ana.sees("noted the date")
    assert (hold(here, ana), rows(here, tables.cases)[0].state) == ("returning", "closed")


@pytest.mark.usefixtures("olga")
def test_a_check_of_the_body_leaves_the_case_of_dark_thoughts_open(here: World, ana: Somebody) -> None:
    ana.says("I'm going to kill myself tonight")
    here.fast_forward(minutes=1)
    ana.says(SADDLE)
    ana.forgets_what_was_said()
    ana.says("a clinician has checked me")
    assert "ease you back in" not in ana.sees("stay off for now, because of what you told me")
    assert (hold(here, ana), rows(here, tables.cases)[0].state) == ("held", "open")


@pytest.mark.usefixtures("olga")
def test_a_check_leaves_an_open_question_and_its_case_open(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    ana.says("my groin went numb after cycling")
    ana.sees("One question")
    ana.says("a clinician has checked me")
    ana.sees("wait until you have answered the question")
    assert (hold(here, ana), rows(here, tables.cases)[0].state) == ("asking", "open")


def test_the_same_button_twice_says_again_what_is_open(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    here.fast_forward(hours=4)
    asked = ana.person.last
    ana.says("/symptom")
    ana.taps("Both legs")
    for _ in range(2):
        ana.forgets_what_was_said()
        ana.taps("A clinician has checked me", asked)
        ana.sees("What you told me at Mon 12:55 is still open.")
    assert hold(here, ana) == "held"


def test_the_button_of_an_older_notice_closes_nothing_that_was_told_later(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    ana.says("/resume")
    notice = ana.person.last
    here.fast_forward(minutes=1)
    ana.says(SADDLE)
    ana.taps("A clinician has checked me", notice)
    ana.sees("is still open")
    assert hold(here, ana) == "held"


def test_reminders_stay_off_for_dark_thoughts_that_were_told_later(here: World, ana: Somebody) -> None:
    ana.says(DARK)
    here.fast_forward(hours=2)
    asked = ana.person.last
    ana.says("I want to die")
    ana.forgets_what_was_said()
    ana.taps("Reminders on again", asked)
    assert "want to die" not in ana.sees("stay off for now, because of what you told me at Mon 10:55")
    assert hold(here, ana) == "held"
    ana.taps("Reminders on again")
    ana.sees("Reminders are on again")


@pytest.mark.parametrize("data", ["v1:hok", "v1:hok:", "v1:hok:!", "v1:hon:", "v1:hon:zzzzzzzzzzzzzzz"])
def test_an_end_of_a_hold_that_names_no_report_ends_nothing_and_brings_a_button_that_does(
    here: World, ana: Somebody, data: str
) -> None:
    ana.says(SADDLE)
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees("Exercises are paused, to be on the safe side.")
    assert hold(here, ana) == "held"
    ana.taps("A clinician has checked me")
    assert hold(here, ana) == "returning"


def test_an_end_of_a_hold_that_names_no_report_says_when_nothing_is_held(ana: Somebody) -> None:
    ana.says("/today")
    ana.does(lambda person: person.taps_data("v1:hok", person.last))
    ana.sees("Exercises aren't waiting for a check.")


@pytest.mark.parametrize("by_word", [False, True])
def test_worse_about_something_that_is_over_begins_the_check_with_the_number_first(
    here: World, ana: Somebody, by_word: bool
) -> None:
    ana.says("/timezone London")
    ana.says(CLOT)
    here.fast_forward(hours=4)
    asked = ana.person.last
    ana.taps("A clinician has checked me")
    ana.forgets_what_was_said()
    ana.says("it's worse") if by_word else ana.taps("It's worse", asked)
    ana.sees("If it is bad now", "call\n999")
    ana.sees("Is any of this new for you?")


def test_a_forged_worse_begins_nothing(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.forgets_what_was_said()
    ana.does(lambda person: person.taps_data("v1:sworse:1", person.last))
    ana.sees_toast("That one is over")
    ana.sees_nothing()


def test_it_is_worse_said_by_somebody_without_a_report_is_as_any_words(ana: Somebody) -> None:
    ana.says("it's worse")
    assert "If it is bad now" not in ana.sees("")


def texts(who: Somebody) -> list[str]:
    """What stands in the chat now."""
    return [message.text for message in who.person.messages]


@pytest.mark.parametrize("by_word", [False, True])
@pytest.mark.usefixtures("olga")
def test_after_a_correction_nothing_above_contradicts_it(here: World, ana: Somebody, by_word: bool) -> None:
    ana.says(CLOT)
    ana.taps("Can't get my breath at rest")
    here.fast_forward(hours=9)
    assert any("nobody has answered" in text for text in texts(ana))
    ana.says("you misread me") if by_word else ana.taps("You misread me")
    ana.sees("I misread that")
    left = "\n".join(texts(ana))
    for fragment in (
        "nobody has answered",
        "How are you now?",
        "Call now:",
        "right now?",
        "To be seen today",
    ):
        assert fragment not in left
    assert left.count(PUT_RIGHT) >= 4
    buttons = str([message.labels for message in ana.person.messages if PUT_RIGHT in message.text])
    assert "worse" not in buttons


def test_a_correction_leaves_what_is_about_another_report(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    ana.says(SADDLE)
    here.fast_forward(hours=2)
    ana.says("it's all in my head, you misread me")
    ana.taps("You misread me")
    left = "\n".join(texts(ana))
    assert "To be seen today" in left
    assert "Exercises stay paused" in left

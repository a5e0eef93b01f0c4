"""A question beside something else: what is urgent in any case, another finding, and the number meanwhile."""

import pytest

from reminderbot.store import tables
from tests.telegram.looking import hold, newest_report, rows
from tests.world import Somebody, World

DOUBT = "my groin went numb after cycling"
CALF = "my calf has gone purple"


@pytest.mark.parametrize("first", [CALF, DOUBT])
def test_another_finding_while_a_question_is_open_has_a_card_of_its_own(
    here: World, ana: Somebody, first: str
) -> None:
    ana.says(first)
    ana.forgets_what_was_said()
    ana.says("I have a fever and my back hurts, and I use drugs")
    ana.sees("To be seen today")
    ana.sees("Is any of this true right now?")
    assert not [text for text in ana.unread() if "still open" in text]
    assert [row.state for row in rows(here, tables.reports, chat_id=ana.id)] == ["asked", "open"]
    assert hold(here, ana) == "held"
    ana.says("no")
    assert hold(here, ana) == "held"


@pytest.mark.parametrize("words", [DOUBT, CALF, "i might as well not be here anymore"])
def test_a_question_names_the_number_in_one_line(here: World, words: str) -> None:
    bo = here.person("Bo", "Europe/London")
    bo.says(words)
    bo.sees("If it's bad now, don't wait for me: 999 or your local emergency number.")


def test_what_is_urgent_in_any_case_has_a_question_without_a_way_out(here: World, ana: Somebody) -> None:
    ana.says(CALF)
    assert ana.buttons() == ["Yes, now", "No", "Someone else", "You misread me"]
    ana.taps("No")
    ana.sees("To be seen today")
    assert (hold(here, ana), newest_report(here, ana)) == ("held", ("open", "urgent", None))


@pytest.mark.parametrize("words", ["it went away", "no"])
def test_a_further_sign_that_is_gone_leaves_what_is_urgent(here: World, ana: Somebody, words: str) -> None:
    ana.says(CALF)
    ana.says(words)
    ana.sees("To be seen today")
    assert (hold(here, ana), newest_report(here, ana)) == ("held", ("open", "urgent", None))


def test_a_late_no_to_a_further_sign_brings_no_second_card(here: World, ana: Somebody) -> None:
    ana.says(CALF)
    here.fast_forward(minutes=6)
    ana.sees("Just in case:")
    ana.taps("No")
    ana.sees("still needs checking today", "exercises stay paused")
    ana.sees_nothing()
    assert hold(here, ana) == "held"


def test_an_urgent_finding_that_was_misread_is_over(here: World, ana: Somebody) -> None:
    ana.says(CALF)
    ana.taps("You misread me")
    assert (hold(here, ana), newest_report(here, ana)) == ("normal", ("closed", "urgent", "misread"))

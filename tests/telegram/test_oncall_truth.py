"""What people on call read is so: who has been reached, what was only asked, and what becomes worse."""

from typing import Any

import pytest

from reminderbot.store.tables import CaseKind, CaseState
from tests.telegram.alarms import alarmed, case, sends
from tests.world import Somebody, World

ZONE = "Europe/London"
CHEST = "sudden chest pain, crushing, and I'm sweating"
URGENT_DOUBT = "trouble peeing"
NUMB = "my groin is numb and I can't pee"


def policy(here: World) -> Any:
    return here.around.library.policy


def test_a_note_does_not_say_that_they_know_when_they_have_blocked_the_bot(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    ana.does(lambda person: person.blocks())
    here.fast_forward(hours=1, minutes=1)
    note = osei.person.last.text
    assert "Nobody answered, and I can't reach them to say so." in note
    assert "they know" not in note


def test_a_note_does_not_say_that_they_know_when_telegram_refused_the_text(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(minutes=55)
    why = "Bad Request: can't parse entities"
    here.tele.faults.refuse("sendMessage", status=400, description=why, chat_id=ana.id)
    here.fast_forward(minutes=6)
    assert "Nobody answered, and I can't reach them to say so." in osei.person.last.text


def test_a_note_says_that_they_know_once_the_text_has_arrived(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(hours=1, minutes=1)
    ana.sees("nobody has answered")
    assert "Nobody answered, and they know." in osei.person.last.text


def test_whoever_has_read_words_of_somebody_on_call_is_not_told_of_silence(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    osei.says("Are you alone?", reply_to=osei.person.last)
    ana.sees("Are you alone?")
    here.fast_forward(hours=1, minutes=1)
    told = ana.sees("nobody has said that they have taken this on")
    assert "nobody has answered" not in told


def test_nobody_who_takes_a_case_is_told_that_somebody_out_of_reach_is_told(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    ana.does(lambda person: person.blocks())
    osei.taps("Acknowledge")
    osei.sees_toast("You have case 1 until", "I can't reach them to say so")


def test_before_closing_nobody_is_told_that_somebody_out_of_reach_is_told(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Close")
    assert "the person is told so" in osei.person.last.text
    ana.does(lambda person: person.blocks())
    osei.taps("Close")
    osei.says("/close 1")
    assert "the person is told so" not in osei.person.last.text
    assert "I can't reach them to say so" in osei.person.last.text


def test_only_a_question_so_far_is_said_until_there_is_a_card(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(URGENT_DOUBT)
    note = osei.sees("Case 1: urgent", "Only a question so far")
    assert "card with what to do" not in note
    here.fast_forward(minutes=5)
    assert "card with what to do has been delivered" in osei.person.last.text


def test_a_doubt_about_something_worse_begins_the_emergency_policy_though_somebody_had_it(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    ana.says(URGENT_DOUBT)
    here.fast_forward(minutes=2)
    osei.taps("Acknowledge")
    before = sends(osei)
    here.fast_forward(minutes=3, seconds=1)
    assert sends(osei) == before + 1
    osei.sees("More from Ana, case 1", "unconfirmed, maybe emergency", "open again")
    now = case(here, 1)
    assert (now.state, now.round) == (CaseState.OPEN, 1)
    assert (now.level, now.kind) == ("emergency", CaseKind.UNCONFIRMED)
    here.fast_forward(minutes=10)
    bo.sees("Case 1: unconfirmed, maybe emergency")
    osei.taps("Acknowledge")
    assert case(here, 1).next_at - here.now == policy(here).emergency.acknowledged_for


def test_the_last_one_who_goes_away_leaves_nobody_in_the_belief_that_somebody_has_their_case(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    osei.taps("Acknowledge")
    ana.forgets_what_was_said()
    osei.says("/away 8h")
    ana.sees("nobody has your case now", "999")
    assert case(here, number).state == CaseState.UNANSWERED
    ana.forgets_what_was_said()
    here.fast_forward(hours=2)
    assert not [text for text in ana.unread() if "nobody" in text]


@pytest.mark.parametrize("back", ["/away back", "/away off", ""])
def test_whoever_comes_back_is_shown_what_nobody_answered(
    here: World, ana: Somebody, osei: Somebody, back: str
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    osei.says("/away 8h")
    here.fast_forward(hours=2)
    osei.forgets_what_was_said()
    if back:
        osei.says(back)
    else:
        here.fast_forward(hours=7)
    said = osei.unread()
    assert any("Welcome back" in text for text in said)
    assert any("Case 1: emergency" in text and "You can still acknowledge it" in text for text in said)
    osei.taps("Acknowledge")
    osei.sees_toast("You have case 1 until")


def test_whoever_has_a_case_hears_of_it_when_its_person_deletes_their_data(
    ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    osei.taps("Acknowledge")
    before = sends(osei)
    ana.says("/forget")
    ana.taps("Delete everything")
    osei.sees("The person of case 1 has deleted their data, and the case is closed.")
    assert sends(osei) == before + 1
    osei.says("/ack 1")
    osei.sees("Case 1 is over", "deleted")
    osei.says("/ack 2")
    osei.sees("There is no such case")


def test_nobody_hears_again_of_a_case_that_was_closed_before_its_person_left(
    ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    osei.taps("Close")
    osei.taps("Close")
    before = sends(osei)
    ana.says("/forget")
    ana.taps("Delete everything")
    assert sends(osei) == before


def test_the_command_asks_once_more_while_nobody_has_the_case(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    before = sends(osei)
    osei.says("/close 1")
    assert sends(osei) == before + 1
    assert "Close case 1?" in osei.person.last.text
    assert osei.person.last.labels == ["Close", "Keep open"]
    osei.taps("Keep open")
    assert osei.person.last.labels == ["Acknowledge", "Close"]
    osei.says("Are you all right?", reply_to=osei.person.last)
    ana.sees("Are you all right?")
    osei.says("/close 1")
    osei.taps("Close", osei.person.last)
    assert case(here, number).state == CaseState.CLOSED


def test_a_list_of_cases_says_whether_it_is_you_who_has_one(
    ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    osei.says("/cases")
    osei.sees("1 · emergency", "you have it")
    bo.says("/cases")
    bo.sees("1 · emergency", "somebody has it")


@pytest.mark.parametrize("words", ["400d", "0h", "", "a while", "next week"])
def test_how_long_somebody_may_be_away_is_told(osei: Somebody, words: str) -> None:
    osei.says(f"/away {words}")
    osei.sees("from one minute to 366 days", "/away back")


def test_equal_lines_in_a_note_are_shown_once(ana: Somebody, osei: Somebody) -> None:
    ana.says(NUMB)
    ana.says(CHEST)
    assert osei.person.last.text.splitlines().count("Mon 8:55: emergency") == 1


def test_the_same_words_told_again_are_quoted_once(here: World, ana: Somebody, osei: Somebody) -> None:
    ana.says(NUMB)
    ana.taps("Share what I wrote")
    here.fast_forward(minutes=4)
    ana.says(NUMB)
    ana.taps("Share what I wrote")
    note = osei.person.last.text
    assert note.count(NUMB) == 1
    assert "Mon 8:59: emergency, the same again" in note

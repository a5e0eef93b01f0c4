"""What the person answers to somebody on call: by a reply alone, to whoever has the case, and gone with it."""

import json
from datetime import timedelta

from reminderbot.services import cases, oncall
from reminderbot.store import tables
from reminderbot.store.tables import CaseState
from tests.telegram.alarms import alarmed, case, closes, logged
from tests.telegram.looking import rows
from tests.world import Somebody, World

ZONE = "Europe/London"
NUMB = "my groin is numb and I can't pee"
HOME = "I'm at <b>home</b> & my sister drives me"


def asked(who: Somebody, by: Somebody, words: str = "Where are you?") -> None:
    """Somebody on call writes to the person, who has read it."""
    by.says(words, reply_to=by.person.last)
    who.sees("From the person on call:", words)
    by.forgets_what_was_said()


def replies(who: Somebody, words: str) -> None:
    """The person answers the newest message from the person on call."""
    relayed = next(m for m in reversed(who.person.messages) if "From the person on call" in m.text)
    who.says(words, reply_to=relayed)


def test_a_message_from_on_call_says_how_to_answer_and_what_stays_private(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    osei.says("Where are you?", reply_to=osei.person.last)
    ana.sees(
        "Where are you?", "Reply to this message to answer the people on call.", "stays between you and me"
    )


def test_a_reply_comes_back_to_whoever_knows_of_the_case(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(minutes=11)
    asked(ana, osei)
    bo.forgets_what_was_said()
    replies(ana, HOME)
    ana.sees("Passed on to the people on call.")
    for who in (osei, bo):
        assert "Answer from Ana, case 1:" in who.sees("Answer from Ana, case 1:", HOME)
        assert who.person.last.labels == ["Acknowledge", "Close"]
    assert logged(here, "case_answered") == 1


def test_a_reply_is_for_whoever_has_the_case_alone(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(minutes=11)
    osei.taps("Acknowledge")
    asked(ana, osei)
    bo.forgets_what_was_said()
    replies(ana, HOME)
    osei.sees("Answer from Ana, case 1:", HOME)
    assert not [text for text in bo.unread() if "home" in text]


def test_the_two_go_on_talking_by_replies(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    asked(ana, osei, "Good. Is the pain worse?")
    replies(ana, "no, the same")
    told = osei.sees("Answer from Ana", "no, the same")
    assert told.index("no, the same") < told.index(HOME), "what is new comes first"


def test_however_often_somebody_answers_the_note_can_be_sent(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    for number in range(1, 51):
        replies(ana, f"answer {number}")
    told = osei.sees("answer 50", "answer 48", "Before that: 47 answers.")
    assert "answer 47" not in told


def test_an_answer_stays_in_the_note_when_the_case_goes_on(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    osei.taps("Acknowledge")
    assert HOME in osei.person.last.text


def test_what_is_no_reply_stays_between_the_person_and_the_bot(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    ana.says("I'm at home and nobody needs to know")
    assert not [text for text in osei.unread() if "home" in text]


def test_a_reply_that_tells_of_a_red_flag_is_answered_with_the_card_and_passed_on(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana, "urgent")
    asked(ana, osei)
    replies(ana, NUMB)
    ana.sees("999")
    osei.sees("Answer from Ana, case 1:", NUMB)
    assert case(here, 1).level == "emergency"
    assert len(rows(here, tables.reports, level="emergency")) == 1


def test_what_on_call_writes_after_the_end_is_passed_on_and_invites_to_no_reply(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    closes(osei)
    osei.says("Get well soon!", reply_to=osei.person.last)
    osei.sees("I'm passing that on. Case 1 is closed, so they can't answer you here.")
    ana.sees("From the person on call:", "Get well soon!")
    assert "Reply to this message" not in ana.person.last.text
    assert "a reply would reach nobody" in ana.person.last.text


def test_what_on_call_writes_about_an_older_case_can_be_answered_while_a_newer_one_runs(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    closes(osei)
    older = osei.person.last
    alarmed(ana)
    osei.says("Where are you?", reply_to=older)
    ana.sees("Where are you?", "Reply to this message to answer the people on call.")
    replies(ana, HOME)
    osei.sees("Answer from Ana, case 2:", HOME)


def test_a_reply_after_the_case_was_closed_is_not_passed_on_and_says_so(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    asked(ana, osei)
    closes(osei)
    osei.forgets_what_was_said()
    replies(ana, HOME)
    ana.sees("your case is closed", "999")
    osei.sees_nothing()


def test_a_reply_that_nobody_can_get_says_so(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    osei.says("/away 8h")
    osei.forgets_what_was_said()
    replies(ana, HOME)
    ana.sees("nobody on call can be reached", "999")
    osei.sees_nothing()
    assert rows(here, tables.reports) == []


def test_a_reply_that_is_no_text_or_too_long_is_told(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, "x " * 501)
    ana.sees("too long", "1000")
    osei.sees_nothing()


def test_an_answer_waits_and_is_kept_encrypted(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    for table in (tables.reports, tables.messages, tables.audit):
        assert "sister" not in str(rows(here, table))
    [kept] = rows(here, tables.reports)
    assert here.around.vault.open(kept.words) == HOME


def test_an_answer_is_gone_when_the_case_is_closed(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    closes(osei)
    assert not [message for message in osei.person.messages if "sister" in message.text]
    assert rows(here, tables.reports) == []


def test_forgetting_takes_the_answers_too(here: World, ana: Somebody, osei: Somebody, bo: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    here.fast_forward(minutes=11)
    ana.says("/forget")
    ana.taps("Delete everything")
    for who in (osei, bo):
        assert not [message for message in who.person.messages if "sister" in message.text]
        assert not [message for message in who.person.messages if "Ana" in message.text]


def test_whoever_leaves_call_keeps_no_answer(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    assert not [message for message in osei.person.messages if "sister" in message.text]
    assert HOME in bo.person.last.text


def test_an_answer_goes_with_the_case_that_nobody_closed(here: World, ana: Somebody, osei: Somebody) -> None:
    number = alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    here.fast_forward(hours=2)
    assert case(here, number).state == CaseState.UNANSWERED
    here.now += timedelta(days=31)
    here.ask(lambda work: cases.sweep(work, 10))
    here.settle()
    assert not [message for message in osei.person.messages if "sister" in message.text]


def test_the_export_holds_what_was_answered(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    asked(ana, osei)
    replies(ana, HOME)
    ana.says("/export")
    file = next(message for message in ana.person.messages if message.kind == "document")
    exported = json.loads(here.tele.world.files.get(str(file.file_id)).content)
    assert [row["words"] for row in exported["report"]] == [HOME]


def test_somebody_on_call_who_is_ill_themselves_answers_as_anybody_does(osei: Somebody, bo: Somebody) -> None:
    alarmed(osei)
    asked(osei, bo)
    replies(osei, HOME)
    bo.sees("Answer from Osei, case 1:", HOME)


def test_a_reply_of_one_word_answers_the_person_on_call_and_not_the_question_of_the_bot(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    ana.says("my groin was numb")
    ana.sees("One question")
    asked(ana, osei, "Is it worse?")
    replies(ana, "no")
    osei.sees("Answer from Ana, case 1:", "no")
    assert [row.state for row in rows(here, tables.reports) if row.closed_as is None] == ["asked"]

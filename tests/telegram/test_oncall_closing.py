"""The end of a case, and of somebody's duty: asked once more, told to the person, handed over at once."""

from collections.abc import Callable

import pytest

from reminderbot.services import duty, oncall
from reminderbot.store import tables
from reminderbot.store.tables import CaseState
from tests.telegram.alarms import alarmed, case, closes
from tests.telegram.looking import rows
from tests.world import Somebody, World

ZONE = "Europe/London"
NUMB = "my groin is numb and I can't pee"


def test_a_tap_on_close_is_asked_once_more_in_the_same_note(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    note = osei.person.last
    osei.taps("Close")
    osei.sees_toast("still open")
    assert osei.person.last is note
    assert "Close case 1?" in note.text
    assert "About Ana" in note.text
    assert note.labels == ["Close", "Keep open"]
    assert case(here, number).state == CaseState.OPEN
    osei.taps("Close")
    osei.sees_toast("Case 1 is closed")
    assert case(here, number).state == CaseState.CLOSED
    assert note.labels == []


def test_keep_open_leaves_everything_as_it_was(here: World, ana: Somebody, osei: Somebody) -> None:
    number = alarmed(ana)
    before = osei.person.last.text
    osei.taps("Close")
    osei.taps("Keep open")
    osei.sees_toast("Case 1 stays open")
    assert osei.person.last.text == before
    assert osei.person.last.labels == ["Acknowledge", "Close"]
    assert case(here, number).state == CaseState.OPEN


def test_a_question_whether_to_close_that_is_overtaken_says_so(
    ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Close")
    asked = osei.person.last
    bo.says("/ack 1")
    bo.says("/close 1")
    for data in ("v1:osure:1", "v1:okeep:1", "v1:oclose:1"):
        osei.does(lambda person, data=data: person.taps_data(data, asked))  # type: ignore[misc]
        osei.sees_toast("Case 1 is closed already")
    assert "Closed by Bo" in asked.text


def test_the_command_closes_at_once_for_whoever_has_the_case(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    osei.says("/ack 1")
    osei.says("/close 1")
    osei.sees("Case 1 is closed")
    assert case(here, number).state == CaseState.CLOSED


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (NUMB, "Exercises stay paused until you tell me that a clinician has checked you."),
        ("I want to end my life tonight", "reminders stay off until you want them back"),
    ],
)
def test_the_person_is_told_that_the_case_is_closed_and_what_stays(
    ana: Somebody, osei: Somebody, words: str, told: str
) -> None:
    ana.says(words)
    closes(osei)
    ana.sees("The person on call has closed your case.", told, "999")


def test_with_only_a_question_open_nothing_is_said_of_a_clinician(ana: Somebody, osei: Somebody) -> None:
    ana.says("trouble peeing")
    closes(osei)
    told = ana.sees("has closed your case", "My question above is still open", "999")
    assert "clinician" not in told


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [("es", "tengo la entrepierna dormida y no puedo orinar", "siguen en pausa"),
     ("de", "Ich kann nicht pinkeln und mein Schritt ist taub", "bleiben pausiert"),
     ("fr", "je ne sens plus mon entrejambe et je ne peux pas uriner", "restent en pause"),
     ("pt", "não consigo urinar e as virilhas dormentes", "ficam em pausa"),
     ("it", "non riesco a urinare e sono intorpidito tra le gambe", "restano in pausa")],
)  # fmt: skip
def test_what_on_call_does_is_told_in_the_language_of_the_report(
    here: World, ana: Somebody, osei: Somebody, language: str, words: str, told: str
) -> None:
    def frame(template: str) -> str:
        return here.around.library.messages[template].text.get(language).rpartition("{words}")[2].strip()

    ana.says(words)
    osei.says("¿?", reply_to=osei.person.last)
    ana.sees("¿?", frame("safety.relayed"))
    ana.says("5", reply_to=ana.person.last)
    ana.sees(frame("safety.answer_passed"))
    closes(osei)
    ana.sees(told, "999")
    assert all("Copy" not in label for label in ana.person.last.labels)


def test_nobody_is_told_of_the_end_of_a_drill(here: World, osei: Somebody, bo: Somebody) -> None:
    bo.says("/cases drill")
    osei.says("/close 1")
    assert case(here, 1).state == CaseState.CLOSED
    assert not [text for text in bo.unread() if "has closed your case" in text]


def test_whoever_goes_away_hands_the_case_over_at_once_and_is_told_so(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana)
    here.fast_forward(minutes=31)
    osei.taps("Acknowledge")
    osei.says("/away 8h")
    osei.sees("You are off duty until", "Case 1 goes to the others now.")
    bo.sees("Case 1: emergency", "Nobody has acknowledged it yet.")
    now = case(here, number)
    assert (now.state, now.round, now.acknowledged_by) == (CaseState.OPEN, 1, None)


def test_whoever_is_taken_off_call_is_told_what_becomes_of_their_case(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    osei.sees("You are off call", "Case 1 goes to the others now.")
    bo.sees("Case 1: emergency")


def test_the_last_one_who_goes_away_is_told_that_nobody_has_the_case(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    osei.says("/away 8h")
    told = osei.sees("You were the last one", "Case 1 is open, and nobody has it now.")
    assert "goes to the others" not in told


def test_whoever_had_nothing_is_told_of_no_case(ana: Somebody, osei: Somebody, bo: Somebody) -> None:
    alarmed(ana)
    osei.says("/away 8h")
    assert "Case" not in osei.sees("You are off duty until")
    assert bo.person.last


@pytest.mark.parametrize(
    "end", [lambda who: who.says("/away 8h"), lambda who: who.does(lambda one: one.blocks())]
)
def test_when_everybody_has_left_the_person_is_not_told_that_nobody_ever_saw_it(
    here: World, ana: Somebody, osei: Somebody, end: Callable[[Somebody], None]
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    end(osei)
    told = ana.sees("nobody has your case now", "999")
    here.fast_forward(hours=1, minutes=1)
    assert not [text for text in (told, *ana.unread()) if "nobody has answered" in text]


def test_help_for_somebody_on_call_has_their_commands_too(ana: Somebody, osei: Somebody) -> None:
    osei.says("/help")
    osei.sees("You are on call", "/cases", "/ack 7", "/close 7", "/away 8h")
    ana.says("/help")
    assert not [text for text in ana.unread() if "You are on call" in text]


def test_somebody_on_call_who_is_no_subscriber_is_greeted_as_that(
    here: World, osei: Somebody, ana: Somebody
) -> None:
    eve = here.person("Eve")
    for who, template in ((osei, "oncall.first"), (eve, "start.first"), (ana, "start.first")):
        assert here.ask(lambda work, who=who: duty.greeting(work, who.id)) == template  # type: ignore[misc]
    assert rows(here, tables.subscribers, chat_id=osei.id) == []

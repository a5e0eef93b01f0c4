"""What people on call are shown of somebody, what passes between them, and how it is taken back."""

import json
from datetime import timedelta

from reminderbot.services import cases, duty, holds, oncall
from reminderbot.services.work import Work
from reminderbot.store import tables
from reminderbot.store.queries import safety
from reminderbot.store.tables import CaseState, ReportState, Sharing
from tests.telegram.alarms import alarm, alarmed, case, closes, logged
from tests.telegram.looking import rows
from tests.world import Somebody, World

WORDS = "my groin is numb <b>since noon</b> & I can't pee"


def reported(who: Somebody, sharing: Sharing = Sharing.ASK) -> int:
    """Somebody has written something, and a case runs about it."""

    def report(work: Work) -> int | None:
        holds.ensure(work, who.id)
        safety.change(work.tx, who.id, {"sharing": sharing})
        row = {"chat_id": who.id, "id": 7, "reported_at": work.at, "state": ReportState.OPEN}
        row |= {"level": "emergency", "rules": json.dumps(["cauda-equina.numb-saddle"]), "codes": "[]"}
        row |= {"lexicon": "1", "words": work.around.vault.seal(WORDS)}
        work.tx.execute(tables.reports.insert().values(row))
        return cases.open_case(work, who.id, 7, "emergency", tables.CaseKind.REPORT, "Ana", None)

    number = who.world.ask(report)
    assert number is not None
    who.world.settle()
    return number


def test_without_consent_a_note_holds_level_time_name_and_link_and_nothing_else(
    ana: Somebody, osei: Somebody
) -> None:
    reported(ana)
    note = osei.person.last
    assert "Since Mon 8:55 (UTC)" in note.text
    assert [entity["url"] for entity in note.entities if "url" in entity] == [f"tg://user?id={ana.id}"]
    assert "groin" not in note.text
    assert "Signs" not in note.text


def test_times_in_a_note_are_by_the_clock_of_whoever_reads_it(ana: Somebody, osei: Somebody) -> None:
    osei.says("/start")
    osei.says("/timezone Tokyo")
    alarmed(ana)
    assert "Since Mon 17:55 (Asia/Tokyo)" in osei.person.last.text


def test_with_consent_labels_and_words_are_shown_in_the_same_note(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    reported(ana)
    note = osei.person.last
    assert here.ask(lambda work: cases.share(work, ana.id))
    here.settle()
    assert WORDS in note.text
    title = str(here.around.library.triage.conditions["cauda-equina"].title)
    assert f"Signs: {title}" in note.text


def test_who_always_shares_shares_from_the_beginning(ana: Somebody, osei: Somebody) -> None:
    reported(ana, Sharing.ALWAYS)
    assert WORDS in osei.person.last.text


def test_who_wants_nobody_told_has_no_case_and_is_not_watched(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    here.ask(lambda work: holds.ensure(work, ana.id))
    here.ask(lambda work: safety.change(work.tx, ana.id, {"sharing": Sharing.NOBODY}))
    assert alarm(ana) is None
    assert not here.ask(lambda work: duty.watched(work, ana.id))
    here.settle()
    osei.sees_nothing()


def test_words_that_were_not_agreed_to_do_not_replace_those_that_were(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = reported(ana)
    here.ask(lambda work: cases.share(work, ana.id))
    here.ask(lambda work: cases.open_case(work, ana.id, 8, "emergency", tables.CaseKind.REPORT, "Ana", None))
    here.settle()
    assert case(here, number).report_id == 7
    assert WORDS in osei.person.last.text


def test_a_reply_to_a_note_reaches_the_person_and_is_not_judged(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    osei.says("done. Is your groin numb? Can you pee?", reply_to=osei.person.last)
    ana.sees("From the person on call:", "Is your groin numb? Can you pee?")
    osei.sees("I'm passing that on (case 1)")
    assert rows(here, tables.reports) == []
    assert logged(here, "case_relayed") == 1


def test_a_reply_delivered_twice_is_passed_on_once(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    message = osei.person.says("Are you there?", reply_to=osei.person.last)
    here.settle()
    assert message.update_id
    here.tele.redeliver(message.update_id)
    here.settle()
    assert len([text for text in ana.unread() if "Are you there?" in text]) == 1


def test_a_reply_that_cannot_be_passed_on_is_answered(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    older = osei.person.last
    osei.says("x" * 3501, reply_to=older)
    osei.sees("too long")
    here.fast_forward(minutes=10)
    osei.says("Are you there?", reply_to=older)
    osei.sees("no longer the newest")
    here.ask(lambda work: oncall.remove(work, osei.id))
    osei.says("Are you there?", reply_to=osei.person.messages[-1])
    assert not [text for text in ana.unread() if "Are you there?" in text]


def test_a_reply_to_anything_else_is_an_ordinary_message(here: World, osei: Somebody) -> None:
    osei.says("hello", reply_to=osei.person.last)
    assert osei.unread()
    assert rows(here, tables.cases) == []


def test_what_is_taken_back_ends_for_everyone_and_says_why(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    here.ask(lambda work: cases.withdraw(work, ana.id, "misread"))
    here.settle()
    assert "they say that I misread them" in osei.person.last.text
    assert osei.person.last.labels == []
    assert case(here, number).state == CaseState.CLOSED


def test_a_note_that_was_not_sent_yet_is_not_sent_after_that(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarm(ana)
    here.ask(lambda work: cases.withdraw(work, ana.id, "misread"))
    here.settle()
    osei.sees_nothing()


def test_forgetting_takes_name_and_words_from_every_note(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    reported(ana, Sharing.ALWAYS)
    here.fast_forward(minutes=21)
    ana.says("/forget")
    ana.taps("Delete everything")
    for who in (osei, bo):
        shown = "\n".join(message.text for message in who.person.messages)
        assert "The person has left" in shown
        assert "Ana" not in shown
        assert "groin" not in shown
        assert not [message for message in who.person.messages if f"id={ana.id}" in str(message.entities)]
    assert rows(here, tables.cases) == rows(here, tables.notes) == []
    assert osei.person.last.labels == []


def test_a_lost_key_stops_neither_the_ladder_nor_the_buttons(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = reported(ana)
    spoilt = {"name": b"?", "shared": True}
    here.ask(lambda work: work.tx.execute(tables.cases.update().values(spoilt)))
    here.ask(lambda work: work.tx.execute(tables.on_call.update().values(name=b"?")))
    here.ask(lambda work: work.tx.execute(tables.reports.update().values(words=b"?")))
    here.fast_forward(minutes=10)
    osei.sees("Case 1: emergency", "somebody without a name")
    osei.taps("Acknowledge")
    assert case(here, number).state == CaseState.ACKNOWLEDGED


def test_old_cases_go_and_their_notes_lose_the_name(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    closes(osei)
    note = osei.person.last
    here.now += timedelta(days=29)
    assert here.ask(lambda work: cases.sweep(work, 10)) == 0
    here.now += timedelta(days=2)
    assert here.ask(lambda work: cases.sweep(work, 10)) == 1
    here.settle()
    assert "Ana" not in note.text
    assert rows(here, tables.cases) == []


def test_the_log_holds_numbers_and_pseudonyms_and_no_words(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    reported(ana, Sharing.ALWAYS)
    osei.taps("Acknowledge")
    osei.says("Call me please", reply_to=osei.person.last)
    closes(osei)
    [row] = rows(here, tables.safety, chat_id=ana.id)
    lines = rows(here, tables.audit)
    kinds = {line.kind for line in lines}
    assert {
        "case_opened",
        "case_told",
        "note_attempted",
        "pressed_acknowledge",
        "case_relayed",
        "case_closed",
    } <= kinds
    assert {line.person for line in lines if line.kind == "case_told"} == {row.pseudonym}
    said = str([(line.person, line.kind, line.detail) for line in lines])
    for word in ("Ana", "Osei", "groin", "Call me", str(ana.id), str(osei.id)):
        assert word not in said


def test_the_export_holds_the_case_and_not_who_took_it(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    ana.says("/export")
    file = next(message for message in ana.person.messages if message.kind == "document")
    exported = json.loads(here.tele.world.files.get(str(file.file_id)).content)
    [row] = exported["safety_case"]
    assert (row["number"], row["name"]) == (1, "Ana")
    assert osei.id not in row.values()
    assert "Osei" not in json.dumps(row)


def test_a_reply_to_somebody_who_blocked_the_bot_is_not_said_to_be_passed_on(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    ana.does(lambda person: person.blocks())
    osei.says("Can you call me?", reply_to=osei.person.last)
    osei.sees("I can't pass that on")
    osei.sees_nothing()


def test_words_of_somebody_off_call_are_judged_whatever_they_reply_to(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    note = osei.person.last
    here.ask(lambda work: oncall.remove(work, osei.id))
    osei.says("my groin is numb and I can't pee", reply_to=note)
    osei.sees("Call now")


def test_a_case_that_goes_after_30_days_is_not_said_to_be_of_somebody_who_left(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    closes(osei)
    note, closed = osei.person.last, logged(here, "case_closed")
    here.now += timedelta(days=31)
    here.ask(lambda work: cases.sweep(work, 10))
    here.settle()
    assert "after 30 days" in note.text
    assert logged(here, "case_closed") == closed


def test_a_sign_told_in_another_language_is_named_by_its_condition(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says("no puedo orinar")
    assert here.ask(lambda work: cases.share(work, ana.id))
    here.settle()
    signs = next(line for line in osei.person.last.text.splitlines() if line.startswith("Signs: "))
    titles = {str(one.title) for one in here.around.library.triage.conditions.values()}
    assert signs.removeprefix("Signs: ") in titles

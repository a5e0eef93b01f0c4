"""The ladder: who on call is told next, exactly when the policy says, and what stops it."""

import re
from datetime import timedelta

import pytest

from tests.acceptance.processes import PATIENCE, until
from tests.acceptance.stage import Stage
from tests.acceptance.watch import (
    CALF,
    DOUBT,
    LATE,
    NUMB,
    QUICK,
    ROUND,
    cards,
    gets_card,
    is_again,
    is_told,
    notes,
    notice,
    on_call,
    reports,
    standing,
    told_after,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_each_step_is_told_ten_minutes_after_the_last_until_nobody_has_answered_six_times(
    stage: Stage,
) -> None:
    bela, cleo, dora = on_call(stage, "Bela-Katharina", "Cleopatra", "Dorothea", steps=(1, 2, 4))
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes("London")
    _, note = reports(stage, ana)
    is_told(bela)
    last = told_after(stage, note.at, ROUND, bela, cleo)
    ana.sees("Once more:")
    for _ in range(3, 7):  # nobody is in step 3, so that step 4 is told at once
        last = told_after(stage, last, ROUND, bela, cleo, dora)
    stage.settles()
    stage.at(last + ROUND)
    assert "<b>999</b>" in ana.sees("nobody has answered").text
    stage.settles()
    stage.passes(timedelta(hours=20))
    ana.sees("How are you now")
    stage.settles()
    assert [len(notes(stage, reader)) for reader in (bela, cleo, dora)] == [6, 5, 4]
    assert len(cards(stage, ana)) == 2, "the card comes once more, and no more"
    assert standing(stage) == [("unanswered", 6, None)]
    shown = [one["text"] for one in stage.telegram.messages(bela.id) if "Case 1" in one["text"]]
    assert sum("see the newer message" in text for text in shown) == 5
    assert sum("Nobody answered" in text for text in shown) == 1
    bela.taps("Acknowledge")
    ana.sees("has seen that something is wrong")


def test_an_acknowledgement_stops_the_ladder_for_an_hour_and_three_times_at_most(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    reports(stage, ana)
    is_told(bela)
    bela.taps("Acknowledge")
    seen = ana.sees("has seen that something is wrong")

    again = told_after(stage, seen.at, HOUR, bela)
    last = told_after(stage, again, ROUND, bela, cleo)
    assert standing(stage) == [("open", 2, bela.id)]
    cleo.says("/ack 1")
    seen = ana.sees("has seen that something is wrong")
    bela.sees("has it until")
    assert seen.at - last < LATE

    again = told_after(stage, seen.at, HOUR, bela, cleo)  # step 1, and who has let it lapse
    bela.taps("Acknowledge")
    seen = ana.sees("has seen that something is wrong")
    stage.settles()
    stage.at(seen.at + HOUR - timedelta(seconds=0.5))
    lost = ana.sees("haven't heard from them since")
    assert lost.at >= seen.at + HOUR - timedelta(seconds=0.5)
    stage.settles()
    stage.passes(3 * HOUR)
    stage.settles()
    assert [len(notes(stage, reader)) for reader in (bela, cleo)] == [4, 2]
    bela.taps("Close")
    bela.sees("Close case 1?")
    bela.taps("Close")
    assert "closed your case" in ana.sees("clinician has checked you").text
    until(lambda: standing(stage)[0][0] == "closed", "end of the case")


def test_something_urgent_climbs_after_half_an_hour_and_then_hourly_for_three_rounds(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    _, note = reports(stage, ana, CALF)
    assert "urgent" in note.text
    is_told(bela)
    last = told_after(stage, note.at, HOUR / 2, bela, cleo)
    last = told_after(stage, last, HOUR, bela, cleo)
    stage.settles()
    stage.at(last + HOUR - timedelta(seconds=0.5))
    lost = ana.sees("nobody has answered")
    assert lost.at >= last + HOUR - timedelta(seconds=0.5)
    assert len(cards(stage, ana)) == 1, "an urgent card is not repeated"


def test_a_question_without_an_answer_for_five_minutes_becomes_an_unconfirmed_case(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    ana.says(DOUBT)
    asked = ana.sees("One question")
    stage.at(asked.at + 5 * MINUTE - timedelta(seconds=0.5))
    card = gets_card(ana)
    note = is_told(bela)
    assert asked.at + 5 * MINUTE - timedelta(seconds=0.5) <= card.at < note.at
    assert "unconfirmed" in note.text
    told_after(stage, note.at, HOUR / 2, bela)


def test_whoever_cant_be_reached_is_passed_at_once_and_a_lost_answer_is_repeated(stage: Stage) -> None:
    bela, cleo, dora = on_call(stage, "Bela-Katharina", "Cleopatra", "Dorothea")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    cleo.does("blocks")
    stage.settles()
    bela.does("leaves_telegram")  # the bot learns of it from its note only
    stage.telegram.does("faults", kind="lose_answer", how="reset", method="sendMessage", chat_id=dora.id)
    _, note = reports(stage, ana)
    is_told(dora)
    assert note.chat_id == dora.id
    dora.reads(is_again, "note that is marked as a repeat")
    tried = [call.at for call in stage.telegram.tries(bela.id) if "Case 1" in call.text]
    assert len(tried) == 1
    assert tried[0] < note.at < tried[0] + LATE
    stage.settles()
    assert [is_again(call) for call in notes(stage, dora)] == [False, True]
    assert not [call for call in stage.telegram.tries(cleo.id) if "Case 1" in call.text]
    cleo.does("unblocks")
    back = is_told(cleo)
    assert back.at < note.at + ROUND, "told on coming back, not at the next round only"
    told_after(stage, note.at, ROUND, cleo, dora)
    shown = stage.commands("oncall", "list")
    assert f"step 1  {bela.id}" in shown
    assert shown.count("unreachable") == 1


def test_whoever_leaves_duty_or_blocks_hands_the_case_on_at_once(stage: Stage) -> None:
    bela, cleo, dora = on_call(stage, "Bela-Katharina", "Cleopatra", "Dorothea")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    _, note = reports(stage, ana)
    bela.taps("Acknowledge")
    ana.sees("has seen that something is wrong")
    bela.does("blocks")
    is_told(cleo)
    cleo.says("/away 8h")
    cleo.sees("off duty until")
    assert is_told(dora).at < note.at + ROUND
    stage.settles()
    assert standing(stage)[0][::2] == ("open", None)
    for gone in (bela, cleo):
        assert len(notes(stage, gone)) == 1


def test_with_nobody_left_on_call_the_case_stays_and_whoever_comes_first_is_told(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    bela.says("/away 8h")
    bela.sees("You were the last one")
    ana.says(NUMB)
    assert "Nobody is watching this chat" in gets_card(ana).text
    stage.settles()
    assert notes(stage, bela) == []
    bela.says("/away off")
    is_told(bela)


def test_the_card_says_so_when_nobody_but_the_person_or_somebody_unknown_is_on_call(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    stage.commands("oncall", "add", "424242", "--step", "2")  # who has never opened a chat with the bot
    stage.starts(tick=QUICK)
    stage.settles()
    assert "unreachable" in stage.commands("oncall", "list").splitlines()[-1]
    bela.says(NUMB)
    assert "Nobody is watching this chat" in gets_card(bela).text
    stage.settles()
    assert notes(stage, bela) == []


@pytest.mark.parametrize("pressed", ["v1:oack:1", "v1:oclose:1"])
def test_presses_of_those_who_may_not_and_forged_ones_change_nothing(stage: Stage, pressed: str) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra", steps=(1, 1))
    ana, eve = stage.person("Anastasia"), stage.person("Evangeline")
    stage.starts(tick=QUICK)
    for person in (ana, eve):
        person.subscribes()
    card, note = reports(stage, cleo)
    is_told(bela)
    before = standing(stage)
    own = stage.telegram.sent(eve.id)[-1].message_id
    assert "not one of them" in notice(stage, eve, pressed, own)
    assert "not one of them" in notice(stage, ana, pressed, stage.telegram.sent(ana.id)[-1].message_id)
    assert "no such case" in notice(stage, cleo, pressed, card.message_id), "a case of one's own"
    for forged in ("999", "-1", "0x1", "1:1", "٣", "99999999999999999999", ""):
        data = f"{pressed.rpartition(':')[0]}:{forged}"
        assert notice(stage, bela, data, note.message_id), data
    for verb in ("smis", "snotme", "shelp", "sshare", "sreal"):
        shown = re.search(r"v1:smis:(\w+)", card.buttons)
        assert "is over" in notice(stage, eve, f"v1:{verb}:{shown[1] if shown else ''}", own), verb
    stage.commands("oncall", "remove", str(bela.id))
    assert "not one of them" in notice(stage, bela, pressed, note.message_id), "removed since the note"
    stage.settles()
    assert standing(stage)[0][::2] == before[0][::2] == ("open", None)
    assert not [call for call in stage.telegram.sent(cleo.id) if "has seen" in call.text]


def test_two_copies_of_the_bot_tell_nobody_twice(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana = stage.person("Anastasia")
    for _ in range(2):
        stage.starts(tick=QUICK, patience=PATIENCE)
    ana.subscribes()
    _, note = reports(stage, ana)
    is_told(bela)
    last = told_after(stage, note.at, ROUND, bela, cleo)
    last = told_after(stage, last, ROUND, bela, cleo)
    stage.settles()
    assert standing(stage) == [("open", 3, None)]
    assert [len(notes(stage, reader)) for reader in (bela, cleo)] == [3, 2]
    assert len(cards(stage, ana)) == 2, "the second after five minutes"

"""The card and the notes reach people past everything that may hang, refuse or be away on the way to them."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from reminderbot.telegram.sender import IN_FLIGHT
from tests.acceptance.processes import PATIENCE, until
from tests.acceptance.stage import MONDAY, Stage
from tests.acceptance.watch import (
    DOUBT,
    NUMB,
    QUICK,
    cards,
    gets_card,
    is_again,
    is_card,
    is_told,
    notes,
    on_call,
    reports,
    said_at,
    shown_notes,
    subscribe,
)

SILENCE = timedelta(minutes=5)
"""How long a question is waited for."""

NINE = MONDAY.replace(hour=9, minute=0)


def test_somebody_who_blocks_right_after_writing_gets_the_card_on_coming_back(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana, bot = stage.person("Anastasia"), stage.starts(tick=QUICK)
    ana.subscribes("London")
    stage.settles()
    bot.is_killed()
    ana.says(NUMB)
    ana.does("blocks")
    stage.starts(tick=QUICK)
    is_told(bela)
    stage.settles()
    (note,) = shown_notes(stage, bela)
    assert "can't reach them any more" in note
    assert "Card not delivered" in note
    ana.does("unblocks")
    ana.sees("You're back with me")
    stage.settles()
    assert [("<b>999</b>" in card.text) for card in cards(stage, ana)] == [True]
    (note,) = shown_notes(stage, bela)
    assert "has been delivered" in note


def test_on_call_sees_that_the_card_has_arrived_with_its_repeat(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    stage.settles()
    why = "Bad Request: can't parse entities"
    stage.telegram.does(
        "faults", kind="refuse", status=400, description=why, method="sendMessage", chat_id=ana.id
    )
    ana.says(NUMB)
    is_told(bela)
    stage.settles()
    stage.passes(timedelta(minutes=5))
    gets_card(ana)
    stage.settles()
    (note,) = shown_notes(stage, bela)
    assert "has been delivered" in note


def test_telegrams_limits_hold_up_neither_the_others_nor_the_ladder(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra", steps=(1, 1))
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    stage.settles()  # or else what is said of being on call would take the refusal
    for person in (ana, bela):
        stage.telegram.does(
            "faults", kind="too_many", retry_after=40, method="sendMessage", chat_id=person.id
        )
    ana.says(NUMB)
    note = is_told(cleo)
    assert "Card not delivered" in note.text
    assert note.at - said_at(stage, ana) < timedelta(seconds=20)
    assert cards(stage, ana) == notes(stage, bela) == []
    until(
        lambda: stage.rows("select 1 from message where chat_id = ? and state = 'pending'", bela.id), "wait"
    )
    stage.passes(timedelta(seconds=40))
    gets_card(ana)
    is_told(bela)
    assert not [call for call in stage.telegram.calls() if is_again(call)], "a refusal is no doubt"


def test_a_card_and_its_note_go_out_while_all_other_calls_hang(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra", steps=(1, 1))
    ana, *others = [stage.person(f"Person-{number}") for number in range(IN_FLIGHT + 5)]
    bot = stage.starts(SEND_RATE="200")
    subscribe(others)
    stage.settles()
    for person in (bela, *others):
        stage.telegram.does("faults", kind="slow", seconds=60, method="sendMessage", chat_id=person.id)
    stage.at(NINE - timedelta(seconds=0.2))
    sending = "select count(*) from reminder where state = 'sending'"
    until(lambda: stage.rows(sending) == [(IN_FLIGHT,)], "calls that fill every ordinary place")
    ana.says(NUMB)
    card, note = gets_card(ana), is_told(cleo)
    assert stage.rows(sending) == [(IN_FLIGHT,)], "they all hang still"
    assert card.at < note.at
    bot.is_killed()


def test_an_on_call_person_who_hangs_holds_up_nobody_else_of_the_step(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra", steps=(1, 1))
    ana = stage.person("Anastasia")
    bot = stage.starts(tick=QUICK)
    ana.subscribes()
    stage.settles()
    stage.telegram.does("faults", kind="unreachable", method="sendMessage", chat_id=bela.id, times=None)
    _, note = reports(stage, ana)
    assert note.chat_id == cleo.id
    cleo.taps("Acknowledge")
    ana.sees("has seen that something is wrong")
    assert not [call for call in stage.telegram.calls(ana.id) if is_card(call) and is_again(call)]
    bot.is_killed()


def test_a_report_and_a_case_that_cant_be_made_out_stop_nobody_else(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana, dora, eve, fay = people = [
        stage.person(name) for name in ("Anastasia", "Dorothea", "Evangeline", "Fayette")
    ]
    stage.starts(tick=QUICK)
    subscribe(people)
    dora.says(DOUBT)
    dora.sees("One question")
    eve.says(NUMB)
    is_told(bela, about=eve)
    ana.says(DOUBT)
    asked = ana.sees("One question")
    stage.settles()
    with closing(sqlite3.connect(stage.database, isolation_level=None, timeout=PATIENCE)) as other:
        other.execute("update report set next_step = 'nonsense' where chat_id = ?", (dora.id,))
        other.execute("update safety_case set kind = 'nonsense', policy = '{' where chat_id = ?", (eve.id,))
    stage.at(asked.at + SILENCE - timedelta(seconds=0.5))
    gets_card(ana)
    is_told(bela, about=ana)
    fay.is_asked()
    stage.settles()
    stage.passes(timedelta(minutes=30))
    is_told(cleo, about=ana)

"""What somebody writes of a red flag stands in no log, and a lost key stops neither the card nor the ladder."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from reminderbot.store.vault import new_key
from tests.acceptance.processes import PATIENCE, until
from tests.acceptance.stage import LEASE, Stage
from tests.acceptance.test_faults import no_room
from tests.acceptance.watch import (
    DOUBT,
    NUMB,
    QUICK,
    ROUND,
    gets_card,
    is_card,
    is_told,
    notes,
    notes_about,
    on_call,
)

MARK = "zanzibar"
"""A word that nothing but people's messages holds."""

SAID = f"{NUMB} since the {MARK} breakfast"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_word_of_anybody_is_logged_whatever_goes_wrong(stage: Stage, form: str) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana, cleo, dora, eve, fay = people = [
        stage.person(name) for name in ("Anastasia", "Cleopatra", "Dorothea", "Evangeline", "Fayette")
    ]
    bot = stage.starts(tick=QUICK, LOG_FORMAT=form)
    for person in people:
        person.subscribes()
    stage.settles()

    why = f"Bad Request: can't parse entities: unsupported start tag near '{SAID}'"
    stage.telegram.does(
        "faults", kind="refuse", status=400, description=why, method="sendMessage", chat_id=ana.id
    )
    ana.says(SAID)
    bot.says("sender.refused")
    stage.telegram.does("faults", kind="lose_answer", how="reset", method="sendMessage", chat_id=cleo.id)
    cleo.says(f"{SAID}, says Cleopatra")
    gets_card(cleo)

    dora.says(f"{DOUBT} in {MARK}")
    dora.sees("One question")
    with closing(sqlite3.connect(stage.database, isolation_level=None, timeout=PATIENCE)) as other:
        broken = "update report set level = ?, next_step = ?, next_at = reported_at where chat_id = ?"
        other.execute(broken, (MARK, MARK, dora.id))  # neither a handler nor the ticker can make that out
    dora.says(f"done, but {SAID}")
    bot.says("intake.failed")
    dora.sees("Something went wrong while I read that", "should not wait")
    with no_room(stage, bot):
        eve.says(SAID)
        bot.says("intake.database")
    gets_card(eve)
    fay.says(f"{SAID} " * 50)
    gets_card(fay)
    fay.says(f"/ack 1 {SAID}")
    gets_card(fay)
    fay.taps("You misread me")
    fay.sees("Sorry, I misread")
    bela.says(f"/ack {MARK}")
    is_told(bela, about=cleo)
    note = notes(stage, bela)[-1]
    bela.says(f"tell me about the {MARK}", note.message_id)
    bela.sees("passing that on")
    bot.is_killed()

    said = bot.said()
    assert len(said.splitlines()) > 4
    for word in (MARK, "groin", "can't pee", "Anastasia", "Cleopatra", "Bela-Katharina"):
        assert word not in said, said
    if form == "json":
        assert all(json.loads(line)["action"] for line in said.splitlines())


def test_a_lost_key_stops_neither_the_card_nor_the_ladder(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana, dora = stage.person("Anastasia"), stage.person("Dorothea")
    bot = stage.starts(tick=QUICK)
    for person in (ana, dora):
        person.subscribes()
    stage.settles()
    dora.says(NUMB)
    is_told(bela, about=dora)
    stage.settles()
    for person in (ana, bela):
        stage.telegram.does("faults", kind="unreachable", method="sendMessage", chat_id=person.id, times=None)
    ana.says(SAID)
    until(lambda: stage.rows("select 1 from safety_case where chat_id = ? and round = 1", ana.id), "case")
    bot.is_killed()
    stage.telegram.does("faults", kind="clear")

    stage.passes(LEASE)
    bot = stage.starts(tick=QUICK, REMINDERBOT_KEY=new_key())
    bot.says("key.changed")
    ana.sees("something that may need a doctor soon", "your local emergency number")
    bela.sees("news about a case", "/cases")
    stage.settles()
    stage.passes(ROUND)
    for person in (ana, dora):
        for reader in (bela, cleo):
            until(partial(notes_about, stage, reader, person), "note")
        person.reads(is_card, "card once more, by itself")
    bela.says("/cases")
    bela.sees("emergency")
    bela.taps("Acknowledge")
    until(lambda: stage.rows("select 1 from safety_case where state = 'acknowledged'"), "acknowledgement")
    stage.settles()
    assert MARK not in bot.said()
    assert "error" not in bot.said().casefold(), bot.said()
    stage.passes(timedelta(minutes=1))

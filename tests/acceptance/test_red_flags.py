"""Somebody writes of a red flag: they get a card at once, people on call hear of it, and exercise stops."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from tests.acceptance.processes import until
from tests.acceptance.stage import MONDAY, Person, Stage
from tests.acceptance.watch import (
    LATE,
    NUMB,
    QUICK,
    cards,
    gets_card,
    is_about,
    is_again,
    is_card,
    is_told,
    notes,
    on_call,
    reports,
    said_at,
)

NINE = MONDAY.replace(hour=9, minute=0)

CARD_WAIT = timedelta(seconds=2)
"""On call is told at the latest so long after a report."""

BLOCKED = {"status": 403, "description": "Forbidden: bot was blocked by the user"}
FATES: Mapping[str, dict[str, Any]] = {
    "blocked": {"kind": "refuse", **BLOCKED},
    "unreadable": {"kind": "refuse", "status": 400, "description": "Bad Request: can't parse entities"},
    "broken": {"kind": "refuse", "status": 502, "description": "Bad Gateway"},
    "cut": {"kind": "lose_answer", "how": "reset"},
}
"""Ways in which the attempt to send a card can end badly at once, as faults of Telegram."""


def test_the_card_comes_before_anybody_on_call_is_told_and_both_at_once(stage: Stage) -> None:
    telegram = stage.genuine_telegram()
    link = stage.commands_genuine(telegram.token, telegram.url, "oncall", "invite", "--step", "1")
    stage.starts_genuine(telegram.token, telegram.url)
    ana, bela = stage.person("Anastasia"), stage.person("Bela-Katharina")
    bela.says(f"/start {link.partition('?start=')[2].split()[0]}")
    bela.sees("You are on call now, at step 1")
    ana.subscribes("London")
    waits = []
    for number in range(1, 6):
        card, note = reports(stage, ana)
        assert "<b>999</b>" in card.text
        assert f"Case {number}: emergency" in note.text
        assert card.at < note.at
        assert is_about(note, ana)
        assert "has been delivered" in note.text
        waits.append((card.at - said_at(stage, ana)).total_seconds())
        ana.taps("You misread me")
        ana.sees("Sorry, I misread that")
        bela.sees(f"Case {number}", "misread them")
    assert median(waits) < 1, waits
    stage.settles()
    tried = [call.is_nudge or is_card(call) for call in telegram.sent(ana.id)]
    assert sum(tried) == len(waits), "each card once"


def test_on_call_is_told_as_soon_as_the_attempt_has_ended_however_it_ended(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    people = {fate: stage.person(f"{fate.title()}-Person") for fate in FATES}
    stage.starts()
    for fate, person in people.items():
        person.subscribes()
        stage.telegram.does("faults", **FATES[fate], method="sendMessage", chat_id=person.id)
        person.says(NUMB)
        note = is_told(bela, about=person)
        first = next(call for call in stage.telegram.tries(person.id) if is_card(call))
        assert first.at < note.at, fate
        assert "Card not delivered" in note.text, fate
        assert note.at - said_at(stage, person) < CARD_WAIT + LATE
    for fate in ("broken", "cut"):
        gets_card(people[fate])
    until(lambda: len(delivered(stage, bela)) == 2, "good news for on call")
    assert not cards(stage, people["blocked"])
    broken, cut = ([is_again(card) for card in cards(stage, people[fate])] for fate in ("broken", "cut"))
    assert broken == [False], "it had not arrived"
    assert cut == [False, True], "it may have arrived"
    assert len([note for note in notes(stage, bela) if not is_again(note)]) == len(FATES)


def test_on_call_is_told_after_two_seconds_when_telegram_hangs_on_the_card(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana, cleo = stage.person("Anastasia"), stage.person("Cleopatra")
    stage.starts(tick=QUICK)
    hanging: tuple[dict[str, Any], ...] = ({"kind": "slow", "seconds": 60}, {"kind": "unreachable"})
    for person, fault in zip((ana, cleo), hanging, strict=True):
        person.subscribes()
        stage.telegram.does("faults", **fault, method="sendMessage", chat_id=person.id)
        person.says(NUMB)
        note = is_told(bela, about=person)
        assert CARD_WAIT <= note.at - said_at(stage, person) < CARD_WAIT + LATE
    for person in (ana, cleo):
        person.reads(lambda call: is_card(call) and is_again(call), "repeated card")
    until(lambda: len(delivered(stage, bela)) == 2, "good news for on call")
    assert [is_again(card) for card in cards(stage, ana)] == [False, True]
    told = notes(stage, bela)
    assert len(told) == 2
    assert all("card not delivered" in note.text.casefold() for note in told), told


def test_an_update_that_comes_again_or_while_the_bot_is_down_makes_one_report_and_one_case(
    stage: Stage,
) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana, cleo = stage.person("Anastasia"), stage.person("Cleopatra")
    bot = stage.starts()
    for person in (ana, cleo):
        person.subscribes()
    first = ana.says(NUMB)
    is_told(bela, about=ana)
    stage.telegram.does("redeliver", update_id=first)
    stage.settles()
    bot.is_killed()
    while_down = cleo.says(NUMB)
    stage.telegram.does("redeliver", update_id=first)
    stage.starts()
    gets_card(cleo)
    is_told(bela, about=cleo)
    stage.telegram.does("redeliver", update_id=while_down)
    stage.settles()
    for table in ("report", "safety_case"):
        assert stage.rows(f"select chat_id, count(*) from {table} group by 1") == [(ana.id, 1), (cleo.id, 1)]
    assert [len(cards(stage, person)) for person in (ana, cleo)] == [1, 1]
    assert len(notes(stage, bela)) == 2


def test_every_way_of_writing_it_counts_also_from_somebody_who_has_not_subscribed(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana, cleo, dora, eve = people = [
        stage.person(name) for name in ("Anastasia", "Cleopatra", "Dorothea", "Evangeline")
    ]
    stage.starts(tick=QUICK)
    ana.subscribes()
    stage.settles()
    stage.at(NINE - timedelta(seconds=0.2))
    nudge = ana.is_asked()
    ana.says(f"done, but {NUMB}", nudge.message_id)
    ana.sees("Move: done")
    cleo.does("sends_photo", caption=NUMB)
    written = dora.does("says", text="hello")
    dora.sees("")
    dora.does("edits", message_id=written["message_id"], text=NUMB)
    eve.says("my groin is numb")
    eve.says("and i can't pee")
    for person in people:
        first = until(partial(cards, stage, person), "card")[0]
        assert first.at < is_told(bela, about=person).at
    stage.settles()
    assert stage.outcomes(ana) == {"done": 1}
    assert stage.rows("select count(*) from safety_case") == [(len(people),)]


def delivered(stage: Stage, reader: Person) -> list[str]:
    """The notes in a chat that say now that the person has got their card."""
    return [one["text"] for one in stage.telegram.messages(reader.id) if "has been delivered" in one["text"]]

"""Everything that people write is heard: with commands, changed, under pictures, in pieces; once each; never logged."""

import itertools
import json
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from reminderbot.demo.telegram.people import Person
from reminderbot.services import hearing
from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from tests.telegram.looking import fates, rows
from tests.world import Somebody, World

ZONE = "Europe/London"
SADDLE = "my groin is numb and I can't pee"
CARD = "Call now:"


@pytest.mark.parametrize("words", ["done, but my groin is numb", "Done. My groin is numb"])
def test_done_with_a_symptom_counts_and_escalates(here: World, ana: Somebody, words: str) -> None:
    here.fast_forward(minutes=6)
    ana.says(words)
    ana.sees(CARD)
    assert [outcome for _, outcome in fates(ana)] == ["done"]


@pytest.mark.parametrize(
    "command", ["/help", "/today", "/remind", "/snooze", "/settings", "/nonsense", "/start"]
)
def test_a_command_with_words_is_heard_too(ana: Somebody, command: str) -> None:
    ana.says(f"{command} {SADDLE}")
    ana.sees(CARD)


@pytest.mark.parametrize(
    "act",
    [
        lambda person: person.sends_photo(SADDLE),
        lambda person: person.sends_document("me.txt", b"x", SADDLE),
    ],
)
def test_captions_are_heard(ana: Somebody, act: Callable[[Person], object]) -> None:
    ana.does(act)
    ana.sees(CARD)
    ana.sees_nothing()


def test_a_changed_message_is_heard(here: World, ana: Somebody) -> None:
    message = ana.person.says("my groin is nice")
    here.settle()
    ana.forgets_what_was_said()
    ana.does(lambda person: person.edits(message, SADDLE))
    ana.sees(CARD)
    ana.sees_nothing()


def test_a_changed_message_runs_no_command_and_answers_nothing(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.does(lambda person: person.edits(person.says("hmm"), "/stop"))
    ana.does(lambda person: person.edits(person.says("hmm"), f"done, {SADDLE}"))
    ana.sees(CARD)
    assert [outcome for _, outcome in fates(ana)] == [None]
    assert rows(here, tables.subscribers)[0].standing == "active"


def test_a_message_that_had_its_card_gets_no_second_one_when_a_letter_is_changed(
    here: World, ana: Somebody
) -> None:
    message = ana.person.says(SADDLE)
    here.settle()
    ana.sees(CARD)
    ana.does(lambda person: person.edits(message, f"{SADDLE}!"))
    assert CARD not in ana.sees("still stands")


def test_forwarded_words_are_somebody_elses(here: World, ana: Somebody) -> None:
    ana.does(lambda person: person.forwards(SADDLE))
    assert all(row.hold == "normal" for row in rows(here, tables.safety))
    assert [row for row in rows(here, tables.reports) if row.state != "closed"] == []


@pytest.mark.parametrize(("earlier", "later"), [("it's all numb", "between my legs"), ("numb", "down below")])
def test_a_symptom_told_in_pieces_is_heard(ana: Somebody, earlier: str, later: str) -> None:
    ana.says(earlier)
    ana.says(later)
    ana.sees(CARD, f"{earlier} … {later}”")


def test_pieces_eleven_minutes_apart_are_not_one(here: World, ana: Somebody) -> None:
    ana.says("numb")
    here.fast_forward(minutes=11)
    ana.says("down below")
    assert all(CARD not in text for text in ana.unread())


def test_only_the_last_five_messages_are_read_together(ana: Somebody) -> None:
    for words in ("numb", "hello", "hello", "hello", "hello", "down below"):
        ana.says(words)
    assert all(CARD not in text for text in ana.unread())


def test_a_corrected_typo_takes_the_place_of_the_first_words(ana: Somebody) -> None:
    ana.does(lambda person: person.edits(person.says("numb"), "number"))
    ana.says("down below")
    assert all(CARD not in text for text in ana.unread())


def test_a_risk_told_in_the_morning_still_counts_in_the_evening_and_not_on_the_next_day(
    here: World, ana: Somebody
) -> None:
    ana.says("I'm pregnant by the way")
    here.fast_forward(hours=9)
    ana.forgets_what_was_said()
    ana.says("bleeding and groin pain")
    ana.sees("pregnant needs checking")
    ana.taps("You misread me")
    here.fast_forward(hours=16)
    ana.forgets_what_was_said()
    ana.says("bleeding and groin pain")
    assert not any("pregnant needs checking" in text for text in ana.unread())


@pytest.mark.parametrize(
    "act",
    [
        lambda person: person.sends_voice(),
        lambda person: person.sends_photo(),
        lambda person: person.sends_photo("look at this"),
        lambda person: person.sends_document("scan.pdf", b"x"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_signs_and_the_number(
    ana: Somebody, act: Callable[[Person], object]
) -> None:
    ana.does(act)
    ana.sees("I can't", "Numbness between the legs", "999\nor your local emergency number")


def test_a_sticker_stays_light(ana: Somebody) -> None:
    ana.does(lambda person: person.sends_sticker("🏃"))
    assert "emergency" not in ana.sees("stickers")


def test_long_words_in_an_unknown_language_get_the_signs_once_a_day(here: World, ana: Somebody) -> None:
    ana.says("bugün sırtım çok ağrıyor doktor nerede")
    ana.sees("These signs should not wait", "999")
    ana.says("bacaklarım da çok kötü oldu şimdi")
    ana.sees("I didn't get that")
    here.fast_forward(days=1, minutes=1)
    ana.forgets_what_was_said()
    ana.says("bugün sırtım çok ağrıyor doktor nerede")
    ana.sees("These signs should not wait")


def test_long_words_in_a_language_with_a_card_get_that_card(ana: Somebody) -> None:
    ana.says("Ich habe seit gestern ziemlich starke Schmerzen im Rücken")
    ana.sees("Ich bin kein medizinischer Dienst", "999")


def test_the_language_of_the_phone_decides_nothing(ana: Somebody) -> None:
    ana.person.user["language_code"] = "tr"
    ana.says("please tell me how all of this works")
    assert "signs" not in ana.sees("")


@pytest.mark.parametrize(
    "words", ["done", "skip", "later", "yes", "ok", "hello", "thanks", "Santa Cruz de Tenerife"]
)
def test_ordinary_words_get_no_card(here: World, ana: Somebody, words: str) -> None:
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.says(words)
    assert not any("emergency number" in text for text in ana.unread() if "I didn't get that" not in text)
    assert rows(here, tables.reports) == []


def test_an_update_that_comes_twice_has_one_effect(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    (stored,) = rows(here, tables.reports)
    here.tele.redeliver(max(row.update_id for row in rows(here, tables.inbox)))
    here.settle()
    assert rows(here, tables.reports) == [stored]
    assert len([text for text in ana.unread() if CARD in text]) == 1


def test_a_card_whose_arrival_is_not_known_comes_again_and_says_so(here: World, ana: Somebody) -> None:
    here.tele.faults.lose_answer("sendMessage")
    ana.says(SADDLE)
    here.fast_forward(seconds=30)
    ana.sees("may be here twice", CARD, "999")
    ana.taps("You misread me")
    ana.sees("I misread that")


def test_a_crowded_telegram_keeps_the_card_only_as_long_as_it_says(here: World, ana: Somebody) -> None:
    here.tele.faults.too_many("sendMessage", retry_after=7)
    ana.says(SADDLE)
    here.fast_forward(seconds=8)
    ana.sees(CARD)


def test_an_emergency_written_while_the_bot_was_down_is_answered_when_it_is_back(
    here: World, ana: Somebody
) -> None:
    ana.person.says("it's all numb")
    ana.person.says("between my legs")
    here.skip(hours=3)
    here.restart()
    ana.sees(CARD)


def test_triage_that_fails_shows_the_signs_and_runs_what_was_asked(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SADDLE)

    monkeypatch.setattr(hearing, "judge", broken)
    here.fast_forward(minutes=6)
    ana.says("done for now")
    ana.sees("Something went wrong while I read that", "999\nor your local emergency number")
    ana.says("what now")
    ana.sees("Something went wrong")


def test_triage_that_is_too_slow_to_find_nothing_shows_the_signs(
    ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    monkeypatch.setattr("reminderbot.services.hearing.time.thread_time", lambda: float(next(ticks)))
    ana.says("my cat is on the keyboard again today")
    ana.sees("Something went wrong while I read that")
    ana.says(SADDLE)
    ana.sees(CARD)


def test_a_handler_that_fails_keeps_no_emergency_back(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reminderbot.services import overviews

    def broken(*_: object) -> None:
        raise RuntimeError(SADDLE)

    async def at_once(_: float) -> None:
        return

    monkeypatch.setattr("reminderbot.telegram.handlers.streak.overviews.streak", broken)
    monkeypatch.setattr("reminderbot.telegram.intake.asyncio.sleep", at_once)
    assert overviews.streak is broken
    ana.says(f"/streak {SADDLE}")
    ana.sees(CARD)
    assert len(rows(here, tables.reports)) == 1


def test_no_word_of_anybody_is_in_any_log(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    async def at_once(_: float) -> None:
        return

    monkeypatch.setattr("reminderbot.telegram.intake.asyncio.sleep", at_once)
    caplog.set_level(logging.INFO)
    secret = "xylophone"
    words = f"my groin is numb, says the {secret}"
    ana.says(words)
    ana.does(lambda person: person.edits(person.says(f"{secret} hmm"), words))
    ana.does(lambda person: person.sends_photo(words))
    here.fast_forward(minutes=20)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(hearing, "judge", broken)
    ana.says(f"{secret} again")
    monkeypatch.setattr("reminderbot.services.hearing.hear", broken)
    ana.says(f"{secret} once more")
    out = capsys.readouterr()
    assert "hearing.failed" in out.out + out.err
    assert secret not in out.out + out.err + caplog.text


def test_no_word_is_in_the_database_in_the_clear(ana: Somebody, store: Store) -> None:
    ana.says("my groin is numb, says the xylophone")
    ana.says("xylophone")
    with store.begin() as tx:
        found = [str(tx.execute(table.select()).all()) for table in SQLModel.metadata.sorted_tables]
    assert len(found) > 10
    assert "xylophone" not in "".join(found)


def test_the_window_is_empty_after_ten_minutes(here: World, ana: Somebody) -> None:
    ana.says("hello there")
    assert rows(here, tables.heard)
    here.now += timedelta(minutes=10, seconds=1)
    here.settle()
    assert rows(here, tables.heard) == []


def test_what_is_kept_of_a_finding_explains_it(here: World, ana: Somebody, around: Surroundings) -> None:
    ana.says(SADDLE)
    (report,) = rows(here, tables.reports)
    assert "cauda-equina.numb-saddle" in json.loads(report.rules) or json.loads(report.rules)
    assert report.lexicon == around.library.triage.lexicon.version
    assert {code[1] for code in json.loads(report.codes)} <= {"present", "uncertain", "negated"}
    assert around.vault.open(report.words) == SADDLE


@pytest.mark.parametrize(("command", "outcome"), [("/done", "done"), ("/skip", "skipped")])
def test_a_symptom_behind_a_command_is_heard_and_the_command_counts(
    here: World, ana: Somebody, command: str, outcome: str
) -> None:
    here.fast_forward(minutes=6)
    ana.says(f"{command} but my groin is numb")
    ana.sees("Call now:", "say: “but my groin is numb”")
    assert [row.outcome for row in rows(here, tables.reminders, chat_id=ana.id)] == [outcome]


def test_other_words_behind_a_command_are_no_habit(ana: Somebody) -> None:
    ana.says("/done but my cat is hungry")
    ana.sees("I don't know", "You can name")

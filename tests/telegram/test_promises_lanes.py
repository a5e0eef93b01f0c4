"""Promises of the lanes: answers before reminders, in order within a chat, and nobody kept waiting for ever."""

from dataclasses import replace

import pytest

from reminderbot.ops import ticker
from reminderbot.rules.pacing import CHAT_BURST
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.tables import Lane
from reminderbot.telegram import gate
from reminderbot.telegram.sender import IN_FLIGHT
from tests.telegram.looking import clocks, nudges
from tests.world import Somebody, World, world


def test_answers_go_out_before_reminders_that_are_due_with_them(here: World) -> None:
    crowd = [here.person(f"Person {number}", "UTC") for number in range(40)]
    here.skip(minutes=5)
    for who in crowd:
        who.person.says("/streak")
    calls = len(here.tele.calls)
    here.settle()
    texts = [str(call.params["text"]) for call in here.tele.calls[calls:]]
    assert len(texts) == 80
    assert all("Streak 0 days" in text for text in texts[:40])
    assert all(len(nudges(who)) == 1 for who in crowd)


def test_an_answer_overtakes_a_queue_of_reminders(here: World) -> None:
    """One bucket, strict priority: however many sends are under way, a fresh answer is the next to go."""
    crowd = [here.person(f"Person {number}", "UTC") for number in range(40)]
    eva = here.person("Eva")
    here.skip(minutes=5)
    calls = len(here.tele.calls)
    here.run(ticker.tick(here.bot.desk))
    here.run(here.bot.sender.pump())
    eva.person.says("/start")
    here.settle()
    sent = [call.chat_id == eva.id for call in here.tele.calls[calls:]]
    assert sent.index(True) <= IN_FLIGHT
    assert sent.count(True) == 2
    assert sum(len(nudges(who)) for who in crowd) == 40


def test_a_queue_of_reminders_leaves_room_for_a_card(here: World) -> None:
    """However many reminders are due, one begins at a time: the card that comes in between is the next to go."""
    crowd = [here.person(f"Person {number}", "UTC") for number in range(10)]
    eva = here.person("Eva")
    here.around = replace(here.around, send_rate=5)
    here.restart()
    here.skip(minutes=5)
    here.run(ticker.tick(here.bot.desk))
    calls = len(here.tele.calls)
    assert here.run(here.bot.sender.pump()) == 1
    eva.person.says("my groin is numb and I can't pee")
    here.run(here.bot.intake.poll_once(0))
    here.run(here.bot.answerer.drain())
    here.skip(milliseconds=150)
    here.run(here.bot.sender.pump())
    here.run(here.bot.sender.idle())
    sent = [call.chat_id for call in here.tele.calls[calls:] if call.method == "sendMessage"]
    assert sent[1] == eva.id
    assert sum(chat in [who.id for who in crowd] for chat in sent) == 1


def test_a_backlog_of_late_reminders_is_let_go_of_at_once(here: World) -> None:
    """Only what is sent is spread over time; what comes too late is dropped without waiting for a slot."""
    crowd = [here.person(f"Person {number}", "UTC") for number in range(30)]
    here.skip(minutes=5)
    here.run(ticker.tick(here.bot.desk))
    here.skip(minutes=30)
    assert here.run(here.bot.sender.pump()) == 0
    here.settle()
    assert all(nudges(who) == [] for who in crowd)


def test_lanes_are_in_the_order_of_their_weight() -> None:
    assert list(Lane) == [Lane.SAFETY, Lane.ANSWER, Lane.REMINDER]


def test_answers_to_one_chat_keep_their_order(here: World, ana: Somebody) -> None:
    words = [f"/remind stretch 7:{minute}" for minute in range(10, 22)]
    for word in words:
        ana.person.says(word)
    here.settle()
    assert [word.split()[-1] in text for word, text in zip(words, ana.unread(), strict=True)] == [True] * 12


def test_many_words_at_once_are_all_answered_at_the_pace_of_a_chat(
    store: Store, around: Surroundings
) -> None:
    with world(store, replace(around, chat_burst=CHAT_BURST)) as here:
        ana = here.person("Ana", "UTC")
        here.fast_forward(minutes=1)
        for _ in range(12):
            ana.person.says("/privacy")
        here.settle()
        assert len([text for text in ana.unread() if "What I know" in text]) == CHAT_BURST
        here.fast_forward(seconds=12)
        assert len([text for text in ana.unread() if "What I know" in text]) == 12
        here.fast_forward(minutes=5)
        assert clocks(ana) == ["Mon 9:00"]


def test_a_card_does_not_wait_for_the_pace_of_its_chat(store: Store, around: Surroundings) -> None:
    with world(store, replace(around, chat_burst=CHAT_BURST)) as here:
        ana = here.person("Ana", "UTC")
        here.fast_forward(minutes=1)
        for _ in range(12):
            ana.person.says("/privacy")
        ana.says("my groin is numb and I can't pee")
        ana.sees("Call")
        assert len([text for text in ana.unread() if "What I know" in text]) <= CHAT_BURST


@pytest.mark.parametrize(("minutes", "nudges_sent"), [(1, 1), (20, 0)])
def test_what_stood_before_the_wire_too_long_is_decided_upon_anew(
    here: World, monkeypatch: pytest.MonkeyPatch, minutes: int, nudges_sent: int
) -> None:
    """A computer that slept, say: a nudge is not sent 20 minutes late because it was in hand before."""
    ana, unpaced = here.person("Ana", "UTC"), here.around
    here.around = replace(unpaced, send_rate=25)
    here.restart()
    here.skip(minutes=5)
    here.run(ticker.tick(here.bot.desk))
    with monkeypatch.context() as asleep:
        asleep.setattr(gate, "PATIENCE", 0.0)
        assert here.run(here.bot.sender.pump()) == 1
        here.run(here.bot.sender.idle())
    assert nudges(ana) == []
    here.skip(minutes=minutes)
    here.around = unpaced
    here.restart()
    assert len(nudges(ana)) == nudges_sent

"""Promises of the lanes: answers before reminders, in order within a chat, and nobody kept waiting for ever."""

import pytest

from reminderbot.ops import ticker
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.tables import Lane
from reminderbot.telegram.pacing import CHAT_BURST, ChatPacer
from reminderbot.telegram.sender import IN_FLIGHT
from tests.telegram.looking import clocks, nudges
from tests.world import World, world


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
    """One bucket, strict priority: with sixteen sends under way at most, a fresh answer is the next to go."""
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


def test_lanes_are_in_the_order_of_their_weight() -> None:
    assert list(Lane) == [Lane.SAFETY, Lane.ANSWER, Lane.REMINDER]


def test_answers_to_one_chat_keep_their_order(here: World) -> None:
    ana = here.person("Ana", "UTC")
    words = [f"/remind stretch 7:{minute}" for minute in range(10, 22)]
    for word in words:
        ana.person.says(word)
    here.settle()
    assert [word.split()[-1] in text for word, text in zip(words, ana.unread(), strict=True)] == [True] * 12


def test_many_words_at_once_are_all_answered_at_the_pace_of_a_chat(
    store: Store, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[World] = []
    paced = ChatPacer(lambda: places[0].now.timestamp() if places else 0.0)
    monkeypatch.setattr("tests.world.ChatPacer", lambda *_: paced)
    with world(store, around) as here:
        places.append(here)
        ana = here.person("Ana", "UTC")
        here.fast_forward(minutes=1)
        for _ in range(12):
            ana.person.says("/privacy")
        here.settle()
        assert len([text for text in ana.unread() if "What I know" in text]) <= CHAT_BURST + 1
        here.fast_forward(seconds=12)
        assert len([text for text in ana.unread() if "What I know" in text]) == 12
        here.fast_forward(minutes=5)
        assert clocks(ana) == ["Mon 9:00"]

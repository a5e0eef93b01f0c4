"""Whatever is written, there is one helpful answer that Telegram takes, and nothing changes by accident."""

from collections.abc import Callable

import pytest

from reminderbot.demo.telegram.people import Person
from tests.telegram.looking import clocks, fates
from tests.world import Somebody, World

LONG = 4096


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in UTC, on a Monday at 9:01, with a nudge to answer."""
    somebody = here.person("Ana", "UTC")
    here.fast_forward(minutes=6)
    somebody.forgets_what_was_said()
    return somebody


def filled(head: str, filler: str) -> str:
    return (head + filler * LONG)[:LONG]


HEADS = (
    "", "/remind ", "/remind move ", "/remind stretch ", "/pause ", "/pause until ", "/snooze ",
    "/done ", "/skip ", "/start ", "/streak ", "/today ", "/settings ", "/stretch ", "/", "snooze ", "done ",
)  # fmt: skip


@pytest.mark.parametrize(
    "filler", ["x", "<b>&", "😀", "9 ", "done "], ids=["x", "markup", "emoji", "9", "done"]
)
def test_the_longest_message_gets_an_answer_that_fits(ana: Somebody, filler: str) -> None:
    silent = []
    for head in HEADS:
        ana.says(filled(head, filler))
        if not ana.unread() or max(map(len, ana.unread())) > LONG:
            silent.append(head)
        ana.forgets_what_was_said()
    assert silent == []
    assert [call.error for call in ana.world.tele.calls if call.error] == []


@pytest.mark.parametrize(
    "act",
    [
        lambda person: person.says("🙃"),
        lambda person: person.says("☂️ ☃️"),
        lambda person: person.says("​"),
        lambda person: person.says("..."),
        lambda person: person.says("0"),
        lambda person: person.says("/"),
        lambda person: person.says("//done"),
        lambda person: person.says("/DONE/"),
        lambda person: person.says("undone"),
        lambda person: person.says("not done"),
        lambda person: person.says("<b>done</b>"),
        lambda person: person.sends_sticker("✅"),
        lambda person: person.sends_photo("done"),
        lambda person: person.sends_document("done.txt", b"done", "done"),
        lambda person: person.sends_voice(),
        lambda person: person.sends_location(0.0, -160.0),
        lambda person: person.edits(person.says("what now"), "what then"),
    ],
)
def test_odd_input_is_answered_and_answers_no_nudge(ana: Somebody, act: Callable[[Person], object]) -> None:
    ana.does(act)
    assert ana.unread()
    assert [outcome for _, outcome in fates(ana)] == [None]


@pytest.mark.parametrize("words", ["done", "DONE!", "/done", "/done@reminder_offline_bot", "Did it", "✅"])
def test_what_means_done_is_done(ana: Somebody, words: str) -> None:
    ana.says(words)
    assert [outcome for _, outcome in fates(ana)] == ["done"]


def test_a_name_full_of_markup_breaks_no_message(here: World) -> None:
    odd = here.person("<b>&amp;</i> {name} {} %s \u202e")
    odd.says("/start")
    odd.sees("Hi <b>&amp;</i> {name} {} %s", "You're in")
    odd.says("/start")
    odd.sees("Hi <b>&amp;</i> {name}")
    assert not [call for call in here.tele.calls if call.error]


@pytest.mark.parametrize("words", ["<b>Atlantis</b> & {zone}", "</code></b>", "&lt;", "{typed}", "%s%d"])
def test_markup_in_words_breaks_no_answer(ana: Somebody, words: str) -> None:
    for head in HEADS:
        ana.says(head + words)
        assert ana.unread(), head
        ana.forgets_what_was_said()
    assert [call.error for call in ana.world.tele.calls if call.error] == []


@pytest.mark.parametrize("words", [filled("/timezone ", "x"), filled("/timezone ", "Paris ")])
def test_a_place_with_a_name_of_four_thousand_characters_is_refused_in_short(
    ana: Somebody, words: str
) -> None:
    ana.says(words)
    ana.sees("I don't know a place called")


def test_markup_in_words_is_repeated_as_it_was_typed(ana: Somebody) -> None:
    ana.says("/timezone <b>Atlantis</b> & {zone}")
    ana.sees("“<b>Atlantis</b> & {zone}”")


def test_in_a_group_nobody_is_subscribed(here: World) -> None:
    ana = here.person("Ana")
    group = here.tele.group(-77, "Office")
    group.adds_bot(ana.person)
    for words in ("/start", "done", "/remind"):
        group.says(ana.person, words)
    here.settle()
    here.fast_forward(hours=9)
    assert [call.method for call in here.tele.calls if call.chat_id == -77] == ["sendMessage", "leaveChat"]
    assert clocks(ana) == []
    ana.sees_nothing()


def test_somebody_who_never_started_is_told_how_and_not_reminded(here: World) -> None:
    bea = here.person("Bea")
    for act in (
        lambda person: person.says("done"),
        lambda person: person.says("/remind move every 45m"),
        lambda person: person.sends_sticker(),
        lambda person: person.says("/streak"),
    ):
        bea.does(act)
        bea.sees("We haven't started yet")
    here.fast_forward(hours=30)
    bea.sees_nothing()

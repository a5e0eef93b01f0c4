"""Cards fit a small phone: the number on the screen together with its buttons, few rows, few words."""

import re
from functools import partial
from typing import Any

import pytest

from reminderbot.services import reports, safety_cards
from reminderbot.services.reports import Finding
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import reports as report_rows
from reminderbot.telegram import keyboards, wording
from tests.telegram.alarms import on_call
from tests.world import Somebody, World

SCREEN = 640 - 56 - 56
"""Pixels between the head of a chat and the line to write in, on a phone of 360 x 640."""

LINE, ROW, BUBBLE, ACROSS = 20, 42, 24, 38
"""Pixels of a line, of a row of buttons, and around a message; characters across."""

LONG = "since this morning " * 20
LANGUAGES = ("en", "es", "de", "fr", "pt", "it")


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One database is enough here: how long a card is does not depend on it."""
    return sqlite_store


@pytest.fixture
def ana(here: World) -> Somebody:
    on_call(here, "Olga", 1)
    return here.person("Ana", "Europe/London")


def put_out(work: Work, chat_id: int, finding: Finding, lead: str) -> tuple[str, list[Any]]:
    """Text and rows of buttons of a finding's card."""
    report = reports.open_report(work, chat_id, finding, "Ana")
    card = safety_cards.of(work, report_rows.get(work.tx, chat_id, report), lead)
    reports.close(work, report_rows.get(work.tx, chat_id, report), "misread")
    text = wording.render(work.around.library, *card, work.at)
    found = keyboards.markup(work.around.library, *card, work.at)
    return re.sub("<[^>]*>", "", text), found["inline_keyboard"] if found else []


def findings(around: Surroundings, *levels: str) -> list[Finding]:
    return [
        Finding(level, name, [f"{name}.any"], condition.mental, language, words=LONG)
        for name, condition in around.library.triage.conditions.items()
        for level in sorted({rule.level for rule in condition.rules} & set(levels))
        for language in (LANGUAGES if name in ("cauda-equina", "heart", "self-harm", "clot-leg") else ("en",))
    ]


def height(text: str) -> int:
    return sum(1 + max(0, len(line) - 1) // ACROSS for line in text.splitlines()) * LINE


@pytest.mark.parametrize(("level", "rows"), [("emergency", 5), ("urgent", 4)])
def test_no_card_has_too_many_rows_of_buttons(
    here: World, ana: Somebody, around: Surroundings, level: str, rows: int
) -> None:
    for finding in findings(around, level):
        _, shown = here.ask(partial(put_out, chat_id=ana.id, finding=finding, lead=safety_cards.THANKS))
        assert 3 <= len(shown) <= (5 if finding.mental else rows), finding.condition


@pytest.mark.parametrize("lead", [safety_cards.THANKS, safety_cards.AGAIN, safety_cards.SILENCE])
def test_from_the_number_to_the_last_button_a_card_fits_one_screen(
    here: World, ana: Somebody, around: Surroundings, lead: str
) -> None:
    for finding in findings(around, "emergency", "urgent"):
        text, shown = here.ask(partial(put_out, chat_id=ana.id, finding=finding, lead=lead))
        number = re.search(r"^[0-9 ]+$", text, re.MULTILINE)
        assert number, text
        assert height(text[number.start() :]) + len(shown) * ROW + BUBBLE <= SCREEN, text


@pytest.mark.parametrize("lead", [safety_cards.AGAIN, safety_cards.SILENCE])
def test_a_card_that_comes_again_or_after_silence_stays_under_sixty_words_too(
    here: World, ana: Somebody, around: Surroundings, lead: str
) -> None:
    counts = {}
    for finding in findings(around, "emergency"):
        text, _ = here.ask(partial(put_out, chat_id=ana.id, finding=finding, lead=lead))
        ours = re.findall(r"[\w'’]+", re.sub("[“«„].*?[”»“]", "", text))
        counts[finding.condition, finding.language] = len(ours)
    assert {which: count for which, count in counts.items() if count >= 60} == {}


def test_pairs_of_buttons_are_short(here: World, ana: Somebody, around: Surroundings) -> None:
    for finding in findings(around, "emergency", "urgent"):
        _, shown = here.ask(partial(put_out, chat_id=ana.id, finding=finding, lead=safety_cards.THANKS))
        assert all(len(button["text"]) <= 22 for row in shown if len(row) > 1 for button in row)


def test_the_questions_come_right_behind_an_urgent_card(ana: Somebody) -> None:
    ana.says("my calf is swollen and hot")
    card, questions = ana.person.messages[-2:]
    assert "To be seen today" in card.text
    assert questions.text == "One more thing. Is any of this true right now?"
    assert questions.labels[-1] == "None of these"


@pytest.mark.parametrize(
    ("words", "question"),
    [("my calf is swollen and hot", "Pain or pressure in the chest"), ("back pain with fever and shivers", "Confused"),
     ("my foot slaps when I walk and my toes won't lift", "Numb or odd between my legs")],
)  # fmt: skip
def test_the_questions_fit_what_was_told(ana: Somebody, words: str, question: str) -> None:
    ana.says(words)
    if "Yes, now" in ana.buttons():
        ana.says("no")
    assert question in str(ana.person.last.labels)


def test_dark_thoughts_are_asked_nothing_behind_their_card(ana: Somebody) -> None:
    ana.says("I want to die")
    assert not any("right now?" in text for text in ana.unread())


def test_any_of_the_questions_is_an_emergency(here: World, around: Surroundings) -> None:
    groups = around.library.check.groups.values()
    asked = [((*group.behind, "foot-drop")[0], name) for group in groups for name in group.asks]
    for number, (condition, name) in enumerate(asked):
        somebody = here.person(f"Person {number}")
        somebody.says("/help")
        finding = Finding("urgent", condition, [])
        here.ask(partial(reports.open_report, chat_id=somebody.id, finding=finding, name="Ana"))
        here.settle()
        somebody.forgets_what_was_said()
        somebody.taps(around.library.messages["safety.questions"].button(name))
        somebody.sees("Call now:")


def test_the_card_once_more_says_that_nobody_on_call_has_answered(here: World, ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    ana.sees("I'm telling people on call.")
    here.fast_forward(minutes=5)
    ana.sees("Once more:", "Nobody on call has answered yet. Don't wait for them.")


def test_the_card_once_more_does_not_say_so_when_somebody_has(here: World, ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    here.people["Olga"].taps("Acknowledge")
    here.fast_forward(minutes=5)
    assert "Nobody on call has answered" not in ana.sees("Once more:")


def test_with_nobody_on_call_the_card_once_more_says_that_nobody_watches(here: World) -> None:
    bob = here.person("Bob", "UTC")
    bob.says("my groin is numb and I can't pee")
    here.fast_forward(minutes=5)
    bob.sees("Once more:", "Nobody is watching this chat.")

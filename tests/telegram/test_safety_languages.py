"""Each text decides its own language, and what is said in one is said in it as a whole."""

import re

import pytest

from reminderbot.services import oncall
from tests.world import Somebody, World

ZONE = "Europe/London"
SPANISH = "tengo la entrepierna dormida y no puedo orinar"
ENGLISH = re.compile(
    r"\b(the|you|your|call|now|exercises|number|told|that|thanks|nobody|here)\b", re.IGNORECASE
)
TEXTS = {
    "es": SPANISH,
    "de": "Ich kann nicht pinkeln und mein Schritt ist taub",
    "fr": "je ne sens plus mon entrejambe et je ne peux pas uriner",
    "pt": "não consigo urinar e as virilhas dormentes",
    "it": "non riesco a urinare e sono intorpidito tra le gambe",
}

ENGLISH_NEXT = [
    ("what should I do with the thing then", "What I said above still stands"),
    ("thanks", "You're welcome"),
    ("/nonsense", "What I said above still stands"),
    ("/today", "Exercises are paused"),
    ("my chest hurts badly and my arm", "Call now:"),
]
"""What somebody writes in English after a Spanish card, and how the answer begins."""


def english_in(who: Somebody) -> list[str]:
    """English words in what was said since, and on the buttons; people's own words do not count."""
    said = [re.sub("[“«„].*?[”»“]", "", text) for text in who.unread()]
    labels = [label for message in who.person.messages for label in message.labels]
    return [word for text in (*said, *labels) for word in ENGLISH.findall(text)]


@pytest.mark.parametrize("language", TEXTS)
def test_a_card_its_buttons_its_repeat_and_its_follow_up_are_in_one_language(
    here: World, language: str
) -> None:
    ana = here.person("Ana")
    ana.says(TEXTS[language])
    here.fast_forward(hours=3)
    assert english_in(ana) == []
    assert len(ana.unread()) == 3


@pytest.mark.parametrize(
    ("language", "name"),
    [("es", "Reino Unido"), ("de", "Großbritannien"), ("fr", "Royaume-Uni"), ("pt", "Reino Unido"),
     ("it", "Regno Unito")],
)  # fmt: skip
def test_countries_are_named_in_the_language_of_the_card(ana: Somebody, language: str, name: str) -> None:
    ana.says(TEXTS[language])
    where = next(label for label in ana.person.last.labels if name in label)
    ana.forgets_what_was_said()
    ana.taps(where)
    assert name in ana.person.last.labels
    ana.taps(name)
    said = " ".join(ana.unread())
    assert "999" in said
    assert not ENGLISH.search(said)


def test_a_spanish_message_does_not_turn_the_next_conversation_spanish(ana: Somebody) -> None:
    ana.says(SPANISH)
    ana.sees("urgencias")
    ana.forgets_what_was_said()
    for words, answer in ENGLISH_NEXT:
        ana.says(words)
        ana.sees(answer)


def test_spanish_words_after_a_spanish_card_are_answered_in_spanish(ana: Somebody) -> None:
    ana.says(SPANISH)
    ana.says("no entiendo muy bien lo que tengo que hacer")
    ana.sees("sigue en pie")
    ana.says("gracias")
    ana.sees("De nada. Si todavía no has llamado:")


def test_spanish_words_after_an_english_card_are_answered_in_spanish(ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    ana.says("no entiendo muy bien lo que tengo que hacer")
    ana.sees("sigue en pie")


def test_somebody_else_in_danger_is_told_of_in_the_language_of_the_text(ana: Somebody) -> None:
    ana.does(lambda person: person.forwards(SPANISH))
    said = ana.unread()[-1]
    assert "999\no el número" in said
    assert not ENGLISH.search(said)


@pytest.mark.parametrize("language", TEXTS)
def test_consent_is_answered_in_the_language_of_the_card(here: World, language: str) -> None:
    olga = here.person("Olga")
    olga.says("/help")
    here.ask(lambda work: oncall.add(work, olga.id, 1, "Olga"))
    ana = here.person("Ana")
    ana.says(TEXTS[language])
    label = here.around.library.messages["safety.emergency"].button("share", language=language)
    ana.forgets_what_was_said()
    ana.taps(label)
    assert english_in(ana) == []


def test_what_comes_after_a_card_in_another_language_is_in_that_language(here: World) -> None:
    ana = here.person("Ana", "Europe/Madrid")
    ana.says("tengo la entrepierna dormida y no puedo orinar")
    ana.taps("Me están ayudando")
    ana.sees("luego te pregunto")
    here.fast_forward(hours=3)
    ana.sees("¿Cómo estás ahora?", "112\no el número")
    ana.taps("Estoy esperando")
    ana.sees("también esperan", "112\no el número")

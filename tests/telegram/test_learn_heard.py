"""What is written to read something up is heard like all else: a title on the card opens no hole in triage."""

from collections.abc import Iterator

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.reading import condition, with_conditions
from tests.world import Somebody, World, world

CARD = "Call now:"


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with world(store, around) as place:
        yield place


def test_to_read_about_one_thing_after_the_other_is_no_symptom(ana: Somebody, around: Surroundings) -> None:
    twice = 2 * tuple(around.library.conditions.values())  # what was read first comes before every other once
    for one in twice:
        for name in (str(one.title), one.id):
            ana.says(f"/learn {name}")
            assert [text.splitlines()[0] for text in ana.unread()] == [str(one.title)]
            assert len(ana.sees(str(one.about))) < 4096
    assert "What often helps" in ana.person.last.text


@pytest.mark.parametrize("words", ["sciatica", "neuropathy", "Osteoporosis?"])
def test_a_title_alone_alarms_nobody(ana: Somebody, words: str) -> None:
    ana.says(words)
    assert not [text for text in ana.unread() if CARD in text]


@pytest.mark.parametrize(
    "words",
    [
        "/learn my groin is numb and I can't pee",
        "/learn sciatica and I can't pee",
        "learn about sciatica, and my groin is numb",
    ],
)
def test_a_symptom_beside_a_title_is_heard(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees(CARD)
    assert not [text for text in ana.unread() if "nothing to read" in text or "helps" in text]


def test_a_symptom_in_another_language_is_heard(ana: Somebody) -> None:
    ana.says("/learn ciática, no puedo orinar")
    ana.sees("Llama al número de emergencias")


def test_a_symptom_made_of_the_words_of_a_title_is_heard(ana: Somebody) -> None:
    ana.says("/learn pelvic pain in pregnancy")
    ana.sees("today")
    assert not [text for text in ana.unread() if "helps" in text]


@pytest.mark.parametrize("words", ["/learn my groin is numb", "learn My groin is numb!", "/learn numb-groin"])
def test_a_title_that_is_a_symptom_is_heard(store: Store, around: Surroundings, words: str) -> None:
    with world(store, with_conditions(around, condition("numb-groin", "My groin is numb"))) as here:
        ana = here.person("Ana", "UTC")
        ana.says(words)
        ana.sees(CARD)
        assert "helps" not in ana.sees("What My groin is numb is.")


@pytest.mark.parametrize(("earlier", "later"), [("/learn Numb", "down below"), ("numb", "/learn Down below")])
def test_a_title_is_a_piece_of_a_symptom_as_any_words_are(
    store: Store, around: Surroundings, earlier: str, later: str
) -> None:
    with world(
        store, with_conditions(around, condition("numb", "Numb"), condition("down", "Down below"))
    ) as here:
        ana = here.person("Ana", "UTC")
        ana.says(earlier)
        ana.says(later)
        ana.sees(CARD)


def test_a_risk_that_was_read_about_counts_as_any_that_was_named(ana: Somebody) -> None:
    ana.says("/learn Pelvic girdle pain in pregnancy")
    ana.says("bleeding")
    ana.sees("today")

"""The right number wherever somebody is: countries in pages that fit a phone, the likely ones first, in plain words."""

import pytest

from reminderbot.services import countries
from reminderbot.services.work import Surroundings
from tests.world import Somebody, World

ZONE = "Europe/London"
SADDLE = "my groin is numb and I can't pee"
ASKED = "Where are you now?"


def pages(who: Somebody) -> list[list[str]]:
    """The countries of each page, as somebody turns them."""
    found = []
    while True:
        labels = who.person.last.labels
        found.append([one for one in labels if one not in ("« Back", "More »", "Another country")])
        if "More »" not in labels:
            return found
        who.taps("More »")


def test_every_country_is_offered_once_eight_on_a_page(ana: Somebody, around: Surroundings) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    shown = pages(ana)
    assert max(len(page) for page in shown) <= countries.A_PAGE
    names = [name for page in shown for name in page]
    assert sorted(names) == sorted(row.name for row in around.library.numbers.root.values())
    assert shown[0][:2] == ["the United Kingdom", "Belgium"]
    assert "Ireland" in shown[0]
    rest = [name for page in shown[1:] for name in page]
    assert rest == sorted(rest)


def test_pages_are_turned_in_place_and_back(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    first = ana.person.last.labels
    ana.taps("More »")
    ana.taps("« Back")
    assert ana.person.last.labels == first
    assert "« Back" not in first
    assert sum(ASKED in message.text for message in ana.person.messages) == 1


def test_without_a_zone_countries_of_the_language_come_first(here: World) -> None:
    bob = here.person("Bob")
    bob.says("/start")
    bob.says(SADDLE)
    bob.taps("Which country?")
    assert {"the United Kingdom", "the United States", "Ireland"} <= set(bob.person.last.labels)
    eva = here.person("Eva")
    eva.says("tengo la entrepierna dormida y no puedo orinar")
    eva.taps("¿Qué país?")
    assert eva.person.last.labels[0] in ("España", "Estados Unidos")


def test_the_chosen_country_takes_the_place_of_the_list(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    ana.taps("Ireland")
    ana.sees("In an emergency there, call\n112")
    assert not any(ASKED in message.text for message in ana.person.messages)


@pytest.mark.parametrize("words", ["Mexico", "mexico!", "I'm in Mexico now", "in Mexico"])
def test_a_country_without_a_checked_number_is_named_plainly(ana: Somebody, words: str) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    ana.forgets_what_was_said()
    ana.says(words)
    ana.sees("I have no checked number for Mexico. In an emergency, call your local emergency number.")
    ana.sees("Call now:\nyour local emergency number")


@pytest.mark.parametrize("words", ["I'm in the United States", "now in Spain", "the Netherlands"])
def test_a_typed_country_may_stand_in_a_short_sentence(ana: Somebody, words: str) -> None:
    ana.says(SADDLE)
    ana.says("wrong country")
    ana.says(words)
    ana.sees("In an emergency there, call\n")


@pytest.mark.parametrize("data", ["v1:swhere:en:999", "v1:swhere:xx:1", "v1:swhere:<b>:0", "v1:swhere:en:-1"])
def test_a_forged_page_shows_a_list_all_the_same(ana: Somebody, data: str) -> None:
    ana.says(SADDLE)
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees("Where are you now?")

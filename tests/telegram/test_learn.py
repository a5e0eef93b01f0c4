"""/learn: conditions and facts, by buttons and by name; calm reading, and nothing to do while exercise is held."""

from collections.abc import Iterator

import pytest

from reminderbot.library.models import Fact
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.holding import report
from tests.telegram.reading import SHIPPED, condition, with_conditions
from tests.world import Somebody, World, world


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with world(store, with_conditions(around, *SHIPPED)) as place:
        yield place


def test_the_list_has_a_button_for_each_condition_and_one_for_a_fact(ana: Somebody) -> None:
    ana.says("/learn")
    ana.sees("information, not a diagnosis")
    rows = [[button["text"] for button in row] for row in ana.person.last.inline_rows]
    assert rows == [
        ["Outer hip", "Hip osteoarthritis"],
        ["Sciatica"],
        ["Why scans and pain don't match"],
        ["SI joint pain"],
        ["Something worth knowing"],
    ]


def test_a_tap_turns_the_list_into_the_card_and_back(ana: Somebody) -> None:
    ana.says("/learn")
    ana.sees("What would you like to read")
    messages = len(ana.person.messages)
    ana.taps("Hip osteoarthritis")
    said = ana.sees("What often helps", "• Keep moving.", "When to be seen", "A new joint is for few.")
    assert "not a diagnosis" in said
    assert said.count("A health service") == 1
    ana.taps("All there is to read")
    ana.sees("What would you like to read")
    assert len(ana.person.messages) == messages


def test_who_is_no_subscriber_may_read(here: World) -> None:
    bela = here.person("Bela")
    bela.says("/learn sciatica")
    bela.sees("What Sciatica is.")


@pytest.mark.parametrize(
    "words",
    ["/learn sciatica", "/learn Syatica", "learn about sciatica", "Learn sciatica", "/learn si-joint"],
)
def test_a_name_shows_its_card_at_once(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("What often helps")


def test_a_name_that_may_mean_several_asks_which(ana: Somebody) -> None:
    ana.says("/learn pain")
    ana.sees("Which one")
    assert ana.buttons() == ["Why scans and pain don't match", "SI joint pain", "All there is to read"]


def test_an_unknown_name_is_answered_with_the_list(ana: Somebody) -> None:
    ana.says("/learn <b>unicorns")
    ana.sees("“<b>unicorns”")
    assert "Sciatica" in ana.buttons()


def test_what_no_title_says_is_looked_for_in_the_texts(ana: Somebody) -> None:
    ana.says("/learn bursitis")
    ana.sees("What the outer hip is, once called bursitis.")


def test_a_long_list_has_pages_and_a_card_leads_back_to_its_own(store: Store, around: Surroundings) -> None:
    many = [condition(f"ache-{letter}", f"Ache {letter}") for letter in "abcdefghij"]
    with world(store, with_conditions(around, *many)) as here:
        ana = here.person("Ana", "UTC")
        ana.says("/learn")
        assert "Ache i" not in ana.buttons()
        ana.taps("More")
        assert ana.buttons() == ["Ache i", "Ache j", "Back", "Something worth knowing"]
        ana.taps("Ache j")
        ana.taps("All there is to read")
        assert "Ache i" in ana.buttons()
        ana.taps("Back")
        assert "Ache a" in ana.buttons()


def test_facts_come_in_an_order_of_ones_own_without_a_repeat(ana: Somebody, around: Surroundings) -> None:
    facts = [card for card in around.library.cards["facts"] if isinstance(card, Fact) and not card.only_for]
    ana.says("/learn fact")
    seen = [ana.sees("Sources: ").splitlines()[0]]
    for _ in facts[1:]:
        ana.taps("Another one")
        seen.append(ana.sees("Sources: ").splitlines()[0])
    assert sorted(seen) == sorted(str(fact.title) for fact in facts)
    ana.taps("Another one")
    assert ana.sees("Sources: ").splitlines()[0] == seen[0]


def test_another_day_begins_with_another_fact(here: World, ana: Somebody) -> None:
    ana.says("/learn facts")
    today = ana.sees("Sources: ")
    here.fast_forward(days=1)
    ana.says("/learn")
    ana.taps("Something worth knowing")
    assert ana.sees("Sources: ") != today


def test_a_fact_asked_for_again_is_another_one_however_it_is_asked_for(here: World, ana: Somebody) -> None:
    seen = []
    for _ in range(2):
        for words in ("/learn fact", "learn facts", "/learn something worth knowing"):
            ana.says(words)
            seen.append(ana.sees("Sources: "))
        ana.taps("Another one")
        seen.append(ana.sees("Sources: "))
        ana.says("/learn")
        ana.taps("Something worth knowing")
        seen.append(ana.sees("Sources: "))
        here.fast_forward(days=1)
        ana.forgets_what_was_said()
    assert len(set(seen)) == len(seen) == 10


@pytest.mark.parametrize(
    "data", ["v1:lopen:nothing", "v1:lopen:", "v1:lopen:../x", "v1:lreads:0", "v1:lreads:x'", "v0:learn"]
)
def test_a_forged_button_changes_nothing_and_says_so(ana: Somebody, data: str) -> None:
    ana.says("/learn")
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("Nothing was changed")


@pytest.mark.parametrize(
    "data", ["v1:learn:99999999999", "v1:learn:-1", "v1:lfact:99999999999", "v1:lfact:x"]
)
def test_a_forged_number_still_shows_something_to_read(ana: Somebody, data: str) -> None:
    ana.says("/learn")
    ana.forgets_what_was_said()
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("Here you are")


def test_on_hold_a_card_puts_what_stands_first_and_suggests_no_exercise(ana: Somebody) -> None:
    report(ana)
    ana.says("/learn sciatica")
    said = ana.sees("What Sciatica is.", "When to be seen", "not a diagnosis")
    assert "helps" not in said
    assert "Keep moving" not in said
    assert said.index("emergency number") < said.index("Sciatica")


def test_while_a_question_is_open_the_card_says_that_it_still_is(ana: Somebody) -> None:
    report(ana, asked=True)
    ana.says("/learn sciatica")
    assert "Keep moving" not in ana.sees("What Sciatica is.", "question")


def test_on_hold_no_fact_calms_anybody(ana: Somebody) -> None:
    ana.says("/learn")
    report(ana)
    ana.forgets_what_was_said()
    ana.taps("Something worth knowing")
    ana.sees("What would you like to read")
    assert "Something worth knowing" not in ana.buttons()
    ana.says("/learn fact")
    assert "/learn fact" not in ana.sees("What would you like to read", "Facts come again when exercises do")


def test_on_the_way_back_a_card_says_what_comes_now(ana: Somebody) -> None:
    report(ana)
    ana.says("a clinician has checked me")
    ana.says("/learn sciatica")
    assert "Keep moving" not in ana.sees("What Sciatica is.", "Easing back in")


def test_advice_to_see_a_gp_leads_to_a_list_that_names_nobodys_trouble(ana: Somebody) -> None:
    ana.says("sciatica for 8 weeks now and not shifting")
    ana.sees("GP")
    assert "Something to read about it" in ana.buttons()
    ana.taps("Something to read about it")
    ana.sees("only somebody who examines you can say")
    assert ana.buttons() == ["Sciatica", "SI joint pain", "All there is to read"]
    ana.taps("Sciatica")
    ana.sees("What often helps")


def test_without_anything_to_read_the_card_has_no_such_button(store: Store, around: Surroundings) -> None:
    with world(store, with_conditions(around, condition("scans", "Scans"))) as here:
        ana = here.person("Ana", "UTC")
        ana.says("sciatica for 8 weeks now and not shifting")
        ana.sees("GP")
        assert "Something to read about it" not in ana.buttons()

"""/settings asks what suits somebody, as buttons and never as a form, and takes it in words as well."""

from typing import Any

import pytest

from reminderbot.library.choosing import CHOICES
from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.services.people import avoided
from reminderbot.store.queries import people as people_rows
from tests.world import MONDAY, Somebody, World

PAGES = {"place": "Where I work", "sport": "Running or cycling", "level": "How hard"}

ANSWERS = [
    ("place", "At a desk", "desk", "Where you work: at a desk"),
    ("place", "Standing", "standing", "Where you work: standing"),
    ("place", "At home", "home", "Where you work: at home"),
    ("sport", "I run", "runner", "What you do: running"),
    ("sport", "I cycle", "cyclist", "What you do: cycling"),
    ("sport", "Neither", "neither", "What you do: neither running nor cycling"),
    ("level", "Gentle", "easy", "How hard it may be: gentle"),
    ("level", "Middling", "medium", "How hard it may be: middling"),
    ("level", "A bit of a challenge", "hard", "How hard it may be: a bit of a challenge"),
]
each_answer = pytest.mark.parametrize(("what", "label", "value", "line"), ANSWERS)


def row(who: Somebody) -> Any:
    """The subscriber's row."""
    return who.world.ask(lambda work: people_rows.get(work.tx, who.id))


def tags(who: Somebody) -> frozenset[str] | None:
    """What the person avoids."""
    sealed = row(who).avoid
    return who.world.ask(lambda work: avoided(work, sealed))


def test_everything_that_can_be_chosen_is_tried_here() -> None:
    assert {(what, value) for what, _, value, _ in ANSWERS} == {
        (what, value) for what, values in CHOICES.items() for value in values
    }


def test_nothing_is_said_at_first(ana: Somebody) -> None:
    ana.says("/settings")
    ana.sees("Where you work: not said", "What you do: not said", "How hard it may be: not said")


@each_answer
def test_one_tap_sets_it_and_the_overview_says_so(
    ana: Somebody, what: str, label: str, value: str, line: str
) -> None:
    ana.says("/settings")
    ana.taps(PAGES[what])
    assert "✓ Rather not say" in ana.buttons()
    ana.taps(label)
    ana.sees_toast("Saved")
    ana.sees("Settings", line)
    assert getattr(row(ana), what) == value
    ana.taps(PAGES[what])
    assert f"✓ {label}" in ana.buttons()


@each_answer
def test_words_do_the_same_by_the_label_or_the_short_name(
    ana: Somebody, what: str, label: str, value: str, line: str
) -> None:
    for words in (label, value, f"{what} {value}", f"{what} {label.upper()}"):
        ana.says(f"/settings {what} rather not say")
        assert getattr(row(ana), what) is None
        ana.forgets_what_was_said()
        ana.says(f"/settings {words}")
        ana.sees(line)
        assert getattr(row(ana), what) == value, words


@pytest.mark.parametrize("what", CHOICES)
def test_each_can_be_set_back(ana: Somebody, what: str) -> None:
    ana.says(f"/settings {CHOICES[what][0]}")
    ana.taps(PAGES[what])
    ana.taps("Rather not say")
    ana.sees("not said")
    assert getattr(row(ana), what) is None


@pytest.mark.parametrize("what", CHOICES)
def test_a_question_can_be_asked_for_in_words_and_left_without_an_answer(ana: Somebody, what: str) -> None:
    ana.says(f"/settings {what}")
    ana.taps("Settings")
    ana.sees("Settings", "not said")


@pytest.mark.parametrize(
    "words", ["purple", "place purple", "level home", "rather not say", "avoid everything"]
)
def test_words_that_are_no_setting_are_said_back_with_examples(ana: Somebody, words: str) -> None:
    before = row(ana)
    ana.says(f"/settings {words}")
    ana.sees(f"“{words}”", "/settings gentle")
    assert row(ana) == before


def test_the_examples_that_are_told_are_understood(ana: Somebody) -> None:
    ana.says("/settings purple")
    told = ana.sees("“purple”")
    examples = [line for line in told.splitlines() if line.startswith("/settings ")]
    assert len(examples) >= 3
    for example in examples:
        ana.says(example)
    assert not [text for text in ana.unread() if "can't find" in text]


def test_every_tag_that_a_card_may_have_can_be_said_with_a_button(ana: Somebody) -> None:
    ana.says("/settings avoid")
    labels = ana.buttons()
    assert labels[-2:] == ["Nothing", "Settings"]
    assert len(labels) == len(AVOID_ANSWERS) + 2
    for label in labels[:-2]:
        ana.taps(label)
    assert tags(ana) == frozenset(AVOID_ANSWERS)


def test_what_to_avoid_leads_back_to_the_settings(ana: Somebody) -> None:
    ana.says("/settings avoid nothing")
    ana.says("/settings")
    ana.taps("Anything to avoid")
    assert "✓ Nothing" in ana.buttons()
    assert "Until you answer" not in ana.sees("Anything to avoid?")
    ana.taps("Settings")
    ana.sees("Settings", "To avoid: nothing")


def test_the_hour_at_which_the_day_begins_has_a_tick(ana: Somebody) -> None:
    ana.says("/settings")
    ana.taps("Start of the day")
    ana.taps("5:00")
    ana.taps("Start of the day")
    assert [label for label in ana.buttons() if "✓" in label] == ["✓ 5:00"]


def test_who_has_confirmed_the_zone_is_not_told_that_it_is_unknown(ana: Somebody) -> None:
    ana.says("/settings")
    ana.taps("Time zone")
    assert "Until I know" not in ana.sees("Your time zone is")


def test_no_button_of_the_settings_is_cut_on_a_phone(ana: Somebody) -> None:
    """A row has room for some 32 letters."""
    ana.says("/settings")
    rows = [[button["text"] for button in row] for row in ana.person.last.inline_rows]
    assert max(len("".join(row)) for row in rows) <= 32


def test_what_to_avoid_can_be_said_in_words(ana: Somebody) -> None:
    ana.says("/settings avoid knee")
    ana.sees("To avoid: knee")
    ana.says("/settings wrist")
    ana.sees("To avoid: knee, wrist")
    assert tags(ana) == frozenset({"knee-injury", "wrist-injury"})
    ana.says("/settings avoid nothing")
    ana.sees("To avoid: nothing")
    assert tags(ana) == frozenset()


def test_who_has_said_what_to_avoid_is_told_where_the_rest_is_and_never_asked(
    here: World, ana: Somebody
) -> None:
    """One line where it fits, and no form."""
    ana.says("/stretch")
    ana.taps("Nothing")
    ana.sees("Noted", "/settings", "where you work")
    ana.forgets_what_was_said()
    here.fast_forward(days=7)
    assert not [text for text in ana.unread() if "do you work" in text or "run or cycle" in text]


@pytest.mark.parametrize(
    "data", ["v1:choice", "v1:choice:zone:Europe/Berlin", "v1:choice:place:moon", "v1:choice:avoid:dizziness"]
)
def test_a_choice_that_was_never_offered_changes_nothing(ana: Somebody, data: str) -> None:
    before = row(ana)
    ana.says("/settings")
    ana.does(lambda person: person.taps_data(data, person.messages[-1]))
    ana.sees_toast("doesn't work any more")
    assert row(ana) == before


def test_a_stranger_is_told_how_to_begin(here: World) -> None:
    stranger = here.person("Stranger")
    for words in ("", " gentle", " purple", " avoid", " place"):
        stranger.says(f"/settings{words}")
        stranger.sees("We haven't started yet")


def test_a_runner_who_stands_gets_what_fits(here: World, ana: Somebody) -> None:
    for words in ("standing", "I run", "gentle", "avoid nothing"):
        ana.says(f"/settings {words}")
    here.until(MONDAY.replace(day=10, hour=20))
    library = here.around.library
    given = here.ask(lambda work: dict(people_rows.everything(work.tx, ana.id))["reminder"])
    shown = [library.card(row["card"]) for row in given if row["card"]]
    assert len(shown) >= 10
    assert all(card and card.level == "easy" for card in shown)
    assert not [card for card in shown if getattr(card, "kind", None) == "stand"]

"""What fits whom: everybody always has cards, and gets only those that make sense for them."""

import re
from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest

from reminderbot.library.choosing import CHOICES, Wishes, is_eligible
from reminderbot.library.loader import Library, default_folder, load
from reminderbot.library.models import AVOID_ANSWERS, Card, Nudge, Stretch
from reminderbot.rules.returning import KINDS

DESK = frozenset({"standing", "chair"})
NOTHING = frozenset[str]()


@pytest.fixture(scope="module")
def library() -> Library:
    return load(default_folder())


def nudge(**values: object) -> Nudge:
    return Nudge.model_validate({"id": "some", "kind": "walk", "text": {"en": "x"}} | values)


@pytest.fixture
def stretch(library: Library) -> Stretch:
    card = library.card("seated-tall-breath")
    assert isinstance(card, Stretch)
    return card


def everybody() -> Iterator[Wishes]:
    """Everything that somebody may have said, at the desk: each set of things to avoid, place, sport and level."""
    sets = chain.from_iterable(
        combinations(AVOID_ANSWERS, number) for number in range(len(AVOID_ANSWERS) + 1)
    )
    avoided = [None, *map(frozenset, sets)]
    places, sports, levels = ((None, *values) for values in CHOICES.values())
    for avoid, place, sport, level in product(avoided, places, sports, levels):
        yield Wishes(avoid, DESK, place, sport, level)


def test_there_is_a_card_for_everybody_in_every_habit(library: Library) -> None:
    decks = [deck for habit in library.habits if (deck := library.deck(habit))]
    assert len(decks) >= 2
    stranded = [
        wishes
        for wishes in everybody()
        for deck in decks
        if not any(is_eligible(card, wishes) for card in deck)
    ]
    assert stranded == []


def test_there_are_walks_for_everybody_on_the_way_back_from_a_hold(library: Library) -> None:
    walks = [card for card in library.cards["nudges"] if isinstance(card, Nudge) and card.kind in KINDS]
    assert all(sum(is_eligible(card, wishes) for card in walks) >= 2 for wishes in everybody())


def test_nobody_gets_less_variety_than_half_a_week_of_stretches_and_a_day_of_nudges(library: Library) -> None:
    for wishes in everybody():
        if wishes.avoid in (None, frozenset(AVOID_ANSWERS)):
            nudges, stretches = (_fitting(library, name, wishes) for name in ("nudges", "stretches"))
            assert len(stretches) >= 4, wishes
            assert len(nudges) >= 12, wishes


def _fitting(library: Library, deck: str, wishes: Wishes) -> list[Card]:
    return [card for card in library.cards[deck] if is_eligible(card, wishes)]


@pytest.mark.parametrize(
    ("level", "levels"),
    [
        (None, {"easy", "medium"}),
        ("easy", {"easy"}),
        ("medium", {"easy", "medium"}),
        ("hard", {"easy", "medium", "hard"}),
        ("heroic", {"easy", "medium"}),
    ],
)
def test_nothing_comes_that_is_harder_than_wanted(level: str | None, levels: set[str]) -> None:
    wishes = Wishes(NOTHING, level=level)
    cards = [nudge(level=each) for each in ("easy", "medium", "hard")]
    assert {card.level for card in cards if is_eligible(card, wishes)} == levels


@pytest.mark.parametrize(
    ("place", "fits"), [("desk", True), (None, True), ("home", False), ("standing", False)]
)
def test_a_nudge_for_the_desk_comes_to_who_works_there_or_has_not_said(place: str | None, fits: bool) -> None:
    assert is_eligible(nudge(places=("desk",)), Wishes(NOTHING, place=place)) is fits


@pytest.mark.parametrize("place", [None, "desk", "standing", "home"])
def test_a_nudge_to_stand_up_comes_to_all_but_those_who_stand(place: str | None) -> None:
    assert is_eligible(nudge(kind="stand"), Wishes(NOTHING, place=place)) is (place != "standing")
    assert is_eligible(nudge(kind="walk"), Wishes(NOTHING, place=place))


@pytest.mark.parametrize(
    ("sport", "fits"), [("runner", True), ("cyclist", False), ("neither", False), (None, False)]
)
def test_a_stretch_for_runners_comes_to_runners_only(stretch: Stretch, sport: str | None, fits: bool) -> None:
    made_for_it = stretch.model_copy(update={"only_for": ("runner",)})
    assert is_eligible(made_for_it, Wishes(NOTHING, sport=sport)) is fits
    assert is_eligible(stretch, Wishes(NOTHING, sport=sport))


def test_no_wish_outweighs_what_must_be_avoided() -> None:
    hard = nudge(level="hard", avoid_if=("knee-injury",))
    assert not is_eligible(hard, Wishes(frozenset({"knee-injury"}), level="hard"))
    assert not is_eligible(hard, Wishes(None, level="hard"))


FLOOR = re.compile(
    r"\b(?:on|onto|to|towards) (?:the|a|your) (?:floor|ground|carpet|rug|mat)\b|\b(?:lie|lying) (?:down|back|on)\b"
    r"|\bkneel\w*|\ball fours\b|\bon your (?:back|side|knees|tummy)\b",
    re.I,
)
FEET_OR_BAG = re.compile(
    r"\b(?:feet|foot|heels?|toes|soles?|bag)\b[^.?]*\b(?:on|onto|to) the (?:floor|ground)", re.I
)
"""Feet stand on the floor, and a bag may lie there."""


def test_no_nudge_asks_for_the_floor(library: Library) -> None:
    for card in library.cards["nudges"]:
        assert isinstance(card, Nudge)
        assert not FLOOR.search(FEET_OR_BAG.sub("", card.text.get())), card.id


@pytest.mark.parametrize("words", ["Sit on the floor.", "Lie down.", "Kneel.", "Get onto the mat, feet up."])
def test_words_that_ask_for_the_floor_would_be_noticed(words: str) -> None:
    assert FLOOR.search(FEET_OR_BAG.sub("", words))

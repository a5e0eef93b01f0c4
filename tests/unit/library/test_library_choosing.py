"""Cards are shuffled without repeats, and nobody is shown what they must avoid."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reminderbot.library.choosing import Deck, NoCardError, Wishes, is_eligible, next_card
from reminderbot.library.models import AVOID_TAGS, Nudge

TAGS = sorted(AVOID_TAGS)
ANYTHING = Wishes(avoid=frozenset())
chats = st.integers(1, 2**52)


def card(number: int, avoid_if: tuple[str, ...] = (), position: str = "any", level: str = "easy") -> Nudge:
    return Nudge.model_validate(
        {
            "id": f"card-{number}",
            "kind": "walk",
            "text": {"en": "x"},
            "avoid_if": avoid_if,
            "position": position,
            "level": level,
        }
    )


def deal(
    cards: Sequence[Nudge], chat: int, times: int, avoid: frozenset[str] = frozenset()
) -> tuple[list[str], Deck]:
    eligible = [item for item in cards if is_eligible(item, Wishes(avoid))]
    shown: list[str] = []
    deck = Deck()
    for _ in range(times):
        chosen, deck = next_card(eligible, chat, "move", deck)
        shown.append(chosen.id)
    return shown, deck


@given(st.integers(1, 12), chats)
def test_each_round_shows_every_card_once(count: int, chat: int) -> None:
    cards = [card(number) for number in range(count)]
    shown, _ = deal(cards, chat, 4 * count)
    for start in range(0, 4 * count, count):
        assert sorted(shown[start : start + count]) == sorted(item.id for item in cards)


@given(st.integers(2, 6), chats)
def test_no_card_comes_twice_running_not_even_between_rounds(count: int, chat: int) -> None:
    shown, _ = deal([card(number) for number in range(count)], chat, 40)
    assert all(first != second for first, second in pairwise(shown))


@given(
    st.lists(st.sets(st.sampled_from(TAGS), max_size=2), min_size=1, max_size=12),
    st.frozensets(st.sampled_from(TAGS), max_size=3),
    chats,
)
def test_nothing_that_must_be_avoided_is_ever_shown(
    tags: list[set[str]], avoid: frozenset[str], chat: int
) -> None:
    cards = [card(number, tuple(sorted(each))) for number, each in enumerate(tags)]
    fits = {item.id for item in cards if avoid.isdisjoint(item.avoid_if)}
    assume(fits)
    shown, _ = deal(cards, chat, 2 * len(fits), avoid)
    assert set(shown) == fits


@given(chats, st.integers(1, 9), st.sets(st.integers(0, 9), max_size=8))
def test_a_change_of_cards_or_of_what_to_avoid_never_repeats_within_the_round(
    chat: int, before: int, gone: set[int]
) -> None:
    cards = [card(number) for number in range(10)]
    shown, deck = deal(cards, chat, before)
    rest = [item for number, item in enumerate(cards) if number not in gone]
    while True:
        chosen, after = next_card(rest, chat, "move", deck)
        if after.round != deck.round:
            break
        assert chosen.id not in shown
        shown.append(chosen.id)
        deck = after


def test_two_people_and_two_habits_get_orders_of_their_own() -> None:
    cards = [card(number) for number in range(20)]
    ours, _ = deal(cards, 1, 20)
    theirs, _ = deal(cards, 2, 20)
    assert ours != theirs
    assert next_card(cards, 1, "move", Deck()) == next_card(cards, 1, "move", Deck())
    firsts = {next_card(cards, 1, f"habit-{n}", Deck())[0].id for n in range(10)}
    assert len(firsts) > 1


def test_a_single_card_comes_again() -> None:
    assert deal([card(1)], 7, 3)[0] == ["card-1"] * 3


def test_no_eligible_card_is_an_error_of_its_own() -> None:
    with pytest.raises(NoCardError, match="move"):
        next_card([], 1, "move", Deck())


def test_a_card_that_made_things_worse_is_none_to_choose() -> None:
    cards, dropped = [card(1), card(2)], frozenset({"card-1"})
    assert next_card(cards, 1, "move", Deck(), dropped)[0].id == "card-2"
    with pytest.raises(NoCardError, match="move"):
        next_card(cards[:1], 1, "move", Deck(), dropped)


@pytest.mark.parametrize(
    ("item", "fits"),
    [
        (card(1), True),
        (card(1, position="chair"), True),
        (card(1, level="medium"), False),
        (card(1, ("wrist-injury",)), False),
        (card(1).model_copy(update={"position": "floor"}), False),
    ],
)
def test_before_the_question_is_answered_only_easy_cards_for_everybody_are_shown(
    item: Nudge, fits: bool
) -> None:
    assert is_eligible(item, Wishes(level="hard")) is fits


def test_positions_keep_floor_work_away_from_the_desk() -> None:
    desk = frozenset({"standing", "chair"})
    floor = card(1).model_copy(update={"position": "floor"})
    assert not is_eligible(floor, Wishes(frozenset(), desk))
    assert is_eligible(floor, ANYTHING)
    assert is_eligible(card(1, position="any"), Wishes(frozenset(), desk))


@given(st.integers(0, 50), chats)
def test_a_cursor_fits_a_signed_column_of_64_bits(number: int, chat: int) -> None:
    _, deck = next_card([card(n) for n in range(5)], chat, "move", Deck(number, 0))
    assert 0 < deck.cursor < 2**63


@pytest.mark.parametrize(("number", "cursor"), [(-1, 0), (0, -1), (0, 2**63)])
def test_a_deck_that_cannot_be_is_refused(number: int, cursor: int) -> None:
    with pytest.raises(ValueError, match="no such deck"):
        Deck(number, cursor)

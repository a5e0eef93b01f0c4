"""Which card comes next: shuffled per subscriber and habit, without repeats in a round.

Each round orders all cards by a keyed hash of (chat, habit, round, card). The place in that order is one
number, the cursor, so nothing else has to be stored, and cards may come, go or become eligible at any time
without a repeat in the round.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeVar

from reminderbot.library.models import Card

UNANSWERED_POSITIONS: Final = frozenset({"standing", "chair", "any"})
"""Positions for somebody who has not yet said what to avoid."""
C = TypeVar("C", bound=Card)


class NoCardError(LookupError):
    """No card is eligible for this subscriber."""


@dataclass(frozen=True, slots=True)
class Deck:
    """How far a subscriber has come in a habit's cards."""

    round: int = 0
    """How many times the cards were shuffled anew."""
    cursor: int = 0
    """The hash of the last card shown in this round, below 2^63; 0 before the first."""

    def __post_init__(self) -> None:
        """Refuse values that no deck can have. Raises ValueError."""
        if self.round < 0 or not 0 <= self.cursor < 2**63:
            raise ValueError(f"no such deck: round {self.round}, cursor {self.cursor}")


def is_eligible(card: Card, avoid: frozenset[str] | None, positions: frozenset[str] | None) -> bool:
    """Whether a card may be shown to somebody who avoids these tags, in these positions.

    `avoid=None` means not answered yet: only easy standing or chair cards with nothing in `avoid_if`.
    `positions=None` means any; a card whose position is `any` fits all.
    """
    if positions is not None and card.position != "any" and card.position not in positions:
        return False
    if avoid is None:
        return card.level == "easy" and card.position in UNANSWERED_POSITIONS and not card.avoid_if
    return avoid.isdisjoint(card.avoid_if)


def next_card(
    cards: Sequence[C],
    chat_id: int,
    habit: str,
    deck: Deck,
    avoid: frozenset[str] | None,
    positions: frozenset[str] | None,
    dropped: frozenset[str] = frozenset(),
) -> tuple[C, Deck]:
    """Return the next card and the deck after it; never one of those whose ids are in ``dropped``.

    1. Among eligible cards, the one with the smallest value above the cursor.
    2. None left: the next round whose first card is not the one shown last, so that no two rounds meet in a
       repeat. With a single eligible card there is no choice: it comes again.

    Raises NoCardError when no card is eligible.
    """
    eligible = [card for card in cards if card.id not in dropped and is_eligible(card, avoid, positions)]
    if not eligible:
        raise NoCardError(f"no card of {habit} is eligible")
    values = {_value(chat_id, habit, deck.round, card.id): card for card in eligible}
    if left := [value for value in values if value > deck.cursor]:
        return values[min(left)], Deck(deck.round, min(left))
    last = _shown_last(cards, chat_id, habit, deck)
    return _new_round(eligible, chat_id, habit, deck.round + 1, last)


def _new_round(
    eligible: Sequence[C], chat_id: int, habit: str, number: int, last: str | None
) -> tuple[C, Deck]:
    while True:
        values = {_value(chat_id, habit, number, card.id): card for card in eligible}
        first = min(values)
        if values[first].id != last or len(eligible) == 1:
            return values[first], Deck(number, first)
        number += 1


def _shown_last(cards: Iterable[Card], chat_id: int, habit: str, deck: Deck) -> str | None:
    shown = (card.id for card in cards if _value(chat_id, habit, deck.round, card.id) == deck.cursor)
    return next(shown, None)


def _value(chat_id: int, habit: str, number: int, card_id: str) -> int:
    """Return the place of a card in a round: 1 to 2^63 - 1, so that it fits a signed 64-bit column."""
    key = f"{chat_id}/{habit}/{number}".encode()
    digest = blake2b(card_id.encode(), digest_size=8, key=blake2b(key, digest_size=32).digest()).digest()
    return int.from_bytes(digest, "big") >> 1 or 1

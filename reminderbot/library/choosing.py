"""Which card comes next: shuffled per subscriber and habit, without repeats in a round.

Each round orders all cards by a keyed hash of (chat, habit, round, card). The place in that order is one
number, the cursor, so nothing else has to be stored, and cards may come, go or become eligible at any time
without a repeat in the round.
"""

from collections.abc import Sequence
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
    shuffled = _Round(chat_id, habit, deck.round)
    values = {shuffled.value(card): card for card in eligible}
    if left := [value for value in values if value > deck.cursor]:
        return values[min(left)], Deck(deck.round, min(left))
    last = next((card.id for card in cards if shuffled.value(card) == deck.cursor), None)
    return _new_round(eligible, chat_id, habit, deck.round + 1, last)


def _new_round(
    eligible: Sequence[C], chat_id: int, habit: str, number: int, last: str | None
) -> tuple[C, Deck]:
    while True:
        shuffled = _Round(chat_id, habit, number)
        values = {shuffled.value(card): card for card in eligible}
        first = min(values)
        if values[first].id != last or len(eligible) == 1:
            return values[first], Deck(number, first)
        number += 1


class _Round:
    """The order of all cards of a habit for one subscriber, in one round."""

    def __init__(self, chat_id: int, habit: str, number: int) -> None:
        key = blake2b(f"{chat_id}/{habit}/{number}".encode(), digest_size=32).digest()
        self._keyed = blake2b(digest_size=8, key=key)

    def value(self, card: Card) -> int:
        """The place of a card: 1 to 2^63 - 1, so that it fits a signed 64-bit column."""
        digest = self._keyed.copy()
        digest.update(card.id.encode())
        return int.from_bytes(digest.digest(), "big") >> 1 or 1

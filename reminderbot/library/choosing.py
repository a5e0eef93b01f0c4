"""Which card comes next: shuffled per subscriber and habit, without repeats in a round.

Each round orders all cards by a keyed hash of (chat, habit, round, card). The place in that order is one
number, the cursor, so nothing else has to be stored, and cards may come, go or become eligible at any time
without a repeat in the round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeVar, get_args

from reminderbot.library.models import Card, Level, Nudge, Place, Sport

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "place": get_args(Place),
    "sport": (*get_args(Sport), "neither"),
    "level": get_args(Level),
}
"""What somebody may say of where they work, what they do, and how hard a card may be."""
UNANSWERED_POSITIONS: Final = frozenset({"standing", "chair", "any"})
"""Positions for somebody who has not yet said what to avoid."""
LEVELS: Final[Mapping[str | None, frozenset[str]]] = {
    None: frozenset({"easy", "medium"}),
    "easy": frozenset({"easy"}),
    "medium": frozenset({"easy", "medium"}),
    "hard": frozenset({"easy", "medium", "hard"}),
}
"""The levels of the cards that come, by the hardest that somebody wants; none has not said."""
USUAL_PLACE: Final = "desk"
"""Where somebody works who has not said."""
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


@dataclass(frozen=True, slots=True)
class Wishes:
    """What decides which cards suit somebody; none stands for what has not been said."""

    avoid: frozenset[str] | None = None
    """Tags that no card may have in its `avoid_if`."""
    positions: frozenset[str] | None = None
    """Positions allowed just now; none when all are. A card whose position is `any` fits all."""
    place: str | None = None
    """Where the person works: desk, standing or home."""
    sport: str | None = None
    """What the person does: runner, cyclist or neither."""
    level: str | None = None
    """The hardest that a card may be: easy, medium or hard."""


def is_eligible(card: Card, wishes: Wishes) -> bool:
    """Whether a card may be shown to somebody with these wishes.

    Until it is said what to avoid only easy standing or chair cards with nothing in `avoid_if` are.
    """
    return (
        (wishes.positions is None or card.position == "any" or card.position in wishes.positions)
        and card.level in LEVELS.get(wishes.level, LEVELS[None])
        and _is_safe(card, wishes.avoid)
        and _is_meant_for(card, wishes)
    )


def _is_safe(card: Card, avoid: frozenset[str] | None) -> bool:
    if avoid is None:
        return card.level == "easy" and card.position in UNANSWERED_POSITIONS and not card.avoid_if
    return avoid.isdisjoint(card.avoid_if)


def _is_meant_for(card: Card, wishes: Wishes) -> bool:
    """Whether the person works where a nudge makes sense, or does what another card is for.

    To stand up is nothing new to people who work standing.
    """
    if not isinstance(card, Nudge):
        return not card.only_for or wishes.sport in card.only_for
    place = wishes.place or USUAL_PLACE
    return (place in card.places or not card.places) and (place != "standing" or card.kind != "stand")


def next_card(
    cards: Sequence[C], chat_id: int, habit: str, deck: Deck, dropped: frozenset[str] = frozenset()
) -> tuple[C, Deck]:
    """Return the next of the cards that suit somebody, and the deck after it; none whose id is in ``dropped``.

    1. The card with the smallest value above the cursor.
    2. None left: the next round whose first card is not the one shown last, so that no two rounds meet in a
       repeat. With a single card there is no choice: it comes again.

    Raises NoCardError when there is no card.
    """
    cards = [card for card in cards if card.id not in dropped] if dropped else cards
    if not cards:
        raise NoCardError(f"no card of {habit} is eligible")
    values = _shuffled(cards, chat_id, habit, deck.round)
    if left := [value for value in values if value > deck.cursor]:
        return values[min(left)], Deck(deck.round, min(left))
    return _new_round(cards, chat_id, habit, deck.round + 1, values.get(deck.cursor))


def _new_round(cards: Sequence[C], chat_id: int, habit: str, number: int, last: C | None) -> tuple[C, Deck]:
    while True:
        values = _shuffled(cards, chat_id, habit, number)
        first = min(values)
        if values[first] is not last or len(cards) == 1:
            return values[first], Deck(number, first)
        number += 1


def _shuffled(cards: Sequence[C], chat_id: int, habit: str, number: int) -> dict[int, C]:
    """The cards by their places in one round of a subscriber's habit: 1 to 2^63 - 1, to fit a signed 64-bit column."""
    key = blake2b(f"{chat_id}/{habit}/{number}".encode(), digest_size=32).digest()
    keyed = blake2b(digest_size=8, key=key)
    values = {}
    for card in cards:
        digest = keyed.copy()
        digest.update(card.id.encode())
        values[int.from_bytes(digest.digest(), "big") >> 1 or 1] = card
    return values

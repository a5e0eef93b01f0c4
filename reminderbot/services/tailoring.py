"""What fits whom: the wishes behind a subscriber's row, where they may be met, and which stretches suit them."""

from collections.abc import Iterable
from typing import Any

from reminderbot.library import choosing
from reminderbot.library.choosing import Wishes
from reminderbot.library.models import Habit
from reminderbot.rules import clock
from reminderbot.services import people
from reminderbot.services.work import Work
from reminderbot.store.queries import safety

OFFICE_HOURS = (8 * 60, 18 * 60)
"""Minutes of a weekday within which cards keep to the positions that a habit allows at the desk."""


def wishes(work: Work, person: Any, positions: frozenset[str] | None = None) -> Wishes:
    """What somebody wishes for, in these positions, by default in any.

    ``person`` has ``avoid``, ``place``, ``sport`` and ``level`` as the subscriber's row has them.
    """
    avoid = people.avoided(work, person.avoid)
    return Wishes(avoid, positions, person.place, person.sport, person.level)


def suited(work: Work, person: Any, stretches: Iterable[str]) -> frozenset[str]:
    """Those of some stretches, by their ids, that suit somebody who asks to see them.

    Any position will do, for the person chooses when and where. What made things worse for them is left out.
    """
    wanted, dropped = wishes(work, person), safety.dropped(work.tx, person.chat_id)
    cards = [work.around.library.card(name) for name in stretches if name not in dropped]
    return frozenset(card.id for card in cards if card and choosing.is_eligible(card, wanted))


def positions(work: Work, person: Any, habit: Habit) -> frozenset[str] | None:
    """The positions in which a card of a habit may come now; none when all may, as always for who works at home."""
    wall = clock.wall_of(work.at, clock.zone(person.zone))
    start, end = OFFICE_HOURS
    in_office = wall.weekday() < 5 and start <= wall.hour * 60 + wall.minute < end
    return frozenset(habit.positions) if in_office and person.place != "home" else None

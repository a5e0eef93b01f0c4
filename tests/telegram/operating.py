"""Stories with operators: a world in which somebody is named in ADMIN_CHATS, and time that passes minute by minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.world import World, world

ADA = 1001
"""The first chat of a world: that of the operator."""


@contextmanager
def operated(store: Store, around: Surroundings) -> Iterator[World]:
    """A world whose first person is the operator."""
    with world(store, replace(around, admin_chats=frozenset({ADA}))) as here:
        yield here


def minutes(here: World, many: int) -> None:
    """Time passes, with a look at everything each minute, however long something has been due."""
    for _ in range(many):
        here.skip(minutes=1)
        here.settle()

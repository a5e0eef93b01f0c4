"""Worlds in which messages have pictures: the file of each figure is the smallest that there can be."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reminderbot.demo.telegram.state import Call, Message
from reminderbot.library.loader import Library
from reminderbot.library.models import Stretch
from reminderbot.pictures import cache
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.images import gif, png
from tests.world import Somebody, World, world

STRETCH = "Something feels wrong"
"""A button that stands under stretches alone."""


@contextmanager
def pictured(store: Store, around: Surroundings, folder: Path, only: str = "") -> Iterator[World]:
    """A world with a folder of figures, in which there is ``only`` one stretch or, by default, all."""
    library = _with(around.library, only) if only else around.library
    here = dataclasses.replace(around, library=library, figures=folder)
    fill(here)
    with world(store, here) as place:
        yield place


def _with(library: Library, only: str) -> Library:
    """The content with this one stretch."""
    stretches = tuple(card for card in library.cards["stretches"] if card.id == only)
    return dataclasses.replace(library, cards={**library.cards, "stretches": stretches})


def fill(around: Surroundings) -> None:
    """Put a file there for each figure that is sent."""
    assert around.figures
    for card in around.library.cards["stretches"]:
        assert isinstance(card, Stretch)
        name = cache.sent(card)
        assert name
        (around.figures / name).write_bytes(gif() if name.endswith(".gif") else png())


def shown(who: Somebody) -> Message:
    """The newest message to somebody that is a stretch."""
    return next(message for message in reversed(who.person.messages) if STRETCH in message.labels)


def calls(who: Somebody) -> list[Call]:
    """Every call that tried to put something into somebody's chat or to change it, refused ones too."""
    made = (call for call in who.world.tele.calls if call.chat_id == who.id)
    return [call for call in made if call.method.startswith(("send", "edit"))]

"""A hold stops exercise only: a habit that is none goes on, and is told of."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.holding import report
from tests.world import MONDAY, Somebody, World, world


@pytest.fixture
def ana(store: Store, around: Surroundings) -> Iterator[Somebody]:
    """Ana, for whom the hourly nudges are no exercise: sips of water, say."""
    habits = dict(around.library.habits)
    habits["move"] = habits["move"].model_copy(update={"exercise": False})
    library = replace(around.library, habits=MappingProxyType(habits))
    with world(store, replace(around, library=library)) as place:
        yield place.person("Ana", "UTC")


def here(who: Somebody) -> World:
    return who.world


def test_it_goes_on_and_the_stretch_does_not(ana: Somebody) -> None:
    report(ana)
    here(ana).until(MONDAY.replace(day=6, hour=9, minute=1))
    texts = ana.unread()
    assert len(texts) == 8
    assert not [text for text in texts if "Your stretch" in text]


def test_what_comes_next_is_told_after_what_is_paused(ana: Somebody) -> None:
    report(ana)
    ana.says("/today")
    said = ana.sees("Exercises are paused", "Mon 9:00 Move")
    assert "Stretch\n" in said
    assert "8:30 Stretch" not in said


def test_an_unanswered_one_is_missed_as_ever(ana: Somebody) -> None:
    report(ana)
    here(ana).fast_forward(hours=4)
    ana.says("/today")
    ana.sees("0 of 7 done")


def test_it_can_be_snoozed(ana: Somebody) -> None:
    report(ana)
    here(ana).until(MONDAY.replace(hour=9, minute=0))
    ana.taps("Snooze")
    ana.forgets_what_was_said()
    here(ana).fast_forward(minutes=11)
    assert ana.unread()


def test_on_the_way_back_each_one_comes(ana: Somebody) -> None:
    report(ana)
    ana.says("a clinician has checked me")
    ana.forgets_what_was_said()
    here(ana).until(MONDAY.replace(hour=12, minute=0))
    assert len(ana.unread()) == 3

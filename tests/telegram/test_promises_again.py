"""Promises of the last moment: between falling due and being sent, much can happen."""

from collections.abc import Callable

import pytest

from reminderbot.demo.telegram.people import Person
from reminderbot.store.tables import Delivery, Outcome
from tests.telegram.looking import clocks, fates, miscounted
from tests.world import Somebody, World


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in UTC; her nudge of nine waits, because Telegram had a fault at nine."""
    somebody = here.person("Ana", "UTC")
    here.tele.faults.refuse("sendMessage", status=502, description="Bad Gateway")
    here.now = here.now.replace(hour=9, minute=0)
    here.settle()
    assert fates(somebody) == [(Delivery.PENDING, None)]
    return somebody


@pytest.mark.parametrize(
    "act",
    [
        lambda person: person.says("/pause 2d"),
        lambda person: person.says("/stop"),
        lambda person: person.says("/remind move off"),
        lambda person: person.blocks(),
    ],
    ids=["paused", "stopped", "off", "blocked"],
)
def test_a_waiting_nudge_is_not_sent_after_a_change_of_mind(
    here: World, ana: Somebody, act: Callable[[Person], object]
) -> None:
    ana.does(act)
    here.fast_forward(minutes=30)
    assert clocks(ana) == []
    assert fates(ana) == [(Delivery.DROPPED, Outcome.VOID)]
    assert miscounted(here) == []


def test_a_waiting_nudge_is_sent_when_nothing_has_changed(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=30)
    assert clocks(ana) == ["Mon 9:00"]
    ana.taps("Done")
    ana.sees("Done", "1 of 7")


def test_a_waiting_nudge_of_somebody_forgotten_is_gone(here: World, ana: Somebody) -> None:
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.forgets_what_was_said()
    here.fast_forward(hours=48)
    ana.sees_nothing()


def test_a_snoozed_nudge_that_is_answered_does_not_come_back(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    ana.taps("Snooze")
    ana.says("done")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=30)
    ana.sees_nothing()
    assert clocks(ana) == ["Mon 9:00"]
    assert miscounted(here) == []


def test_a_snoozed_nudge_does_not_come_back_into_a_pause(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    ana.taps("Snooze")
    ana.says("/pause")
    here.fast_forward(hours=3)
    assert clocks(ana) == ["Mon 9:00"]


def test_a_move_just_before_the_hour_spares_the_nudge_even_when_it_is_read_later(
    here: World, ana: Somebody
) -> None:
    here.fast_forward(minutes=10)
    ana.taps("Skip")
    here.until(here.now.replace(minute=45))
    ana.person.says("done")
    here.skip(minutes=20)
    here.restart()
    here.fast_forward(minutes=10)
    assert clocks(ana) == ["Mon 9:00"]
    here.fast_forward(hours=1)
    assert clocks(ana) == ["Mon 9:00", "Mon 11:00"]


def test_stop_and_start_again_bring_the_nudge_that_still_fits_once(here: World, ana: Somebody) -> None:
    ana.says("/stop")
    ana.says("/start")
    here.fast_forward(hours=1)
    assert clocks(ana)[-1] == "Mon 10:00"
    assert len(clocks(ana)) == len(set(clocks(ana)))

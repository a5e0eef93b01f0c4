"""A stretch that made it worse, or that somebody has said to avoid, never returns: whichever way it could come."""

from datetime import timedelta

import pytest

from reminderbot.library.models import Stretch
from reminderbot.store.queries import history, safety
from tests.world import Somebody, World

WRONG, WORSE = "Something feels wrong", "This stretch made it worse"

pytestmark = pytest.mark.usefixtures("avoids_nothing")


def steps_of(who: Somebody, card: str) -> list[str]:
    """What a stretch asks for."""
    found = who.world.around.library.card(card)
    assert isinstance(found, Stretch)
    return [*found.steps.get(), *(found.short.get().splitlines() if found.short else [])]


def made_it_worse(who: Somebody) -> str:
    """The newest stretch made it worse; its id."""
    before = who.world.ask(lambda work: safety.dropped(work.tx, who.id))
    who.says("something feels wrong")
    who.taps(WORSE)
    (card,) = who.world.ask(lambda work: safety.dropped(work.tx, who.id)) - before
    who.forgets_what_was_said()
    return card


def sees_nothing_of(who: Somebody, card: str) -> None:
    """Nothing that was said since asks for this stretch."""
    said = "\n".join(who.unread())
    assert "went wrong" not in said
    assert not [step for step in steps_of(who, card) if step in said]
    who.forgets_what_was_said()


def test_its_steps_are_not_told_again(ana: Somebody) -> None:
    ana.says("/stretch")
    card = made_it_worse(ana)
    ana.says("steps")
    assert ana.unread()
    sees_nothing_of(ana, card)


def test_the_button_for_its_steps_does_nothing_any_more(ana: Somebody) -> None:
    ana.says("/stretch")
    shown = ana.person.messages[-1]
    card = made_it_worse(ana)
    rows = ana.world.ask(lambda work: history.of_day(work.tx, ana.id, "stretch", ana.world.now.date()))
    key = f"v1:steps:stretch:{int(rows[-1].due_at.timestamp())}"
    ana.does(lambda person: person.taps_data(key, shown))
    sees_nothing_of(ana, card)


def test_an_undo_does_not_bring_it_back(ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says("done")
    card = made_it_worse(ana)
    ana.says("/undo")
    assert ana.unread()
    sees_nothing_of(ana, card)


@pytest.mark.parametrize("command", ["/warmup", "/cooldown"])
def test_no_sequence_holds_it_any_more(here: World, ana: Somebody, command: str) -> None:
    ana.says(command)
    ana.taps("Next")
    card = made_it_worse(ana)
    for _ in range(2):
        ana.taps("Next")
        ana.taps("Back")
        sees_nothing_of(ana, card)
    here.fast_forward(days=1)
    ana.forgets_what_was_said()
    ana.says(command)
    while "Next" in ana.buttons():
        ana.taps("Next")
    sees_nothing_of(ana, card)


@pytest.mark.parametrize("answer", ["done", "skip"])
def test_a_sequence_that_is_opened_again_goes_on_without_it(ana: Somebody, answer: str) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    card = made_it_worse(ana)
    ana.says(answer)
    ana.forgets_what_was_said()
    ana.says("/undo")
    assert ana.unread()
    sees_nothing_of(ana, card)


def test_for_a_month_of_reminders_and_sequences_it_stays_away(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    card = made_it_worse(ana)
    ana.says("/remind stretch 19:00")
    for _ in range(12):
        here.until(here.now + timedelta(days=3))
        ana.says("/stretch")
        ana.says("/warmup")
        while "Next" in ana.buttons():
            ana.taps("Next")
        sees_nothing_of(ana, card)

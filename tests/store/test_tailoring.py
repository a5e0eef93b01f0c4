"""What fits whom: what somebody avoids or wishes for holds for every way in which a card can come."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from reminderbot.library.choosing import Deck, Wishes, is_eligible
from reminderbot.library.models import Card, Nudge, Stretch
from reminderbot.services import asking, cards, moves, preferences, tailoring
from reminderbot.services.symptoms import WORSE
from reminderbot.services.work import Work
from reminderbot.store.queries import people as people_rows
from reminderbot.store.queries import safety
from tests.store.answering import MON, Ana, local

Says = Callable[[Work, int, Card], None]


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at seven, with moves and stretches; she has said that there is nothing to avoid."""
    ana = Ana(at, local("7:00"), moves_only=False)
    says(ana, "avoid nothing")
    return ana


def says(ana: Ana, words: str) -> None:
    """Write words behind /settings."""
    with ana.at(local("7:01")) as work:
        preferences.say(work, ana.chat_id, words)
    ana.told(local("7:01"))


def made_it_worse(work: Work, chat_id: int, card: Card) -> None:
    """The stretch made it worse."""
    safety.drop_card(work.tx, chat_id, card.id, WORSE, work.at)


def must_be_avoided(work: Work, chat_id: int, card: Card) -> None:
    """Something that speaks against the stretch."""
    preferences.say(work, chat_id, f"avoid {card.avoid_if[0]}")


def is_too_hard(work: Work, chat_id: int, _: Card) -> None:
    """Something gentler, please."""
    preferences.say(work, chat_id, "gentle")


WHYS = [made_it_worse, must_be_avoided, is_too_hard]


def against(ana: Ana, when: datetime, why: Says, card: Card) -> None:
    """Say what speaks against a stretch."""
    with ana.at(when) as work:
        why(work, ana.chat_id, card)
    ana.told(when)


def shown(ana: Ana) -> Card:
    """The stretch of the newest reminder."""
    newest = ana.rows("stretch")[-1].card
    with ana.at(local("9:00")) as work:
        card: Card | None = work.around.library.card(newest)
    assert card
    return card


@pytest.fixture
def middling(ana: Ana) -> Card:
    """A stretch that is not easy and that does not suit everybody, next in the deck at half past eight."""
    with ana.at(local("7:02")) as work:
        deck, habit = Deck(), work.around.library.habits["stretch"]
        who = people_rows.get(work.tx, ana.chat_id)
        at_nine = Work(work.tx, local("9:00"), work.around)
        while True:
            before = deck
            card, deck = cards.next_of(at_nine, who, habit, deck, frozenset())
            assert isinstance(card, Stretch)
            if card.level == "medium" and card.avoid_if:
                break
        place = {"deck_round": before.round, "deck_cursor": before.cursor}
        people_rows.change_cadence(work.tx, ana.chat_id, "stretch", place)
    return card


@pytest.mark.parametrize("why", WHYS)
def test_a_reminder_never_brings_what_does_not_suit(ana: Ana, middling: Card, why: Says) -> None:
    against(ana, local("8:00"), why, middling)
    ana.receives(local("8:30"))
    assert shown(ana) != middling


def test_what_is_next_comes_when_nothing_speaks_against_it(ana: Ana, middling: Card) -> None:
    ana.receives(local("8:30"))
    assert shown(ana) == middling


@pytest.mark.parametrize("why", WHYS)
def test_a_snoozed_stretch_comes_back_as_another(ana: Ana, middling: Card, why: Says) -> None:
    ana.taps(local("8:31"), "snooze", ana.receives(local("8:30")))
    against(ana, local("8:35"), why, middling)
    ana.receives(local("8:42"))
    assert shown(ana) != middling


@pytest.mark.parametrize("why", WHYS)
def test_asked_for_again_another_stretch_comes(ana: Ana, middling: Card, why: Says) -> None:
    ana.receives(local("8:30"))
    against(ana, local("8:35"), why, middling)
    with ana.at(local("8:40")) as work:
        asking.ask(work, ana.chat_id, "stretch")
    told = ana.told(local("8:40"))[-1]
    assert told.template == "reminder.stretch"
    assert str(middling.title) not in told.text  # type: ignore[union-attr]
    assert shown(ana) != middling


@pytest.mark.parametrize("why", WHYS)
def test_an_undo_brings_back_the_question_but_not_the_steps(ana: Ana, middling: Card, why: Says) -> None:
    assert isinstance(middling, Stretch)
    key = ana.receives(local("8:30"))
    ana.taps(local("8:31"), "done", key)
    against(ana, local("8:35"), why, middling)
    told = ana.taps(local("8:36"), "undo", key)[0]
    assert str(middling.title) in told.text
    assert not [step for step in middling.steps.get() if step in told.text]


@pytest.mark.parametrize("why", WHYS)
def test_a_sequence_leaves_it_out(ana: Ana, middling: Card, why: Says) -> None:
    def suited() -> frozenset[str]:
        with ana.at(local("9:00")) as work:
            who = people_rows.get(work.tx, ana.chat_id)
            return tailoring.suited(work, who, [middling.id, "seated-tall-breath", "gone"])

    assert suited() == {middling.id, "seated-tall-breath"}
    against(ana, local("8:35"), why, middling)
    assert suited() == {"seated-tall-breath"}


@pytest.mark.parametrize("words", ["avoid nothing", "avoid knee", "avoid pregnancy", "gentle"])
def test_no_move_of_a_sequence_is_one_that_does_not_suit(ana: Ana, words: str) -> None:
    says(ana, words)
    with ana.at(local("9:00")) as work:
        who = people_rows.get(work.tx, ana.chat_id)
        wishes = tailoring.wishes(work, who)
        for sequence in work.around.library.sequences.values():
            steps = moves.of(work, who, sequence)
            assert steps, sequence.id
            assert all(is_eligible(step.stretch, wishes) for step in steps)
            made_it_worse(work, ana.chat_id, steps[0].stretch)
            assert steps[0].stretch not in [step.stretch for step in moves.of(work, who, sequence)]


def positions(ana: Ana, when: datetime) -> set[str]:
    """Of the next forty stretches, were they chosen at this time."""
    found: set[str] = set()
    deck = Deck()
    with ana.at(when) as work:
        who = people_rows.get(work.tx, ana.chat_id)
        for _ in range(40):
            card, deck = cards.next_of(work, who, work.around.library.habits["stretch"], deck, frozenset())
            assert isinstance(card, Stretch)
            found.add(card.position)
    return found


def test_at_home_a_stretch_may_use_the_floor_in_office_hours_too(ana: Ana) -> None:
    says(ana, "at home")
    assert {"kneeling", "floor"} <= positions(ana, local("10:00"))
    says(ana, "at a desk")
    assert positions(ana, local("10:00")) <= {"standing", "chair"}


def test_who_works_standing_is_never_told_to_stand_up(ana: Ana) -> None:
    says(ana, "standing")
    with ana.at(local("10:00", MON)) as work:
        who = people_rows.get(work.tx, ana.chat_id)
        habit, deck, seen = work.around.library.habits["move"], Deck(), []
        for _ in range(200):
            card, deck = cards.next_of(work, who, habit, deck, frozenset())
            assert isinstance(card, Nudge)
            seen.append(card)
    wishes = Wishes(frozenset(), frozenset(habit.positions), "standing")
    assert {card.id for card in seen} == {
        card.id for card in work.around.library.deck("move") if is_eligible(card, wishes)
    }
    assert not [card.id for card in seen if card.kind == "stand"]

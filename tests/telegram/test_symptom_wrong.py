""" "Something feels wrong": under every stretch and in the help; what made it worse never comes again."""

import json

import pytest
from sqlalchemy import select

from reminderbot.library.choosing import Deck
from reminderbot.services import cards
from reminderbot.services.work import Work
from reminderbot.store.queries import due, history, safety
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import audit
from tests.world import MONDAY, Somebody, World

WRONG, WORSE = "Something feels wrong", "This stretch made it worse"

pytestmark = pytest.mark.usefixtures("avoids_nothing")


def card_shown(who: Somebody) -> str:
    rows = who.world.ask(lambda work: history.of_day(work.tx, who.id, "stretch", who.world.now.date()))
    return str(rows[-1].card)


def test_it_is_under_a_stretch_that_was_asked_for(ana: Somebody) -> None:
    ana.says("/stretch")
    assert ana.buttons() == ["Done", "Skip", "Snooze", WRONG]


def test_it_is_under_a_stretch_reminder_also_below_a_line(here: World, ana: Somebody) -> None:
    here.ask(lambda work: history.set_note(work.tx, ana.id, "stretch", "note.froze"))
    here.until(MONDAY.replace(day=6, hour=8, minute=31))
    ana.sees("A freeze covered it", "Your stretch")
    assert WRONG in ana.buttons()


def test_it_is_not_under_a_nudge(here: World, ana: Somebody) -> None:
    here.ask(lambda work: history.set_note(work.tx, ana.id, "move", "note.froze"))
    here.until(MONDAY.replace(hour=9, minute=1))
    ana.sees("A freeze covered it")
    assert ana.buttons() == ["Done", "Skip", "Snooze"]


def test_the_first_answer_is_that_this_stretch_made_it_worse(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    card = card_shown(ana)
    ana.taps(WRONG)
    ana.sees("stop the exercise")
    assert ana.buttons()[0] == WORSE
    ana.taps(WORSE)
    ana.sees("won't come again", "without your name")
    assert here.ask(lambda work: safety.dropped(work.tx, ana.id)) == {card}
    ana.taps("Check the signs")
    ana.sees("between your legs")


def test_a_card_that_made_it_worse_never_comes_again_for_this_person(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    card = card_shown(ana)
    ana.taps(WRONG)
    ana.taps(WORSE)

    def deal(work: Work) -> set[str]:
        who, habit = people_rows.get(work.tx, ana.id), work.around.library.habits["stretch"]
        deck, seen = Deck(), set()
        for _ in range(100):
            seen.add(cards.choose(work, who, habit, deck).id)
            row = history.cadence(work.tx, ana.id, "stretch")
            assert row is not None
            deck = Deck(row.deck_round, row.deck_cursor)
        return seen

    seen = here.ask(deal)
    assert card not in seen
    assert len(seen) > 5


def test_asked_for_again_the_same_day_another_stretch_comes(ana: Somebody) -> None:
    ana.says("/stretch")
    card = card_shown(ana)
    ana.taps(WRONG)
    ana.taps(WORSE)
    ana.says("/stretch")
    assert card_shown(ana) != card


def test_a_snoozed_stretch_that_made_it_worse_comes_back_as_another(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    card = card_shown(ana)
    ana.taps(WRONG)
    ana.taps("Snooze")
    ana.taps(WORSE)
    here.fast_forward(minutes=11)
    assert card_shown(ana) != card


def test_it_is_counted_for_the_reviewer_once_and_without_a_name(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    card = card_shown(ana)
    ana.taps(WRONG)
    ana.taps(WORSE)
    ana.taps(WRONG)
    ana.taps(WORSE)
    query = select(audit).where(audit.c.kind == "card_made_it_worse")
    (line,) = here.ask(lambda work: work.tx.execute(query).all())
    assert (line.person, json.loads(line.detail)) == (None, {"card": card})


def test_in_the_help_it_asks_about_the_last_stretch(ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says("/help")
    ana.taps(WRONG)
    ana.sees("The last stretch was")


@pytest.mark.parametrize("words", ["something feels wrong", "Something's wrong", "Something is wrong!"])
def test_words_do_the_same(ana: Somebody, words: str) -> None:
    ana.says("/stretch")
    ana.says(words)
    ana.sees("The last stretch was")


def test_without_a_stretch_of_the_last_day_the_check_begins(here: World, ana: Somebody) -> None:
    ana.says("/help")
    ana.taps(WRONG)
    ana.sees("between your legs")
    stranger = here.person("Stranger")
    stranger.says("something feels wrong")
    stranger.sees("between your legs")


def test_something_else_begins_the_check(ana: Somebody) -> None:
    ana.says("/stretch")
    ana.taps(WRONG)
    ana.taps("Something else")
    ana.sees("between your legs")


def test_the_help_shows_the_signs_to_watch_for(ana: Somebody) -> None:
    ana.says("/help")
    ana.taps("Signs to watch for")
    ana.sees("")


def test_nothing_of_it_needs_the_plan(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    here.ask(lambda work: due.set_next(work.tx, ana.id, "stretch", None))
    ana.taps(WRONG)
    ana.taps(WORSE)
    ana.sees("won't come again")

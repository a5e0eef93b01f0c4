"""The way back: three habit days of walking, every second nudge, no stretch; then as before."""

from datetime import timedelta
from itertools import pairwise

import pytest

from reminderbot.library.models import Nudge
from reminderbot.services import returns
from reminderbot.store.queries import history
from reminderbot.store.tables import Outcome
from tests.telegram.holding import report
from tests.world import MONDAY, Somebody, World

DAY = timedelta(days=1)


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in UTC, on a Monday morning, after a hold of a minute and a check."""
    somebody = here.person("Ana", "UTC")
    report(somebody)
    somebody.says("a clinician has checked me")
    somebody.forgets_what_was_said()
    return somebody


def shown(who: Somebody, habit: str, after: int) -> list[str | None]:
    """The card of each reminder of a habit day, none for one that was not sent."""
    day = MONDAY.date() + after * DAY
    rows = who.world.ask(lambda work: history.of_day(work.tx, who.id, habit, day))
    return [row.card if row.message_id else None for row in rows]


@pytest.mark.parametrize("day", [0, 1, 2])
def test_every_second_nudge_comes_and_it_is_a_walk(here: World, ana: Somebody, day: int) -> None:
    here.until(MONDAY + (day + 1) * DAY)
    cards = shown(ana, "move", day)
    found = [here.around.library.card(card) for card in cards if card]
    assert found
    assert all(isinstance(card, Nudge) and card.kind == "walk" for card in found)
    assert not any(one and following for one, following in pairwise(cards))
    assert len(found) in (len(cards) // 2, (len(cards) + 1) // 2)


@pytest.mark.parametrize("day", [1, 2])
def test_no_stretch_comes(here: World, ana: Somebody, day: int) -> None:
    here.until(MONDAY + (day + 1) * DAY)
    assert shown(ana, "stretch", day) == [None]


def test_on_the_fourth_day_all_is_as_before(here: World, ana: Somebody) -> None:
    here.until(MONDAY + 4 * DAY)
    assert None not in shown(ana, "move", 3)
    assert None not in shown(ana, "stretch", 3)


def test_a_single_reminder_is_a_walk_and_no_stretch_until_all_is_as_before(
    here: World, ana: Somebody
) -> None:
    ana.says("remind me in 20 minutes to stretch")
    ana.sees("No exercise right now", "short walks only")
    ana.says("remind me in 6 days to stretch")
    ana.sees("Noted: Stretch")
    ana.says("remind me at 9:20")
    ana.sees("Noted: Move")
    here.until(MONDAY + timedelta(minutes=30))
    row = here.ask(lambda work: history.newest_shown(work.tx, ana.id, ["move"], MONDAY))
    assert row
    assert row.asked_at
    card = here.around.library.card(str(row.card))
    assert isinstance(card, Nudge)
    assert card.kind == "walk"


def test_no_stretch_is_shown_when_asked_for(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    ana.sees("No exercise right now", "short walks only")
    here.until(MONDAY + 3 * DAY)
    ana.forgets_what_was_said()
    ana.says("/stretch")
    ana.sees("Your stretch")


def test_the_plan_of_the_day_counts_only_what_comes(here: World, ana: Somebody) -> None:
    here.until(MONDAY + DAY)
    ana.forgets_what_was_said()
    ana.says("/today")
    ana.sees("0 of 3 done")


def test_a_nudge_that_is_left_out_is_void(here: World, ana: Somebody) -> None:
    here.until(MONDAY + 2 * DAY)
    day = MONDAY.date() + DAY
    rows = here.ask(lambda work: history.of_day(work.tx, ana.id, "move", day))
    assert {row.outcome for row in rows if row.message_id is None} == {Outcome.VOID}


def test_the_way_back_survives_a_restart(here: World, ana: Somebody) -> None:
    here.fast_forward(hours=2)
    here.restart()
    here.until(MONDAY + DAY)
    cards = shown(ana, "move", 0)
    assert not any(one and following for one, following in pairwise(cards))


def test_a_walk_that_was_snoozed_comes_back(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    walk = shown(ana, "move", 0)
    ana.taps("Snooze")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=11)
    assert ana.unread()
    assert shown(ana, "move", 0)[-1] == walk[0]


def test_a_new_report_stops_the_way_back(here: World, ana: Somebody) -> None:
    report(ana)
    here.until(MONDAY + 5 * DAY)
    ana.sees_nothing()


def test_after_a_gp_report_the_stretches_of_the_day_before_are_left_out_until_asked_about(
    here: World,
) -> None:
    ben = here.person("Ben", "UTC")
    ben.says("/stretch")
    report(ben, "gp")
    assert here.ask(lambda work: returns.ask_about_stretches(work, ben.id))
    here.settle()
    ben.sees("Some time ago", "left out")
    ben.taps("Not yet, leave them out")
    ben.sees("They stay out", "/symptom")
    ben.taps("Bring them back")
    ben.sees("may come again")
    assert not here.ask(lambda work: returns.ask_about_stretches(work, ben.id))


def test_a_gp_report_pauses_nothing(here: World) -> None:
    ben = here.person("Ben", "UTC")
    report(ben, "gp")
    here.fast_forward(minutes=10)
    assert ben.unread()


def test_what_comes_next_names_only_what_will_come(here: World, ana: Somebody) -> None:
    ana.says("/today")
    ana.sees("Mon 9:00 Move\nMon 11:00 Move\nMon 14:00 Move")
    here.until(MONDAY.replace(hour=9, minute=1))
    ana.forgets_what_was_said()
    ana.says("/today")
    ana.sees("Mon 11:00 Move\nMon 14:00 Move\nMon 16:00 Move")


def test_what_comes_next_of_a_stretch_is_after_the_way_back(ana: Somebody) -> None:
    ana.says("/remind stretch 7:30")
    ana.sees("Thu 7:30, Fri 7:30, Sat 7:30")


@pytest.mark.parametrize("words", ["it is still numb", "still the same", "no better", "its worse"])
def test_no_better_after_a_check_leads_to_the_number_and_to_questions(here: World, words: str) -> None:
    bo = here.person("Bo", "Europe/London")
    bo.says("my groin is numb and I can't pee")
    bo.says("a clinician has checked me")
    here.fast_forward(hours=30)
    bo.forgets_what_was_said()
    bo.says(words)
    assert not [text for text in bo.unread() if "didn't get that" in text]
    bo.sees("bad now", "999")
    assert bo.buttons()[-1] in ("None of these", "Just a figure of speech")

"""Nothing that keeps somebody safe is weakened by moving to another server, or comes along in silence."""

from typing import Any

import pytest

from reminderbot.ops import ticker
from reminderbot.services import holds
from tests.telegram.holding import report
from tests.telegram.looking import clocks, hold
from tests.telegram.moving import brings, days, export_of, file, tables
from tests.world import MONDAY, Somebody, World

TAKE = "Take it over"


def safety(**values: Any) -> dict[str, Any]:
    """The row about somebody's safety."""
    return {"hold": "normal", "level": None, "mental": False, "returns_on": None} | values


def avoids(ana: Somebody) -> object:
    """What Ana avoids, as /export shows it."""
    return export_of(ana)["subscriber"][0]["avoid"]


@pytest.mark.parametrize(
    "there", [{"hold": "held", "level": "emergency"}, {"hold": "held", "level": "urgent"}, {"hold": "asking"},
              {"hold": "held", "level": "nonsense"}],
)  # fmt: skip
def test_a_hold_there_goes_on_here_and_is_told(here: World, ana: Somebody, there: dict[str, Any]) -> None:
    brings(ana, file(safety=[safety(**there)], day=days(2, done=1)))
    ana.sees("Exercises are paused there. They will be paused here, too")
    ana.taps(TAKE)
    ana.sees("Taken over", "Exercises are paused")
    here.fast_forward(hours=8)
    assert clocks(ana) == []
    assert hold(here, ana) == "held"


def test_it_ends_here_as_any_hold_does(here: World, ana: Somebody) -> None:
    brings(ana, file(safety=[safety(hold="held", level="urgent")]))
    ana.taps(TAKE)
    here.skip(days=200)
    here.run(ticker.sweep(here.bot.desk))
    here.fast_forward(hours=9)
    assert clocks(ana) == []
    ana.says("/resume")
    ana.taps("A clinician has checked me")
    assert hold(here, ana) == "returning"
    here.fast_forward(days=4)
    assert clocks(ana)


def test_nobody_is_told_and_nothing_is_asked_about_it(here: World, ana: Somebody, osei: Somebody) -> None:
    osei.forgets_what_was_said()
    brings(ana, file(safety=[safety(hold="held", level="emergency")]))
    ana.taps(TAKE)
    ana.forgets_what_was_said()
    here.fast_forward(days=10)
    ana.sees_nothing()
    osei.sees_nothing()
    assert not tables(ana)["safety_case"]


def test_after_dark_thoughts_reminders_stay_off_until_they_are_wanted(here: World, ana: Somebody) -> None:
    brings(ana, file(safety=[safety(hold="held", level="urgent", mental=True)]))
    ana.sees("Reminders are off there. They will be off here, too")
    ana.taps(TAKE)
    ana.says("/resume")
    ana.taps("Reminders on again")
    assert hold(here, ana) == "normal"


@pytest.mark.parametrize(
    "there", [{}, {"hold": "returning", "returns_on": "2026-01-04"}, {"hold": "nonsense"}]
)
def test_a_hold_here_is_not_lifted_by_a_file_without_one(ana: Somebody, there: dict[str, Any]) -> None:
    report(ana, "emergency")
    before = tables(ana)["safety"]
    brings(ana, file(safety=[safety(**there)], day=days(2, done=1)))
    ana.taps(TAKE)
    ana.sees("Taken over", "Exercises are paused")
    assert tables(ana)["safety"] == before


def test_a_graver_hold_here_is_not_made_milder(ana: Somebody) -> None:
    report(ana, "emergency")
    before = tables(ana)["safety"]
    brings(ana, file(safety=[safety(hold="held", level="urgent", mental=True)]))
    ana.taps(TAKE)
    assert tables(ana)["safety"] == before


def test_the_way_back_goes_on_where_it_was(ana: Somebody) -> None:
    brings(ana, file(safety=[safety(hold="returning", returns_on="2026-01-04")]))
    ana.sees("easing back in")
    ana.taps(TAKE)
    ana.sees("Taken over", "Easing back in until Tue 6 January")


def test_a_way_back_that_began_here_is_not_shortened(here: World, ana: Somebody) -> None:
    number = report(ana, "urgent")
    here.ask(lambda work: holds.checked(work, ana.id, number))
    before = tables(ana)["safety"]
    brings(ana, file(safety=[safety(hold="returning", returns_on="2026-01-03")]))
    ana.taps(TAKE)
    assert tables(ana)["safety"] == before


@pytest.mark.parametrize("returns_on", ["2026-01-02", "2026-01-06", "9999-12-31", "soon", None])
def test_a_way_back_that_is_over_or_impossible_is_none(ana: Somebody, returns_on: str | None) -> None:
    brings(ana, file(safety=[safety(hold="returning", returns_on=returns_on)], day=days(2, done=1)))
    ana.taps(TAKE)
    assert not tables(ana)["safety"]


def test_what_is_to_be_avoided_is_added_to_what_is_avoided_here(ana: Somebody) -> None:
    ana.says("/settings avoid knee")
    brings(ana, file(subscriber=[{"avoid": ["pregnancy", "purple"]}]))
    ana.sees("To avoid: pregnancy", "can't believe it: 1 entry")
    ana.taps(TAKE)
    assert avoids(ana) == ["knee-injury", "pregnancy"]


def test_to_avoid_nothing_there_takes_nothing_away_here(ana: Somebody) -> None:
    ana.says("/settings avoid knee")
    brings(ana, file(subscriber=[{"avoid": []}], day=days(2, done=1)))
    ana.taps(TAKE)
    assert avoids(ana) == ["knee-injury"]


def test_an_exercise_that_made_it_worse_there_does_not_come_here(here: World, ana: Somebody) -> None:
    known = here.around.library.deck("stretch")[0].id
    cards = [
        {"card": known, "why": "worse"},
        {"card": "moonwalk", "why": "worse"},
        {"card": known, "why": "bored"},
    ]
    brings(ana, file(dropped_card=cards))
    ana.sees("1 exercise that will not come again", "can't believe it: 2 entries")
    ana.taps(TAKE)
    assert [row["card"] for row in tables(ana)["dropped_card"]] == [known]


def test_reports_consent_and_country_stay_behind_and_that_is_said(ana: Somebody) -> None:
    told = {"id": 1, "state": "open", "level": "emergency", "words": "numb"}
    known = safety(sharing="always", country="DE", pseudonym="0123")
    brings(ana, file(report=[told], safety=[known], day=days(2, done=1)))
    ana.sees("Not taken over: a pause, what you told about symptoms, who may see it, and your country")
    ana.taps(TAKE)
    assert not tables(ana)["report"]
    assert not tables(ana)["safety"]


def test_what_is_written_below_the_file_is_heard(here: World, ana: Somebody) -> None:
    brings(ana, file(day=days(2, done=1)), caption="my groin is numb and I can't pee")
    ana.sees("Call now")
    assert hold(here, ana) == "held"


def test_a_pause_there_is_none_here(here: World, ana: Somebody) -> None:
    brings(ana, file(subscriber=[{"resumes_on": "9999-12-31"}], day=days(2, done=1)))
    ana.taps(TAKE)
    here.until(MONDAY.replace(hour=9, minute=1))
    assert clocks(ana) == ["Mon 9:00"]

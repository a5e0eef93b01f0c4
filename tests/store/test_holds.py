"""Where a hold stands: begun, kept by what holds, ended by whoever may end it."""

from datetime import date, timedelta
from typing import Any

import pytest

from reminderbot.services import holds, people
from reminderbot.services.work import Work
from reminderbot.store.queries import safety
from reminderbot.store.tables import Hold, Origin, ReportState, reminders, reports
from tests.conftest import At
from tests.world import MONDAY

ANA = 1001
DAY = timedelta(days=1)


def report(work: Work, number: int, level: str = "emergency", **values: Any) -> int:
    """A report that is open, unless told otherwise."""
    row = {"chat_id": ANA, "id": number, "reported_at": work.at, "state": ReportState.OPEN, "level": level}
    row |= {"rules": "[]", "codes": "[]", "lexicon": "1"}
    work.tx.execute(reports.insert().values(row | values))
    return number


def close(work: Work, number: int, why: str) -> None:
    safety.close_reports(work.tx, ANA, [number], why)


def held(
    work: Work, number: int = 1, level: str = "emergency", *, mental: bool = False, **values: Any
) -> None:
    """A report, and its hold."""
    report(work, number, level, mental=mental, **values)
    holds.hold(work, ANA, level, mental, number)


def state(work: Work) -> str:
    row = holds.row(work, ANA)
    return row.hold if row else Hold.NORMAL


@pytest.mark.parametrize("level", ["emergency", "urgent"])
def test_a_report_holds(at: At, level: str) -> None:
    with at() as work:
        held(work, level=level)
        row = holds.row(work, ANA)
        assert holds.is_held(row)
        assert row is not None
        assert (row.hold, row.level, row.report_id) == (Hold.HELD, level, 1)


@pytest.mark.parametrize("level", ["gp", "none"])
def test_what_can_wait_for_days_holds_nothing(at: At, level: str) -> None:
    with at() as work:
        held(work, level=level)
        assert state(work) == Hold.NORMAL


def test_a_question_holds_until_it_is_answered(at: At) -> None:
    with at() as work:
        report(work, 1, "none", state=ReportState.ASKED)
        holds.ask_hold(work, ANA, 1)
        assert state(work) == Hold.ASKING
        assert holds.is_held(holds.row(work, ANA))
        holds.release(work, ANA, 1)
        assert state(work) == Hold.NORMAL


def test_a_question_does_not_loosen_a_hold(at: At) -> None:
    with at() as work:
        held(work)
        report(work, 2, "none", state=ReportState.ASKED)
        holds.ask_hold(work, ANA, 2)
        assert state(work) == Hold.HELD
        holds.release(work, ANA, 2)
        assert state(work) == Hold.HELD


@pytest.mark.parametrize("first", [True, False])
def test_a_misreading_returns_at_once_whether_its_report_is_closed_before_or_after(
    at: At, first: bool
) -> None:
    with at() as work:
        held(work)
        if first:
            close(work, 1, "misread")
        holds.release(work, ANA, 1)
        assert state(work) == Hold.NORMAL


def test_a_misreading_leaves_what_another_report_holds(at: At) -> None:
    with at() as work:
        held(work, 1, "urgent", condition="infection")
        held(work, 2, "emergency", condition="chest")
        holds.release(work, ANA, 2)
        row = holds.row(work, ANA)
        assert row is not None
        assert (row.hold, row.level, row.report_id) == (Hold.HELD, "urgent", 1)


def test_a_misreading_leaves_what_it_had_taken_over_from_another_condition(at: At) -> None:
    with at() as work:
        held(work, 1, condition="saddle")
        close(work, 1, holds.SUPERSEDED)
        held(work, 2, condition="chest")
        holds.release(work, ANA, 2)
        assert state(work) == Hold.HELD


def test_a_misreading_told_twice_is_one_misreading(at: At) -> None:
    with at() as work:
        held(work, 1, condition="saddle")
        close(work, 1, holds.SUPERSEDED)
        held(work, 2, condition="saddle")
        holds.release(work, ANA, 2)
        assert state(work) == Hold.NORMAL


def test_a_report_that_was_asked_about_often_enough_still_holds(at: At) -> None:
    with at() as work:
        held(work, 1)
        close(work, 1, holds.FOLLOWED)
        held(work, 2, "urgent")
        holds.release(work, ANA, 2)
        assert state(work) == Hold.HELD


def test_the_stronger_level_is_kept(at: At) -> None:
    with at() as work:
        held(work, 1, "emergency")
        held(work, 2, "urgent")
        row = holds.row(work, ANA)
        assert row is not None
        assert (row.level, row.report_id) == ("emergency", 1)


def test_after_a_check_come_three_days_and_then_all_is_as_before(at: At) -> None:
    with at() as work:
        held(work)
        assert holds.checked(work, ANA)
        row = holds.row(work, ANA)
        assert row is not None
        assert row.hold == Hold.RETURNING
        assert not holds.is_held(row)
        gently = [day for day in range(6) if holds.is_returning(row, MONDAY.date() + day * DAY)]
        assert gently == [0, 1, 2]


def test_a_check_is_only_for_what_waits_for_one(at: At) -> None:
    with at() as work:
        assert not holds.checked(work, ANA)
        report(work, 1, state=ReportState.ASKED)
        holds.ask_hold(work, ANA, 1)
        assert not holds.checked(work, ANA)
        assert state(work) == Hold.ASKING


def test_no_check_brings_back_what_was_stopped_for_the_mind(at: At) -> None:
    with at() as work:
        held(work, mental=True)
        assert not holds.checked(work, ANA)
        assert holds.switch_on(work, ANA)
        assert state(work) == Hold.NORMAL


def test_to_switch_on_is_no_check(at: At) -> None:
    with at() as work:
        held(work, 1)
        held(work, 2, "urgent", mental=True)
        assert holds.switch_on(work, ANA)
        row = holds.row(work, ANA)
        assert row is not None
        assert (row.hold, row.mental) == (Hold.HELD, False)
        assert not holds.switch_on(work, ANA)


def test_after_the_check_of_one_report_the_other_one_waits_for_the_person(at: At) -> None:
    with at() as work:
        held(work, 1, mental=True)
        held(work, 2)
        holds.checked(work, ANA)
        row = holds.row(work, ANA)
        assert row is not None
        assert (row.hold, row.mental) == (Hold.HELD, True)


def test_a_question_on_the_way_back_does_not_end_it(at: At) -> None:
    with at() as work:
        held(work)
        holds.checked(work, ANA)
    with at(MONDAY + DAY) as work:
        report(work, 2, "none", state=ReportState.ASKED)
        holds.ask_hold(work, ANA, 2)
        holds.release(work, ANA, 2)
        assert state(work) == Hold.RETURNING


def rest_days(work: Work) -> list[int]:
    return [day for day in range(-2, 6) if holds.was_held(holds.row(work, ANA), MONDAY.date() + day * DAY)]


def test_days_on_hold_are_rest_days_up_to_the_day_of_the_check(at: At) -> None:
    with at() as work:
        held(work)
        assert rest_days(work) == [0, 1, 2, 3, 4, 5]
    with at(MONDAY + 2 * DAY) as work:
        holds.checked(work, ANA)
        assert rest_days(work) == [0, 1, 2]


def test_the_day_of_a_misreading_counts_like_any_other(at: At) -> None:
    with at() as work:
        held(work)
        holds.release(work, ANA, 1)
        assert rest_days(work) == []


def test_a_second_hold_on_the_day_of_the_check_goes_on_with_the_first(at: At) -> None:
    with at() as work:
        held(work)
    with at(MONDAY + DAY) as work:
        holds.checked(work, ANA)
        held(work, 2)
        assert rest_days(work) == [0, 1, 2, 3, 4, 5]


def test_the_habit_day_decides_not_the_date(at: At) -> None:
    late = MONDAY.replace(hour=1) + DAY
    with at(late) as work:
        people.start(work, ANA, "Ana")
        held(work)
        row = holds.row(work, ANA)
        assert row is not None
        assert row.held_from == date(2026, 1, 5)


def stretch_sent(
    work: Work, card: str, hours_ago: float, habit: str = "stretch", state: str = "sent"
) -> None:
    due_at = (work.at - timedelta(hours=hours_ago)).replace(microsecond=0)
    row = {"chat_id": ANA, "habit": habit, "due_at": due_at, "habit_day": due_at.date(), "closes_at": work.at}
    row |= {
        "expires_at": work.at,
        "not_before": due_at,
        "origin": Origin.CADENCE,
        "card": card,
        "state": state,
    }
    work.tx.execute(reminders.insert().values(row))


def test_a_gp_report_drops_the_stretches_of_the_last_day_and_nothing_else(at: At) -> None:
    with at() as work:
        stretch_sent(work, "frog", 1)
        stretch_sent(work, "half-pigeon", 23, state="unknown")
        stretch_sent(work, "hip-hinge", 25)
        stretch_sent(work, "bird-dog", 2, state="dropped")
        stretch_sent(work, "walk-door", 1, habit="move")
        held(work, level="gp")
        assert safety.dropped(work.tx, ANA) == {"frog", "half-pigeon"}


def test_a_card_that_made_it_worse_stays_out_when_the_others_come_back(at: At) -> None:
    with at() as work:
        stretch_sent(work, "frog", 1)
        stretch_sent(work, "half-pigeon", 2)
        held(work, level="gp")
        safety.drop_card(work.tx, ANA, "frog", "worse", work.at)
        safety.bring_back(work.tx, ANA, "gp")
        assert safety.dropped(work.tx, ANA) == {"frog"}


def test_somebody_who_is_no_subscriber_can_be_held(at: At) -> None:
    with at() as work:
        held(work)
        assert state(work) == Hold.HELD


def test_the_pseudonym_is_random_and_stays(at: At) -> None:
    with at() as work:
        first = holds.ensure(work, ANA).pseudonym
        assert holds.ensure(work, ANA).pseudonym == first
        assert holds.ensure(work, ANA + 1).pseudonym != first

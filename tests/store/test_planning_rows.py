"""Planning in rows: questions that expire, single reminders on a clock that moves, changes that name themselves."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reminderbot.services import drafts, due, once, people, planning, singles, upkeep, zones
from reminderbot.services.replies import Tap
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.queries import changes, history, questions
from reminderbot.store.queries import people as person_rows
from reminderbot.store.tables import Origin
from reminderbot.store.vault import Vault, new_key
from tests.conftest import At
from tests.world import MONDAY

ANA = 1001
WAYS = {"7:00": "on 2026-01-06 at 07:00", "19:00": "on 2026-01-06 at 19:00"}


@pytest.fixture
def subscribed(at: At) -> At:
    """Ana, in UTC."""
    with at() as work:
        people.start(work, ANA, "Ana")
    return at


def waiting(work: Work) -> Sequence[Any]:
    return singles.waiting(work, ANA)


def drafted(work: Work) -> int:
    drafts.ask(work, ANA, None, "once.which_clock", {"zone": "UTC", "first_day": "2026-01-06"}, WAYS)
    return int(questions.open_one(work.tx, ANA, work.at - drafts.KEPT).id)


def test_a_question_is_kept_encrypted(subscribed: At) -> None:
    with subscribed() as work:
        drafted(work)
        assert b"07:00" not in questions.open_one(work.tx, ANA, work.at - drafts.KEPT).found


@pytest.mark.parametrize(("minutes", "swept"), [(14, 0), (16, 1)])
def test_a_question_is_swept_after_a_quarter_of_an_hour(subscribed: At, minutes: int, swept: int) -> None:
    with subscribed() as work:
        drafted(work)
    with subscribed(MONDAY + timedelta(minutes=minutes)) as work:
        assert drafts.said(work, ANA, "the first") == (None if swept else WAYS["7:00"])
        assert drafts.sweep(work, 500) == swept


def test_a_question_whose_key_is_lost_is_over(subscribed: At, around: Surroundings) -> None:
    with subscribed() as work:
        draft = drafted(work)
        other = Work(work.tx, work.at, Surroundings(around.library, around.places, Vault(new_key())))
        assert drafts.pressed(other, ANA, draft, 0) is None
        assert drafts.said(other, ANA, "the first") is None


def test_each_request_has_a_name_of_its_own_even_at_the_same_moment(subscribed: At) -> None:
    with subscribed() as work:
        for words in ("in 2 hours", "tomorrow at 9", "move every 45m", "at 15:00 today"):
            planning.remind(work, ANA, words, work.at)
        made = [row.asked_at for row in waiting(work)]
        assert len({*made, changes.newest_change(work.tx, ANA)}) == 4


def test_a_name_is_read_back_from_a_button_to_the_microsecond() -> None:
    at = datetime(2026, 1, 5, 8, 55, 0, 123457, UTC)
    assert singles.moment(singles.stamp(at)) == at
    assert singles.moment("zzzzzzzzzzzzz") is None
    assert singles.moment("") is None


def test_a_time_of_the_clock_follows_the_zone_and_its_day(subscribed: At) -> None:
    with subscribed() as work:
        planning.remind(work, ANA, "tomorrow at 2:30am", work.at)
        (before,) = waiting(work)
        zones.pick(work, ANA, "Asia/Tokyo", Tap("1", 1))
        (after,) = waiting(work)
    assert (before.due_at, after.due_at) == (
        datetime(2026, 1, 6, 2, 30, 1, tzinfo=UTC),
        datetime(2026, 1, 5, 17, 30, 1, tzinfo=UTC),
    )
    assert after.asked_at == before.asked_at
    assert after.habit_day == before.habit_day
    assert after.expires_at <= after.closes_at == datetime(2026, 1, 5, 18, tzinfo=UTC)


def test_after_new_zone_data_it_is_worked_out_anew(subscribed: At) -> None:
    with subscribed() as work:
        planning.remind(work, ANA, "tomorrow at 15:00", work.at)
        person_rows.change(
            work.tx, ANA, {"zone": "Asia/Tokyo"}
        )  # as if noon in UTC were now what Tokyo shows
        assert upkeep.replan_page(work, (ANA, "zzz")) is None
        assert [row.due_at.hour for row in waiting(work)] == [6]


@pytest.mark.parametrize(
    ("words", "minutes", "made"),
    [
        ("today at 9:00", 5, [Origin.ASKED]),
        ("today at 9:10", 16, [Origin.ASKED]),
        ("today at 9:01", 5, [Origin.CADENCE, Origin.ASKED]),
    ],
)
def test_where_the_plan_falls_due_together_with_a_single_one_that_is_enough(
    subscribed: At, words: str, minutes: int, made: list[Origin]
) -> None:
    with subscribed() as work:
        planning.remind(work, ANA, words, work.at)
    with subscribed(MONDAY + timedelta(minutes=minutes)) as work:
        due.make_due(work)
        assert [row.origin for row in history.of_day(work.tx, ANA, "move", MONDAY.date())] == made


def test_what_comes_from_elsewhere_keeps_to_the_same_bounds(subscribed: At) -> None:
    with subscribed() as work:
        who = person_rows.get(work.tx, ANA)
        for hours in (-1, 1, 1, 24 * 61):
            once.take_over(work, who, "move", work.at + timedelta(hours=hours), None)
        assert [row.due_at.hour for row in waiting(work)] == [9]
        for day in range(2, 20):
            once.take_over(work, who, "move", work.at + timedelta(days=day), None)
        assert len(waiting(work)) == singles.MOST

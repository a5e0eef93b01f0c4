"""Habit days: closed when they are over, told kindly, and kept when their reminders go."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import insert, select

from reminderbot.rules.streaks import Verdict
from reminderbot.services import days, progress
from reminderbot.store.tables import Outcome
from reminderbot.store.tables import days as day_table
from reminderbot.store.tables import reminders as reminder_table
from tests.store.answering import BERLIN, MON, TUE, Ana, local

WED = TUE + timedelta(days=1)


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at five to nine."""
    return Ana(at, local("8:55"))


def kept_before(ana: Ana, count: int) -> None:
    """Give her so many kept days before Monday."""
    rows = [
        {
            "chat_id": ana.chat_id,
            "habit": "move",
            "habit_day": MON - timedelta(days=back),
            "done": 4,
            "missed": 3,
        }
        for back in range(1, count + 1)
    ]
    with ana.at(local("8:56")) as work:
        work.tx.execute(insert(day_table), rows)


def stands(ana: Ana, when: Any) -> progress.Standing:
    """Where she stands in her moves."""
    with ana.at(when) as work:
        return progress.of(work, ana.chat_id, "move")


def note(ana: Ana) -> str | None:
    """What the next reminder will tell."""
    found: str | None = ana.cadence().note
    return found


def test_an_unanswered_nudge_is_missed_when_its_day_is_over_and_not_before(ana: Ana) -> None:
    """The day ends at three in the night."""
    key = ana.receives(local("9:00"))
    assert ana.closes(local("2:59:59", TUE)) == 0
    assert ana.row(key).outcome is None
    assert ana.closes(local("3:00", TUE)) == 1
    assert ana.row(key).outcome == Outcome.MISSED
    assert (ana.day().missed, ana.day().prompted) == (1, 1)


def test_a_day_is_closed_as_a_whole_so_that_it_is_counted_once(ana: Ana, at: Any) -> None:
    for hour in (9, 10, 11):
        ana.receives(local(f"{hour}:00"))
    with at(local("3:00", TUE)) as work:
        assert [days.close_due(work, 1) for _ in range(2)] == [3, 0]
    assert ana.day().missed == 3


def test_a_skip_does_not_reset_the_streak(ana: Ana) -> None:
    """A day on which all is skipped is a rest day."""
    kept_before(ana, 3)
    for hour in (9, 10, 11, 13, 14, 15, 16):
        ana.taps(local(f"{hour}:01"), "skip", ana.receives(local(f"{hour}:00")))
    ana.closes(local("3:00", TUE))
    found = stands(ana, local("8:00", TUE))
    assert found.progress.streak == 3
    assert found.progress.verdicts[MON] is Verdict.REST


def test_today_counts_as_soon_as_the_rest_of_the_plan_can_not_undo_it(ana: Ana) -> None:
    """Seven in the plan: the fourth one keeps the day."""
    kept_before(ana, 3)
    told = []
    for hour in (9, 10, 11, 13):
        told = ana.taps(local(f"{hour}:01"), "done", ana.receives(local(f"{hour}:00")))
        assert stands(ana, local(f"{hour}:02")).progress.streak == (4 if hour == 13 else 3)
    assert "Streak 4 days. Today 4 of 7, and it counts." in told[0].text


def test_what_is_said_to_be_needed_is_enough_and_no_less(ana: Ana) -> None:
    """After a morning that was missed, too."""
    ana.receives(local("9:00"))
    ana.receives(local("10:00"))
    ana.taps(local("11:01"), "done", ana.receives(local("11:00")))
    needed = stands(ana, local("11:02")).more
    for number in range(needed):
        assert stands(ana, local("12:00")).more == needed - number
        ana.says(local(f"12:0{number}"), "/done")
    assert stands(ana, local("12:10")).more == 0


def test_a_missed_day_ends_the_streak_without_a_freeze(ana: Ana) -> None:
    """And nothing is told of it."""
    kept_before(ana, 3)
    ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    assert stands(ana, local("8:00", TUE)).progress.streak == 0
    assert note(ana) is None


def test_a_freeze_covers_a_missed_day_and_the_next_nudge_tells_it_once(ana: Ana) -> None:
    """Inside the nudge, not in a message of its own."""
    kept_before(ana, 7)
    ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    found = stands(ana, local("8:00", TUE))
    assert (found.progress.streak, found.progress.freezes, found.progress.froze) == (7, 0, MON)
    assert note(ana) == "note.froze"
    assert ana.told(local("8:00", TUE)) == []
    key = ana.receives(local("9:00", TUE))
    assert note(ana) is None
    told = ana.taps(local("9:01", TUE), "done", key)
    assert "Streak 7 days." in told[0].text


def test_a_freeze_that_is_not_needed_any_more_is_not_told(ana: Ana) -> None:
    """The missed day was filled in before the next reminder."""
    kept_before(ana, 7)
    key = ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    assert note(ana) == "note.froze"
    ana.taps(local("8:00", TUE), "done", key)
    assert note(ana) is None
    found = stands(ana, local("8:01", TUE)).progress
    assert (found.streak, found.freezes) == (8, 1)


def test_an_absence_ends_with_one_kind_line(ana: Ana) -> None:
    """On the third missed day in a row, once, looking forward."""
    kept_before(ana, 1)
    found = []
    for back in range(5):
        day = MON + timedelta(days=back)
        ana.receives(local("9:00", day))
        ana.closes(local("3:00", day + timedelta(days=1)))
        found.append(note(ana))
    assert found == [None, None, "note.absence", None, None]


def test_an_answer_to_a_day_long_over_changes_the_streak_of_that_day(ana: Ana) -> None:
    """Streaks are worked out anew, whatever the order of answers."""
    kept_before(ana, 2)
    key = ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    assert stands(ana, local("8:00", TUE)).progress.streak == 0
    ana.taps(local("8:01", TUE), "done", key)
    assert stands(ana, local("8:02", TUE)).progress.streak == 3


@pytest.mark.parametrize("order", [*permutations([(9, "done"), (10, "skip"), (11, "done")])])
def test_the_order_of_answers_does_not_matter(ana: Ana, order: Sequence[tuple[int, str]]) -> None:
    """Given late, in any order, one of them taken back and given again."""
    keys = {hour: ana.receives(local(f"{hour}:00")) for hour in (9, 10, 11, 13)}
    ana.closes(local("3:00", TUE))
    for hour, verb in order:
        for press in (verb, "undo", verb):
            ana.taps(local("8:00", TUE), press, keys[hour])
    day = ana.day()
    assert (day.done, day.skipped, day.missed, day.void, day.prompted) == (2, 1, 1, 0, 4)
    assert stands(ana, local("8:01", TUE)).progress.streak == 1


def test_reminders_go_after_14_days_and_their_day_stays(ana: Ana, at: Any) -> None:
    """A day whose reminders are gone is never counted anew."""
    ana.taps(local("9:01"), "done", ana.receives(local("9:00")))
    with at(local("9:00", MON + timedelta(days=14))) as work:
        assert days.sweep(work, 500) == 0
    with at(local("9:00", MON + timedelta(days=15))) as work:
        assert days.sweep(work, 500) == 1
        assert work.tx.execute(select(reminder_table)).all() == []
        days.recount(work, ana.chat_id, "move", MON)
    assert ana.day().done == 1


def test_a_pause_makes_a_day_of_rest(ana: Ana, at: Any) -> None:
    """Nothing is sent, nothing is missed, and the plan of today is what was sent."""
    from reminderbot.services import pauses

    kept_before(ana, 2)
    ana.taps(local("9:01"), "done", ana.receives(local("9:00")))
    with at(local("9:30")) as work:
        pauses.pause(work, ana.chat_id, "2d")
    found = stands(ana, local("9:31"))
    assert (found.today.plan, found.today.remaining, found.progress.streak) == (1, 0, 3)
    ana.receives_nothing(local("10:00"))
    assert ana.closes(local("3:00", WED)) == 0
    assert stands(ana, local("8:00", WED)).progress.streak == 3


def test_a_day_in_another_zone_ends_where_it_was_fixed(ana: Ana, at: Any) -> None:
    """A later change of zone leaves a reminder's day and its end alone."""
    from reminderbot.store.queries import people

    key = ana.receives(local("16:00"))
    with at(local("17:00")) as work:
        people.change(work.tx, ana.chat_id, {"zone": "Asia/Kolkata"})
    row = ana.row(key)
    assert (row.habit_day, row.closes_at.astimezone(BERLIN).hour) == (MON, 3)
    ana.taps(local("23:00"), "done", key)
    assert (ana.day(MON).done, ana.day(TUE)) == (1, None)

"""What a tick costs depends on what is due, not on how much is stored: no statement of it reads a whole table."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Connection

from reminderbot.services import (
    checkins,
    days,
    delivery,
    drafts,
    due,
    followups,
    ladder,
    oncall,
    people,
    settling,
    todaycard,
    vitals,
)
from reminderbot.services.settling import Arrived
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import days as day_rows
from reminderbot.store.queries import due as due_rows
from reminderbot.store.queries import inbox, singles
from reminderbot.store.tables import Lane
from tests.store.plans import Statement, bounds, watched, whole_tables
from tests.world import MONDAY

SMALL = {"safety_case", "tally", "meta", "alembic_version"}
"""Tables that have few rows however many subscribers there are."""

NINE = MONDAY.replace(hour=9, minute=0)


def _tick(work: Work) -> None:
    due.make_due(work)
    days.close_due(work)
    ladder.advance(work, 500)
    oncall.end_aways(work, 500)
    followups.advance(work, 500)
    followups.sweep_window(work, 500)
    checkins.advance(work, 500)
    days.sweep(work, 500)
    drafts.sweep(work, 500)
    singles.by_the_clock(work.tx)
    todaycard.advance(work, 20)
    claim = delivery.claim(work, Lane, 16)
    assert claim.rows
    settling.arrived(work, [Arrived(out, 1) for out in claim.rows if settling.is_plain(out)])
    inbox.of_nobody(work.tx, [1, 2])
    inbox.claim(work.tx, work.at, work.at, 16)
    inbox.finish(work.tx, 1, 1)
    vitals.note(work, {("updates", "message"): 1})


def _statements(store: Store, around: Surroundings) -> list[Statement]:
    """Those of a tick at which somebody has a nudge and a day that ends, and of what goes out and comes in with it."""
    with store.begin() as tx:
        people.start(Work(tx, MONDAY, around), 1, "Ana")
        todaycard.keep(Work(tx, MONDAY, around), 1)
    with watched(store) as seen, store.begin() as tx:
        _tick(Work(tx, NINE, around))
        _tick(Work(tx, NINE + timedelta(days=1), around))
    return seen


def _scans(tx: Connection, statements: Iterable[Statement]) -> list[tuple[list[str], str]]:
    return [(found, one.text) for one in statements if (found := whole_tables(tx, one))]


def test_no_statement_of_a_tick_reads_a_whole_table(store: Store, around: Surroundings) -> None:
    statements = _statements(store, around)
    assert len(statements) >= 30
    with store.begin() as tx:
        assert _scans(tx, statements) == []


def test_to_tell_how_the_bot_fares_reads_no_whole_table_but_small_ones(
    store: Store, around: Surroundings
) -> None:
    with watched(store) as seen, store.begin() as tx:
        work = Work(tx, NINE, around)
        vitals.checks(work)
        vitals.figures(work)
    assert len(seen) >= 10
    with store.begin() as tx:
        scanned = {step.split()[-1] for found, _ in _scans(tx, seen) for step in found}
    assert scanned <= SMALL


def test_the_single_reminders_of_a_person_are_found_without_a_look_at_all_others(store: Store) -> None:
    with watched(store) as seen, store.begin() as tx:
        singles.waiting(tx, 1)
        singles.cancelled(tx, 1)
        singles.requested(tx, 1, NINE)
    assert len(seen) == 3
    with store.begin() as tx:
        assert _scans(tx, seen) == []


def test_a_page_of_due_times_to_be_worked_out_anew_is_found_by_its_key(store: Store) -> None:
    with watched(store) as seen, store.begin() as tx:
        due_rows.all_cadences(tx, (1, "move"), 50)
    index = "cadence_pkey" if store.is_server else "sqlite_autoindex_cadence_1"
    with store.begin() as tx:
        if store.is_server:  # so small a table might be read by another index, and sorted
            tx.exec_driver_sql("SET LOCAL enable_sort = off")
        (told,) = bounds(tx, seen[0], index)
    assert "chat_id" in told
    assert "habit" in told


def test_the_reminders_of_days_to_be_closed_are_found_by_their_days(sqlite_store: Store) -> None:
    with watched(sqlite_store) as seen, sqlite_store.begin() as tx:
        day_rows.over(tx, NINE, 100)
    with sqlite_store.begin() as tx:
        assert bounds(tx, seen[0], "reminder_open") == ["(closes_at<?)"]
        assert bounds(tx, seen[0], "reminder_by_day") == ["(chat_id=? AND habit_day=? AND habit=?)"]

"""One row holds the pace of all workers: what one has been permitted, another one is not."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from reminderbot.rules.pacing import AHEAD, interval
from reminderbot.services import delivery, due, outbox, pacing, people
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import pace as rows
from reminderbot.store.tables import Lane
from tests.world import MONDAY

RATE = 25
SLOT = interval(RATE)
AT_ONCE = 1 + AHEAD // SLOT
NINE = MONDAY.replace(hour=9, minute=0)
SECOND = timedelta(seconds=1)


@pytest.fixture
def paced(around: Surroundings) -> Surroundings:
    return dataclasses.replace(around, send_rate=RATE)


def _crowd(store: Store, around: Surroundings, people_: int) -> None:
    """So many people with a nudge that is due at nine, and nothing else to be sent."""
    with store.begin() as tx:
        for chat_id in range(1, people_ + 1):
            people.start(Work(tx, MONDAY, around), chat_id, "Somebody")
        tx.exec_driver_sql("DELETE FROM message")
    with store.begin() as tx:
        due.make_due(Work(tx, NINE, around))


def _say(store: Store, around: Surroundings, chats: range) -> None:
    with store.begin() as tx:
        for chat_id in chats:
            outbox.say(Work(tx, NINE, around), chat_id, "help.text")


def _claim(store: Store, around: Surroundings, at: datetime = NINE) -> list[int]:
    with store.begin() as tx:
        return [out.chat_id for out in delivery.claim(Work(tx, at, around), Lane, 128).rows]


INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, INSTANTS)
def _round_trip(store: Store, free_from: datetime, until: datetime) -> None:
    with store.begin() as tx:
        rows.write(tx, free_from)
        rows.hold_reminders(tx, until)
        assert rows.read(tx) == (free_from, until)


def test_a_pace_is_read_as_it_was_written_to_the_microsecond(store: Store) -> None:
    with store.begin() as tx:
        assert rows.read(tx) == (None, None)
    _round_trip(store)


def test_a_pace_that_is_written_leaves_reminders_held(store: Store) -> None:
    with store.begin() as tx:
        rows.hold_reminders(tx, NINE)
        rows.write(tx, MONDAY)
        assert rows.read(tx) == (MONDAY, NINE)


def test_two_senders_share_one_pace(store: Store, paced: Surroundings) -> None:
    _say(store, paced, range(1, 31))
    first, second = _claim(store, paced), _claim(store, paced)
    assert (len(first), second) == (AT_ONCE, [])
    soon = NINE + AT_ONCE * SLOT - AHEAD
    assert _claim(store, paced, soon - timedelta(microseconds=1)) == []
    assert len(_claim(store, paced, soon)) == 1


def test_each_row_has_a_slot_of_its_own_after_those_that_were_owed(store: Store, paced: Surroundings) -> None:
    _say(store, paced, range(1, 31))
    with store.begin() as tx:
        claim = delivery.claim(Work(tx, NINE, paced), Lane, room=1, owed=1)
    assert (len(claim.rows), list(claim.slots)) == (1, [NINE, NINE + SLOT])


def test_a_sender_without_room_gets_what_it_is_owed(store: Store, paced: Surroundings) -> None:
    _say(store, paced, range(1, 31))
    with store.begin() as tx:
        claim = delivery.claim(Work(tx, NINE, paced), Lane, room=0, owed=2)
    assert (claim.rows, len(claim.slots)) == ([], 2)


def test_a_card_goes_before_calls_that_are_owed_a_slot(store: Store, paced: Surroundings) -> None:
    with store.begin() as tx:
        outbox.warn(Work(tx, NINE, paced), 7, "safety.unreadable")
        claim = delivery.claim(Work(tx, NINE, paced), Lane, room=1, owed=AT_ONCE)
    assert [out.chat_id for out in claim.rows] == [7]
    assert len(claim.slots) == AT_ONCE


def test_slots_begin_when_whoever_asked_has_them(store: Store, paced: Surroundings) -> None:
    _say(store, paced, range(1, 31))
    with store.begin() as tx:
        claim = delivery.claim(Work(tx, NINE, paced), Lane, room=9, lead=SECOND / 4)
    assert claim.slots[0] == NINE + SECOND / 4
    assert claim.slots[-1] <= NINE + SECOND / 2 + AHEAD


@pytest.mark.parametrize(("seconds", "held"), [([30, 1], 30), ([1, 30], 30), ([7 * 3600], 3600)])
def test_reminders_are_held_as_long_as_the_longest_refusal_says_up_to_an_hour(
    store: Store, paced: Surroundings, seconds: list[int], held: int
) -> None:
    _crowd(store, paced, 1)
    with store.begin() as tx:
        for told in seconds:
            pacing.hold_reminders(Work(tx, NINE, paced), NINE + told * SECOND)
        assert rows.read(tx)[1] == NINE + held * SECOND


def test_a_hold_that_was_noted_before_the_clock_was_set_back_holds_nothing(
    store: Store, paced: Surroundings
) -> None:
    _crowd(store, paced, 1)
    with store.begin() as tx:
        pacing.hold_reminders(Work(tx, NINE + 7200 * SECOND, paced), NINE + 7230 * SECOND)
    assert _claim(store, paced) == [1]
    with store.begin() as tx:
        pacing.hold_reminders(Work(tx, NINE, paced), NINE + SECOND)
        assert rows.read(tx)[1] == NINE + SECOND


def test_what_is_claimed_and_never_sent_is_all_that_a_dead_sender_wastes(
    store: Store, paced: Surroundings
) -> None:
    _say(store, paced, range(1, 31))
    taken = _claim(store, paced)
    assert not set(taken) & set(_claim(store, paced, NINE + SECOND * 2))


def test_too_many_requests_hold_the_reminders_of_all_senders_and_nothing_else(
    store: Store, paced: Surroundings
) -> None:
    _crowd(store, paced, 3)
    with store.begin() as tx:
        pacing.hold_reminders(Work(tx, NINE, paced), NINE + 5 * SECOND)
    _say(store, paced, range(101, 103))
    assert _claim(store, paced) == [101, 102]
    assert _claim(store, paced, NINE + 4 * SECOND) == []
    assert len(_claim(store, paced, NINE + 5 * SECOND)) == 3


def test_without_a_rate_as_many_go_as_there_are(store: Store, around: Surroundings) -> None:
    _say(store, around, range(1, 101))
    assert len(_claim(store, around)) == 100


@pytest.mark.parametrize("is_first", [True, False])
def test_a_sender_waits_for_another_one_to_note_what_it_has_taken(
    postgres_store: Store, paced: Surroundings, is_first: bool
) -> None:
    """Also the very first one, which finds no row to wait for."""
    _say(postgres_store, paced, range(1, 31))
    if not is_first:
        _claim(postgres_store, paced, NINE - SECOND * 2)
    with postgres_store.begin() as one, postgres_store.begin() as two:
        rows.lock(one)
        delivery.claim(Work(one, NINE, paced), Lane, 128)
        two.exec_driver_sql("SET LOCAL lock_timeout = 1")
        with pytest.raises(OperationalError, match="lock timeout"):
            rows.lock(two)
        two.rollback()
    assert _claim(postgres_store, paced) == []

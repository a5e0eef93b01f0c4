"""Stored updates are taken in order within a chat, each by one worker at a time, and never by a dead one for good."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox
from reminderbot.store.tables import InboxState
from tests.world import MONDAY

ANA, BEN, CEM = 1001, 1002, 1003
LEASE = timedelta(seconds=30)
INSTANT = timedelta(microseconds=1)


def _stored(tx: Connection, *updates: tuple[int, int]) -> None:
    shared = {"received_at": MONDAY, "payload": b"words", "state": InboxState.NEW}
    inbox.add(tx, [{"chat_id": chat_id, "update_id": number, **shared} for chat_id, number in updates])


def _claimed(tx: Connection, at: datetime = MONDAY, limit: int = 16) -> Sequence[tuple[int, int]]:
    return [(row.chat_id, row.update_id) for row in inbox.claim(tx, at, at + LEASE, limit)]


def test_of_each_chat_only_the_next_is_taken_the_oldest_first(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (BEN, 4), (ANA, 3), (ANA, 1), (BEN, 2), (CEM, 5))
        assert _claimed(tx) == [(ANA, 1), (BEN, 2), (CEM, 5)]
        assert _claimed(tx) == []


def test_no_more_are_taken_than_there_is_room_for(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1), (BEN, 2), (CEM, 3))
        assert _claimed(tx, limit=2) == [(ANA, 1), (BEN, 2)]
        assert _claimed(tx) == [(CEM, 3)]


def test_the_next_one_of_a_chat_waits_until_the_one_before_has_had_its_effect(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1), (ANA, 2), (BEN, 3))
        _claimed(tx)
        assert inbox.finish(tx, BEN, 3)
        assert _claimed(tx) == []
        assert inbox.finish(tx, ANA, 1)
        assert _claimed(tx) == [(ANA, 2)]


def test_one_that_is_set_aside_holds_up_no_later_one(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1), (ANA, 2))
        _claimed(tx)
        inbox.set_aside(tx, ANA, 1)
        assert _claimed(tx) == [(ANA, 2)]


def test_another_worker_takes_up_what_a_dead_one_had_in_hand_when_its_lease_ends(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1), (ANA, 2))
        _claimed(tx)
        assert _claimed(tx, MONDAY + LEASE - INSTANT) == []
        assert _claimed(tx, MONDAY + LEASE) == [(ANA, 1)]
        assert _claimed(tx, MONDAY + LEASE) == []


def test_the_only_worker_takes_up_at_once_what_the_last_run_had_in_hand(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1), (BEN, 2))
        _claimed(tx)
        inbox.finish(tx, BEN, 2)
        inbox.free(tx)
        assert _claimed(tx) == [(ANA, 1)]


def test_the_second_of_two_workers_has_no_effect_to_store(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1))
        assert [inbox.finish(tx, ANA, 1) for _ in range(2)] == [True, False]


def test_an_update_that_comes_a_second_time_is_known(store: Store) -> None:
    with store.begin() as tx:
        _stored(tx, (ANA, 1))
        inbox.finish(tx, ANA, 1)
        _stored(tx, (ANA, 1), (ANA, 2))
        assert _claimed(tx) == [(ANA, 2)]


def test_two_workers_that_look_at_once_never_take_the_same(postgres_store: Store) -> None:
    with postgres_store.begin() as tx:
        _stored(tx, (ANA, 1), (ANA, 2), (BEN, 3), (CEM, 4))
    with postgres_store.begin() as one, postgres_store.begin() as two:
        assert _claimed(one, limit=2) == [(ANA, 1), (BEN, 3)]
        assert _claimed(two, limit=2) == [(CEM, 4)]
    with postgres_store.begin() as tx:
        assert _claimed(tx) == []


def test_what_a_worker_is_about_to_finish_is_taken_by_no_other(postgres_store: Store) -> None:
    with postgres_store.begin() as tx:
        _stored(tx, (ANA, 1), (ANA, 2))
        _claimed(tx)
    with postgres_store.begin() as one, postgres_store.begin() as two:
        inbox.finish(one, ANA, 1)
        assert _claimed(two, MONDAY + LEASE) == []
    with postgres_store.begin() as tx:
        assert _claimed(tx, MONDAY + LEASE) == [(ANA, 2)]

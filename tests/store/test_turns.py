"""While somebody is being heard by one worker, the others pass that person over, and take them up next time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from reminderbot.services import (
    asking,
    cases,
    checkins,
    days,
    delivery,
    due,
    followups,
    holds,
    oncall,
    people,
    risks,
    upkeep,
)
from reminderbot.services.work import Surroundings, Work, new_id
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.queries import checkins as checkin_rows
from reminderbot.store.queries import due as due_rows
from reminderbot.store.queries import oncall as duty_rows
from reminderbot.store.queries import outbox, turns
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import CaseKind, Lane, ReportState
from tests.world import MONDAY

ANA, BEN, OSEI = 1001, 1002, 1003
NINE = MONDAY.replace(hour=9, minute=0)
LATER = NINE + timedelta(seconds=1)
MUCH_LATER = NINE + timedelta(days=400)

Verb = Callable[[Work], Any]


class Workers:
    """Workers on one PostgreSQL: each block is a transaction of its own, and two may be open at once."""

    def __init__(self, store: Store, around: Surroundings) -> None:
        self._store, self._around = store, around

    @contextmanager
    def at(self, moment: datetime = NINE) -> Iterator[Work]:
        with self._store.begin() as tx:
            tx.exec_driver_sql(
                "SET LOCAL lock_timeout = 100"
            )  # ms: who waits for the other block waits for ever
            yield Work(tx, moment, self._around)

    @contextmanager
    def hearing(self, chat_id: int) -> Iterator[Work]:
        with self.at() as work:
            turns.of_chat(work.tx, chat_id)
            yield work

    def does(self, verb: Verb, moment: datetime = NINE) -> Any:
        with self.at(moment) as work:
            return verb(work)


@pytest.fixture
def workers(postgres_store: Store, around: Surroundings) -> Workers:
    """Ana and Ben have a nudge that is due at nine; nothing waits to be said."""
    made = Workers(postgres_store, around)
    with made.at(MONDAY) as work:
        for chat_id in (ANA, BEN):
            people.start(work, chat_id, "Somebody")
        work.tx.execute(tables.messages.delete())
    return made


def reminded(work: Work) -> list[int]:
    return [out.chat_id for out in delivery.claim(work, [Lane.REMINDER], 16).rows]


def told(work: Work) -> list[int]:
    return [out.chat_id for out in delivery.claim(work, [Lane.ANSWER], 16).rows]


def _agree_to_checkins(work: Work) -> None:
    for chat_id in (ANA, BEN):
        holds.ensure(work, chat_id)
        checkin_rows.plan(work.tx, chat_id, MONDAY)


def _report(work: Work) -> None:
    for chat_id in (ANA, BEN):
        row: dict[str, Any] = {"chat_id": chat_id, "id": new_id(work.at), "reported_at": work.at}
        row |= {"state": ReportState.OPEN, "level": "urgent", "mental": False, "rules": "[]", "codes": "[]"}
        row |= {"lexicon": "1", "language": "en", "next_at": MONDAY, "next_step": "follow.1"}
        work.tx.execute(tables.reports.insert().values(row))


def _go_on_call(work: Work) -> None:
    for chat_id in (ANA, BEN):
        oncall.add(work, chat_id, 1, "Somebody")
        duty_rows.change(work.tx, chat_id, {"away_until": MONDAY})


def _stop(work: Work) -> None:
    for chat_id in (ANA, BEN):
        people.stop(work, chat_id)


def _tell_risks(work: Work) -> None:
    for chat_id in (ANA, BEN):
        risks.remember(work, chat_id, frozenset({"pregnant"}))


JOBS: dict[str, tuple[Verb, Verb, datetime]] = {
    "due": (lambda _: None, due.make_due, NINE),
    "days": (due.make_due, lambda work: days.close_due(work), NINE + timedelta(days=1)),
    "check-ins": (_agree_to_checkins, lambda work: checkins.advance(work, 9), NINE),
    "follow-ups": (_report, lambda work: followups.advance(work, 9), NINE),
    "back on duty": (_go_on_call, lambda work: oncall.end_aways(work, 9), NINE),
    "forgotten": (_stop, lambda work: people.forget_long_gone(work, 9), MUCH_LATER),
    "risks": (_tell_risks, lambda work: risks.sweep(work, 9), MUCH_LATER),
}


@pytest.mark.parametrize("job", JOBS)
def test_a_tick_passes_over_who_is_being_heard_and_takes_them_up_next_time(
    workers: Workers, job: str
) -> None:
    prepare, verb, moment = JOBS[job]
    workers.does(prepare)
    with workers.hearing(ANA):
        assert workers.does(verb, moment) == 1
    assert workers.does(verb, moment) == 1
    assert workers.does(verb, moment) == 0


def test_working_out_due_times_anew_keeps_few_people_waiting(workers: Workers) -> None:
    with workers.at(MONDAY) as work:
        for chat_id in range(BEN, BEN + upkeep.PAGE):
            people.start(work, chat_id, "Somebody")
    last = BEN + upkeep.PAGE - 1
    with workers.at() as one, workers.at() as two:
        upkeep.replan_page(one, (0, ""))
        taken = [chat_id for chat_id in range(ANA, last + 1) if not turns.has(two.tx, chat_id)]
    assert 0 < len(taken) <= 50
    assert taken == list(range(ANA, ANA + len(taken)))


def test_days_are_closed_a_few_at_a_time_until_nothing_is_left(workers: Workers) -> None:
    workers.does(due.make_due)
    with workers.at(NINE + timedelta(days=1)) as work:
        assert [days.close_due(work, 1) for _ in range(3)] == [1, 1, 0]


def test_the_nudge_of_who_is_being_heard_waits(workers: Workers) -> None:
    workers.does(due.make_due)
    with workers.hearing(ANA):
        assert workers.does(reminded) == [BEN]
    assert workers.does(reminded) == [ANA]


def test_a_card_asked_for_waits_while_its_person_is_being_heard(workers: Workers) -> None:
    for chat_id in (ANA, BEN):
        workers.does(partial(asking.ask, chat_id=chat_id, habit="move"))
    with workers.hearing(ANA):
        assert workers.does(told) == [BEN]
    assert workers.does(told) == []
    assert workers.does(told, NINE + delivery.SHORT_WAIT) == [ANA]


def test_other_words_wait_for_nobody_who_is_being_heard(workers: Workers) -> None:
    workers.does(_stop)
    with workers.hearing(ANA):
        assert workers.does(told) == [ANA, BEN]


def test_what_is_being_reported_while_a_sender_looks_stops_the_nudge(workers: Workers) -> None:
    workers.does(due.make_due)
    with workers.hearing(ANA) as work:
        holds.hold(work, ANA, "emergency", False, 1)
        assert workers.does(reminded) == [BEN]
    assert workers.does(reminded) == []


def test_whoever_hears_a_person_waits_for_a_sender_that_has_just_decided(workers: Workers) -> None:
    workers.does(due.make_due)
    with workers.at() as work:
        assert sorted(reminded(work)) == [ANA, BEN]
        with pytest.raises(OperationalError, match="lock timeout"), workers.at() as other:
            turns.of_chat(other.tx, ANA)


def test_two_senders_that_look_at_once_see_each_nudge_once(workers: Workers) -> None:
    workers.does(due.make_due)
    with workers.at() as one, workers.at() as two:
        assert [len(due_rows.to_send(work.tx, NINE, 1)) for work in (one, two)] == [1, 0]
        assert len(due_rows.to_send(two.tx, NINE, 2)) == 1


def test_two_senders_that_look_at_once_see_each_answer_once(workers: Workers) -> None:
    workers.does(_stop)
    with workers.at() as one, workers.at() as two:
        first, second = (outbox.next_in(work.tx, Lane.ANSWER, NINE, 1) for work in (one, two))
        assert sorted(row.chat_id for row in (*first, *second)) == [ANA, BEN]


def test_two_ticks_at_once_make_each_nudge_once(workers: Workers) -> None:
    with workers.at() as one, workers.at() as two:
        assert [due.make_due(one), due.make_due(two)] == [2, 0]
    assert sorted(workers.does(reminded)) == [ANA, BEN]


def test_two_workers_never_give_two_cases_the_same_number(workers: Workers) -> None:
    def open_case(work: Work, chat_id: int) -> int | None:
        return cases.open_case(work, chat_id, None, "urgent", CaseKind.REPORT, "Somebody", None)

    workers.does(lambda work: oncall.add(work, OSEI, 1, "Osei"))
    with workers.hearing(ANA) as one:
        first = open_case(one, ANA)
        with pytest.raises(OperationalError, match="lock timeout"), workers.hearing(BEN) as two:
            open_case(two, BEN)
    with workers.hearing(BEN) as two:
        assert (first, open_case(two, BEN)) == (1, 2)


def test_a_case_is_looked_at_by_one_worker_at_a_time(workers: Workers) -> None:
    with workers.at() as one:
        case_rows.unclosed(one.tx)
        with pytest.raises(OperationalError, match="lock timeout"), workers.at() as two:
            case_rows.due(two.tx, NINE, 9)


def test_what_a_dead_sender_had_in_hand_is_noted_by_one_worker_and_waited_for_by_none(
    workers: Workers,
) -> None:
    workers.does(due.make_due)
    workers.does(reminded)
    after = NINE + delivery.LEASE
    with workers.at() as one, workers.at() as two:
        due_rows.lose_leases(one.tx, after - timedelta(microseconds=1))
        assert _states(one) == ["sending", "sending"]
        due_rows.lose_leases(one.tx, after)
        due_rows.lose_leases(two.tx, after)
        assert [_states(work) for work in (one, two)] == [["unknown"] * 2, ["sending"] * 2]


def _states(work: Work) -> list[str]:
    return [row.state for row in work.tx.execute(tables.reminders.select()).all()]


def test_whoever_is_looked_for_is_looked_for_again_once_their_turn_is_ours(store: Store) -> None:
    """What the first look found may have been done by whoever had the turn until just before."""
    looks = iter([[ANA, BEN], [BEN]])
    with store.begin() as tx:
        found = turns.of_each(tx, lambda: next(looks))
    assert list(found) == ([BEN] if store.is_server else [ANA, BEN])


def test_a_turn_that_is_ours_may_be_taken_again(store: Store) -> None:
    with store.begin() as tx:
        turns.of_chat(tx, ANA)
        turns.of_chat(tx, ANA)
        assert turns.has(tx, ANA)


def test_a_turn_ends_with_its_transaction_however_that_ends(postgres_store: Store) -> None:
    def fails(tx: Connection) -> None:
        turns.of_chat(tx, ANA)
        raise LookupError

    with pytest.raises(LookupError), postgres_store.begin() as tx:
        fails(tx)
    with postgres_store.begin() as tx:
        assert turns.has(tx, ANA)


def test_a_transaction_that_was_in_the_way_of_another_one_begins_anew(postgres_store: Store) -> None:
    """Two that wait for each other: PostgreSQL ends one of them."""
    tries: list[int] = []

    def second(tx: Connection) -> None:
        tries.append(1)
        people_rows.change(tx, BEN, {"day_start": 4})
        if len(tries) == 1:
            tx.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40P01'; END $$")

    postgres_store.transact(second)
    assert len(tries) == 2

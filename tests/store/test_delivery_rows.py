"""Rows on their way out: claimed once, leased, put back, settled; and what a lost lease means for each kind."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select

from reminderbot.services import delivery, due, outbox, people, settling
from reminderbot.services.delivery import Claim
from reminderbot.services.settling import Arrived
from reminderbot.store import keys, tables
from reminderbot.store.queries import history
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import Delivery, Lane, Outcome, Standing
from reminderbot.store.vault import Vault, new_key
from tests.conftest import At
from tests.world import MONDAY

ANA, BEA = 7, 8
NINE = MONDAY.replace(hour=9, minute=0)
SECOND = timedelta(seconds=1)
LEASE = delivery.LEASE


@pytest.fixture
def subscribed(at: At) -> At:
    """Ana and Bea in UTC, with nudges at nine; nothing waits to be said."""
    with at(MONDAY) as work:
        for chat_id in (ANA, BEA):
            people.start(work, chat_id, "Somebody")
        work.tx.execute(tables.messages.delete())
    return at


def only(at: At, table: Table, **where: Any) -> Any:
    """The one row of a table with these values."""
    with at(MONDAY) as work:
        query = select(table)
        for column, value in where.items():
            query = query.where(table.c[column] == value)
        return work.tx.execute(query).one()


def claim(at: At, lane: Lane, moment: Any, room: int = 16) -> Claim:
    with at(moment) as work:
        return delivery.claim(work, [lane], room)


def due_at_nine(at: At) -> None:
    with at(NINE) as work:
        due.make_due(work)


def test_two_senders_never_hold_the_same_row(subscribed: At) -> None:
    due_at_nine(subscribed)
    with subscribed(NINE) as work:
        for chat_id in range(4):
            outbox.say(work, ANA + chat_id, "help.text")
    for lane, total in ((Lane.ANSWER, 4), (Lane.REMINDER, 2)):
        held = [
            (out.chat_id, out.key) for _ in range(4) for out in claim(subscribed, lane, NINE, room=1).rows
        ]
        assert len(held) == len(set(held)) == total


def test_each_lane_holds_only_its_own(subscribed: At) -> None:
    due_at_nine(subscribed)
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
    assert [len(claim(subscribed, lane, NINE).rows) for lane in Lane] == [0, 1, 2]


def test_a_message_whose_sender_died_is_claimed_again_and_a_reminder_is_not(subscribed: At) -> None:
    due_at_nine(subscribed)
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
    for lane in (Lane.ANSWER, Lane.REMINDER):
        claim(subscribed, lane, NINE)
        assert claim(subscribed, lane, NINE + LEASE - SECOND).rows == []
    assert len(claim(subscribed, Lane.ANSWER, NINE + LEASE).rows) == 1
    with subscribed(NINE + LEASE) as work:
        delivery.lose_leases(work, 1)
    assert claim(subscribed, Lane.REMINDER, NINE + LEASE).rows == []
    assert only(subscribed, tables.reminders, chat_id=ANA).state == Delivery.UNKNOWN


def test_late_news_of_a_reminder_is_taken_and_late_doubt_changes_nothing(subscribed: At) -> None:
    due_at_nine(subscribed)
    first, second = claim(subscribed, Lane.REMINDER, NINE).rows
    with subscribed(NINE + LEASE) as work:
        delivery.lose_leases(work, 1)
        settling.sent(work, first, 11)
        settling.later(work, second, NINE + LEASE, counted=True)
    assert only(subscribed, tables.reminders, chat_id=first.chat_id).state == Delivery.SENT
    assert only(subscribed, tables.reminders, chat_id=second.chat_id).state == Delivery.UNKNOWN
    assert claim(subscribed, Lane.REMINDER, NINE + 2 * LEASE).rows == []


@pytest.mark.parametrize(("counted", "attempts"), [(True, 1), (False, 0)])
def test_a_try_counts_only_when_it_should(subscribed: At, counted: bool, attempts: int) -> None:
    due_at_nine(subscribed)
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
    for lane in (Lane.ANSWER, Lane.REMINDER):
        out = claim(subscribed, lane, NINE, room=1).rows[0]
        with subscribed(NINE) as work:
            settling.later(work, out, NINE + SECOND, counted=counted)
    assert only(subscribed, tables.messages).attempts == attempts
    assert only(subscribed, tables.reminders, chat_id=out.chat_id).attempts == attempts
    assert claim(subscribed, Lane.ANSWER, NINE).rows == []
    assert len(claim(subscribed, Lane.ANSWER, NINE + SECOND).rows) == 1


def test_what_was_dropped_is_not_put_back(subscribed: At) -> None:
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
        outbox.toast(work, ANA, "query", "tapped.saved")
    first, second = claim(subscribed, Lane.ANSWER, NINE).rows
    with subscribed(NINE) as work:
        settling.gone(work, first)
        settling.later(work, second, NINE, counted=False)
    assert claim(subscribed, Lane.ANSWER, NINE + LEASE).rows == []
    assert only(subscribed, tables.subscribers, chat_id=ANA).standing == Standing.UNREACHABLE
    assert only(subscribed, tables.subscribers, chat_id=BEA).standing == Standing.ACTIVE


def test_an_answer_is_tried_for_a_day_and_a_notice_for_a_minute(subscribed: At) -> None:
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
        outbox.toast(work, BEA, "query", "tapped.saved")
    assert len(claim(subscribed, Lane.ANSWER, NINE + outbox.TOAST_KEPT).rows) == 1
    assert only(subscribed, tables.messages, chat_id=BEA).state == Delivery.DROPPED
    assert claim(subscribed, Lane.ANSWER, NINE + outbox.ANSWER_KEPT).rows == []
    assert only(subscribed, tables.messages, chat_id=ANA).state == Delivery.DROPPED


def test_a_message_under_a_lost_key_is_dropped_and_holds_up_nothing(subscribed: At) -> None:
    with subscribed(NINE) as work:
        outbox.say(work, ANA, "help.text")
        sealed = Vault(new_key()).seal({})
        work.tx.execute(tables.messages.update().values(args=sealed))
        outbox.say(work, BEA, "help.text")
    found = claim(subscribed, Lane.ANSWER, NINE)
    assert (found.seen, [out.chat_id for out in found.rows]) == (2, [BEA])
    assert only(subscribed, tables.messages, chat_id=ANA).args is None


def test_an_edit_waits_for_its_reminder_and_goes_nowhere_when_that_never_arrived(subscribed: At) -> None:
    due_at_nine(subscribed)
    first, second = claim(subscribed, Lane.REMINDER, NINE).rows
    for out in (first, second):
        assert isinstance(out.key, keys.ReminderKey)
        with subscribed(NINE) as work:
            outbox.edit(work, out.chat_id, keys.encode(out.key), "answers.undone", {})
    assert claim(subscribed, Lane.ANSWER, NINE).rows == []
    with subscribed(NINE) as work:
        settling.sent(work, first, 11)
        settling.unknown(work, second, NINE)
    assert [(out.chat_id, out.target) for out in claim(subscribed, Lane.ANSWER, NINE + SECOND).rows] == [
        (first.chat_id, "11")
    ]
    assert only(subscribed, tables.messages, chat_id=second.chat_id).state == Delivery.DROPPED


def test_many_that_arrive_together_are_each_noted_as_if_alone(subscribed: At) -> None:
    due_at_nine(subscribed)
    with subscribed(NINE) as work:
        people_rows.change_cadence(work.tx, ANA, "move", {"note": "calmer.offer"})
        for chat_id in (ANA, BEA):
            outbox.say(work, chat_id, "help.text")
    with subscribed(NINE) as work:
        rows = delivery.claim(work, Lane, 16).rows
        assert len(rows) == 4
        ids = {out.key: 11 + number for number, out in enumerate(rows)}
        settling.arrived(work, [Arrived(out, ids[out.key]) for out in reversed(rows)])
        for table in (tables.messages, tables.reminders):
            states = work.tx.execute(select(table.c.state, table.c.message_id)).all()
            assert [state for state, _ in states] == [Delivery.SENT] * 2
            assert {message_id for _, message_id in states} < set(ids.values())
    for chat_id in (ANA, BEA):
        cadence = only(subscribed, tables.cadences, chat_id=chat_id, habit="move")
        assert (cadence.ignored, cadence.note) == (1, None)


def test_what_arrives_for_somebody_who_was_forgotten_meanwhile_holds_up_no_other(subscribed: At) -> None:
    due_at_nine(subscribed)
    rows = claim(subscribed, Lane.REMINDER, NINE).rows
    with subscribed(NINE) as work:
        people.forget(work, ANA)
        settling.arrived(work, [Arrived(out, 11) for out in rows])
    assert only(subscribed, tables.reminders).chat_id == BEA
    assert only(subscribed, tables.reminders).state == Delivery.SENT


def test_an_answer_that_overtakes_the_news_of_its_reminder_is_not_counted_as_ignored(subscribed: At) -> None:
    due_at_nine(subscribed)
    out = claim(subscribed, Lane.REMINDER, NINE, room=1).rows[0]
    assert isinstance(out.key, keys.ReminderKey)
    with subscribed(NINE) as work:
        history.change(work.tx, out.chat_id, out.key, {"outcome": Outcome.DONE})
        settling.arrived(work, [Arrived(out, 11)])
    assert only(subscribed, tables.cadences, chat_id=out.chat_id, habit="move").ignored == 0


def test_a_refused_reminder_counts_as_void_at_once(subscribed: At) -> None:
    due_at_nine(subscribed)
    out = claim(subscribed, Lane.REMINDER, NINE, room=1).rows[0]
    with subscribed(NINE) as work:
        settling.refused(work, out)
    row = only(subscribed, tables.reminders, chat_id=out.chat_id)
    assert (row.state, row.outcome) == (Delivery.DROPPED, Outcome.VOID)
    day = only(subscribed, tables.days, chat_id=out.chat_id)
    assert (day.habit_day, day.void, day.missed) == (date(2026, 1, 5), 1, 0)


def test_what_is_due_is_made_once_and_the_cadence_moves_on(subscribed: At) -> None:
    for _ in range(2):
        due_at_nine(subscribed)
    assert only(subscribed, tables.reminders, chat_id=ANA).due_at == NINE
    moved = only(subscribed, tables.cadences, chat_id=ANA, habit="move")
    assert moved.next_due_at == NINE + timedelta(hours=1)


def test_a_tick_takes_a_crowd_in_portions(at: At) -> None:
    with at(MONDAY) as work:
        for chat_id in range(1, 12):
            people.start(work, chat_id, "Somebody")
    portions: list[int] = []
    while not portions or portions[-1]:
        with at(NINE) as work:
            portions.append(due.make_due(work, limit=5))
    assert portions == [5, 5, 1, 0]


def test_a_habit_that_the_content_lacks_is_not_sent_and_looked_for_a_day_later(subscribed: At) -> None:
    with subscribed(MONDAY) as work:
        people_rows.add_cadences(
            work.tx, [{"chat_id": ANA, "habit": "juggle", "plan": "at 9:00 daily", "next_due_at": NINE}]
        )
    due_at_nine(subscribed)
    assert only(subscribed, tables.cadences, habit="juggle").next_due_at == NINE + timedelta(days=1)
    assert only(subscribed, tables.reminders, chat_id=ANA).habit == "move"

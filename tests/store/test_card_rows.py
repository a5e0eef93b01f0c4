"""The pinned card of today as rows: behind all else, in portions, and at no cost for whoever has none."""

from datetime import timedelta

from sqlalchemy import select

from reminderbot.rules.switches import Setting, Switch
from reminderbot.services import delivery, due, outbox, people, preferences, settling, todaycard
from reminderbot.services.settling import Arrived
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import outbox as rows
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import Lane, Standing, messages
from tests.store.plans import watched
from tests.world import MONDAY

PIN = Setting(Switch.CARD, on=True)
NINE = MONDAY.replace(hour=9, minute=0)


def begun(store: Store, around: Surroundings, *chats: int) -> None:
    """People who have started, and to whom all has been said."""
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        for chat_id in chats:
            people.start(work, chat_id, "Ana")
    sent(store, around)


def sent(store: Store, around: Surroundings) -> list[str]:
    """Send all that can be sent now; the templates, in order."""
    told: list[str] = []
    with store.begin() as tx:
        work = Work(tx, MONDAY + timedelta(minutes=1), around)
        while rows := delivery.claim(work, Lane, 100).rows:
            told += [out.template for out in rows]
            settling.arrived(work, [Arrived(out, len(told)) for out in rows])
    return told


def test_the_card_goes_behind_answers_and_reminders(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, NINE, around)
        preferences.switch(work, 1, PIN)
        assert todaycard.advance(work, 20) == 1
        due.make_due(work)
        outbox.say(work, 1, "privacy.text")
        first = delivery.claim(work, Lane, 100)
        assert [out.lane for out in first.rows] == [Lane.ANSWER, Lane.REMINDER]
        assert todaycard.TEMPLATE not in [out.template for out in first.rows]
        settling.arrived(work, [Arrived(out, 7) for out in first.rows])
        second = delivery.claim(work, Lane, 100)
        assert [out.template for out in second.rows] == ["privacy.text"]
        settling.arrived(work, [Arrived(out, 8) for out in second.rows])
        assert [out.template for out in delivery.claim(work, Lane, 100).rows] == [todaycard.TEMPLATE]


def test_while_a_reminder_waits_no_card_is_worked_out(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, NINE, around)
        due.make_due(work)
        todaycard.keep(work, 1)
        assert todaycard.advance(work, 20) == 0
        (out,) = delivery.claim(work, Lane, 100).rows
        settling.arrived(work, [Arrived(out, 7)])
        assert todaycard.advance(work, 20) == 1


def test_a_reminder_that_can_no_longer_be_sent_keeps_no_card_waiting(
    store: Store, around: Surroundings
) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        due.make_due(Work(tx, NINE, around))
        todaycard.keep(Work(tx, NINE, around), 1)
        assert todaycard.advance(Work(tx, NINE + timedelta(days=2), around), 20) == 1


def test_where_only_safety_may_go_no_card_does(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        todaycard.keep(work, 1)
        todaycard.advance(work, 20)
        assert delivery.claim(work, [Lane.SAFETY], 100).rows == []


def test_the_version_before_never_finds_what_it_could_not_send(store: Store, around: Surroundings) -> None:
    """It asks the outbox for two lanes only, and knows no pins."""
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        todaycard.keep(work, 1)
        todaycard.advance(work, 20)
        outbox.act(work, 1, 7, outbox.PIN)
        found = [rows.next_in(tx, lane, work.at, 100) for lane in (Lane.SAFETY, Lane.ANSWER)]
    assert found == [[], []]


def test_cards_are_written_in_portions(store: Store, around: Surroundings) -> None:
    begun(store, around, *range(1, 6))
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        for chat_id in range(1, 6):
            todaycard.keep(work, chat_id)
        assert [todaycard.advance(work, 2) for _ in range(4)] == [2, 2, 1, 0]


def test_whoever_has_no_card_costs_no_statement(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        people_rows.get(tx, 1)
        with watched(store) as seen:
            todaycard.touch(Work(tx, NINE, around), 1)
            todaycard.touch(Work(tx, NINE, around), 1)
    assert seen == []


def test_the_next_writing_waits_until_the_last_has_gone(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        todaycard.keep(Work(tx, MONDAY, around), 1)
        for minutes in range(1, 200, 10):
            todaycard.advance(Work(tx, MONDAY + timedelta(minutes=minutes), around), 20)
        waiting = tx.scalars(select(messages.c.id).where(messages.c.template == todaycard.TEMPLATE)).all()
    assert len(waiting) == 1


def test_a_card_that_arrives_when_it_is_no_longer_wanted_is_taken_down(
    store: Store, around: Surroundings
) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        todaycard.keep(work, 1)
        todaycard.advance(work, 20)
        todaycard.let_go(work, 1)
    assert sent(store, around) == [todaycard.TEMPLATE, "today.card_off", ""]


def test_one_card_that_cannot_be_worked_out_stops_no_other(store: Store, around: Surroundings) -> None:
    begun(store, around, 1, 2)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        todaycard.keep(work, 1)
        todaycard.keep(work, 2)
        people_rows.change(tx, 1, {"day_start": 99})
        todaycard.advance(work, 20)
    assert sent(store, around).count(todaycard.TEMPLATE) == 1


def test_who_cannot_be_reached_gets_none(store: Store, around: Surroundings) -> None:
    begun(store, around, 1)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        todaycard.keep(work, 1)
        people_rows.change(tx, 1, {"standing": Standing.UNREACHABLE})
        todaycard.advance(work, 20)
    assert sent(store, around) == []

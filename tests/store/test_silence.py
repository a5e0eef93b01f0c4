"""Who counts as silent, and what becomes of the question on its way out: at the last moment before a reminder goes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from reminderbot.services import delivery, due, holds, people, settling, silence
from reminderbot.services.delivery import Outgoing
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.queries import people as people_rows
from reminderbot.store.queries import silence as rows
from reminderbot.store.tables import Delivery, Hold, Lane, Origin, Outcome, days, reminders
from tests.conftest import At
from tests.store.plans import watched, whole_tables
from tests.world import MONDAY

ANA, BEA = 7, 8
TODAY = MONDAY.date()
HEARD = TODAY - timedelta(days=15)
SEVEN = MONDAY.replace(hour=7, minute=0)
STRETCH = MONDAY.replace(hour=8, minute=30)
"""The only reminder of the day."""


@pytest.fixture
def ana(at: At) -> At:
    """Ana has a stretch at half past eight each day, and was heard on Sunday two weeks ago."""
    with at(SEVEN) as work:
        people.start(work, ANA, "Ana")
        people_rows.change(work.tx, ANA, {"heard_on": HEARD, "asked_avoid": True})
        people_rows.change_cadence(work.tx, ANA, "move", {"off": True, "next_due_at": None})
        work.tx.execute(tables.messages.delete())
    return at


def left(at: At, numbers: Iterable[int] = range(1, 15), habit: str = "stretch", chat: int = ANA) -> None:
    """On these days since she was heard a reminder was left unanswered."""
    some = [{"habit_day": HEARD + timedelta(days=number), "prompted": 1, "missed": 1} for number in numbers]
    with at(MONDAY) as work:
        work.tx.execute(insert(days), [{"chat_id": chat, "habit": habit, **row} for row in some])


def goes_out(at: At, moment: datetime = STRETCH) -> list[Outgoing]:
    """What is due then, on its way to Telegram."""
    with at(moment) as work:
        due.make_due(work)
        return delivery.claim(work, [Lane.REMINDER], 16).rows


def templates(at: At, moment: datetime = STRETCH) -> list[str]:
    return [out.template for out in goes_out(at, moment)]


def who(at: At, chat: int = ANA) -> Any:
    with at(MONDAY) as work:
        return people_rows.get(work.tx, chat)


def planned(at: At) -> set[Any]:
    """When something is due next."""
    with at(MONDAY) as work:
        found = work.tx.scalars(select(tables.cadences.c.next_due_at).where(tables.cadences.c.chat_id == ANA))
        return set(found) - {None}


def test_two_weeks_of_unanswered_days_bring_the_question_and_rest(ana: At) -> None:
    left(ana)
    assert templates(ana) == [silence.QUESTION]
    assert who(ana).quiet_on == TODAY
    assert planned(ana) == set()


@pytest.mark.parametrize("gone", [1, 7, 14])
def test_a_day_without_a_reminder_does_not_count(ana: At, gone: int) -> None:
    """As of an outage: the bot was down, so nothing was left unanswered."""
    left(ana, set(range(1, 15)) - {gone})
    assert templates(ana) != [silence.QUESTION]
    assert who(ana).quiet_on is None


def test_days_before_she_was_heard_do_not_count(ana: At) -> None:
    left(ana, range(-5, 13))
    assert templates(ana) != [silence.QUESTION]


def test_days_on_hold_do_not_count_whatever_came_on_them(ana: At) -> None:
    left(ana)
    with ana(MONDAY) as work:
        holds.ensure(work, ANA)
        held = {"hold": Hold.NORMAL, "held_from": HEARD, "held_until": HEARD + timedelta(days=1)}
        work.tx.execute(tables.safety.update().values(held))
    assert templates(ana) != [silence.QUESTION]


def test_a_habit_that_is_off_does_not_count(ana: At) -> None:
    left(ana, habit="move")
    left(ana, range(1, 4))
    assert templates(ana) != [silence.QUESTION]


def test_who_subscribed_before_this_version_is_counted_from_the_next_reminder_on(ana: At) -> None:
    left(ana)
    with ana(MONDAY) as work:
        people_rows.change(work.tx, ANA, {"heard_on": None})
    assert templates(ana) != [silence.QUESTION]
    assert who(ana).heard_on == TODAY


def test_nobody_is_asked_while_something_about_their_safety_is_open(ana: At) -> None:
    left(ana)
    with ana(MONDAY) as work:
        holds.ensure(work, ANA)
        report = {"chat_id": ANA, "id": 5, "reported_at": work.at, "state": "open", "level": "gp"}
        report |= {"mental": False, "rules": "[]", "codes": "[]", "lexicon": "1", "language": "en"}
        work.tx.execute(insert(tables.reports), [report])
    assert templates(ana) != [silence.QUESTION]


def test_of_two_reminders_at_once_one_becomes_the_question_and_the_other_is_let_go(ana: At) -> None:
    left(ana)
    with ana(MONDAY) as work:
        at_once = {"off": False, "plan": "at 8:30 daily", "next_due_at": STRETCH}
        people_rows.change_cadence(work.tx, ANA, "move", at_once)
    assert templates(ana) == [silence.QUESTION]
    with ana(MONDAY) as work:
        found = work.tx.execute(select(reminders.c.state, reminders.c.outcome)).all()
    assert sorted(map(tuple, found)) == [
        (Delivery.DROPPED, Outcome.VOID),
        (Delivery.SENDING, Outcome.VOID),
    ]


def test_in_a_crowd_only_who_is_silent_is_asked(ana: At) -> None:
    with ana(SEVEN) as work:
        people.start(work, BEA, "Bea")
        people_rows.change(work.tx, BEA, {"heard_on": HEARD, "asked_avoid": True})
    left(ana)
    left(ana, range(1, 13), chat=BEA)
    found = {out.chat_id: out.template for out in goes_out(ana)}
    assert found[ANA] == silence.QUESTION
    assert found[BEA].startswith("reminder.")


def _put_back(at: At) -> None:
    """Telegram has too much to do when the question comes."""
    (out,) = goes_out(at)
    with at(STRETCH) as work:
        settling.later(work, out, STRETCH + timedelta(minutes=5), counted=False)


def test_a_question_that_could_not_be_sent_is_tried_again(ana: At) -> None:
    left(ana)
    _put_back(ana)
    assert templates(ana, STRETCH + timedelta(minutes=5)) == [silence.QUESTION]
    assert who(ana).quiet_on == TODAY


def test_a_question_is_never_asked_at_night_but_with_the_next_reminder(ana: At) -> None:
    left(ana)
    _put_back(ana)
    assert templates(ana, STRETCH + timedelta(hours=13)) == []
    assert who(ana).quiet_on is None
    assert templates(ana, STRETCH + timedelta(days=1)) == [silence.QUESTION]


def test_a_question_that_waits_is_not_asked_once_she_is_heard(ana: At) -> None:
    left(ana)
    _put_back(ana)
    with ana(STRETCH + timedelta(minutes=1)) as work:
        assert silence.heard(work, ANA) == TODAY
    assert templates(ana, STRETCH + timedelta(minutes=5)) == []
    assert planned(ana) >= {STRETCH + timedelta(days=1)}


def test_when_the_sender_of_the_question_dies_it_may_have_arrived_and_is_not_asked_twice(ana: At) -> None:
    left(ana)
    goes_out(ana)
    later = STRETCH + delivery.LEASE
    with ana(later) as work:
        delivery.lose_leases(work, 1)
    assert templates(ana, later) == []
    assert who(ana).quiet_on == TODAY


def test_the_question_is_no_reminder_left_unanswered(ana: At) -> None:
    left(ana)
    (out,) = goes_out(ana)
    with ana(STRETCH) as work:
        settling.sent(work, out, 11)
        assert work.tx.execute(select(reminders.c.outcome)).scalar_one() == Outcome.VOID
        assert {row.ignored for row in work.tx.execute(select(tables.cadences))} == {0}


def test_a_card_that_she_had_asked_for_comes_all_the_same(ana: At) -> None:
    left(ana)
    goes_out(ana)
    later = STRETCH + timedelta(days=2)
    with ana(MONDAY) as work:
        row = dict(work.tx.execute(select(reminders)).mappings().one())
        moved = {name: row[name] + timedelta(days=2) for name in ("due_at", "closes_at", "expires_at")}
        moved |= {"not_before": later, "habit_day": later.date(), "origin": Origin.ASKED}
        work.tx.execute(insert(reminders), [row | moved | {"state": Delivery.PENDING, "outcome": None}])
    (out,) = goes_out(ana, later)
    assert out.template.startswith("reminder.")


def test_she_is_noted_as_heard_once_a_day(ana: At, store: Store) -> None:
    def writes(moment: datetime) -> int:
        with watched(store) as seen, ana(moment) as work:
            silence.heard(work, ANA)
        return sum(one.text.startswith("UPDATE subscriber") for one in seen)

    assert writes(MONDAY) == 1
    assert writes(MONDAY + timedelta(hours=3)) == 0
    assert writes(MONDAY + timedelta(days=1)) == 1
    assert who(ana).heard_on == date(2026, 1, 6)


def test_looking_for_silence_reads_no_whole_table(ana: At, store: Store) -> None:
    left(ana)
    with watched(store) as seen, ana(STRETCH) as work:
        rows.begin(work.tx, [ANA], TODAY)
        due.make_due(work)
        assert delivery.claim(work, [Lane.REMINDER], 16).rows
        assert rows.count(work.tx) == 1
    with ana(STRETCH) as work:
        assert [found for one in seen if (found := whole_tables(work.tx, one))] == []

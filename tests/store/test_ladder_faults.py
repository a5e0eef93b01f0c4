"""What is broken in one case stops no other, and cases that don't move are found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from reminderbot.library.policy import LadderPolicy
from reminderbot.services import audits, cases, ladder, oncall
from reminderbot.services.work import Work
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.queries import cases as rows
from reminderbot.store.tables import CaseKind, CaseState
from tests.conftest import At
from tests.store.plans import bounds, watched
from tests.world import MONDAY

ANA, BEN, OSEI, BO = 1001, 1002, 1003, 1004


@pytest.fixture
def work(at: At) -> Iterator[Work]:
    """Two cases, both told at five to nine."""
    with at() as work:
        oncall.add(work, OSEI, 1, "Osei")
        for chat_id in (ANA, BEN):
            cases.open_case(work, chat_id, None, "emergency", CaseKind.REPORT, "Somebody", None)
    with at(MONDAY + timedelta(minutes=10)) as later:
        yield later


def spoil(work: Work, **values: object) -> None:
    work.tx.execute(update(tables.cases).where(tables.cases.c.number == 1).values(values))


def rounds(work: Work) -> list[int]:
    return [case.round for case in rows.unclosed(work.tx)]


def test_a_case_that_cannot_be_made_out_stops_no_other(work: Work) -> None:
    spoil(work, level="unheard", policy="{}", kind="report")
    assert ladder.advance(work, 10) == 1
    assert rounds(work) == [1, 2]


def test_such_a_case_is_reported_as_overdue(work: Work) -> None:
    spoil(work, level="unheard", policy="{}")
    ladder.advance(work, 10)
    later = Work(work.tx, work.at + timedelta(seconds=61), work.around)
    assert ladder.overdue(work) == []
    assert ladder.overdue(later) == [1]


def test_an_open_case_without_a_next_step_is_reported_at_once(work: Work) -> None:
    spoil(work, next_at=None)
    assert ladder.overdue(work) == [1]
    spoil(work, state=CaseState.UNANSWERED)
    assert ladder.overdue(work) == []


def test_a_copy_of_the_policy_that_cannot_be_read_gives_way_to_todays(work: Work) -> None:
    spoil(work, policy='{"rounds": "many"}')
    assert ladder.advance(work, 10) == 2
    assert rounds(work) == [2, 2]


def test_a_case_keeps_the_policy_that_it_was_opened_under(work: Work) -> None:
    usual = LadderPolicy.from_json(rows.unclosed(work.tx)[0].policy)
    spoil(work, policy=usual.model_copy(update={"intervals": (timedelta(minutes=3),)}).to_json())
    ladder.advance(work, 10)
    first, second = rows.unclosed(work.tx)
    assert first.next_at == work.at + timedelta(minutes=3)
    assert second.next_at == work.at + timedelta(minutes=10)


def test_the_number_of_a_case_that_is_gone_is_not_given_again(work: Work) -> None:
    cases.person_left(work, BEN)
    assert cases.open_case(work, BEN, None, "urgent", CaseKind.REPORT, "Ben", None) == 3


def test_looking_for_what_is_due_uses_the_index(store: Store, work: Work) -> None:
    with watched(store) as seen:
        rows.due(work.tx, work.at, 5)
    assert bounds(work.tx, seen[-1], "case_due")


def test_the_log_is_kept_for_twelve_months(work: Work) -> None:
    before = len(work.tx.execute(tables.audit.select()).all())
    assert audits.sweep(work, 100) == 0
    year_on = Work(work.tx, MONDAY + audits.KEPT, work.around)
    assert audits.sweep(year_on, 100) == 0
    assert audits.sweep(Work(work.tx, year_on.at + timedelta(seconds=1), work.around), 100) == before > 0


def test_what_is_older_stays_as_counts_by_month_kind_and_rule(work: Work) -> None:
    for rules in (["cauda.saddle"], ["cauda.saddle", "heart.chest"], []):
        audits.log(work, None, "card", rules=rules)
    long_after = Work(work.tx, MONDAY + timedelta(days=400), work.around)
    while audits.sweep(long_after, 1):
        pass
    kept = work.tx.execute(tables.audit_months.select().where(tables.audit_months.c.kind == "card")).all()
    assert sorted(map(tuple, kept)) == [
        ("2026-01", "card", "", 3), ("2026-01", "card", "cauda.saddle", 2), ("2026-01", "card", "heart.chest", 1)
    ]  # fmt: skip
    assert work.tx.execute(tables.audit.select()).all() == []


def test_a_broken_case_stops_nobody_from_leaving_and_coming_back(work: Work) -> None:
    oncall.add(work, BO, 2, "Bo")
    spoil(work, level="unheard", policy="{}", state=CaseState.ACKNOWLEDGED, acknowledged_by=OSEI)
    oncall.unreachable(work, OSEI)
    assert [case.step for case in rows.unclosed(work.tx)] == [1, 2]
    assert ladder.overdue(Work(work.tx, work.at + timedelta(seconds=61), work.around)) == [1, 2]
    oncall.reachable(work, OSEI)
    assert oncall.everybody(work)[0].reachable


def test_a_broken_case_holds_up_neither_its_card_nor_the_next_report(work: Work) -> None:
    spoil(work, level="unheard", policy="{}", round=0, card_id=7)
    cases.attempted(work, ANA, 7, arrived=True)
    cases.unreachable(work, ANA)
    assert cases.open_case(work, ANA, None, "emergency", CaseKind.REPORT, "Ana", None) == 3


def test_two_workers_cannot_take_the_same_step(work: Work) -> None:
    [first, _] = rows.due(work.tx, work.at, 10)
    assert rows.take(work.tx, first)
    assert not rows.take(work.tx, first)

"""The ticker: what one job does wrong stops no other, and on call is told to the second."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from reminderbot.ops import ticker
from reminderbot.services import cases, checkins, days, due, followups, oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import cases as rows
from reminderbot.store.queries import vitals
from reminderbot.store.tables import CaseKind
from reminderbot.telegram.context import Desk
from tests.acceptance.processes import PATIENCE

ANA, OSEI = 1001, 1003


@pytest.fixture
def desk(store: Store, around: Surroundings) -> Desk:
    """A bot by the real clock, with somebody on call."""
    desk = Desk(store, around, lambda: datetime.now(UTC), lambda: None)
    with store.begin() as tx:
        oncall.add(Work(tx, desk.now(), around), OSEI, 1, "Osei")
    return desk


def told_of(desk: Desk) -> int:
    """Rounds that the case has had."""
    with desk.store.begin() as tx:
        return int(rows.unclosed(tx)[0].round)


def is_noted(desk: Desk) -> bool:
    """Whether a tick has been noted."""
    with desk.store.begin() as tx:
        return vitals.last_tick(tx) is not None


def opened(desk: Desk, before: timedelta) -> None:
    """A case whose card was put out so long ago, and whose attempt has not ended."""
    with desk.store.begin() as tx:
        work = Work(tx, desk.now() - before, desk.around)
        cases.open_case(work, ANA, None, "emergency", CaseKind.REPORT, "Ana", 1)


def stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same bot by a clock that goes on only while the ticker sleeps."""
    passed = [desk.now()]

    async def sleep(seconds: float) -> None:
        passed.append(passed[-1] + timedelta(seconds=seconds))

    monkeypatch.setattr(ticker, "asyncio", Mock(wraps=asyncio, sleep=sleep))
    return replace(desk, now=lambda: passed[-1])


async def test_a_verb_that_breaks_stops_no_other_and_its_words_are_not_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Mock(side_effect=AssertionError("my groin is numb"))
    monkeypatch.setattr(followups, "advance", broken)
    monkeypatch.setattr(checkins, "advance", after := Mock(return_value=0))
    await ticker._guarded(ticker.beat, desk)()
    after.assert_called_once()
    said = capsys.readouterr().out
    assert "ticker.broken" in said
    assert "AssertionError" in said
    assert "groin" not in said


async def test_cases_climb_and_ticks_are_noted_in_a_night_in_which_a_crowd_s_days_are_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "close_due", Mock(return_value=days.BATCH))  # there are always more
    monkeypatch.setattr(ticker, "TICK_SECONDS", 0.05)
    opened(desk, before=timedelta(seconds=3))
    rung = asyncio.Event()
    scheduler = ticker.schedule(replace(desk, ring=rung.set))
    try:
        async with asyncio.timeout(PATIENCE):
            while not is_noted(desk):
                await rung.wait()
                rung.clear()
    finally:
        scheduler.shutdown(wait=False)
    assert told_of(desk) == 1


async def test_somebody_who_is_just_being_heard_does_not_end_the_round_of_all_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    portions = Mock(side_effect=[ticker.PORTION - 1, ticker.PORTION - 1, 0])
    monkeypatch.setattr(due, "make_due", portions)
    await ticker.tick(desk)
    assert portions.call_count == 3


async def test_a_case_due_between_two_ticks_is_not_kept_waiting_for_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "TICK_SECONDS", 60)  # however slow the machine is, this one goes on
    still = stopped(desk, monkeypatch)
    opened(still, before=timedelta(seconds=1.7))
    await ticker.tick(still)
    assert told_of(desk) == 0
    await ticker.beat(still)
    assert told_of(desk) == 1


async def test_a_tick_does_not_wait_for_what_the_next_one_sees(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    still = stopped(desk, monkeypatch)
    opened(still, before=timedelta())
    await ticker.beat(still)
    assert told_of(desk) == 0


async def test_a_job_that_is_cancelled_at_the_end_says_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(desk, before=timedelta(seconds=1.5))
    job = asyncio.ensure_future(ticker._guarded(ticker.beat, desk)())
    await asyncio.sleep(0.1)
    job.cancel()
    await job
    assert capsys.readouterr() == ("", "")

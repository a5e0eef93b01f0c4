"""The ladder's proof of life: a monitor hears from the bot only while every open case is on time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from reminderbot.ops import doctor, ticker, watchdog
from reminderbot.services import cases, oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.tables import CaseKind
from reminderbot.telegram.context import Desk
from tests.acceptance.processes import PATIENCE
from tests.world import MONDAY

ANA, OSEI = 1001, 1003


class Clock:
    """A time that is set."""

    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, around: Surroundings, clock: Clock) -> Desk:
    """A bot with one person on call and one open case, which moves at 8:55:02."""
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        oncall.add(work, OSEI, 1, "Osei")
        cases.open_case(work, ANA, None, "emergency", CaseKind.REPORT, "Ana", 1)
    return Desk(store, around, clock, lambda: None)


class Monitor:
    """A web server that counts what it hears."""

    def __init__(self) -> None:
        self.heard = 0
        self.status = 200
        self.url = ""
        self.twice = asyncio.Event()

    async def hear(self, _: web.Request) -> web.Response:
        self.heard += 1
        if self.heard == 2:
            self.twice.set()
        return web.Response(status=self.status)


@pytest.fixture
async def monitor() -> AsyncIterator[Monitor]:
    here = Monitor()
    app = web.Application()
    app.router.add_get("/ping", here.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ping"
    yield here
    await runner.cleanup()


async def test_the_monitor_hears_of_it_while_all_cases_are_on_time(
    desk: Desk, clock: Clock, monitor: Monitor
) -> None:
    await watchdog.watch(desk, monitor.url)
    clock.at += timedelta(seconds=62)
    await watchdog.watch(desk, monitor.url)
    assert monitor.heard == 2


async def test_the_monitor_hears_nothing_once_a_case_is_late(
    desk: Desk, clock: Clock, monitor: Monitor, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.at += timedelta(seconds=63)
    await watchdog.watch(desk, monitor.url)
    assert monitor.heard == 0
    assert "ladder.overdue" in capsys.readouterr().out


async def test_a_monitor_in_trouble_stops_nothing_and_its_address_stays_out_of_the_log(
    desk: Desk, monitor: Monitor, capsys: pytest.CaptureFixture[str]
) -> None:
    monitor.status = 500
    await watchdog.watch(desk, monitor.url)
    await watchdog.watch(desk, "http://127.0.0.1:9/ping")
    said = capsys.readouterr().out
    assert said.count("heartbeat.failed") == 2
    assert "127.0.0.1" not in said


async def test_without_a_monitor_nothing_is_pinged(desk: Desk) -> None:
    await watchdog.watch(desk, None)


@pytest.mark.parametrize(("late", "level"), [(0, doctor.Level.WARN), (63, doctor.Level.FAIL)])
def test_doctor_finds_a_late_case(desk: Desk, tmp_path: Path, late: int, level: doctor.Level) -> None:
    now = MONDAY + timedelta(seconds=late)
    database = desk.store.url.render_as_string(hide_password=False)
    subject = doctor.Subject(database, tmp_path / "content", api_url="http://127.0.0.1:9")
    findings = doctor.examine(subject, doctor.Machine(now=lambda: now))
    [finding] = [one for one in findings if one.what == "on call"]
    assert finding.level is level
    assert ("overdue: 1" in finding.sentence) is (level is doctor.Level.FAIL)


async def test_the_ticker_looks_again_and_again(
    desk: Desk, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "WATCH_SECONDS", 0.05)
    scheduler = ticker.schedule(desk, monitor.url)
    try:
        await asyncio.wait_for(monitor.twice.wait(), PATIENCE)
    finally:
        scheduler.shutdown(wait=False)

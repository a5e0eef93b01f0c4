"""An open demo, and the bot behind it."""

from collections.abc import AsyncIterator
from datetime import UTC, date

import aiohttp
import pytest
from telegram import Bot

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.server import serve_page
from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram
from tests.unit.demo.pages import Demo, Hourly


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    clock = DemoClock(UTC, date(2026, 3, 1), lambda: 0.0)
    tele = OfflineTelegram(clock.now)
    hourly = Hourly(clock)
    async with (
        serve_page(tele, clock, hourly, port=0) as address,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as http,
    ):
        yield Demo(address, http, tele, hourly)


@pytest.fixture
async def bot(demo: Demo) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN, request=OfflineRequest(demo.tele), get_updates_request=OfflineRequest(demo.tele)
    ) as ready:
        yield ready

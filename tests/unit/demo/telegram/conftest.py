"""An offline Telegram with Ana in it, and a real bot that speaks to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram, Person
from tests.unit.demo.telegram.hands import Hands


@pytest.fixture(autouse=True)
def periods_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def tele(clock: Hands) -> OfflineTelegram:
    return OfflineTelegram(clock)


@pytest.fixture
def ana(tele: OfflineTelegram) -> Person:
    return tele.person(7, "Ana", started=True)


@pytest.fixture
async def bot(tele: OfflineTelegram) -> AsyncIterator[Bot]:
    request = OfflineRequest(tele)
    async with Bot(TOKEN, request=request, get_updates_request=OfflineRequest(tele)) as ready:
        yield ready

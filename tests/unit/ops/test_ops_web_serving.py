"""Serving the site: on its own port, with everybody else's signals, and to the end of what is in hand."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import RetryAfter

from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram
from reminderbot.ops import serving
from reminderbot.telegram import webhook
from reminderbot.telegram.intake import ALLOWED_UPDATES
from reminderbot.telegram.polling import StoppedError
from tests.acceptance.processes import PATIENCE

ADDRESS = "https://bot.example.org/telegram"


class Slow:
    """A site of one page that is answered only when it may be."""

    def __init__(self) -> None:
        self.asked, self.may = asyncio.Event(), asyncio.Event()
        self.app = Starlette(routes=[Route("/", self.page, methods=["POST"])])

    async def page(self, request: Request) -> Response:
        await request.body()
        self.asked.set()
        await self.may.wait()
        return Response("done")


async def nothing() -> None:
    """Nobody has to be told."""


@contextlib.asynccontextmanager
async def served(
    slow: Slow, announce: Callable[[], Awaitable[object]] = nothing
) -> AsyncIterator[tuple[str, "asyncio.Task[None]"]]:
    """The site on a free port: its address, and the task that serves it."""
    with serving.listen(0) as listening:
        serves = asyncio.create_task(serving.Site(slow.app, listening, announce).serve())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", serves
        serves.cancel()
        slow.may.set()
        await asyncio.gather(serves, return_exceptions=True)


async def test_what_is_in_hand_is_answered_at_the_end_and_nothing_new_is_taken() -> None:
    slow = Slow()
    async with served(slow) as (url, serves), httpx.AsyncClient() as client:
        asked = asyncio.create_task(client.post(url))
        await slow.asked.wait()
        serves.cancel()
        await until_refused(url)
        slow.may.set()
        assert (await asked).text == "done"
        await asyncio.wait([serves])
        assert serves.cancelled()


async def until_refused(url: str) -> None:
    """Wait until nobody listens any more."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with httpx.AsyncClient() as client:
                    await client.get(url)
            except httpx.TransportError:
                return
            await asyncio.sleep(0)


async def test_what_hangs_at_the_end_is_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "SHUTDOWN_SECONDS", 0)
    slow = Slow()
    async with served(slow) as (url, serves), httpx.AsyncClient() as client:
        asked = asyncio.create_task(client.post(url))
        await slow.asked.wait()
        serves.cancel()
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait([serves])
        await asyncio.gather(asked, return_exceptions=True)
    assert "graceful" in caplog.text


async def test_signals_stay_with_those_who_had_them() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    slow = Slow()
    async with served(slow) as (url, _), httpx.AsyncClient() as client:
        slow.may.set()
        assert (await client.post(url)).text == "done"
        assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


async def test_requests_are_answered_while_telegram_can_not_be_told_yet() -> None:
    slow = Slow()
    slow.may.set()
    async with served(slow, asyncio.Event().wait) as (url, _), httpx.AsyncClient() as client:
        assert (await client.post(url)).text == "done"


async def test_when_telegram_refuses_the_address_it_ends_with_the_reason() -> None:
    async def refused() -> None:
        raise StoppedError("no")

    async with served(Slow(), refused) as (_, serves):
        with pytest.raises(StoppedError):
            await serves


def test_a_port_in_use_is_told_in_a_sentence() -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StoppedError, match=f"^PORT {port} can't be served .*; set PORT to a free one.$"):
            serving.listen(port)


@pytest.fixture
def tele() -> OfflineTelegram:
    return OfflineTelegram(lambda: datetime.now(UTC))


def bot(tele: OfflineTelegram) -> Bot:
    return Bot(TOKEN, request=OfflineRequest(tele), get_updates_request=OfflineRequest(tele))


async def test_telegram_is_told_the_address_the_secret_and_the_kinds_and_keeps_what_waits(
    tele: OfflineTelegram,
) -> None:
    tele.person(1001, "Ana").says("hello")
    await webhook.register(bot(tele), ADDRESS, "our-secret")
    hook = tele.world.webhook
    assert hook
    assert (hook.url, hook.secret, hook.max_connections) == (ADDRESS, "our-secret", 100)
    assert set(tele.world.updates.allowed) == set(ALLOWED_UPDATES)
    assert len(tele.world.updates.pending()) == 1
    await tele.aclose()


async def test_an_address_that_telegram_refuses_is_told_with_its_reason(tele: OfflineTelegram) -> None:
    reason = "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    tele.faults.refuse("setWebhook", status=400, description=reason)
    with pytest.raises(StoppedError, match=r"^Telegram refuses WEBHOOK_URL \(.*8443\); correct it\.$"):
        await webhook.register(bot(tele), ADDRESS, "our-secret")


async def test_web_processes_that_start_together_wait_for_each_other(tele: OfflineTelegram) -> None:
    tele.faults.too_many("setWebhook", retry_after=1)
    with pytest.raises(RetryAfter):  # after which it is tried again
        await webhook.register(bot(tele), ADDRESS, "our-secret")
    await webhook.register(bot(tele), ADDRESS, "our-secret")
    assert tele.world.webhook

"""What the transport sends, over which connections, and which way out."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile

from reminderbot.telegram import transport
from reminderbot.telegram.outcomes import Later, judge
from reminderbot.telegram.proxy import proxy_for
from reminderbot.telegram.transport import AiohttpRequest, NeverLeftError
from tests.unit.telegram.wire import OK, SOON, TOKEN, Ear, failure, serving, talking


@pytest.fixture
async def bot(ear: Ear) -> AsyncIterator[Any]:
    async with serving(ear.hear) as root, talking(root) as bot:
        yield bot


async def test_parameters_arrive_with_their_types(bot: Any, ear: Ear) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Done ✅", callback_data="v1:d:1")]])
    await bot._post("sendMessage", {"chat_id": 7, "text": "Grüße 👋", "reply_markup": keyboard})
    [request] = ear.heard
    assert (request.method, request.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert request.headers["User-Agent"] == AiohttpRequest.USER_AGENT
    assert ear.parameters == [{"chat_id": 7, "text": "Grüße 👋", "reply_markup": keyboard.to_dict()}]


async def test_a_call_without_parameters_and_a_download_are_just_asked_for(ear: Ear) -> None:
    async with serving(ear.hear) as root, AiohttpRequest(1) as request:
        assert await request.do_request(f"{root}/bot{TOKEN}/getMe", "POST") == (200, json.dumps(OK).encode())
        await request.retrieve(f"{root}/file/bot{TOKEN}/photos/1.jpg")
    assert [heard.method for heard in ear.heard] == ["POST", "GET"]


async def test_files_go_as_a_form_beside_the_parameters(bot: Any, ear: Ear) -> None:
    file = InputFile(io.BytesIO(b"streaks"), filename="Übung 1.csv")
    await bot._post("sendDocument", {"chat_id": 7, "document": file})
    assert ear.parameters == [{"chat_id": "7", "document": ("Übung 1.csv", "text/csv", b"streaks")}]


async def test_connections_are_used_again(bot: Any, ear: Ear) -> None:
    for _ in range(5):
        await bot.log_out()
    assert len(ear.ports) == 1


async def test_a_connection_that_the_server_closed_meanwhile_loses_nothing(ear: Ear) -> None:
    async def closes_after(request: web.Request) -> web.Response:
        assert request.transport
        asyncio.get_running_loop().call_later(SOON / 5, request.transport.close)
        return await ear.hear(request)

    async with serving(closes_after) as root, talking(root) as bot:
        for _ in range(2):
            assert await bot.log_out() is True
            await asyncio.sleep(SOON)
    assert len(ear.ports) == 2


async def test_an_idle_connection_is_not_used_again(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "IDLE_SECONDS", SOON / 5)
    async with serving(ear.hear) as root, talking(root) as bot:
        for _ in range(2):
            await bot.log_out()
            await asyncio.sleep(SOON)
    assert len(ear.ports) == 2


async def test_it_opens_and_closes_as_often_as_asked(ear: Ear) -> None:
    request = AiohttpRequest(1)
    async with serving(ear.hear) as root:
        await request.shutdown()
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert (await request.do_request(f"{root}/x", "POST"))[0] == 200
            await request.shutdown()
            await request.shutdown()
            with pytest.raises(NeverLeftError):
                await request.do_request(f"{root}/x", "POST")
    assert len(ear.heard) == 2


def test_the_read_timeout_is_told_to_the_library() -> None:
    assert AiohttpRequest(1).read_timeout == 5.0
    assert AiohttpRequest(1, read_timeout=None).read_timeout is None


async def test_calls_go_through_the_proxy_of_the_environment(
    ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(ear.hear) as proxy, talking("http://telegram.invalid") as bot:
        monkeypatch.setenv("http_proxy", proxy.replace("//", "//ana:pass@"))
        await bot.log_out()
    [request] = ear.heard
    assert request.headers["Host"] == "telegram.invalid"
    assert request.headers["Proxy-Authorization"].startswith("Basic ")


async def test_a_proxy_that_lets_nobody_through_was_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def closed(_: web.Request) -> web.Response:
        return web.Response(status=403)

    async with serving(closed) as proxy, talking("https://telegram.invalid") as bot:
        monkeypatch.setenv("https_proxy", proxy)
        assert type(await failure(bot.log_out())) is NeverLeftError


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://gate:3128"}, "http://gate:3128"),
        ({"https_proxy": "gate:3128"}, "http://gate:3128"),
        ({"http_proxy": "http://gate:3128"}, None),
        ({"all_proxy": "http://gate:3128"}, "http://gate:3128"),
        ({"all_proxy": "http://gate:3128", "no_proxy": "telegram.org"}, None),
    ],
)
def test_the_environment_names_the_proxy(
    environment: dict[str, str], proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for("https://api.telegram.org/bot1:a/getMe") == proxy


async def test_a_proxy_of_another_kind_is_refused_not_passed_by(
    bot: Any, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", "socks5://gate:1080")
    error = await failure(bot.log_out())
    assert "not an HTTP proxy" in str(error)
    assert (judge(error), ear.heard) == (Later(), [])

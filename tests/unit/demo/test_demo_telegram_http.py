"""The offline Telegram over HTTP: every encoding, failing connections, the webhook, and the process of its own."""

from __future__ import annotations

import asyncio
import io
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaAnimation
from telegram.error import BadRequest, Conflict, NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from reminderbot.demo.telegram import TOKEN, OfflineTelegram, serve
from reminderbot.demo.telegram.picture import sunrise
from reminderbot.demo.telegram.webhook import SECRET_HEADER
from reminderbot.telegram.transport import AiohttpRequest
from tests.images import gif


def real_time() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def tele() -> OfflineTelegram:
    made = OfflineTelegram(real_time)
    made.open_chats([7])
    return made


@pytest.fixture
async def root(tele: OfflineTelegram) -> AsyncIterator[str]:
    async with serve(tele) as base_url:
        yield base_url


@pytest.fixture
async def bot(root: str) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=0.3)
    made = Bot(TOKEN, f"{root}/bot", f"{root}/file/bot", request=request, get_updates_request=HTTPXRequest())
    async with made as ready:
        yield ready


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_the_library_talks_to_it_as_to_telegram(bot: Any, tele: OfflineTelegram) -> None:
    ana = tele.person(7)
    ana.says("hello")
    (update,) = await bot.get_updates(timeout=5)
    sent = await update.message.reply_text("<b>hi</b>", parse_mode="HTML", disable_notification=True)
    assert (ana.last.html, ana.last.silent) == ("<b>hi</b>", True)
    picture = await sent.reply_photo(io.BytesIO(sunrise()), caption="here")
    stored = await bot.get_file(picture.photo[-1].file_id)
    assert bytes(await stored.download_as_bytearray()) == sunrise()
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(7, "x" * 4097)


@pytest.mark.parametrize("transport", [HTTPXRequest, partial(AiohttpRequest, 2)])
async def test_another_picture_comes_with_the_call_that_shows_it(
    root: str, tele: OfflineTelegram, transport: Callable[[], BaseRequest]
) -> None:
    """Also in the bot's own words for it, which are those of the library."""
    ana = tele.person(7)
    async with Bot(TOKEN, f"{root}/bot", request=transport(), get_updates_request=transport()) as bot:
        sent = await bot._post("sendPhoto", {"chat_id": 7, "photo": InputFile(sunrise()), "caption": "one"})
        shown = InputMediaAnimation(
            InputFile(gif(), filename="frog-1.gif", attach=True), "<b>two</b>", "HTML"
        )
        here = {"chat_id": 7, "message_id": sent["message_id"]}
        answer = await bot._post("editMessageMedia", here | {"media": shown})
    assert (ana.last.kind, ana.last.html) == ("animation", "<b>two</b>")
    assert answer["animation"]["file_name"] == "frog-1.gif.mp4"


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_parameters_mean_the_same_in_every_encoding(
    http: aiohttp.ClientSession, root: str, tele: OfflineTelegram, how: str
) -> None:
    markup = '{"inline_keyboard":[[{"text":"Done","callback_data":"d"}]]}'
    fields = {"chat_id": "7", "text": "hi", "disable_notification": "true", "reply_markup": markup}
    url = f"{root}/bot{TOKEN}/sendmessage"
    every: dict[str, dict[str, Any]] = {
        "query": {"params": fields},
        "form": {"data": fields},
        "json": {"json": fields},
        "multipart": {"data": aiohttp.FormData(fields, default_to_multipart=True)},
    }
    given = every[how]
    async with http.request("GET" if how == "query" else "POST", url, **given) as response:
        assert (response.status, (await response.json())["ok"]) == (200, True)
    assert tele.calls[-1].params == {
        "chat_id": 7,
        "text": "hi",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"text": "Done", "callback_data": "d"}]]},
    }


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"bot{TOKEN}/sendMessage", b"[1]", 400),
        (f"bot{TOKEN}/sendMessage", b"{", 400),
        (f"bot{TOKEN}/sendMessage", b'{"chat_id": "seven", "text": "x"}', 400),
        (f"bot{TOKEN}/sendRocket", b"{}", 404),
        ("bot1:no/getMe", b"{}", 401),
        (f"file/bot{TOKEN}/photos/none.jpg", None, 404),
    ],
)
async def test_nonsense_gets_telegrams_error(
    http: aiohttp.ClientSession, root: str, path: str, body: bytes | None, status: int
) -> None:
    method, headers = ("GET", {}) if body is None else ("POST", {"Content-Type": "application/json"})
    async with http.request(method, f"{root}/{path}", data=body, headers=headers) as response:
        answer = await response.json()
    assert (response.status, answer["ok"], answer["error_code"]) == (status, False, status)


async def test_connections_fail_before_or_after_the_effect(bot: Any, tele: OfflineTelegram) -> None:
    ana = tele.person(7)
    tele.faults.unreachable("sendMessage", how="reset")
    with pytest.raises(NetworkError):
        await bot.send_message(7, "never")
    tele.faults.unreachable("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(7, "never")
    assert ana.messages == []
    tele.faults.lose_answer("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(7, "sent")
    assert [m.text for m in ana.messages] == ["sent"]


async def test_two_pollers_over_http_conflict(bot: Any, tele: OfflineTelegram) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    while not tele.polls:
        await asyncio.sleep(0.01)
    second = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(Conflict):
        await first
    tele.person(7).says("x")
    assert len(await second) == 1


async def test_the_server_ends_at_once_although_somebody_polls() -> None:
    tele, began = OfflineTelegram(real_time), time.monotonic()
    async with serve(tele) as root:
        bot = Bot(TOKEN, f"{root}/bot", get_updates_request=HTTPXRequest())
        await bot.initialize()
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        while not tele.polls:
            await asyncio.sleep(0.01)
    with pytest.raises(NetworkError):
        await poll
    await bot.shutdown()
    assert time.monotonic() - began < 5


async def test_a_webhook_gets_each_update_until_it_accepts_in_order_and_with_the_secret(
    bot: Any, tele: OfflineTelegram
) -> None:
    got: list[tuple[str | None, str]] = []
    answers = [500, 503]

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        got.append((request.headers.get(SECRET_HEADER), body["message"]["text"]))
        return web.Response(status=answers.pop(0) if answers else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tele._webhook.first_pause = 0.01
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret-_")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    ana = tele.person(7)
    ana.says("one")
    ana.says("two")
    while len(got) < 4:
        await asyncio.sleep(0.01)
    assert got == [("s3cret-_", "one")] * 3 + [("s3cret-_", "two")]
    info = await bot.get_webhook_info()
    assert "503" in info.last_error_message
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    await runner.cleanup()


async def test_it_runs_as_a_process_and_is_controlled_over_http(http: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "reminderbot.demo.telegram", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    root = (await process.stdout.readline()).decode().strip()

    async def control(verb: str, **body: Any) -> Any:
        async with http.post(f"{root}/control/{verb}", json=body) as response:
            return await response.json()

    async def read(path: str) -> Any:
        async with http.get(f"{root}/control/{path}") as response:
            return await response.json()

    try:
        said = await control("says", chat_id=7, first_name="Ana", text="/start")
        assert said["result"]["message_id"] == 1
        await control("clock", offset=3600)
        await control("faults", kind="refuse", method="sendMessage", status=500)
        async with Bot(TOKEN, f"{root}/bot") as bot:
            assert len(await bot.get_updates()) == 1
            with pytest.raises(NetworkError):
                await bot.send_message(7, "hi")
            await bot.send_message(7, "hi")
        ledger = await read("ledger?since=1")
        assert [(c["method"], c["ok"]) for c in ledger["calls"]] == [
            ("sendMessage", False),
            ("sendMessage", True),
        ]
        shift = datetime.fromisoformat(ledger["now"]) - real_time()
        assert 3500 < shift.total_seconds() < 3700
        assert [m["text"] for m in (await read("messages?chat_id=7"))["messages"]] == ["/start", "hi"]
        assert (await control("taps", chat_id=7, label_or_data="Done"))["ok"] is False
    finally:
        process.terminate()
        assert await process.wait() == 0

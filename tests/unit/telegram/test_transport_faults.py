"""Each way of failing, made for real: what the transport calls it, and that the token stays out of it."""

import asyncio
import socket

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, TimedOut

from reminderbot.telegram.outcomes import Later, Unknown, judge
from reminderbot.telegram.transport import LostAnswerError, NeverLeftError
from tests.unit.telegram.wire import (
    OK,
    SHORT,
    SOON,
    TOKEN,
    Ear,
    Handler,
    breaks_off,
    closed_port,
    failure,
    hangs_up,
    resets,
    serving,
    silent,
    talking,
    trickles,
)


@pytest.mark.parametrize(
    "address", [None, "http://nowhere.invalid", "ftp://127.0.0.1", "http://", "http://127.0.0.1:port"]
)
async def test_without_a_connection_nothing_was_sent(address: str | None) -> None:
    async with talking(address or closed_port()) as bot:
        error = await failure(bot.log_out())
    assert type(error) is NeverLeftError
    assert judge(error) == Later()


async def test_a_server_that_never_takes_the_connection_was_sent_nothing() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        address = deaf.getsockname()
        with socket.socket() as first, socket.socket() as second:  # fill its queue
            for one in (first, second):
                one.setblocking(False)
                one.connect_ex(address)
            async with talking(f"http://127.0.0.1:{address[1]}") as bot:
                error = await failure(bot.log_out(connect_timeout=SOON, pool_timeout=SOON))
    assert type(error) is NeverLeftError


async def test_a_server_that_speaks_no_tls_was_sent_nothing(ear: Ear) -> None:
    async with serving(ear.hear) as root, talking(root.replace("http:", "https:")) as bot:
        assert type(await failure(bot.log_out())) is NeverLeftError
    assert ear.heard == []


async def test_a_call_that_finds_no_free_connection_in_time_was_not_sent() -> None:
    heard = asyncio.Event()

    async def busy(_: web.Request) -> web.Response:
        heard.set()
        return await silent(_)

    async with serving(busy) as root, talking(root, connections=1) as bot:
        first = asyncio.create_task(bot.log_out())
        await heard.wait()
        error = await failure(bot.log_out(pool_timeout=SOON, connect_timeout=SOON))
        assert type(error) is NeverLeftError
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_a_cancelled_call_gives_its_connection_back() -> None:
    first = asyncio.Event()

    async def slow_once(request: web.Request) -> web.Response:
        if first.is_set():
            return web.json_response(OK)
        first.set()
        return await silent(request)

    async with serving(slow_once) as root, talking(root, connections=1) as bot:
        call = asyncio.create_task(bot.log_out())
        await first.wait()
        call.cancel()
        await asyncio.wait([call])
        assert await bot.log_out() is True


@pytest.mark.parametrize("handler", [silent, trickles])
async def test_a_slow_answer_counts_as_unknown(handler: Handler) -> None:
    async with serving(handler) as root, talking(root) as bot:
        error = await failure(bot.log_out(**SHORT))
    assert type(error) is TimedOut
    assert judge(error) == Unknown()


async def test_a_file_that_is_not_taken_counts_as_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        async with talking(f"http://127.0.0.1:{deaf.getsockname()[1]}") as bot:
            document = InputFile(b"x" * 10_000_000, filename="export.json")
            error = await failure(bot.send_document(7, document, **SHORT))
    assert type(error) is TimedOut


@pytest.mark.parametrize("handler", [hangs_up, resets, breaks_off])
async def test_an_answer_that_is_cut_off_counts_as_unknown(handler: Handler) -> None:
    async with serving(handler) as root, talking(root) as bot:
        error = await failure(bot.log_out())
    assert type(error) is LostAnswerError
    assert judge(error) == Unknown()


async def test_a_message_is_never_sent_twice_over_a_connection_that_was_kept(ear: Ear) -> None:
    async def once(request: web.Request) -> web.Response:
        answer = await ear.hear(request)
        return answer if len(ear.heard) == 1 else await hangs_up(request)

    async with serving(once) as root, talking(root) as bot:
        await bot.log_out()
        assert type(await failure(bot.log_out())) is LostAnswerError
    assert (len(ear.heard), len(ear.ports)) == (2, 1)


@pytest.mark.parametrize(("status", "verdict"), [(502, Later()), (200, Unknown())])
async def test_a_page_of_a_proxy_is_no_answer(status: int, verdict: object) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(status=status, text="<h1>Sorry</h1>", content_type="text/html")

    async with serving(page) as root, talking(root) as bot:
        assert judge(await failure(bot.log_out())) == verdict


async def test_a_refusal_is_read_by_the_library_and_a_redirect_is_not_followed(ear: Ear) -> None:
    async def refuse(request: web.Request) -> web.Response:
        if request.path.endswith("logOut"):
            body = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
            return web.json_response(body, status=400)
        return web.Response(status=302, headers={"Location": f"{elsewhere}/?of={TOKEN}"})

    async with serving(ear.hear) as elsewhere, serving(refuse) as root, talking(root) as bot:
        assert type(await failure(bot.log_out())) is BadRequest
        assert type(await failure(bot.close())) is NetworkError
    assert ear.heard == []

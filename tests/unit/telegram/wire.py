"""Servers on loopback that behave and that fail, and a bot that talks to them over the real transport."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from reminderbot.telegram.transport import AiohttpRequest

TOKEN = "42:SECRET-OF-THE-BOT"
OK = {"ok": True, "result": True}
SOON = 0.05
"""Seconds; enough for what never comes."""

SHORT = dict.fromkeys(("read_timeout", "write_timeout", "connect_timeout", "pool_timeout"), SOON)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A Bot API of one handler; gives its base address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=SOON)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def talking(root: str, connections: int = 8) -> AsyncIterator[Any]:
    """A bot whose calls go through the transport."""
    async with AiohttpRequest(connections, read_timeout=2.0) as request:
        yield Bot(TOKEN, f"{root}/bot", request=request, get_updates_request=AiohttpRequest(1))


def closed_port() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def tells_nothing(error: BaseException | None) -> bool:
    """Whether neither an error nor anything behind it holds the token."""
    while error is not None:
        if "SECRET" in f"{error} {error!r} {error.args!r}":
            return False
        error = error.__cause__ or error.__context__
    return True


class Ear:
    """A Bot API that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[web.Request] = []
        self.parameters: list[dict[str, Any]] = []
        self.ports: set[int] = set()

    async def hear(self, request: web.Request) -> web.Response:
        assert request.transport
        self.heard.append(request)
        self.ports.add(request.transport.get_extra_info("peername")[1])
        if request.content_type == "multipart/form-data":
            form = (await request.post()).items()
            self.parameters.append({name: _plain(value) for name, value in form})
        else:
            self.parameters.append(json.loads(await request.read() or "{}"))
        return web.json_response(OK)


def _plain(value: Any) -> Any:
    """A field of a form, with a file as its name, kind and content."""
    if isinstance(value, web.FileField):
        return value.filename, value.content_type, value.file.read()
    return value


async def failure(call: Awaitable[object]) -> TelegramError:
    """The error of a call, looked through for the token."""
    with pytest.raises(TelegramError) as caught:
        await call
    assert tells_nothing(caught.value)
    return caught.value


async def silent(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def hangs_up(request: web.Request) -> web.Response:
    await request.read()
    assert request.transport
    request.transport.close()
    return web.Response()


async def resets(request: web.Request) -> web.Response:
    await request.read()
    assert request.transport
    request.transport.abort()
    return web.Response()


async def breaks_off(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"ok":')
    assert request.transport
    request.transport.close()
    return answer


async def trickles(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(SOON / 10)

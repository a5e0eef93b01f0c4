"""Door B: the offline Telegram behind HTTP on loopback, for real processes and any client library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from reminderbot.demo.telegram.engine import OfflineTelegram, Reply
from reminderbot.demo.telegram.params import Upload
from reminderbot.demo.telegram.state import Json

BODY_MAX = 64 * 1024 * 1024
HELD_SECONDS = 60.0
NOT_FOUND = b'{"ok":false,"error_code":404,"description":"Not Found"}'
UNREADABLE = b'{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse the request body"}'


class Door:
    """The HTTP handlers over one offline Telegram. `latency` (real seconds) is added to every answer."""

    def __init__(self, tele: OfflineTelegram, latency: float = 0.0) -> None:
        """`latency` may be changed while the server runs."""
        self.tele = tele
        self.latency = latency
        self.closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """The routes of the Bot API: methods and file downloads."""
        return [
            web.get("/bot{token}/{method}", self.call),
            web.post("/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Bot API call, by query string, form, JSON or multipart."""
        try:
            raw, files = await _read(request)
        except ValueError:
            return web.Response(status=400, body=UNREADABLE, content_type="application/json")
        info = request.match_info
        reply = await self.tele.handle(info["token"], info["method"], raw, files)
        if reply.fate != "answered":
            return await self._fail(request, reply)
        if pause := self.latency + reply.delay:
            await asyncio.sleep(pause)
        return web.Response(status=reply.status, body=reply.body, content_type="application/json")

    async def download(self, request: web.Request) -> web.Response:
        """A file by its path from getFile."""
        info = request.match_info
        stored = self.tele.world.files.at(info["path"]) if info["token"] == self.tele.token else None
        if stored is None:
            return web.Response(status=404, body=NOT_FOUND, content_type="application/json")
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _fail(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        if reply.how == "timeout":
            await self._hold()
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    async def _hold(self) -> None:
        """Keep a connection open without an answer until the client, or the server, gives up."""
        try:
            async with asyncio.timeout(HELD_SECONDS):
                await self.closing.wait()
        except TimeoutError:
            return


async def _read(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters and files of a call. Raises ValueError for a body that can't be read."""
    raw: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return raw, {}
    if request.content_type == "application/json":
        body = json.loads(await request.read())
        if not isinstance(body, dict):
            raise ValueError("object expected")
        return raw | {key: value for key, value in body.items() if value is not None}, {}
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request, raw)
    return raw | dict(parse_qsl((await request.read()).decode(), keep_blank_values=True)), {}


async def _read_multipart(request: web.Request, raw: Json) -> tuple[Json, dict[str, Upload]]:
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            raw[name] = value
    return raw, files


@asynccontextmanager
async def serve(
    tele: OfflineTelegram,
    host: str = "127.0.0.1",
    port: int = 0,
    latency: float = 0.0,
    extra: list[web.RouteDef] | None = None,
) -> AsyncIterator[str]:
    """Serve until the block ends.

    Yields the base URL, e.g. "http://127.0.0.1:40123" (put "/bot" behind for PTB).

    Raises OSError when the port is taken.
    """
    door = Door(tele, latency)
    app = web.Application(client_max_size=BODY_MAX)
    app.add_routes([*door.routes(), *(extra or [])])
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, backlog=1024)
        await site.start()
        address: Any = runner.addresses[0]
        yield f"http://{host}:{address[1]}"
    finally:
        door.closing.set()
        await tele.aclose()
        await runner.cleanup()

"""A tiny Bot API in a process of its own: it takes every call as it is and answers after a while.

``python -m tests.benchmarks.botapi LATENCY [RATE]`` prints its base URL. It checks nothing but the rate, if there is
one, so that it costs little beside the bot that is measured; tests and the harness use ``reminderbot.demo.telegram``.
GET /noted gives what was noted so far, POST /forget empties it.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import BaseRequest

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Reminder", "username": "reminder_offline_bot"}

SERVER_CORE, BOT_CORE = 1, 0


SECOND = 1.0
COUNTED = ("sendMessage", "editMessageText")
"""Methods that count as messages."""

TOO_MANY = {
    "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
    "parameters": {"retry_after": 1},
}  # fmt: skip


def pin(core: int, process: int = 0) -> None:
    """Keep a process, else this one, on one core, where the system has so many and lets it choose."""
    if hasattr(os, "sched_setaffinity") and core in os.sched_getaffinity(0):
        os.sched_setaffinity(process, {core})


class BotApi:
    """Answers calls, and notes of each that says something when it arrived: ``[seconds since 1970, method, chat]``."""

    def __init__(self, latency: float, rate: int | None = None) -> None:
        """``latency`` in seconds is added to every answer.

        A message that would be one too many in a second, by this clock, is refused with 429.
        """
        self.latency, self._rate = latency, rate
        self._last_id = 0
        self._recent: deque[float] = deque()
        self.calls: list[tuple[float, str, int]] = []
        self.refused = 0
        self.polled_at: float | None = None
        """When the first getUpdates came, in seconds since 1970."""

    async def handle(self, request: BaseRequest) -> web.StreamResponse:
        """One request."""
        _, _, rest = request.path.partition(f"/bot{TOKEN}/")
        if not rest:
            return web.json_response(self.control(request.path.strip("/"), await _read(request)))
        if rest in COUNTED and not self._permits():
            self.refused += 1
            return web.json_response(TOO_MANY, status=429)
        result = await self.call(rest, await _read(request))
        await asyncio.sleep(self.latency)
        return web.Response(body=b'{"ok":true,"result":%s}' % result, content_type="application/json")

    async def call(self, method: str, params: Mapping[str, Any]) -> bytes:
        """The JSON of what a method returns."""
        match method:
            case "getMe":
                return json.dumps(BOT).encode()
            case "getUpdates":
                self.polled_at = self.polled_at or time.time()
                return json.dumps(await self.updates()).encode()
            case "sendMessage" | "editMessageText":
                self.note(method, params)
                self._last_id += 1
                return json.dumps(message(self._last_id, params)).encode()
            case "answerCallbackQuery":
                self.note(method, params)
        return b"true"

    def control(self, verb: str, _params: Mapping[str, Any], /) -> Any:
        """What the benchmark asks for."""
        if verb == "forget":
            self.calls.clear()
            self.refused = 0
        used = os.times()
        return {
            "cpu_s": used.user + used.system,
            "polled_at": self.polled_at,
            "refused": self.refused,
            "calls": self.calls,
        }

    async def updates(self) -> list[Any]:
        """What is new for the bot, when there is something."""
        await asyncio.Event().wait()
        return []

    def note(self, method: str, params: Mapping[str, Any]) -> None:
        """A call has arrived."""
        self.calls.append((time.time(), method, int(params.get("chat_id", 0))))

    def _permits(self) -> bool:
        """Count a message; whether it is no more than the rate in the second that ends now."""
        now = time.time()
        while self._recent and self._recent[0] <= now - SECOND:
            self._recent.popleft()
        self._recent.append(now)
        return self._rate is None or len(self._recent) <= self._rate


def message(message_id: int, params: Mapping[str, Any]) -> dict[str, Any]:
    """A message as Telegram gives it back, with all that a library may want to read of it."""
    markup = params.get("reply_markup")
    chat = {"id": int(params["chat_id"]), "first_name": "Ana", "type": "private"}
    text = params["text"]
    return {
        "message_id": message_id, "from": BOT, "chat": chat, "date": 1_767_600_000, "text": text,
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
        **({"reply_markup": json.loads(markup) if isinstance(markup, str) else markup} if markup else {}),
    }  # fmt: skip


async def _read(request: BaseRequest) -> Mapping[str, Any]:
    body = await request.read()
    if request.content_type == "application/json":
        found = json.loads(body)
        return found if isinstance(found, dict) else {}
    return dict(parse_qsl(body.decode()))


async def serve(api: BotApi) -> None:
    """Serve until ended, and print the base URL."""
    pin(SERVER_CORE)
    runner = web.ServerRunner(web.Server(api.handle, access_log=None))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)  # noqa: T201
    await asyncio.Event().wait()


@contextmanager
def serving(module: str, latency: float, rate: int | None = None) -> Iterator[str]:
    """Run a server in a process of its own while the block runs; its base URL."""
    command = [sys.executable, "-m", module, str(latency), *([str(rate)] if rate else [])]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()


def given() -> tuple[float, int | None]:
    """Latency and rate, from the command line."""
    latency, *rate = sys.argv[1:]
    return float(latency), int(rate[0]) if rate else None


if __name__ == "__main__":
    asyncio.run(serve(BotApi(*given())))

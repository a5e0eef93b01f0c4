"""The offline Telegram as a process of its own that also notes when it delivered each update.

``python -m tests.benchmarks.noting LATENCY`` prints its base URL in the first line, its token in the second.
Beside the control API of ``reminderbot.demo.telegram`` it has GET /control/delivered: update id -> seconds since
1970 at which the answer with that update went out.
"""

import asyncio
import json
import sys
from typing import Any

from aiohttp import web

from reminderbot.demo.telegram.__main__ import Control, ShiftedClock
from reminderbot.demo.telegram.engine import OfflineTelegram, Reply
from reminderbot.demo.telegram.params import Upload
from reminderbot.demo.telegram.server import serve


class NotingTelegram(OfflineTelegram):
    """Notes when updates go out."""

    def __init__(self, clock: ShiftedClock, latency: float) -> None:
        """``latency`` is what the server adds to every answer, in seconds."""
        super().__init__(clock)
        self._latency = latency
        self.delivered: dict[int, float] = {}

    async def handle(self, token: str, method: str, raw: dict[str, Any], files: dict[str, Upload]) -> Reply:
        """One call of the bot."""
        reply = await super().handle(token, method, raw, files)
        if method.lower() == "getupdates" and reply.status == 200:
            at = self.clock().timestamp() + self._latency
            for update in json.loads(reply.body)["result"]:
                self.delivered.setdefault(update["update_id"], at)
        return reply

    async def show(self, _: web.Request) -> web.Response:
        """When each update was delivered."""
        return web.json_response(self.delivered)


async def run(latency: float) -> None:
    """Serve until ended."""
    clock = ShiftedClock()
    tele = NotingTelegram(clock, latency)
    routes = [web.get("/control/delivered", tele.show), *Control(tele, clock).routes()]
    async with serve(tele, latency=latency, extra=routes) as url:
        sys.stdout.write(f"{url}\n{tele.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(float(sys.argv[1])))

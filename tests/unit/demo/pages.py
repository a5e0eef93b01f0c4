"""An open demo with a bot that has something due every hour, and pages that listen to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.server import Address
from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.web.travel import Progress
from tests.acceptance.processes import PATIENCE

ANA = 1001


class Hourly:
    """A bot behind the demo with something due at every full hour."""

    def __init__(self, clock: DemoClock) -> None:
        self.clock = clock
        self.walked: list[datetime] = []
        self.planned = True
        self.broken = False
        self.pause = asyncio.Event()
        self.pause.set()

    async def next_moment(self) -> tuple[datetime, str] | None:
        full = self.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return (full, "Move for Ana") if self.planned else None

    async def jump(self, to: datetime, progress: Progress) -> None:
        if self.broken:
            raise RuntimeError("no database")
        while (coming := await self.next_moment()) and coming[0] <= to:
            await self.pause.wait()
            self.clock.set(coming[0])
            self.walked.append(coming[0])
            await progress(coming[0])


class Demo:
    """One open demo with a page listening."""

    def __init__(
        self, address: Address, http: aiohttp.ClientSession, tele: OfflineTelegram, bot: Hourly
    ) -> None:
        self.address, self.http, self.tele, self.bot = address, http, tele, bot
        self.clock = bot.clock

    async def do(self, deed: str, **body: Any) -> tuple[int, str | None]:
        async with self.http.post(f"{self.address.url}/do/{deed}", json=body) as response:
            return response.status, (await response.json())["problem"]

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Stream]:
        async with self.http.get(f"{self.address.url}/events") as response:
            yield Stream(response)


class Stream:
    """The events of one page."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, wanted: str) -> Any:
        """The data of the next event of one kind."""
        kind = ""
        async with asyncio.timeout(PATIENCE):
            async for line in self.response.content:
                name, _, rest = line.decode().strip().partition(": ")
                if name == "event":
                    kind = rest
                elif name == "data" and kind == wanted:
                    return json.loads(rest)
        raise AssertionError(f"the stream ended without {wanted}")

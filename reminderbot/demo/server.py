"""Serving the demo's web chat on loopback, on the asked port or the next free one."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.web.routes import Page
from reminderbot.demo.web.travel import Driver
from reminderbot.demo.web.view import PEOPLE, Contact, View

HOST = "127.0.0.1"
MORE_PORTS = 20


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is, and whether that is the port that was asked for."""

    url: str
    port: int
    asked: int

    @property
    def moved(self) -> bool:
        """Whether the asked port was busy."""
        return self.port != self.asked


@asynccontextmanager
async def serve_page(
    tele: OfflineTelegram,
    clock: DemoClock,
    driver: Driver,
    port: int = 8080,
    people: tuple[Contact, ...] = PEOPLE,
) -> AsyncIterator[Address]:
    """Serve the web chat until the block ends. Raises OSError when the port and the next 20 are all busy."""
    page = Page(View(tele, clock, people), driver)
    runner = web.AppRunner(page.app(), access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        used = await _listen(runner, port)
        yield Address(f"http://{HOST}:{used}", used, port or used)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> int:
    """Bind the first free port from `port` on (0: any); returns it."""
    last = min(port + MORE_PORTS, 65535)
    for candidate in range(port, last + 1):
        site = web.TCPSite(runner, HOST, candidate)
        try:
            await site.start()
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or candidate == last:
                raise
            await site.stop()
        else:
            return int(runner.addresses[0][1])
    raise OSError(errno.EADDRINUSE, f"no free port from {port} to {last}")

"""The whole, wired: the only place that knows every concrete part.

What only one role needs and takes long to import is imported where it is needed.
"""

import asyncio
import contextlib
import gc
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import structlog
import tzlocal
from sqlalchemy.exc import DatabaseError
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from reminderbot.library import checking, loader
from reminderbot.library.places import Places
from reminderbot.library.problems import ContentError
from reminderbot.ops import ticker
from reminderbot.ops.clock import SharedClock
from reminderbot.ops.ending import until_signal
from reminderbot.services import horizon, oncall, upkeep
from reminderbot.services.work import Surroundings
from reminderbot.settings import Role, Settings, key_for, make_folders
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault
from reminderbot.telegram import handlers, polling, webhook
from reminderbot.telegram.answering import Answerer, App
from reminderbot.telegram.context import DESK, Context, Desk
from reminderbot.telegram.handlers import menu
from reminderbot.telegram.intake import Intake
from reminderbot.telegram.sender import IN_FLIGHT, SAFETY_IN_FLIGHT, Sender
from reminderbot.telegram.transport import AiohttpRequest

log = structlog.get_logger()

Job: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

CONNECTIONS = IN_FLIGHT + SAFETY_IN_FLIGHT

POLLING_CONNECTIONS = 2
"""One, and another while Telegram has yet to notice that the first was given up."""

DEMO_RATE = 30
"""Messages a second in the demo, as Telegram allows."""

SHUTDOWN_SECONDS = 2.0
"""How long work in hand may take at the end; with the longest wait for the database it stays below 5 s."""


SWITCH_SECONDS = 0.0005
"""How long a thread of the store may keep the loop from going on: with Python's 5 ms calls would miss their slots."""


@dataclass(frozen=True, slots=True)
class Line:
    """How Telegram is reached: token, address, and the transports for calls and for polls."""

    token: str
    api_url: str
    calls: BaseRequest
    polls: BaseRequest


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is put together: what a process can do with it, and one way to let everything that is due happen."""

    desk: Desk
    app: App
    intake: Intake
    answerer: Answerer
    sender: Sender
    heartbeat_url: str | None = None

    async def poll(self) -> None:
        """Fetch updates and store them until cancelled. Raises StoppedError when Telegram refuses the bot."""
        await polling.persist(self._remove_webhook, forever=False)
        await polling.persist(self.intake.poll_once, forever=True)

    async def announce(self, address: str, secret: str) -> None:
        """Have updates delivered at an address."""
        await self._check_key()
        await webhook.register(self.app.bot, address, secret)

    async def work(self) -> None:
        """Answer, tick and send until cancelled. Raises StoppedError when Telegram refuses the bot."""
        await polling.persist(self.begin, forever=False)
        log.info("running", action="app.running", bot=self.app.bot.username)
        scheduler = ticker.schedule(self.desk, self.heartbeat_url)
        answering, sending = map(asyncio.create_task, (self.answerer.run(), self.sender.run()))
        try:
            ended, _ = await asyncio.wait((answering, sending), return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            scheduler.shutdown(wait=False)
            await self._finish(answering, sending)

    async def begin(self) -> None:
        """Get to know Telegram, tell it the menu, and take up what the last run had in hand."""
        await self.app.initialize()
        await menu.publish(self.app.bot, self.desk.around.library)
        await self._check_key()
        if not self.desk.store.is_server:
            await self.desk.work(upkeep.free_leases)
        await self.desk.work(oncall.renew_menus)

    async def settle(self) -> None:
        """Answer what has come in, do what is due now, send it; return when all of it is settled."""
        await self.answerer.drain()
        await ticker.tick(self.desk)
        await self.sender.drain()

    async def close(self) -> None:
        """Let go of connections and of the database."""
        await self.app.shutdown()
        await self.app.bot.shutdown()  # the application's own does nothing when Telegram was never reached
        self.desk.store.close()

    async def _remove_webhook(self) -> None:
        await self.app.bot.initialize()
        await self.app.bot.delete_webhook(drop_pending_updates=False)

    async def _check_key(self) -> None:
        if not await self.desk.work(upkeep.adopt_key):
            log.warning(
                "another key than last time: words stored with that one can't be read", action="key.changed"
            )

    async def _finish(self, answering: "asyncio.Task[None]", sending: "asyncio.Task[None]") -> None:
        """Finish what is in hand, for a while; what is not done by then is done by the next process, or another."""
        with contextlib.suppress(TimeoutError, DatabaseError):
            async with asyncio.timeout(SHUTDOWN_SECONDS):
                self.answerer.stop()
                await asyncio.wait([answering])
                await self.answerer.idle()
                self.sender.stop()
                await asyncio.wait([sending])
                await self.sender.idle()
                await ticker.note(self.desk)
        self.answerer.cancel()
        self.sender.cancel()


def open_store(settings: Settings) -> tuple[Store, Surroundings]:
    """The database, brought up to date, and everything that does not change while the bot runs.

    Raises SettingsError, StoreError, ContentError or PlacesError, each with a sentence.
    """
    folder = settings.reminderbot_content or loader.default_folder()
    if settings.reminderbot_content and not (report := checking.check(folder)).ok:
        raise ContentError(report.problems)
    library, places = loader.load(folder, examples=False), Places.load(folder / "places")
    make_folders(settings)
    store = Store(engine.parse_url(settings.database()), settings.database_pool)
    with contextlib.ExitStack() as stack:
        stack.callback(store.close)
        (schema.require if store.is_server else schema.migrate)(store)
        vault = Vault(key_for(settings))
        stack.pop_all()
    around = Surroundings(
        library,
        places,
        vault,
        settings.default_timezone,
        settings.nudge_spread,
        settings.send_rate,
        allow_paid_broadcast=settings.allow_paid_broadcast,
    )
    return store, around


def assemble(
    store: Store,
    around: Surroundings,
    line: Line,
    now: Callable[[], datetime],
    heartbeat_url: str | None = None,
) -> Running:
    """Put a bot together; to be called inside a running event loop."""
    stored, waiting = asyncio.Event(), asyncio.Event()
    desk = Desk(store, around, now, waiting.set)
    app: App = (
        Application.builder()
        .token(line.token)
        .base_url(f"{line.api_url}/bot")
        .base_file_url(f"{line.api_url}/file/bot")
        .request(line.calls)
        .get_updates_request(line.polls)
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    app.bot_data[DESK] = desk
    handlers.add_all(app)
    sender, answerer = Sender(desk, app.bot, waiting), Answerer(desk, app, stored)
    return Running(desk, app, Intake(desk, app.bot, stored.set), answerer, sender, heartbeat_url)


def utc_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


def run(settings: Settings, role: Role, now: Callable[[], datetime] | None = None) -> int:
    """Do what a role does until SIGTERM or Ctrl-C; 0 then. ``now``: another clock than the machine's or the server's.

    Raises SettingsError when the role needs more, the errors of ``open_store``, and StoppedError.
    """
    settings.require(role)
    delivered = role is Role.WEB or (role is Role.RUN and settings.webhook_url is not None)
    with contextlib.ExitStack() as stack:
        listening = None
        if delivered:
            from reminderbot.ops import serving

            listening = stack.enter_context(serving.listen(settings.port))
        store, around = open_store(settings)
        gc.freeze()  # what is loaded by now stays: looking through it again would take a second at the very end
        gc.enable()  # the command has turned it off
        sys.setswitchinterval(SWITCH_SECONDS)
        asyncio.run(_run(settings, role, listening, store, around, now))
    return 0


async def _run(
    settings: Settings,
    role: Role,
    listening: socket.socket | None,
    store: Store,
    around: Surroundings,
    now: Callable[[], datetime] | None,
) -> None:
    line = http_line(settings.token(), settings.telegram_api_url)
    heartbeat = settings.heartbeat_url.get_secret_value() if settings.heartbeat_url else None
    jobs: list[Job] = []
    if now is None and store.is_server:
        shared = SharedClock()
        shared.agree(store)
        jobs.append(partial(shared.keep, store))
        now = shared.now
    bot = assemble(store, around, line, now or utc_now, heartbeat)
    if role is not Role.WEB:
        jobs.append(bot.work)
    if listening:
        jobs.append(_site(bot, *settings.webhook(), listening))
    elif role is Role.RUN:
        jobs.append(bot.poll)
    await until_signal(live(bot, *jobs))


def _site(bot: Running, url: str, secret: str, listening: socket.socket) -> Job:
    """Serve where Telegram delivers: WEBHOOK_URL with a fixed end behind it."""
    from reminderbot.ops import serving, web

    address = url + web.DELIVERIES
    made = web.site(bot.desk, bot.intake.store, urlsplit(address).path, secret)
    return serving.Site(made, listening, partial(bot.announce, address, secret)).serve


def http_line(token: str, api_url: str) -> Line:
    """Telegram over HTTP."""
    return Line(token, api_url, AiohttpRequest(CONNECTIONS), AiohttpRequest(POLLING_CONNECTIONS))


async def live(bot: Running, *jobs: Job) -> None:
    """Do these side by side until cancelled, or until one of them fails; then let the others finish."""
    tasks = [asyncio.create_task(job()) for job in jobs]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        ended.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await bot.close()
        log.info("stopped", action="app.stopped")


def demo(settings: Settings, port: int, open_browser: bool, keep: bool) -> int:
    """Serve the real bot over HTTP against an offline Telegram, with a web chat, until Ctrl-C; 0 then.

    ``keep`` keeps the database in the data folder for the next time; otherwise all is gone at the end. Of the
    settings, only the data folder and the content are used. Raises OSError when no port is free.
    """
    with contextlib.ExitStack() as stack:
        home = settings.reminderbot_home / "demo"
        if not keep:
            temporary = tempfile.TemporaryDirectory(prefix="reminderbot-", ignore_cleanup_errors=True)
            home = Path(stack.enter_context(temporary))
        zone = tzlocal.get_localzone_name().removeprefix("Etc/")
        chosen = {
            "reminderbot_home": home,
            "database_url": None,
            "default_timezone": zone,
            "send_rate": DEMO_RATE,
        }
        store, around = open_store(settings.model_copy(update=chosen))
        asyncio.run(until_signal(_demo(store, around, port, open_browser)))
    return 0


async def _demo(store: Store, around: Surroundings, port: int, open_browser: bool) -> None:
    from reminderbot.demo.clock import DemoClock
    from reminderbot.demo.server import serve_page
    from reminderbot.demo.telegram import OfflineTelegram, serve
    from reminderbot.demo.walker import Walker
    from reminderbot.demo.web.view import ON_CALL, PEOPLE

    clock = DemoClock()
    tele = OfflineTelegram(clock.now)
    names = {contact.chat_id: contact.name for contact in PEOPLE}
    async with serve(tele) as api_url:
        bot = assemble(store, around, http_line(tele.token, api_url), clock.now)
        known = await bot.desk.work(horizon.remembered)
        clock.set(known.last_seen or clock.now())
        tele.go_on(known.update_id, known.message_id)
        for chat_id in known.chats:
            tele.person(chat_id, names.get(chat_id, "Somebody"), started=True)
        for contact in (contact for contact in PEOPLE if contact.role == ON_CALL):
            tele.person(contact.chat_id, contact.name, started=True)
            await bot.desk.work(oncall.put_first, contact.chat_id, contact.name)

        async def reminder() -> tuple[datetime, str] | None:
            return await bot.desk.work(horizon.next_reminder, names)

        walker = Walker(clock, lambda: bot.desk.work(horizon.next_moment), reminder, bot.settle)
        async with serve_page(tele, clock, walker, port) as page:
            moved = f" (port {page.asked} is busy)" if page.moved else ""
            # The address comes last, so that a terminal takes no full stop for a part of it.
            print(f"Press Ctrl-C to end the demo. It runs{moved} at {page.url}", flush=True)  # noqa: T201
            if open_browser:
                webbrowser.open(page.url)
            await live(bot, bot.poll, bot.work)

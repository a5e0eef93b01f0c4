"""The whole, wired: the only place that knows every concrete part."""

import asyncio
import contextlib
import gc
import signal
import tempfile
import webbrowser
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
import tzlocal
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest, HTTPXRequest

from reminderbot.library import checking, loader
from reminderbot.library.places import Places
from reminderbot.library.problems import ContentError
from reminderbot.ops import ticker
from reminderbot.services import horizon, oncall, upkeep
from reminderbot.services.work import Surroundings
from reminderbot.settings import Settings, key_for, make_folders
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault
from reminderbot.telegram import handlers, polling
from reminderbot.telegram.context import DESK, Context, Desk
from reminderbot.telegram.handlers import menu
from reminderbot.telegram.intake import App, Intake
from reminderbot.telegram.pacing import ChatPacer, Pacer
from reminderbot.telegram.sender import IN_FLIGHT, Sender

log = structlog.get_logger()

HTTP_POOL = 2 * IN_FLIGHT

POLLING_CONNECTIONS = 4
"""An interrupted poll can leave its connection stuck; the next one takes another."""

DEMO_RATE = 30
"""Messages a second in the demo, as Telegram allows."""

SHUTDOWN_SECONDS = 2.0
"""How long work in hand may take at the end; with the longest wait for the database it stays below 5 s."""


@dataclass(frozen=True, slots=True)
class Line:
    """How Telegram is reached: token, address, and the transports for calls and for polls."""

    token: str
    api_url: str
    calls: BaseRequest
    polls: BaseRequest


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is put together, and one way to let everything that is due happen."""

    desk: Desk
    app: App
    intake: Intake
    sender: Sender
    heartbeat_url: str | None = None

    async def begin(self) -> None:
        """Get to know Telegram, tell it the menu, put right what changed since the last run, and resume."""
        await self.app.initialize()
        await self.app.bot.delete_webhook(drop_pending_updates=False)
        await menu.publish(self.app.bot, self.desk.around.library)
        if not await self.desk.work(upkeep.adopt_key):
            log.warning("the key has changed: words stored before can't be read", action="key.changed")
        await self.desk.work(upkeep.free_safety)
        await self.desk.work(oncall.renew_menus)
        if await self.desk.work(upkeep.zone_data_changed):
            page: tuple[int, str] | None = (0, "")
            while page:
                page = await self.desk.work(upkeep.replan_page, page)
        await self.intake.resume()

    async def settle(self) -> None:
        """Finish what has come in, do what is due now, send it; return when all of it is settled."""
        await self.intake.idle()
        await ticker.tick(self.desk)
        await self.sender.drain()

    async def serve(self) -> None:
        """Poll, tick and send until cancelled. Raises StoppedError when Telegram refuses the bot."""
        scheduler = ticker.schedule(self.desk, self.heartbeat_url)
        polls = asyncio.create_task(polling.persist(self.intake.poll_once, forever=True))
        sends = asyncio.create_task(self.sender.run())
        try:
            ended, _ = await asyncio.wait((polls, sends), return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            scheduler.shutdown(wait=False)
            polls.cancel()
            self.sender.stop()
            await self._finish(polls, sends)

    async def _finish(self, *loops: "asyncio.Task[None]") -> None:
        """Finish what is in hand, for a while; what is not done by then is done by the next process."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SHUTDOWN_SECONDS):
                await asyncio.wait(loops)
                await self.intake.idle()
                await self.sender.idle()
        self.intake.cancel()
        self.sender.cancel()

    async def close(self) -> None:
        """Let go of connections and of the database."""
        await self.app.shutdown()
        self.desk.store.close()


def open_store(settings: Settings) -> tuple[Store, Surroundings]:
    """The database, brought up to date, and everything that does not change while the bot runs.

    Raises SettingsError, StoreError, ContentError or PlacesError, each with a sentence.
    """
    folder = settings.reminderbot_content or loader.default_folder()
    if settings.reminderbot_content and not (report := checking.check(folder)).ok:
        raise ContentError(report.problems)
    library, places = loader.load(folder), Places.load(folder / "places")
    make_folders(settings)
    store = Store(engine.parse_url(settings.database()))
    schema.migrate(store)
    vault = Vault(key_for(settings))
    return store, Surroundings(library, places, vault, settings.default_timezone, settings.nudge_spread)


def assemble(
    store: Store,
    around: Surroundings,
    line: Line,
    now: Callable[[], datetime],
    pacer: Pacer,
    chats: ChatPacer,
    heartbeat_url: str | None = None,
) -> Running:
    """Put a bot together; to be called inside a running event loop."""
    bell = asyncio.Event()
    desk = Desk(store, around, now, bell.set)
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
    sender = Sender(desk, app.bot, pacer, chats, bell)
    return Running(desk, app, Intake(desk, app), sender, heartbeat_url)


def utc_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


def run(settings: Settings, now: Callable[[], datetime] = utc_now) -> int:
    """Serve until SIGTERM or Ctrl-C; 0 then. Raises the errors of ``open_store`` and StoppedError."""
    token = settings.token()
    store, around = open_store(settings)
    gc.freeze()  # what is loaded by now stays: looking through it again would take a second at the very end
    asyncio.run(_run(settings, token, store, around, now))
    return 0


async def _run(
    settings: Settings, token: str, store: Store, around: Surroundings, now: Callable[[], datetime]
) -> None:
    line, pacer = http_line(token, settings.telegram_api_url), Pacer(settings.send_rate)
    heartbeat = settings.heartbeat_url.get_secret_value() if settings.heartbeat_url else None
    await until_signal(live(assemble(store, around, line, now, pacer, ChatPacer(), heartbeat)))


def http_line(token: str, api_url: str) -> Line:
    """Telegram over HTTP, with python-telegram-bot's own transport."""
    calls, polls = (
        HTTPXRequest(connection_pool_size=HTTP_POOL),
        HTTPXRequest(connection_pool_size=POLLING_CONNECTIONS),
    )
    return Line(token, api_url, calls, polls)


async def until_signal(job: Coroutine[Any, Any, None]) -> None:
    """Run a job until it ends, or until SIGTERM or Ctrl-C cancels it."""
    task = asyncio.ensure_future(job)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def live(bot: Running) -> None:
    """Begin and serve until cancelled. Raises StoppedError when Telegram refuses the bot."""
    try:
        await polling.persist(bot.begin, forever=False)
        log.info("running", action="app.running", bot=bot.app.bot.username)
        await bot.serve()
    finally:
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
        chosen = {"reminderbot_home": home, "database_url": None, "default_timezone": zone}
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
        pacer, chats = Pacer(DEMO_RATE), ChatPacer(lambda: clock.now().timestamp())
        bot = assemble(store, around, http_line(tele.token, api_url), clock.now, pacer, chats)
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
            await live(bot)

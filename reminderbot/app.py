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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import structlog
import tzlocal
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from reminderbot.library import checking, loader
from reminderbot.library.places import Places
from reminderbot.ops import drawing
from reminderbot.ops.clock import SharedClock
from reminderbot.ops.ending import until_signal
from reminderbot.ops.reloading import Reloading
from reminderbot.ops.running import Running
from reminderbot.services import horizon, oncall
from reminderbot.services.work import Surroundings
from reminderbot.settings import Role, Settings, key_for, make_folders
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault
from reminderbot.telegram import handlers, polling
from reminderbot.telegram.answering import Answerer, App
from reminderbot.telegram.calls import Calls
from reminderbot.telegram.context import DESK, Context, Desk
from reminderbot.telegram.figures import Figures
from reminderbot.telegram.intake import Intake
from reminderbot.telegram.pictures import Pictures
from reminderbot.telegram.sender import IN_FLIGHT, SAFETY_IN_FLIGHT, Sender
from reminderbot.telegram.transport import AiohttpRequest

log = structlog.get_logger()

Job: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

CONNECTIONS = IN_FLIGHT + SAFETY_IN_FLIGHT

POLLING_CONNECTIONS = 2
"""One, and another while Telegram has yet to notice that the first was given up."""

DEMO_RATE = 30
"""Messages a second in the demo, as Telegram allows."""

SWITCH_SECONDS = 0.0005
"""How long a thread of the store may keep the loop from going on: with Python's 5 ms calls would miss their slots."""


@dataclass(frozen=True, slots=True)
class Line:
    """How Telegram is reached: token, address, and the transports for calls and for polls."""

    token: str
    api_url: str
    calls: BaseRequest
    polls: BaseRequest


def open_store(settings: Settings) -> tuple[Store, Surroundings]:
    """The database, brought up to date, and everything that does not change while the bot runs.

    Raises SettingsError, StoreError, ContentError or PlacesError, each with a sentence.
    """
    if settings.reminderbot_content:
        library, places = checking.usable(settings.reminderbot_content)
    else:
        folder = loader.default_folder()
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
        admin_chats=frozenset(settings.admin_chats),
        figures=_figures(settings),
    )
    return store, around


def _content(settings: Settings) -> Reloading:
    own = settings.reminderbot_content
    return Reloading(own or loader.default_folder(), is_judged=own is None)


def _figures(settings: Settings) -> Path:
    return settings.reminderbot_home / "figures"


def assemble(
    store: Store,
    around: Surroundings,
    line: Line,
    now: Callable[[], datetime],
    heartbeat_url: str | None = None,
    *,
    draw_missing: bool = False,
) -> Running:
    """Put a bot together; to be called inside a running event loop.

    ``draw_missing``: figures that nobody has drawn yet are drawn by the bot itself, when they are wanted.
    """
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
    pictures = Pictures(desk, app.bot, partial(Figures, folder=around.figures, draw_missing=draw_missing))
    sender = Sender(desk, Calls(desk, app.bot, pictures), pictures, waiting)
    intake, answerer = Intake(desk, app.bot, stored.set), Answerer(desk, app, stored)
    return Running(desk, app, intake, answerer, sender, heartbeat_url)


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
        content = _content(settings)
        store, around = open_store(settings)
        gc.freeze()  # what is loaded by now stays: looking through it again would take a second at the very end
        gc.enable()  # the command has turned it off
        sys.setswitchinterval(SWITCH_SECONDS)
        asyncio.run(_run(settings, role, listening, content, store, around, now))
    return 0


async def _run(
    settings: Settings,
    role: Role,
    listening: socket.socket | None,
    content: Reloading,
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
    async with contextlib.AsyncExitStack() as stack:
        taken = None
        if role is not Role.WEB:
            draw = await stack.enter_async_context(drawing.beside(content.folder, _figures(settings)))
            taken = partial(_renew, bot, draw)
        await until_signal(live(bot, *jobs, partial(content.run, bot.desk, taken)))


async def _renew(bot: Running, draw: Callable[[], None]) -> None:
    """Draw and publish what the content has now."""
    draw()
    await polling.persist(bot.tell_menus, forever=False)


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
        content = _content(settings)
        store, around = open_store(settings.model_copy(update=chosen))
        asyncio.run(until_signal(_demo(content, store, around, port, open_browser)))
    return 0


async def _demo(
    content: Reloading, store: Store, around: Surroundings, port: int, open_browser: bool
) -> None:
    from reminderbot.demo.clock import DemoClock
    from reminderbot.demo.server import serve_page
    from reminderbot.demo.telegram import OfflineTelegram, serve
    from reminderbot.demo.walker import Walker
    from reminderbot.demo.web.view import ON_CALL, PEOPLE

    clock = DemoClock()
    tele = OfflineTelegram(clock.now)
    names = {contact.chat_id: contact.name for contact in PEOPLE}
    operators = frozenset(contact.chat_id for contact in PEOPLE if contact.role == ON_CALL)
    around = replace(around, admin_chats=operators)
    async with serve(tele) as api_url:
        bot = assemble(store, around, http_line(tele.token, api_url), clock.now, draw_missing=True)
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
            await live(bot, bot.poll, bot.work, partial(content.run, bot.desk, bot.tell_menus))

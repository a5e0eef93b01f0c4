"""Who sends in the benchmark ``send``: each in a process of its own, on one core.

``python -m tests.benchmarks.contenders NAME URL COUNT`` prints one JSON object: seconds and seconds of the processor
from the first message until the last is answered, or settled where there is a store.
"""

import asyncio
import gc
import importlib
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from reminderbot import app
from reminderbot.ops.running import Running
from reminderbot.services import delivery
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import Lane, on_its_way
from reminderbot.store.tables import reminders as rows
from reminderbot.telegram import keyboards, wording
from reminderbot.telegram.sender import IN_FLIGHT
from tests.benchmarks import parts, towns
from tests.benchmarks.botapi import BOT_CORE, TOKEN, pin

FIRST_CHAT = 1_000_000
DEFAULT_IN_FLIGHT = 64
LOOK_SECONDS = 0.02


class Text(NamedTuple):
    """A message as a peer is given it: finished."""

    chat_id: int
    text: str
    buttons: InlineKeyboardMarkup | None


class Spent(NamedTuple):
    """What sending took."""

    wall_s: float
    cpu_s: float


Contender = Callable[[str, Path, int], Coroutine[Any, Any, Spent]]


async def reminderbot(url: str, folder: Path, count: int) -> Spent:
    """This bot: reminders that are due, from a SQLite file to their last state in it."""
    with parts.store_at(folder / "bot.db") as store:
        with store.begin() as tx:
            fill(Work(tx, datetime.now(UTC), parts.around()), count)
        bot = app.assemble(store, parts.around(), app.http_line(TOKEN, url), app.utc_now)
        await bot.app.initialize()
        begun = _begin()
        await _send_all(bot)
        spent = _since(begun)
        await bot.app.shutdown()
    return spent


async def _send_all(bot: Running) -> None:
    sending = asyncio.create_task(bot.sender.run())
    while await bot.desk.store.run(bot.desk.store.transact, _is_any_left):
        assert not sending.done(), sending.exception()
        await asyncio.sleep(LOOK_SECONDS)
    bot.sender.stop()
    await sending
    await bot.sender.idle()


def _is_any_left(tx: Connection) -> bool:
    return tx.execute(select(rows.c.chat_id).where(on_its_way(rows)).limit(1)).first() is not None


async def default_transport(url: str, folder: Path, count: int) -> Spent:
    """python-telegram-bot as it comes, with no store."""
    texts = _texts(folder, count)
    request = HTTPXRequest(connection_pool_size=DEFAULT_IN_FLIGHT)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request) as bot:

        async def send(one: Text) -> None:
            await bot.send_message(
                one.chat_id,
                one.text,
                ParseMode.HTML,
                reply_markup=one.buttons,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        return await _in_flight(DEFAULT_IN_FLIGHT, send, texts)


async def aiogram(url: str, folder: Path, count: int) -> Spent:
    """The aiogram library, with no store and as many calls in flight as this bot has."""
    library: Any = importlib.import_module("aiogram")
    client: Any = importlib.import_module("aiogram.client.session.aiohttp")
    server: Any = importlib.import_module("aiogram.client.telegram")
    types: Any = library.types
    # Pydantic checks what it is given, so its own objects are made beforehand as well.
    texts = [
        (one, types.InlineKeyboardMarkup.model_validate(one.buttons.to_dict()) if one.buttons else None)
        for one in _texts(folder, count)
    ]
    preview = types.LinkPreviewOptions(is_disabled=True)
    session = client.AiohttpSession(api=server.TelegramAPIServer.from_base(url), limit=IN_FLIGHT)
    async with library.Bot(TOKEN, session=session) as bot:

        async def send(given: tuple[Text, Any]) -> None:
            one, buttons = given
            await bot.send_message(
                one.chat_id, one.text, parse_mode="HTML", reply_markup=buttons, link_preview_options=preview
            )

        return await _in_flight(IN_FLIGHT, send, texts)


CONTENDERS: dict[str, Contender] = {
    "reminderbot": reminderbot, "default_transport": default_transport, "aiogram": aiogram,
}  # fmt: skip


def is_there(name: str) -> bool:
    """Whether a contender can be run here."""
    return name != "aiogram" or importlib.util.find_spec("aiogram") is not None


def fill(work: Work, count: int) -> None:
    """So many subscribers who have a reminder that is due now."""
    chats = range(FIRST_CHAT, FIRST_CHAT + count)
    towns.subscribe(work, chats)
    due_at = work.at.replace(microsecond=0) - timedelta(seconds=1)
    towns.remind(work, chats, ReminderKey("move", due_at))


def _texts(folder: Path, count: int) -> Sequence[Text]:
    """What this bot would send to so many subscribers."""
    around = parts.around()
    with parts.store_at(folder / "texts.db") as store, store.begin() as tx:
        work = Work(tx, datetime.now(UTC), around)
        fill(work, count)
        outgoing = delivery.claim(work, [Lane.REMINDER], count).rows
        return [
            Text(
                out.chat_id,
                wording.render(around.library, out.template, out.args, work.at),
                _buttons(keyboards.markup(around.library, out.template, out.args, work.at)),
            )
            for out in outgoing
        ]


def _buttons(found: dict[str, Any] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(found, None) if found else None


async def _in_flight(places: int, send: Callable[[Any], Awaitable[None]], items: Sequence[Any]) -> Spent:
    waiting = iter(items)

    async def worker() -> None:
        for item in waiting:
            await send(item)

    begun = _begin()
    await asyncio.gather(*(worker() for _ in range(places)))
    return _since(begun)


def _begin() -> Spent:
    """All that is there by now is left alone by the collector, as in ``app.run``: no contender waits for it."""
    gc.collect()
    gc.freeze()
    return _now()


def _now() -> Spent:
    return Spent(time.perf_counter(), time.process_time())


def _since(begun: Spent) -> Spent:
    now = _now()
    return Spent(now.wall_s - begun.wall_s, now.cpu_s - begun.cpu_s)


def main() -> None:
    """Send and print."""
    name, url, count = sys.argv[1:]
    pin(BOT_CORE)
    with tempfile.TemporaryDirectory() as folder:
        spent = asyncio.run(CONTENDERS[name](url, Path(folder), int(count)))
    print(json.dumps(spent._asdict()))  # noqa: T201


if __name__ == "__main__":
    main()

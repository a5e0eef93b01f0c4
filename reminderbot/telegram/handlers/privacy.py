"""/privacy, /export and /forget; and the file of /export, brought to another server."""

import asyncio
import re
from typing import Final

from telegram import Document, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.services import exported, importing, outbox, privacy
from reminderbot.services.exported import WrongFileError
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards.privacy import TAKE

MOST_BYTES: Final = 5_000_000
"""Of a file that is fetched: an export of twenty years, and far less than Telegram would hand out."""

FETCH_SECONDS: Final = 12.0
"""How long fetching may take in all: far less than the update belongs to this worker."""


async def show_privacy(_: Update, context: Context) -> None:
    """Say what is kept, and for how long. Telegram's terms ask every bot to answer this."""
    await context.commit(outbox.say, context.chat_id, "privacy.text")


async def export(_: Update, context: Context) -> None:
    """Hand over everything as two files."""
    await context.commit(privacy.export, context.chat_id)


async def forget(_: Update, context: Context) -> None:
    """Ask whether to delete everything."""
    await context.commit(privacy.ask_forget, context.chat_id)


async def press_forget(_: Update, context: Context) -> None:
    """Delete everything."""
    await context.commit(privacy.forget, context.chat_id, parts.tap(context))


async def press_keep(_: Update, context: Context) -> None:
    """Delete nothing."""
    await context.commit(privacy.keep, context.chat_id, parts.tap(context))


async def read_export(_: Update, context: Context) -> None:
    """Read the file of another server, and offer to take it over. It is fetched before anything is written."""
    message = context.event.message
    try:
        if message is None or message.document is None:
            raise WrongFileError("import.foreign")
        content = await _fetch(message.document)
        export = await asyncio.to_thread(exported.read, content)
    except WrongFileError as wrong:
        await context.commit_unless_answered(importing.refuse, context.chat_id, wrong)
    else:
        await context.commit(importing.offer, context.chat_id, export)


async def table(_: Update, context: Context) -> None:
    """The other file of /export, which is for spreadsheets."""
    await context.commit_unless_answered(importing.refuse, context.chat_id, WrongFileError("import.table"))


async def press_take(_: Update, context: Context) -> None:
    """Take over what a file offers."""
    draft = keys.decode_number(parts.rest(context))
    await context.commit(importing.take, context.chat_id, draft, parts.tap(context))


async def _fetch(document: Document) -> bytes:
    """What stands in a file; raises WrongFileError when it is too big, or can't be had now."""
    if (document.file_size or 0) > MOST_BYTES:
        raise WrongFileError("import.too_big")
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            content = await (await document.get_file()).download_as_bytearray()
    except (TelegramError, TimeoutError):
        raise WrongFileError("import.not_fetched") from None
    if len(content) > MOST_BYTES:
        raise WrongFileError("import.too_big")
    return bytes(content)


_EXPORT = re.compile(r".*\.json", re.IGNORECASE)
_TABLE = re.compile(r"reminderbot.*\.csv", re.IGNORECASE)


class _Named(filters.MessageFilter):
    def __init__(self, form: re.Pattern[str]) -> None:
        super().__init__()
        self._form = form

    def filter(self, message: Message) -> bool:
        name = message.document.file_name if message.document else None
        return self._form.fullmatch(name or "") is not None


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("privacy", show_privacy, parts.NEW),
    CommandHandler("export", export, parts.NEW),
    CommandHandler("forget", forget, parts.NEW),
    MessageHandler(parts.bare("delete everything(?:,? please)?"), forget),
    MessageHandler(parts.NEW & _Named(_EXPORT), read_export),
    MessageHandler(parts.NEW & _Named(_TABLE), table),
    CallbackQueryHandler(press_take, callbacks.pattern(TAKE)),
    CallbackQueryHandler(press_forget, callbacks.pattern("forget")),
    CallbackQueryHandler(press_keep, callbacks.pattern("keep")),
]
"""In order."""

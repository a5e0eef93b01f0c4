"""/privacy, /export and /forget."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from reminderbot.services import outbox, privacy
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


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


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("privacy", show_privacy, parts.NEW),
    CommandHandler("export", export, parts.NEW),
    CommandHandler("forget", forget, parts.NEW),
    CallbackQueryHandler(press_forget, callbacks.pattern("forget")),
    CallbackQueryHandler(press_keep, callbacks.pattern("keep")),
]
"""In order."""

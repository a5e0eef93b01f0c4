"""/pause and /resume, as commands, words and buttons."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.rules.timewords import is_pause
from reminderbot.services import pauses
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts

_WANTED = r"(?:(?:please )?(?:turn|switch|put) )?(?:my |the )?reminders (?:back )?on(?: again)?(?: please)?"


async def pause(_: Update, context: Context) -> None:
    """Pause for as long as the words say."""
    await context.commit(pauses.pause, context.chat_id, parts.words(context))


async def resume(_: Update, context: Context) -> None:
    """End the pause."""
    await context.commit(pauses.resume, context.chat_id)


async def wanted(_: Update, context: Context) -> None:
    """The words that reminders are wanted again."""
    await context.commit(pauses.wanted, context.chat_id)


async def press_pause(_: Update, context: Context) -> None:
    """Pause for as long as the button says."""
    await context.commit(pauses.pause, context.chat_id, parts.rest(context), parts.tap(context))


async def press_resume(_: Update, context: Context) -> None:
    """End the pause."""
    await context.commit(pauses.resume, context.chat_id, parts.tap(context))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("pause", pause, parts.NEW),
    CommandHandler(["resume", "unpause"], resume, parts.NEW),
    MessageHandler(parts.says(is_pause), pause),
    MessageHandler(parts.bare("resume", "unpause"), resume),
    MessageHandler(parts.bare(_WANTED), wanted),
    CallbackQueryHandler(press_pause, callbacks.pattern("pause")),
    CallbackQueryHandler(press_resume, callbacks.pattern("resume")),
]
"""In order."""

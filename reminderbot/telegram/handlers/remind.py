"""/remind and its buttons, which carry the same words."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from reminderbot.services import cadences
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


async def remind(_: Update, context: Context) -> None:
    """Show what is planned, or change it."""
    if words := parts.words(context):
        await context.commit(cadences.remind, context.chat_id, words)
    else:
        await context.commit(cadences.overview, context.chat_id)


async def press_plans(_: Update, context: Context) -> None:
    """Back to the overview."""
    await context.commit(cadences.overview, context.chat_id, parts.tap(context))


async def press_planning(_: Update, context: Context) -> None:
    """The overview, below the settings."""
    await context.commit(cadences.overview_below, context.chat_id, parts.tap(context))


async def press_words(_: Update, context: Context) -> None:
    """A habit, or a habit and new words for its plan: ``move:every 45m``."""
    words = parts.rest(context).replace(":", " ", 1)
    await context.commit(cadences.remind, context.chat_id, words, parts.tap(context))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("remind", remind, parts.NEW),
    CallbackQueryHandler(press_plans, callbacks.pattern("plans")),
    CallbackQueryHandler(press_planning, callbacks.pattern("planning")),
    CallbackQueryHandler(press_words, callbacks.pattern("plan")),
    CallbackQueryHandler(press_words, callbacks.pattern("set")),
]
"""In order."""

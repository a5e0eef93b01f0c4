"""/today."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler

from reminderbot.services import overviews
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


async def today(_: Update, context: Context) -> None:
    """What is done today, and what is left."""
    await context.commit(overviews.today, context.chat_id)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("today", today, parts.NEW),
    MessageHandler(parts.bare("today"), today),
]
"""In order."""

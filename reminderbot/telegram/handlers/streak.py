"""/streak."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler

from reminderbot.services import overviews
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


async def streak(_: Update, context: Context) -> None:
    """Streak and strength of each habit."""
    await context.commit(overviews.streak, context.chat_id)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("streak", streak, parts.NEW),
    MessageHandler(parts.bare("streak"), streak),
]
"""In order."""

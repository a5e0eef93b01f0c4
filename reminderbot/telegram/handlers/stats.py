"""/stats."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler

from reminderbot.services import stats as services
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


async def stats(_: Update, context: Context) -> None:
    """The calendar of each habit, as a picture and in words."""
    await context.commit(services.show, context.chat_id)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("stats", stats, parts.NEW),
    MessageHandler(parts.bare("stats", "statistics", "calendar"), stats),
]
"""In order."""

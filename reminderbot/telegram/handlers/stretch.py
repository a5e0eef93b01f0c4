"""/stretch: today's stretch now."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler

from reminderbot.services import asking
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts

HABIT = "stretch"
"""The habit whose card is shown."""


async def stretch(_: Update, context: Context) -> None:
    """Show the day's stretch with its buttons."""
    await context.commit(asking.ask, context.chat_id, HABIT)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(HABIT, stretch, parts.NEW),
    MessageHandler(parts.bare("stretch"), stretch),
]
"""In order."""

"""/today, and what happens on its pinned card."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.services import groups, overviews, todaycard
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards.today import CARD


async def today(_: Update, context: Context) -> None:
    """What is done today, and what is left."""
    await context.commit(overviews.today, context.chat_id)


async def press_card(_: Update, context: Context) -> None:
    """The button of the card."""
    await context.commit(todaycard.press, context.chat_id, parts.rest(context), parts.tap(context))


async def pinned(update: Update, context: Context) -> None:
    """Telegram notes that something was pinned; nobody waits for an answer."""
    message, user = update.effective_message, update.effective_user
    if message and user and user.is_bot:
        await context.commit(todaycard.pinned, context.chat_id, message.message_id)
    else:
        await context.commit(groups.let_pass)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("today", today, parts.NEW),
    MessageHandler(parts.bare("today"), today),
    CallbackQueryHandler(press_card, callbacks.pattern(CARD)),
    MessageHandler(filters.StatusUpdate.PINNED_MESSAGE, pinned),
]
"""In order."""

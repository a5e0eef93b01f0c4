"""/stretch: today's stretch now, and its steps."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.services import asking, howto, outbox
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards.reminder import STEPS

HABIT = "stretch"
"""The habit whose card is shown."""


async def stretch(_: Update, context: Context) -> None:
    """Show the day's stretch with its buttons."""
    await context.commit(asking.ask, context.chat_id, HABIT)


async def steps(_: Update, context: Context) -> None:
    """The word "steps"."""
    await context.commit(howto.said, context.chat_id)


async def press_steps(_: Update, context: Context) -> None:
    """Steps, under the picture of a stretch."""
    tap = parts.tap(context)
    if key := keys.decode(parts.rest(context)):
        await context.commit(howto.press, context.chat_id, key, tap)
    else:
        await context.commit(outbox.toast, context.chat_id, tap.query_id, "answers.unknown")


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(HABIT, stretch, parts.NEW),
    MessageHandler(parts.bare("stretch"), stretch),
    MessageHandler(parts.bare("(?:show )?(?:me )?(?:the )?steps"), steps),
    CallbackQueryHandler(press_steps, callbacks.pattern(STEPS)),
]
"""In order."""

"""/learn: conditions and facts to read, and what there is to read behind a safety card."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.services import learning
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import learn as buttons

LONGEST = 60
"""Characters of what is to be read about, without the command; more is something else that begins with "learn"."""


async def learn(_: Update, context: Context) -> None:
    """List what there is to read, or show what is named."""
    if words := learning.asked(parts.text(context)):
        await context.commit(learning.look_up, context.chat_id, words)
    else:
        await context.commit(learning.overview, context.chat_id)


async def press_list(_: Update, context: Context) -> None:
    """A page of the list."""
    page = parts.numbers(context, 1) or [0]
    await context.commit(learning.overview, context.chat_id, page[0], parts.tap(context))


async def press_condition(_: Update, context: Context) -> None:
    """One condition."""
    await context.commit(learning.condition, context.chat_id, parts.rest(context), parts.tap(context))


async def press_fact(_: Update, context: Context) -> None:
    """The fact of the day, or another one."""
    number = parts.numbers(context, 1)
    await context.commit(learning.fact, context.chat_id, number[0] if number else None, parts.tap(context))


async def press_reads(_: Update, context: Context) -> None:
    """What there is to read about complaints like those of a report."""
    report = keys.decode_number(parts.rest(context))
    await context.commit(learning.about, context.chat_id, report, parts.tap(context))


def _asks(text: str) -> bool:
    wanted = learning.asked(text)
    return wanted is not None and len(wanted) <= LONGEST


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("learn", learn, parts.NEW),
    MessageHandler(parts.says(_asks), learn),
    CallbackQueryHandler(press_list, callbacks.pattern(buttons.LIST)),
    CallbackQueryHandler(press_condition, callbacks.pattern(buttons.CONDITION)),
    CallbackQueryHandler(press_fact, callbacks.pattern(buttons.FACT)),
    CallbackQueryHandler(press_reads, callbacks.pattern(buttons.READS)),
]
"""In order."""

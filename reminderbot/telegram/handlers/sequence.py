"""/warmup, /cooldown, /yoga, and the buttons and words with which somebody goes through a sequence."""

import re

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.services import outbox, sequences
from reminderbot.services.sequences import Way
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.handlers.stretch import HABIT
from reminderbot.telegram.keyboards import sequence as buttons

YOGA = "chair-yoga"
"""The habit, and the sequence that it shows."""

_STOP = r"(?:please |i want to )?stop(?: it)?(?: now)?(?:,? please)?"


async def warm_up(_: Update, context: Context) -> None:
    """Begin the warm-up."""
    await context.commit(sequences.ask, context.chat_id, HABIT, "warmup")


async def cool_down(_: Update, context: Context) -> None:
    """Begin the cool-down."""
    await context.commit(sequences.ask, context.chat_id, HABIT, "cooldown")


async def yoga(_: Update, context: Context) -> None:
    """Begin the chair yoga."""
    await context.commit(sequences.ask, context.chat_id, YOGA, YOGA)


async def way(_: Update, context: Context) -> None:
    """A word that says where to go."""
    word = re.sub(r"\W", "", parts.text(context)).lower()
    await context.commit_unless_answered(sequences.said, context.chat_id, Way(word))


async def stop(_: Update, context: Context) -> None:
    """The bare word: this sequence, or all reminders."""
    await context.commit(sequences.stop, context.chat_id, context.said_at)


async def press_start(_: Update, context: Context) -> None:
    """Begin the sequence of a reminder."""
    if key := keys.decode(parts.rest(context)):
        await context.commit(sequences.start, context.chat_id, key, parts.tap(context))
    else:
        await _unknown(context)


async def press_move(_: Update, context: Context) -> None:
    """One of the moves."""
    name, _colon, number = parts.rest(context).rpartition(":")
    key = keys.decode(name)
    if key and number.isascii() and number.isdecimal() and len(number) <= buttons.DIGITS:
        await context.commit(sequences.go, context.chat_id, key, int(number), parts.tap(context))
    else:
        await _unknown(context)


async def _unknown(context: Context) -> None:
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("warmup", warm_up, parts.NEW),
    CommandHandler("cooldown", cool_down, parts.NEW),
    CommandHandler("yoga", yoga, parts.NEW),
    MessageHandler(parts.bare("warm[ -]?up"), warm_up),
    MessageHandler(parts.bare("cool[ -]?down"), cool_down),
    MessageHandler(parts.bare("(?:chair[ -]?)?yoga"), yoga),
    MessageHandler(parts.bare("begin", "next", "back"), way),
    MessageHandler(parts.bare(_STOP) & ~filters.COMMAND, stop),
    CallbackQueryHandler(press_start, callbacks.pattern(buttons.START)),
    CallbackQueryHandler(press_move, callbacks.pattern(buttons.MOVE)),
]
"""In order; before those of /start, for the bare word "stop". The command /stop always means all reminders."""

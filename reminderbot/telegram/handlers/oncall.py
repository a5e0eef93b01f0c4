"""For people on call: buttons of a note, /cases, /ack, /close, /away, and replies to a note."""

import re

from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from reminderbot.rules.echo import echo
from reminderbot.services import handling, oncall, outbox
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts


async def show_cases(update: Update, context: Context) -> None:
    """List what is open; with the word drill behind it, start one."""
    if parts.words(context).casefold() == "drill":
        name = echo(update.effective_user.first_name) if update.effective_user else ""
        await context.commit(handling.drill, context.chat_id, name)
    else:
        await context.commit(handling.show, context.chat_id)


async def acknowledge(_: Update, context: Context) -> None:
    """/ack 7."""
    if (number := _number(context)) is None:
        await context.commit(outbox.say, context.chat_id, "oncall.which_case")
    else:
        await context.commit(handling.acknowledge, context.chat_id, number)


async def close(_: Update, context: Context) -> None:
    """/close 7."""
    if (number := _number(context)) is None:
        await context.commit(outbox.say, context.chat_id, "oncall.which_case")
    else:
        await context.commit(handling.close, context.chat_id, number)


async def away(_: Update, context: Context) -> None:
    """/away 8h, and /away off."""
    await context.commit(oncall.away, context.chat_id, parts.words(context))


async def press_acknowledge(_: Update, context: Context) -> None:
    """Acknowledge, under a note."""
    if numbers := parts.numbers(context, 1):
        await context.commit(handling.acknowledge, context.chat_id, numbers[0], parts.tap(context))
    else:
        await _forged(context)


async def press_close(_: Update, context: Context) -> None:
    """Close, under a note."""
    if numbers := parts.numbers(context, 1):
        await context.commit(handling.close, context.chat_id, numbers[0], parts.tap(context))
    else:
        await _forged(context)


async def reply(update: Update, context: Context) -> None:
    """What answers a note goes to the person; a reply to anything else is left to the other handlers."""
    message = update.effective_message
    replied = message.reply_to_message if message else None
    if replied is None:
        return
    is_note = await context.desk.work(oncall.is_note_reply, context.chat_id, replied.message_id)
    if is_note:
        await context.commit(handling.relay, context.chat_id, replied.message_id, parts.text(context))
        raise ApplicationHandlerStop


async def _forged(context: Context) -> None:
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


def _number(context: Context) -> int | None:
    found = re.fullmatch(r"#?([0-9]{1,9})", parts.words(context))
    return int(found[1]) if found else None


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("cases", show_cases, parts.NEW),
    CommandHandler("ack", acknowledge, parts.NEW),
    CommandHandler("close", close, parts.NEW),
    CommandHandler("away", away, parts.NEW),
    CallbackQueryHandler(press_acknowledge, callbacks.pattern("oack")),
    CallbackQueryHandler(press_close, callbacks.pattern("oclose")),
]
"""In order."""

REPLIES: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(parts.NEW & filters.REPLY & ~filters.COMMAND, reply)
]
"""Before all others, which would read "done" as an answer to a reminder."""

"""For people on call: buttons of a note, /cases, /ack, /close, /away; and replies, to a note and back."""

import re
from collections.abc import Callable

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
from reminderbot.services import handling, oncall, outbox, passing
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import oncall as buttons

_ON_CASE: dict[str, Callable[[Work, int, int, Tap], None]] = {
    buttons.ACKNOWLEDGE: handling.acknowledge,
    buttons.CLOSE: handling.ask_close,
    buttons.SURE: handling.close,
    buttons.KEEP: handling.keep_open,
}
"""By verb: what is done with the case whose number the button has."""


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
        await context.commit(handling.close_typed, context.chat_id, number)


async def away(_: Update, context: Context) -> None:
    """/away 8h, and /away off."""
    await context.commit(oncall.away, context.chat_id, parts.words(context))


async def press(_: Update, context: Context) -> None:
    """A button of a note, or of the question whether to close its case."""
    query, numbers = context.event.callback_query, parts.numbers(context, 1)
    verb, _rest = callbacks.decode(query.data if query else None)
    if numbers:
        await context.commit(_ON_CASE[verb], context.chat_id, numbers[0], parts.tap(context))
    else:
        await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


async def reply(update: Update, context: Context) -> None:
    """What answers a note goes to the person, and what they answer comes back; all else is left to other handlers."""
    message = update.effective_message
    replied = message.reply_to_message if message else None
    if replied is None:
        return
    if way := await context.desk.work(passing.way_of, context.chat_id, replied.message_id):
        await context.commit(way, context.chat_id, replied.message_id, parts.text(context))
        raise ApplicationHandlerStop


def _number(context: Context) -> int | None:
    found = re.fullmatch(r"#?([0-9]{1,9})", parts.words(context))
    return int(found[1]) if found else None


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("cases", show_cases, parts.NEW),
    CommandHandler("ack", acknowledge, parts.NEW),
    CommandHandler("close", close, parts.NEW),
    CommandHandler("away", away, parts.NEW),
    *[CallbackQueryHandler(press, callbacks.pattern(verb)) for verb in _ON_CASE],
]
"""In order."""

REPLIES: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(parts.NEW & filters.REPLY & ~filters.COMMAND, reply)
]
"""Before all others, which would read "done" as an answer to a reminder."""

"""/symptom, "Something feels wrong", and the answers to both."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.rules.echo import echo
from reminderbot.services import outbox, symptoms
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import symptom as buttons


async def symptom(_: Update, context: Context) -> None:
    """Begin the check."""
    await context.commit(symptoms.begin, context.chat_id)


async def wrong(_: Update, context: Context) -> None:
    """The words "something feels wrong"."""
    await context.commit(symptoms.wrong, context.chat_id)


async def press_begin(_: Update, context: Context) -> None:
    """Begin the check."""
    await context.commit(symptoms.begin, context.chat_id, parts.tap(context))


async def press_has(update: Update, context: Context) -> None:
    """One of a page's answers."""
    name = echo(update.effective_user.first_name) if update.effective_user else ""
    await context.commit(symptoms.has, context.chat_id, parts.rest(context), name, parts.tap(context))


async def press_none(_: Update, context: Context) -> None:
    """None of a page's answers."""
    await context.commit(symptoms.has_none, context.chat_id, parts.rest(context), parts.tap(context))


async def press_wrong(_: Update, context: Context) -> None:
    """Something feels wrong: under a stretch, or in the help."""
    key = keys.decode(parts.rest(context))
    await context.commit(symptoms.wrong, context.chat_id, key, parts.tap(context))


async def press_worse(_: Update, context: Context) -> None:
    """This stretch made it worse."""
    tap = parts.tap(context)
    if key := keys.decode(parts.rest(context)):
        await context.commit(symptoms.worse, context.chat_id, key, tap)
    else:
        await context.commit(outbox.toast, context.chat_id, tap.query_id, "tapped.unknown")


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(["symptom", "symptoms"], symptom, parts.NEW),
    MessageHandler(parts.bare("symptoms?"), symptom),
    MessageHandler(parts.bare("something(?: feels|[’']s| is) wrong"), wrong),
    CallbackQueryHandler(press_begin, callbacks.pattern(buttons.BEGIN)),
    CallbackQueryHandler(press_has, callbacks.pattern(buttons.HAS)),
    CallbackQueryHandler(press_none, callbacks.pattern(buttons.HAS_NONE)),
    CallbackQueryHandler(press_wrong, callbacks.pattern(buttons.WRONG)),
    CallbackQueryHandler(press_worse, callbacks.pattern(buttons.WORSE)),
]
"""In order."""

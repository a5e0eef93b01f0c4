"""/start, /stop and /help; the words stop and help; the hours below the welcome."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.rules.echo import echo
from reminderbot.services import cadences, oncall, people
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts

_ALL = (
    r"stop (?:everything|(?:reminding|nudging|messaging) me)|(?:stop|cancel|end|turn off) (?:all |the |my )*reminders"
    r"|turn (?:all |the |my )*reminders off|no (?:more )?reminders|leave me alone|unsubscribe(?: me)?"
)
_STOP = rf"(?:please |can you |could you )*(?:{_ALL})(?: any ?more| now)?(?:,? please)?"


async def start(update: Update, context: Context) -> None:
    """Subscribe, or welcome back; a link that puts somebody on call does that instead."""
    payload = parts.words(context)
    if payload.startswith(oncall.PAYLOAD):
        secret = payload.removeprefix(oncall.PAYLOAD)
        await context.commit(oncall.enrol, context.chat_id, _name(update), secret)
    else:
        await context.commit(people.start, context.chat_id, _name(update))


async def press_start(update: Update, context: Context) -> None:
    """The button that starts again."""
    await context.commit(people.start, context.chat_id, _name(update), parts.tap(context))


async def stop(_: Update, context: Context) -> None:
    """Stop all reminders."""
    await context.commit(people.stop, context.chat_id)


async def show_help(_: Update, context: Context) -> None:
    """Say what the bot does, and how to steer it."""
    await context.commit(oncall.show_help, context.chat_id)


async def press_hours(_: Update, context: Context) -> None:
    """Working hours, chosen below the welcome."""
    await context.commit(cadences.change_hours, context.chat_id, parts.rest(context), parts.tap(context))


def _name(update: Update) -> str:
    return echo(update.effective_user.first_name) if update.effective_user else ""


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("start", start, parts.NEW),
    CommandHandler("stop", stop, parts.NEW),
    CommandHandler("help", show_help, parts.NEW),
    MessageHandler(parts.bare("start(?: again)?(?:,? please)?"), start),
    MessageHandler(parts.bare(_STOP), stop),
    MessageHandler(parts.bare("help"), show_help),
    CallbackQueryHandler(press_start, callbacks.pattern("start")),
    CallbackQueryHandler(press_hours, callbacks.pattern("hours")),
]
"""In order."""

"""/pause and /resume, as commands, words and buttons."""

from datetime import date

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.rules.pauses import Pause
from reminderbot.rules.timewords import is_pause
from reminderbot.services import pauses as services
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts

_NO_PAUSE = Pause(date.min, date.min)
_WANTED = r"(?:(?:please )?(?:turn|switch|put) )?(?:my |the )?reminders (?:back )?on(?: again)?(?: please)?"

_BACK = (
    r"(?:(?:hi|hello|hey|ok|okay)\W+)?(?:(?:i['’]?m|i am|we['’]?re|we are)(?: now)? back(?: home)?|(?<!\w)back(?= \w))"
    r"(?: (?:from|at|to)(?: my| the| our)? (?:holidays?|vacation|leave|break|trip|travels?|work|office))?"
    r"(?: again| now)?"
)
"""Words of somebody who was away."""


async def pause(_: Update, context: Context) -> None:
    """Pause for as long as the words say."""
    await context.commit(services.pause, context.chat_id, parts.words(context))


async def away(_: Update, context: Context) -> None:
    """The same without a command: all of the words say so."""
    await context.commit(services.pause, context.chat_id, parts.text(context))


async def resume(_: Update, context: Context) -> None:
    """End the pause."""
    await context.commit(services.resume, context.chat_id)


async def back(_: Update, context: Context) -> None:
    """End the pause that runs, in words that speak of no pause; one to come stays."""
    await context.commit(services.resume, context.chat_id, vaguely=True)


async def wanted(_: Update, context: Context) -> None:
    """The words that reminders are wanted again."""
    await context.commit(services.wanted, context.chat_id)


async def press_pause(_: Update, context: Context) -> None:
    """Pause for as long as the button says."""
    await context.commit(services.pause, context.chat_id, parts.rest(context), parts.tap(context))


async def press_resume(_: Update, context: Context) -> None:
    """End the pause."""
    await context.commit(services.resume, context.chat_id, parts.tap(context))


async def press_undo(_: Update, context: Context) -> None:
    """Take a planned pause back, unless the button is forged."""
    pauses = _of_days(parts.numbers(context, 2) or parts.numbers(context, 4) or [])
    planned, instead_of = pauses[0] if pauses else _NO_PAUSE, pauses[1] if len(pauses) > 1 else None
    await context.commit(services.undo, context.chat_id, planned, instead_of, parts.tap(context))


def _of_days(ordinals: list[int]) -> list[Pause]:
    """Pauses, of the ordinals of their days; none when one of those is no day."""
    if any(not 0 < number <= date.max.toordinal() for number in ordinals):
        return []
    days = [date.fromordinal(number) for number in ordinals]
    return [Pause(*pair) for pair in zip(days[::2], days[1::2], strict=True)]


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("pause", pause, parts.NEW),
    CommandHandler(["resume", "unpause"], resume, parts.NEW),
    MessageHandler(parts.says(is_pause) & ~filters.COMMAND, away),  # "/away" is for people on call
    MessageHandler(parts.bare("resume", "unpause"), resume),
    MessageHandler(parts.bare(_BACK), back),
    MessageHandler(parts.bare(_WANTED), wanted),
    CallbackQueryHandler(press_pause, callbacks.pattern("pause")),
    CallbackQueryHandler(press_resume, callbacks.pattern("resume")),
    CallbackQueryHandler(press_undo, callbacks.pattern("unpause")),
]
"""In order."""

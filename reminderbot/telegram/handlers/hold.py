"""The way back from a hold: a clinician has looked, reminders on again, stretches back."""

import re
from collections.abc import Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from reminderbot.services import returns
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import hold as buttons

_CHECKED = re.compile(
    r"\W*(?:i(?:['’]ve| have)? been checked(?: by .{1,30})?"
    r"|(?:(?:an?|the|my) )?(?:clinician|doctor|gp|physio|nurse|consultant)(?: has)? (?:checked|seen|examined) me)\W*",
    re.IGNORECASE,
)


async def checked(_: Update, context: Context) -> None:
    """The words that a clinician has looked."""
    await context.commit(returns.checked, context.chat_id)


async def press_checked(_: Update, context: Context) -> None:
    """The button that says so."""
    await _ends(context, returns.checked)


async def press_switch_on(_: Update, context: Context) -> None:
    """Reminders on again after a mental health report."""
    await _ends(context, returns.switch_on)


async def _ends(context: Context, verb: Callable[[Work, int, Tap, int], None]) -> None:
    """End a hold by the reports that the button is about.

    One that names none is of another version, or forged: it ends nothing, and brings a button that does.
    """
    tap, report = parts.tap(context), keys.decode_number(parts.rest(context))
    if report is None:
        await context.commit(returns.say_how_it_is, context.chat_id, tap)
    else:
        await context.commit(verb, context.chat_id, tap, report)


async def press_back(_: Update, context: Context) -> None:
    """Stretches that were left out may come again."""
    await context.commit(returns.bring_stretches_back, context.chat_id, parts.tap(context))


async def press_stay(_: Update, context: Context) -> None:
    """Stretches stay out."""
    await context.commit(returns.leave_stretches_out, context.chat_id, parts.tap(context))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(parts.says(lambda text: _CHECKED.fullmatch(text) is not None), checked),
    CallbackQueryHandler(press_checked, callbacks.pattern(buttons.CHECKED)),
    CallbackQueryHandler(press_switch_on, callbacks.pattern(buttons.SWITCH_ON)),
    CallbackQueryHandler(press_back, callbacks.pattern(buttons.BACK)),
    CallbackQueryHandler(press_stay, callbacks.pattern(buttons.STAY)),
]
"""In order."""

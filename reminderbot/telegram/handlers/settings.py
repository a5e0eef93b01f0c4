"""/settings and its buttons; the question what to avoid."""

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler

from reminderbot.rules import switches
from reminderbot.services import preferences, sharing
from reminderbot.services.choices import NOTHING
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import settings as buttons


async def settings(_: Update, context: Context) -> None:
    """Show what is set, or change it."""
    if words := parts.words(context):
        await context.commit(preferences.say, context.chat_id, words)
    else:
        await context.commit(preferences.show, context.chat_id)


async def press_settings(_: Update, context: Context) -> None:
    """Back to the settings."""
    await context.commit(preferences.show, context.chat_id, parts.tap(context))


async def press_choice(_: Update, context: Context) -> None:
    """Where one works, what one does, how hard it may be: the question, or with an answer behind it that answer."""
    what, _colon, option = parts.rest(context).partition(":")
    await context.commit(preferences.press, context.chat_id, what, option, parts.tap(context))


async def switch_words(_: Update, context: Context) -> None:
    """Words that switch something on or off."""
    await context.commit(preferences.say, context.chat_id, parts.text(context))


async def press_switch(_: Update, context: Context) -> None:
    """Something on or off."""
    name, _colon, state = parts.rest(context).partition(":")
    await context.commit(preferences.press_switch, context.chat_id, name, state, parts.tap(context))


async def press_avoids(_: Update, context: Context) -> None:
    """The question what to avoid."""
    await context.commit(preferences.show_avoid, context.chat_id, parts.tap(context))


async def press_avoid(_: Update, context: Context) -> None:
    """One thing to avoid, or nothing."""
    tag, tap = parts.rest(context), parts.tap(context)
    if tag == NOTHING:
        await context.commit(preferences.settle_avoid, context.chat_id, tap, nothing=True)
    else:
        await context.commit(preferences.toggle_avoid, context.chat_id, tag, tap)


async def press_avoided(_: Update, context: Context) -> None:
    """That is all there is to avoid."""
    await context.commit(preferences.settle_avoid, context.chat_id, parts.tap(context), nothing=False)


async def press_mornings(_: Update, context: Context) -> None:
    """The hours at which the habit day can begin."""
    await context.commit(preferences.show_day_start, context.chat_id, parts.tap(context))


async def press_morning(_: Update, context: Context) -> None:
    """The hour at which the habit day begins from now on."""
    hour = parts.numbers(context, 1) or [-1]
    await context.commit(preferences.set_day_start, context.chat_id, hour[0], parts.tap(context))


async def press_safety(_: Update, context: Context) -> None:
    """What people on call may see, the country, and check-ins."""
    await context.commit(sharing.show, context.chat_id, parts.tap(context))


async def press_share(_: Update, context: Context) -> None:
    """What people on call may see from now on."""
    await context.commit(sharing.choose, context.chat_id, parts.rest(context), parts.tap(context))


async def press_checkins(_: Update, context: Context) -> None:
    """Weekly check-ins on or off."""
    await context.commit(sharing.switch_checkins, context.chat_id, parts.rest(context), parts.tap(context))


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("settings", settings, parts.NEW),
    MessageHandler(parts.bare("settings"), settings),
    MessageHandler(parts.says(lambda text: switches.read(text) is not None), switch_words),
    CallbackQueryHandler(press_settings, callbacks.pattern("settings")),
    CallbackQueryHandler(press_choice, callbacks.pattern(buttons.CHOICE)),
    CallbackQueryHandler(press_switch, callbacks.pattern(buttons.SWITCH)),
    CallbackQueryHandler(press_avoids, callbacks.pattern("avoids")),
    CallbackQueryHandler(press_avoid, callbacks.pattern("avoid")),
    CallbackQueryHandler(press_avoided, callbacks.pattern("avoided")),
    CallbackQueryHandler(press_mornings, callbacks.pattern("mornings")),
    CallbackQueryHandler(press_morning, callbacks.pattern("morning")),
    CallbackQueryHandler(press_safety, callbacks.pattern(buttons.SAFETY)),
    CallbackQueryHandler(press_share, callbacks.pattern(buttons.SHARE)),
    CallbackQueryHandler(press_checkins, callbacks.pattern(buttons.CHECKINS)),
]
"""In order."""

"""/timezone, a shared location, and the answers to "Is it 14:05 for you now?"."""

import asyncio
from typing import NamedTuple

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.library.places import Place, Places, zone_at
from reminderbot.rules.cadence import MINUTES_A_DAY
from reminderbot.rules.timewords import spoken
from reminderbot.rules.yesno import YES
from reminderbot.services import outbox, zones
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts

_RIGHT = rf"(?:(?:{'|'.join(YES)}|ok),? )?(?:(?:that|it)(?:['’]?s| is) )?(?:right|correct)(?:,? (?:thanks|thank you))?"


class Found(NamedTuple):
    """The places that a text may stand for; ``certain`` when the name was written right."""

    places: tuple[Place, ...]
    certain: bool


async def timezone(_: Update, context: Context) -> None:
    """Show the zone, or set it from a city, a zone, an offset, or what the clock shows."""
    words = parts.words(context)
    minutes, offset = spoken.clock(words), spoken.offset(words)
    if not words:
        await context.commit(zones.ask, context.chat_id)
    elif minutes is not None:
        await context.commit(zones.by_clock, context.chat_id, context.said_at, minutes)
    elif offset is not None:
        minutes = (context.said_at.hour * 60 + context.said_at.minute + offset) % MINUTES_A_DAY
        await context.commit(zones.by_clock, context.chat_id, context.said_at, minutes)
    else:
        found = await look_up(context, words)
        await context.commit(zones.by_name, context.chat_id, words, found.places, certain=found.certain)


async def location(update: Update, context: Context) -> None:
    """Set the zone from a shared location; the spot itself is not kept."""
    message = update.effective_message
    spot = message.location if message else None
    zone = await asyncio.to_thread(zone_at, spot.latitude, spot.longitude) if spot else None
    await context.commit(zones.at_spot, context.chat_id, zone)


async def press_clock(_: Update, context: Context) -> None:
    """ "Wrong time?" and its like: put the question."""
    await context.commit(zones.ask, context.chat_id, parts.tap(context))


async def press_right(_: Update, context: Context) -> None:
    """Yes, the clock is right."""
    if asked := parts.numbers(context, 1):
        await context.commit(zones.confirm, context.chat_id, asked[0], parts.tap(context))
    else:
        await _unknown(context)


async def right(_: Update, context: Context) -> None:
    """The same in words."""
    await context.commit_unless_answered(zones.right, context.chat_id, parts.text(context))


async def press_hour(_: Update, context: Context) -> None:
    """The clock shows another hour."""
    if chosen := parts.numbers(context, 2):
        await context.commit(zones.choose_hour, context.chat_id, chosen[0], chosen[1], parts.tap(context))
    else:
        await _unknown(context)


async def press_dial(_: Update, context: Context) -> None:
    """None of the likely hours."""
    if asked := parts.numbers(context, 1):
        await context.commit(zones.dial, context.chat_id, asked[0], parts.tap(context))
    else:
        await _unknown(context)


async def press_zone(_: Update, context: Context) -> None:
    """One of the offered cities."""
    await context.commit(zones.pick, context.chat_id, parts.rest(context), parts.tap(context))


async def press_nowhere(_: Update, context: Context) -> None:
    """None of the offered cities."""
    await context.commit(zones.none_of_these, context.chat_id, parts.tap(context))


async def look_up(context: Context, words: str) -> Found:
    """The places that a text may stand for; a mistyped name takes a search, so not on the event loop."""
    return await asyncio.to_thread(_look_up, context.desk.around.places, words)


def _look_up(places: Places, words: str) -> Found:
    exact = places.exact(words)
    return Found(exact, certain=True) if exact else Found(places.guess(words), certain=False)


async def _unknown(context: Context) -> None:
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler(["timezone", "tz"], timezone, parts.NEW),
    # Where somebody else is says nothing about the person.
    MessageHandler(parts.NEW & filters.LOCATION & ~filters.FORWARDED, location),
    MessageHandler(parts.bare(_RIGHT), right),
    CallbackQueryHandler(press_clock, callbacks.pattern("clock")),
    CallbackQueryHandler(press_right, callbacks.pattern("right")),
    CallbackQueryHandler(press_hour, callbacks.pattern("hour")),
    CallbackQueryHandler(press_dial, callbacks.pattern("dial")),
    CallbackQueryHandler(press_zone, callbacks.pattern("zone")),
    CallbackQueryHandler(press_nowhere, callbacks.pattern("nowhere")),
]
"""In order."""

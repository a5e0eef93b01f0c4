"""/remind and its buttons, which carry the same words; sentences that ask for reminders, and what answers questions."""

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

from reminderbot.rules import answers as answer_words
from reminderbot.rules.answers import Word
from reminderbot.rules.timewords import choosing
from reminderbot.rules.timewords.sentences import asked_for
from reminderbot.services import cadences, cancelling, drafts, once, outbox, planning, singles, undoing
from reminderbot.services.answers import Said
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards.singles import (
    BACK,
    CANCEL,
    CANCEL_ALL,
    INSTEAD,
    LIST,
    WAY,
)

_IN = re.compile(r"\W*in\b", re.IGNORECASE)


async def remind(_: Update, context: Context) -> None:
    """Show what is planned, or change it."""
    if words := parts.words(context):
        await context.commit(planning.remind, context.chat_id, words, context.said_at)
    else:
        await context.commit(cadences.overview, context.chat_id)


async def sentence(_: Update, context: Context) -> None:
    """A sentence that asks for a reminder; "in 10 minutes" puts off what is there to be put off."""
    text = parts.text(context)
    rest, found = asked_for(text), answer_words.read(text)
    words = text if rest is None else rest
    if found and found.word is Word.SNOOZE:
        said = Said(found.word, context.said_at, parts.reply_to(context), minutes=found.minutes)
        await context.commit(planning.put_off_or_ask, context.chat_id, words, said)
    else:
        await context.commit_unless_answered(planning.ask, context.chat_id, words, context.said_at)


async def press_plans(_: Update, context: Context) -> None:
    """Back to the overview."""
    await context.commit(cadences.overview, context.chat_id, parts.tap(context))


async def press_planning(_: Update, context: Context) -> None:
    """The overview, below the settings."""
    await context.commit(cadences.overview_below, context.chat_id, parts.tap(context))


async def press_words(_: Update, context: Context) -> None:
    """A habit, or a habit and new words for its plan: ``move:every 45m``."""
    words = parts.rest(context).replace(":", " ", 1)
    await context.commit(cadences.remind, context.chat_id, words, parts.tap(context))


async def press_back(_: Update, context: Context) -> None:
    """Undo, below a change of a plan or a single reminder."""
    await context.commit(
        undoing.press, context.chat_id, singles.moment(parts.rest(context)), parts.tap(context)
    )


async def press_singles(_: Update, context: Context) -> None:
    """The single reminders that wait."""
    await context.commit(cancelling.show, context.chat_id, parts.tap(context))


async def press_cancel(_: Update, context: Context) -> None:
    """Cancel a single reminder."""
    asked_at = singles.moment(parts.rest(context))
    await context.commit(cancelling.press, context.chat_id, asked_at, parts.tap(context))


async def press_cancel_all(_: Update, context: Context) -> None:
    """Cancel all single reminders that the card shows, the newest of which the button names."""
    newest = singles.moment(parts.rest(context))
    await context.commit(cancelling.press, context.chat_id, newest, parts.tap(context), older_too=True)


async def press_instead(_: Update, context: Context) -> None:
    """Another habit at a moment that was asked for."""
    habit, _colon, stamp = parts.rest(context).rpartition(":")
    if at := singles.moment(stamp):
        await context.commit(once.change_habit, context.chat_id, habit, at, parts.tap(context))
    else:
        await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


async def press_way(_: Update, context: Context) -> None:
    """One of the ways in which words can be meant."""
    draft, _colon, place = parts.rest(context).partition(":")
    known = place.isascii() and place.isdecimal() and len(place) <= 2
    number = keys.decode_number(draft) if known else None
    chosen = int(place) if known else 0
    await context.commit(planning.choose, context.chat_id, number, chosen, parts.tap(context))


async def choose(_: Update, context: Context) -> None:
    """Words that name one of the ways; all else is left to other handlers."""
    text = parts.text(context)
    habits = context.desk.around.library.habits.values()
    if not choosing.may_choose(text, [str(habit.label).lower() for habit in habits]):
        return
    if await context.desk.work(drafts.said, context.chat_id, text, parts.reply_to(context)) is not None:
        await context.commit(planning.choose_said, context.chat_id, text)
        raise ApplicationHandlerStop


def is_sentence(text: str) -> bool:
    """Whether a text asks for a reminder; "remind me later" only puts one off."""
    is_asked = asked_for(text) is not None
    if not is_asked and not _IN.match(text):
        return False
    found = answer_words.read(text)
    if found and found.word is Word.SNOOZE:
        return found.minutes is not None
    return is_asked


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler("remind", remind, parts.NEW),
    MessageHandler(parts.says(is_sentence), sentence),
    CallbackQueryHandler(press_plans, callbacks.pattern("plans")),
    CallbackQueryHandler(press_planning, callbacks.pattern("planning")),
    CallbackQueryHandler(press_words, callbacks.pattern("plan")),
    CallbackQueryHandler(press_words, callbacks.pattern("set")),
    CallbackQueryHandler(press_back, callbacks.pattern(BACK)),
    CallbackQueryHandler(press_singles, callbacks.pattern(LIST)),
    CallbackQueryHandler(press_cancel, callbacks.pattern(CANCEL)),
    CallbackQueryHandler(press_cancel_all, callbacks.pattern(CANCEL_ALL)),
    CallbackQueryHandler(press_instead, callbacks.pattern(INSTEAD)),
    CallbackQueryHandler(press_way, callbacks.pattern(WAY)),
]
"""In order."""

CHOICES: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(parts.NEW & filters.TEXT & ~filters.COMMAND, choose)
]
"""Before all others: whether a question is open, only the store knows."""

"""Done, Skip, Snooze and Undo: as buttons, commands, free words and replies; what may be said besides by a button."""

from dataclasses import fields

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from reminderbot.rules import answers as words
from reminderbot.rules import snoozing
from reminderbot.rules.answers import Reason, Word
from reminderbot.services import answers, calmer, changed, outbox, reasons, undoing
from reminderbot.services.answers import Said
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards.answers import FEWER, PUT_OFF, REASON

_KEEP = r"keep(?: (?:them|it)(?: as (?:they are|it is))?)?(?:,? please)?"


class IsAnswer(filters.MessageFilter):
    """Messages whose words answer a reminder."""

    def filter(self, message: Message) -> bool:
        """Whether the rules read the text as an answer."""
        return words.read(message.text or "") is not None


async def command(_: Update, context: Context) -> None:
    """/done, /skip and /snooze, maybe with a habit, a span or a day gone by."""
    name = parts.text(context).split()[0].lstrip("/").partition("@")[0].lower()
    said = Said(Word(name), context.said_at, parts.reply_to(context), rest=parts.words(context), command=True)
    await context.commit(answers.said, context.chat_id, said)


async def free_words(_: Update, context: Context) -> None:
    """A message that the rules read as an answer."""
    await context.commit(answers.said, context.chat_id, _said(context))


async def changed_words(_: Update, context: Context) -> None:
    """A message that was changed, and that the rules read as an answer now; beside a symptom it is none."""
    await context.commit_unless_answered(changed.answered, context.chat_id, _said(context))


async def undo(_: Update, context: Context) -> None:
    """/undo, or the word: the last answer or change, or the answer replied to."""
    await context.commit(undoing.said, context.chat_id, context.said_at, parts.reply_to(context))


async def press(_: Update, context: Context) -> None:
    """Done, Skip or Snooze on one reminder."""
    verb, rest = _data(context)
    if key := keys.decode(rest):
        await context.commit(answers.press, context.chat_id, key, Word(verb), parts.tap(context))
    else:
        await _forged(context)


async def press_until(_: Update, context: Context) -> None:
    """Another moment for a snooze."""
    name, _colon, chosen = parts.rest(context).rpartition(":")
    key, choice = keys.decode(name), snoozing.read(chosen)
    if key and choice:
        await context.commit(answers.put_off, context.chat_id, key, choice, parts.tap(context))
    else:
        await _forged(context)


async def press_why(_: Update, context: Context) -> None:
    """Why a reminder was skipped."""
    name, _colon, said = parts.rest(context).rpartition(":")
    key, reason = keys.decode(name), next((one for one in Reason if one == said), None)
    if key and reason:
        await context.commit(reasons.give, context.chat_id, key, reason, parts.tap(context))
    else:
        await _forged(context)


async def press_undo(_: Update, context: Context) -> None:
    """Undo on one result."""
    if key := keys.decode(parts.rest(context)):
        await context.commit(answers.undo, context.chat_id, key, parts.tap(context))
    else:
        await _forged(context)


async def press_calm(_: Update, context: Context) -> None:
    """Fewer reminders, or as many as before."""
    habit, _colon, choice = parts.rest(context).rpartition(":")
    tap = parts.tap(context)
    if choice == "keep":
        await context.commit(calmer.keep, context.chat_id, tap)
    elif choice.isascii() and choice.isdecimal() and len(choice) <= 3:
        await context.commit(calmer.accept, context.chat_id, habit, int(choice), tap)
    else:
        await _forged(context)


async def press_fewer(_: Update, context: Context) -> None:
    """Reminders should come less often."""
    await context.commit(calmer.fewer, context.chat_id, parts.tap(context))


async def keep(_: Update, context: Context) -> None:
    """The words that the plan should stay as it is."""
    await context.commit(calmer.keep, context.chat_id)


async def _forged(context: Context) -> None:
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "answers.unknown")


def _said(context: Context) -> Said:
    found = words.read(parts.text(context))
    assert found is not None  # noqa: S101 - the filter has just read it
    read = {field.name: getattr(found, field.name) for field in fields(found)}
    return Said(when=context.said_at, reply_to=parts.reply_to(context), **read)


def _data(context: Context) -> tuple[str, str]:
    query = context.event.callback_query
    return callbacks.decode(query.data if query else None)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    CommandHandler([str(word) for word in Word], command, parts.NEW),
    CommandHandler("undo", undo, parts.NEW),
    *[CallbackQueryHandler(press, callbacks.pattern(word)) for word in Word],
    CallbackQueryHandler(press_until, callbacks.pattern(PUT_OFF)),
    CallbackQueryHandler(press_why, callbacks.pattern(REASON)),
    CallbackQueryHandler(press_undo, callbacks.pattern("undo")),
    CallbackQueryHandler(press_calm, callbacks.pattern("calm")),
    CallbackQueryHandler(press_fewer, callbacks.pattern(FEWER)),
    MessageHandler(parts.bare(_KEEP), keep),
]
"""Commands and buttons, in order."""

WORDS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(parts.bare("undo"), undo),
    MessageHandler(parts.NEW & filters.TEXT & ~filters.COMMAND & IsAnswer(), free_words),
    MessageHandler(parts.CHANGED & filters.TEXT & ~filters.COMMAND & IsAnswer(), changed_words),
]
"""Free words, after the commands and buttons of all topics."""

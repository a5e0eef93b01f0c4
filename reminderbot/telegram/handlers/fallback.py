"""What no other handler has taken: every input gets one helpful answer."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from reminderbot.rules import smalltalk
from reminderbot.rules.echo import echo
from reminderbot.rules.smalltalk import Talk
from reminderbot.rules.timewords import spoken
from reminderbot.services import cancelling, groups, learning, once, outbox, planning, unread, zones
from reminderbot.services.planning import Manner
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import menu, parts, timezone

LONGEST_CITY = 40
"""Characters up to which a text may be the name of a city."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]+)")
_SMALL_TALK = {Talk.HELLO: "fallback.hello", Talk.THANKS: "fallback.thanks"}


async def everything_else(update: Update, context: Context) -> None:
    """Answer a message of any kind."""
    message = update.effective_message
    words = parts.text(context).strip()
    if message is None or (update.edited_message and message.location):
        await context.commit(groups.let_pass)
    elif update.edited_message:
        await _tell(context, "fallback.edited")
    elif command := _COMMAND.match(words):
        await _tell(context, *unknown_command(context, command[1].lower()))
    elif words:
        await _words(context, words)
    elif message.sticker:
        await _tell(context, "fallback.sticker")
    elif unreadable := _unreadable(message):
        await context.commit_unless_answered(unread.cannot_read, context.chat_id, unreadable)
    else:
        await _tell(context, "fallback.other")


async def unknown_button(_: Update, context: Context) -> None:
    """A button of another version, or one that never was."""
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


async def service_message(_: Update, context: Context) -> None:
    """Something that Telegram says about the chat; nobody waits for an answer."""
    await context.commit(groups.let_pass)


async def _words(context: Context, words: str) -> None:
    minutes, library = spoken.clock(words), context.desk.around.library
    if planning.says_when(library, words, context.said_at.replace(tzinfo=None)):
        await context.commit_unless_answered(
            planning.remind, context.chat_id, words, context.said_at, manner=Manner.BARE
        )
    elif cancelling.is_meant(library, words, context.said_at.replace(tzinfo=None)):
        await context.commit_unless_answered(cancelling.said, context.chat_id, words, context.said_at)
    elif habit := planning.instead(library, words):
        await context.commit_unless_answered(once.change_habit_said, context.chat_id, habit)
    elif minutes is not None:
        await context.commit_unless_answered(zones.by_clock, context.chat_id, context.said_at, minutes)
    elif not re.search(r"\w", words):
        await _tell(context, "fallback.emoji")
    elif talk := smalltalk.read(words):
        await _tell(context, _SMALL_TALK[talk])
    elif len(words) <= LONGEST_CITY and (found := await timezone.look_up(context, words)).places:
        places, certain = found
        await context.commit_unless_answered(zones.by_word, context.chat_id, words, places, certain=certain)
    elif name := learning.named(library, words):
        await _tell(context, "fallback.reads", {"name": name})
    else:
        await context.not_understood(words)


def unknown_command(context: Context, command: str) -> tuple[str, dict[str, object]]:
    """Template and arguments of what is said to a command that there is not."""
    near = get_close_matches(command, menu.commands(context.desk.around.library), n=1)
    shown: dict[str, object] = {"command": echo(command)}
    return ("fallback.command_near", shown | {"near": near[0]}) if near else ("fallback.command", shown)


async def _tell(context: Context, template: str, args: Mapping[str, object] | None = None) -> None:
    await context.commit_unless_answered(unread.tell, context.chat_id, template, args)


def _unreadable(message: Message) -> str | None:
    """What is said about something that may hold words, or show a symptom; none for all else."""
    if message.photo or message.video or message.animation:
        return "safety.picture"
    if message.voice or message.audio or message.video_note:
        return "safety.voice"
    return "safety.file" if message.document else None


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    MessageHandler(filters.StatusUpdate.ALL, service_message),
    MessageHandler(filters.ALL, everything_else),
    CallbackQueryHandler(unknown_button),
]
"""In order; after all others."""

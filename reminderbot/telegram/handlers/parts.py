"""What handlers read from an update: the words after a command, a press on a button, a bare word."""

import re
from collections.abc import Callable

from telegram import Message
from telegram.ext import filters

from reminderbot.services.replies import Tap
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context

NEW = filters.UpdateType.MESSAGE
"""New messages only: one that was changed later has had its effect, and a live location goes on changing."""

CHANGED = filters.UpdateType.EDITED_MESSAGE
"""Messages that were changed after they were sent."""


def text(context: Context) -> str:
    """The text of the message; empty when it has none."""
    message = context.event.effective_message
    return (message.text or "") if message else ""


def words(context: Context) -> str:
    """What stands after the first word of the message: ``/pause 3d`` and ``pause 3d`` both give ``3d``."""
    return " ".join(text(context).split()[1:])


def tap(context: Context) -> Tap:
    """The press on a button that this update is; raises ValueError when it is none."""
    query = context.event.callback_query
    if query is None:
        raise ValueError("not a press on a button")
    message = query.message
    shows = isinstance(message, Message) and bool(message.photo or message.animation)
    return Tap(query.id, message.message_id if message else 0, captioned=shows)


def rest(context: Context) -> str:
    """The arguments in the data of the pressed button."""
    query = context.event.callback_query
    return callbacks.decode(query.data)[1] if query else ""


def reply_to(context: Context) -> int | None:
    """The message that this one replies to; none when it replies to none."""
    message = context.event.effective_message
    replied = message.reply_to_message if message else None
    return replied.message_id if replied else None


def numbers(context: Context, count: int) -> list[int] | None:
    """The arguments of the pressed button as so many whole numbers; none when they are not."""
    parts = rest(context).split(":")
    fits = len(parts) == count and all(re.fullmatch("[0-9]{1,11}", part) for part in parts)
    return [int(part) for part in parts] if fits else None


def bare(*some: str) -> filters.BaseFilter:
    """A filter for new messages that are just one of these words."""
    form = re.compile(rf"\W*(?:{'|'.join(some)})\W*", re.IGNORECASE)
    return says(lambda text: form.fullmatch(text) is not None)


def says(this: Callable[[str], bool]) -> filters.BaseFilter:
    """A filter for new messages whose text is read as this."""
    return NEW & _Says(this)


class _Says(filters.MessageFilter):
    def __init__(self, this: Callable[[str], bool]) -> None:
        super().__init__()
        self._this = this

    def filter(self, message: Message) -> bool:
        return self._this(message.text or "")

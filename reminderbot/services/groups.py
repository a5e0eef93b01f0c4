"""Chats that are not for this bot, and updates that need no effect."""

from datetime import timedelta

from reminderbot.services import outbox
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as outbox_rows

ONE_GOODBYE = timedelta(minutes=10)
"""Whatever else is said in a group before the bot has left it gets no second answer within this span."""


def decline(work: Work, chat_id: int, *, speaks: bool) -> None:
    """Say that private chats are the place, where the bot may speak, and leave."""
    if outbox_rows.newest_of(work.tx, chat_id, ["group.leave"], work.at - ONE_GOODBYE):
        return
    if speaks:
        outbox.say(work, chat_id, "group.leave")
    outbox.leave(work, chat_id)


def let_pass(_work: Work) -> None:
    """Have no effect, so that the update is only marked as handled."""

"""What people have done and what has reached them, as they know it: all that the reckoning is made from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """Sorts of deeds."""

    START = "start"
    ZONE = "zone"  # ``about`` is the zone
    PLAN = "plan"  # ``about`` is habit and plan; no plan: off
    PAUSE = "pause"  # ``about`` is a number of days; none: open
    RESUME = "resume"
    STOP = "stop"
    BLOCK = "block"
    UNBLOCK = "unblock"
    TAP = "tap"  # done, skip, snooze or undo below one reminder: ``about`` is verb and key
    WORD = "word"  # done, skip, snooze in words: ``about`` is a Said
    REPORT = "report"  # words of a red flag: ``about`` is the level
    MISREAD = "misread"
    CHECKED = "checked"
    ACKNOWLEDGE = "acknowledge"  # by somebody on call: ``about`` is the number of the case
    CLOSE = "close"
    OTHER = "other"


class Said(NamedTuple):
    """An answer in words: as a reply to a message, or to what is newest."""

    verb: str
    reply_to: int | None = None
    bare: bool = False
    command: bool = False
    yesterday: bool = False
    habit: str | None = None


class Key(NamedTuple):
    """A reminder, as its buttons name it."""

    habit: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody has done: when by Telegram's clock, and which update it made."""

    kind: Kind
    chat_id: int
    at: datetime
    update_id: int | None = None
    about: Any = None


class Reminder(NamedTuple):
    """A reminder that Telegram has put into a chat. ``lost``: the bot does not know that it has."""

    at: datetime
    chat_id: int
    key: Key
    message_id: int
    lost: bool


class Notice(NamedTuple):
    """A safety card in a chat, or a note of a case (its number), that Telegram has put there."""

    at: datetime
    chat_id: int
    case: int | None
    repeat: bool

"""What people have done, as they know it: what the reckoning at the end is made from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Sorts of deeds that the reckoning counts."""

    TAP = "tap"  # Done, Skip, Snooze or Undo on one reminder: ``about`` is its key
    WORD = "word"  # a message that counts as one move done
    REPORT = "report"  # words of a red flag
    CORRECT = "correct"  # "You misread me"
    ACKNOWLEDGE = "acknowledge"  # ``about`` is the number of the case
    BLOCK = "block"
    UNBLOCK = "unblock"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody has done: when by Telegram's clock, and which update it made."""

    kind: Kind
    chat_id: int
    at: datetime
    update_id: int | None
    about: str = ""
    verb: str = ""

"""The short names of reminders and outbox rows, as buttons and edits carry them."""

from datetime import UTC, datetime
from typing import NamedTuple

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class ReminderKey(NamedTuple):
    """One reminder of one chat; ``due_at`` is in whole seconds."""

    habit: str
    due_at: datetime


def encode(key: ReminderKey) -> str:
    """``move:t4x0w0``: habit, then seconds since 1970 in base 36."""
    return f"{key.habit}:{encode_number(int(key.due_at.timestamp()))}"


def encode_number(number: int) -> str:
    """A whole number from 0 in base 36: the shortest that buttons can carry."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"


def decode_number(text: str) -> int | None:
    """The number in base 36 in a text from outside; none when it is not one that a row can have."""
    if not 1 <= len(text) <= 13 or any(digit not in DIGITS for digit in text):
        return None
    number = int(text, 36)
    return number if number < 2**63 else None


def encode_row(row_id: int) -> str:
    """``:123``: an outbox row of the same chat, as the target of an edit."""
    return f":{row_id}"


def decode_row(text: str) -> int | None:
    """The outbox row in an edit's target; none when it names something else."""
    name, _, number = text.partition(":")
    return int(number) if not name and number.isdecimal() else None


def decode(text: str) -> ReminderKey | None:
    """The key in a text from outside; none when it is not one."""
    habit, _, digits = text.partition(":")
    if not habit or not 1 <= len(digits) <= 7 or not digits.isascii() or not digits.isalnum():
        return None
    return ReminderKey(habit, datetime.fromtimestamp(int(digits, 36), UTC))

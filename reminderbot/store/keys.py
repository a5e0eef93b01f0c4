"""The short name of one reminder, as buttons and edits carry it."""

from datetime import UTC, datetime
from typing import NamedTuple

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class ReminderKey(NamedTuple):
    """One reminder of one chat; ``due_at`` is in whole seconds."""

    habit: str
    due_at: datetime


def encode(key: ReminderKey) -> str:
    """``move:t4x0w0``: habit, then seconds since 1970 in base 36."""
    number, digits = int(key.due_at.timestamp()), ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return f"{key.habit}:{digits}"


def decode(text: str) -> ReminderKey | None:
    """The key in a text from outside; none when it is not one."""
    habit, _, digits = text.partition(":")
    if not habit or not 1 <= len(digits) <= 7 or not digits.isascii() or not digits.isalnum():
        return None
    return ReminderKey(habit, datetime.fromtimestamp(int(digits, 36), UTC))

"""Time in words: from what people type to values, and back to one canonical text.

Errors carry a code and its arguments; the sentence a person reads lives in content.
"""

from reminderbot.rules.timewords.clocks import parse_clock
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.pauses import is_pause, parse_pause
from reminderbot.rules.timewords.plans import Off, by_day, describe, parse_cadence
from reminderbot.rules.timewords.spans import parse_duration

__all__ = [
    "Off",
    "WordsError",
    "by_day",
    "describe",
    "is_pause",
    "parse_cadence",
    "parse_clock",
    "parse_duration",
    "parse_pause",
]

"""Times of the clock: `9`, `9:00`, `9am`, `21:30`, `0930`, `noon`; and windows between two of them."""

import re

from reminderbot.rules.cadence import MINUTES_A_DAY, Window
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?([ap]m?)?")
_FOUR_DIGITS = re.compile(r"(\d\d)(\d\d)()")
_NOON = MINUTES_A_DAY // 2


def parse_clock(text: str) -> int:
    """Return a time of the day in minutes after midnight, 0 to 1439.

    Raises:
        WordsError: `bad_time` (word).
    """
    return minute_of(tidy(text).removeprefix("at "))


def minute_of(word: str, end: bool = False) -> int:
    """Return the minutes after midnight of one tidy word; as an end, midnight is 1440 however it is written.

    Raises:
        WordsError: `bad_time` (word).
    """
    minute = _NOON if word == "noon" else 0 if word == "midnight" else _digits(word)
    if end and minute == 0:
        return MINUTES_A_DAY
    if minute is None or minute > MINUTES_A_DAY or (minute == MINUTES_A_DAY and not end):
        raise WordsError("bad_time", word=word)
    return minute


def is_time(word: str) -> bool:
    """Say whether a tidy word is meant as a time, right or wrong."""
    return word[0].isdigit() or word in ("noon", "midnight")


def window_of_words(start_word: str, end_word: str) -> Window:
    """Return the window between two tidy words.

    A start without am or pm takes the pm of its end where it then still comes first: `1-5pm` starts at 13:00,
    `9-5pm` at 9:00.

    Raises:
        WordsError: `bad_time` (word), or `end_before_start` (word, start, end, and the two windows that would
            say it, first and second), or, where the end can be one in the afternoon, `end_in_afternoon` (the
            same, and the window that may be meant).
    """
    start, end = minute_of(start_word), minute_of(end_word, end=True)
    if end_word.endswith(("p", "pm")) and start_word[-1].isdigit() and 60 <= start < end - _NOON:
        start += _NOON
    if end <= start:
        raise _ends_before(f"{start_word}-{end_word}", start, end)
    return Window(start, end)


def _ends_before(word: str, start: int, end: int) -> WordsError:
    args = {"word": word, "start": clock_text(start), "end": clock_text(end)}
    args |= {"first": f"{clock_text(start)}-24:00", "second": f"0:00-{clock_text(end)}"}
    if word[-1].isdigit() and start <= _NOON:
        return WordsError("end_in_afternoon", **args, meant=window_text(Window(start, end + _NOON)))
    return WordsError("end_before_start", **args)


def clock_text(minute: int) -> str:
    """Return minutes after midnight as `9:00`; 1440 is `24:00`."""
    return f"{minute // 60}:{minute % 60:02d}"


def window_text(window: Window) -> str:
    """Return a window as `9:00-12:00`."""
    return f"{clock_text(window.start)}-{clock_text(window.end)}"


def _digits(word: str) -> int | None:
    found = _CLOCK.fullmatch(word) or _FOUR_DIGITS.fullmatch(word)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour * 60 + minute

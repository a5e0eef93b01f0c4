"""Pauses in words: `today`, `3d`, `a week`, `until friday`, `until 2 January`; nothing means an open end."""

import re
from datetime import date, timedelta

from reminderbot.rules.timewords.days import ONE_DAY
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

LONGEST_DAYS = 366
_WISH = re.compile(
    r"\s*pause(?:\s+(?:\d|(?:for|until|till?|today|an?|one|two|three)\b).*)?\W*", re.IGNORECASE
)
_TODAY = re.compile(r"(?:for )?(?:(?:the )?rest of )?(?:today|the day)")
_LENGTH = re.compile(r"(?:for )?(\d{1,9})\s*(d|days?|w|wks?|weeks?)?")
_UNTIL = re.compile(r"(?:until|till?|to) (?:the |next |on )*(.+)")
_MONTHS = ("january february march april may june july august september october november december").split()
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DOTTED = re.compile(r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)(?:\.\s?(?P<year>\d{4})?)?")
_DAY_FIRST = re.compile(
    r"(?P<day>\d\d?)(?:st|nd|rd|th|\.)? (?:of )?(?P<month>[a-z]{3,9})\.?,?(?: (?P<year>\d{4}))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)?,?(?: (?P<year>\d{4}))?"
)


def is_pause(text: str) -> bool:
    """Say whether a text without a command asks for a pause: `pause`, `pause 3d`; not `pause button broken`."""
    return _WISH.fullmatch(text) is not None


def parse_pause(text: str, today: date) -> date | None:
    """Return the habit day on which reminders resume, or None for an open end.

    `today` is the rest of this habit day, `3d` that and the next two. A weekday, or a date without a year, is the next
    one after today.

    Args:
        text: the words after the command, maybe empty.
        today: the habit day it is.

    Raises:
        WordsError: `bad_pause` (word), `pause_until` (word, resumes_day) for a day without "until",
            `pause_past` (word, day), `pause_too_long` (word, limit in days).
    """
    words = tidy(text)
    if not words:
        return None
    resume = _after_length(words, today) or _after_until(words, today)
    if resume is None:
        raise _not_understood(text.strip(), words.removeprefix("on "), today)
    if resume <= today:
        raise WordsError("pause_past", word=text.strip(), day=resume.isoformat())
    if resume > today + timedelta(days=LONGEST_DAYS):
        raise _too_long(words)
    return resume


def _not_understood(text: str, words: str, today: date) -> WordsError:
    # "friday" alone may mean until then, or all of that day: only the person knows.
    day = _after_until(f"until {words}", today)
    if day and day > today:
        return WordsError("pause_until", word=words, resumes_day=day.isoformat())
    return WordsError("bad_pause", word=text)


def _too_long(words: str) -> WordsError:
    return WordsError("pause_too_long", word=words, limit=str(LONGEST_DAYS))


def _after_length(words: str, today: date) -> date | None:
    if _TODAY.fullmatch(words):
        return today + timedelta(days=1)
    found = _LENGTH.fullmatch(words)
    if not found or int(found[1]) == 0:
        return None
    days = int(found[1]) * (7 if (found[2] or "").startswith("w") else 1)
    if days > LONGEST_DAYS:
        raise _too_long(words)
    return today + timedelta(days=days)


def _after_until(words: str, today: date) -> date | None:
    found = _UNTIL.fullmatch(words)
    if not found:
        return None
    day = found[1]
    if day in ("today", "tomorrow"):
        return today + timedelta(days=("today", "tomorrow").index(day))
    if day in ONE_DAY:
        return today + timedelta(days=(ONE_DAY[day] - today.weekday() - 1) % 7 + 1)
    for pattern in (_ISO, _DOTTED, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(day):
            return _date(match, today)
    return None


def _date(match: re.Match[str], today: date) -> date | None:
    """Return the date that was named, without a year the next one after today; None when it is no date."""
    month, day = _month(match["month"]), int(match["day"])
    if match["year"]:
        return _real(int(match["year"]), month, day)
    # Eight years hold a leap day even around a century that has none.
    days = (_real(today.year + years, month, day) for years in range(9))
    return next((found for found in days if found and found > today), None)


def _month(word: str) -> int:
    """Return the month of a number or of its first three letters or more; 0 when there is none."""
    if word.isdigit():
        return int(word)
    word = "sep" if word == "sept" else word
    return next((number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)), 0)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Days gone by in words: `yesterday`, `on monday`, `3 days ago`."""

import re
from datetime import date, timedelta

from reminderbot.rules.timewords.days import ONE_DAY
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.tidy import tidy

LONGEST_DAYS = 7
_MOST_DIGITS = 3
_NEAR = {"today": 0, "tonight": 0, "yesterday": 1, "last night": 1}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_UNITS = "|".join(_DAYS)
_WEEKDAYS = "|".join(word for word in ONE_DAY if len(word) > 2)
_PART = "morning|afternoon|evening|night"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = rf"\d{{4}}-\d\d?-\d\d?|\d\d?(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}|{_MONTH} \d\d?(?:st|nd|rd|th)?"
# A day is meant only where it stands by itself: "monday", but not "monday is better".
_NAMED = re.compile(
    rf"(?:(?:on|for|last|the|{_PART}) )*"
    rf"(?:(?P<near>{'|'.join(_NEAR)})(?:'?s)?|(?P<weekday>{_WEEKDAYS})(?:'?s)?"
    rf"|(?:(?P<number>\d+|an?) )?(?P<unit>{_UNITS})s? ago|last (?:{_UNITS})|{_DATE})"
    rf"(?: (?:{_PART}))?(?=$|\s*[,.;:!?()]| (?:at|in|but|and|too|already)\b)"
)


def split_past_day(text: str, today: date) -> tuple[date, str]:
    """Take the day that words begin with off them; today, and all of the words, when they begin with none.

    A weekday is the last one before today.

    Args:
        text: what stands after an answer, maybe empty.
        today: the habit day it is.

    Raises:
        WordsError: `day_too_far` (word) for more than seven days back, and for a date.
    """
    words = tidy(text)
    found = _NAMED.match(words)
    if not found:
        return today, words
    back = _days_back(found, today)
    if back is None or back > LONGEST_DAYS:
        raise WordsError("day_too_far", word=found[0])
    return today - timedelta(days=back), words[found.end() :].strip(" ,.;:!?()")


def _days_back(found: re.Match[str], today: date) -> int | None:
    if found["near"]:
        return _NEAR[found["near"]]
    if found["weekday"]:
        return (today.weekday() - ONE_DAY[found["weekday"]] - 1) % 7 + 1
    if found["unit"] is None:
        return None
    number = found["number"] or "a"
    if not number.isdecimal():
        return _DAYS[found["unit"]]
    return int(number) * _DAYS[found["unit"]] if len(number) <= _MOST_DIGITS else None

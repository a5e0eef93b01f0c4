"""Days of the week in words."""

from difflib import get_close_matches

from reminderbot.rules.cadence import EVERY_DAY, WEEKDAYS, WEEKENDS
from reminderbot.rules.timewords.errors import WordsError

_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPELLINGS = {
    0: "mo mon monday mondays",
    1: "tu tue tues tuesday tuesdays",
    2: "we wed weds wednesday wednesdays",
    3: "th thu thur thurs thursday thursdays",
    4: "fr fri friday fridays",
    5: "sa sat saturday saturdays",
    6: "su sun sunday sundays",
}
ONE_DAY = {word: day for day, words in _SPELLINGS.items() for word in words.split()}
"""Every spelling of a single day, and its number, 0 for Monday."""

_GROUPS = {
    **dict.fromkeys(("daily", "everyday", "day", "days", "all"), EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKENDS),
}
DAY_WORDS = "|".join(sorted({*ONE_DAY, *_GROUPS} - {"day", "days", "all"}, key=len, reverse=True))
"""A pattern of every word that names days by itself."""

EACH_WEEK = "|".join(word for word in (*ONE_DAY, "weekdays", "weekends") if word.endswith(("days", "ends")))
"""A pattern of the words for days of each week: `fridays`, `weekends`."""

_NAMES = {EVERY_DAY: "daily", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}


def days_of_word(word: str) -> frozenset[int] | None:
    """Return the days a tidy word names, or None when it names none."""
    return frozenset({ONE_DAY[word]}) if word in ONE_DAY else _GROUPS.get(word)


def days_between(first: str, last: str) -> frozenset[int]:
    """Return the days from one to another, over the end of the week where needed: `fri-mon` is four days.

    Raises:
        WordsError: `unknown_days` (word) when the second is no single day.
    """
    if last not in ONE_DAY:
        raise WordsError("unknown_days", word=last or first)
    length = (ONE_DAY[last] - ONE_DAY[first]) % 7 + 1
    return frozenset((ONE_DAY[first] + number) % 7 for number in range(length))


def looks_like_days(word: str) -> bool:
    """Say whether an unknown word was probably meant as days, such as `weekdayz`."""
    return bool(get_close_matches(word[:12], [*ONE_DAY, *_GROUPS], n=1, cutoff=0.82))


def days_words(days: frozenset[int]) -> list[str]:
    """Return the days as people write them: `daily`, `weekdays` or `weekends` alone, else `Mon`, `Wed`."""
    return [_NAMES[days]] if days in _NAMES else [_SHORT[day].capitalize() for day in sorted(days)]


def days_text(days: frozenset[int]) -> str:
    """Return the days as `daily`, `weekdays`, `weekends` or `mon,wed`."""
    return _NAMES.get(days) or ",".join(_SHORT[day] for day in sorted(days))

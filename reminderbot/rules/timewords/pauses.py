"""Pauses in words: `today`, `3d`, `until friday`, `24 December to 2 January`; nothing means from now without an end."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from reminderbot.rules.pauses import Pause
from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.asking import POLITE, POLITE_END, REMINDERS
from reminderbot.rules.timewords.dates import DAY, MONTHS, Named, Order, read_day
from reminderbot.rules.timewords.days import EACH_WEEK, ONE_DAY
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.spelling import spelt
from reminderbot.rules.timewords.tidy import tidy

LONGEST_DAYS = 366
SURE_DAYS = 183
"""A range without a year that would last longer has probably its ends the wrong way round."""
JUST_BEGUN_DAYS = 60
"""How long ago a range without a year may have begun; before that the next year is meant."""

_MONTH = rf"(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*"
_NAMED = rf"(?:{'|'.join(ONE_DAY)}|today|tomorrow|now|(?:next|this|the) week|weekend)\b(?!['’])"
_DAYISH = rf"(?:(?:the |on |this |next )*(?:\d\w*|{_MONTH}\.? (?:the )?\d\w*|{_NAMED}))"
"""What a day in words begins with: enough to tell it from talk about something else."""
_WHOM = rf"(?:me|it|everything|(?:all )?(?:my |the )?{REMINDERS}|all(?! (?:the |this )?(?:day|week)))"
_HOW_LONG = (
    r"(?:(?:for|over|until|till?|an?|one|two|three|(?:all|(?:the )?rest of) (?:the |this )?(?:day|week))\b"
    rf"|(?:(?:from|between|over) )?{_DAYISH})"
)
_ASKING = re.compile(rf"\W*{POLITE}pause(?: {_WHOM})?(?:\s+{_HOW_LONG}.*)?\W*", re.IGNORECASE)
_AWAY = re.compile(
    rf"\W*(?:{POLITE}pause\W+)?{POLITE}"
    r"(?:(?:i'?m|i am|i'?ll be|i will be|we'?re|we are|we'?ll be|we will be|am|be|will be|going)\s+)*"
    r"(?:away|off|out of (?:the )?office|(?:on )?(?:(?:my|a|an|our|annual|sick) )*(?:holidays?|vacation|leave))"
    r"[\s,:-]+(?P<when>.*?)"
    rf"(?:[\s,;:.!-]+{POLITE}"
    rf"(?:pause|no {REMINDERS}|(?:do not|don't) remind)(?: {_WHOM})?(?:,? (?:please|then|thanks|thank you))*)?"
)
"""In tidy words."""
_EACH_WEEK = re.compile(rf"\b(?:{EACH_WEEK})\b", re.IGNORECASE)
_LEAD = re.compile(rf"^\W*{POLITE}(?:pause(?: |$))?(?:{_WHOM}(?: |$))?(?:now$)?")
_END = re.compile(rf"{POLITE_END}$")
_FROM = re.compile(r"^(?:from|between|on) ")
_TODAY = re.compile(r"(?:for )?(?:(?:(?:the )?rest of )?(?:today|the day)|all day)")
_LENGTH = re.compile(r"(?:for )?(?:the )?(?:next )?(\d{1,9})\s*(d|days?|w|wks?|weeks?)?")
_UNTIL = re.compile(r"(?:until|till?|to) (?:the |next |on )*(.+)")
_WEEK = re.compile(r"(?:all )?(next week)|(?:(?:over |on )?(?:the|this) )?weekend")
_REST_OF_WEEK = re.compile(r"(?:(?:for )?(?:all|(?:the )?rest of) )?(?:this|the) week|all week")
_LASTING = re.compile(r"(.+?) for (\d.*)")
_JOINED = re.compile(r"\s+(until|till?|to|through|thru|and)\s+|\s*(-)\s*")
_UP_TO = ("until", "till", "til")
_SOME_DAY = date(2024, 1, 1)


class _Ends(NamedTuple):
    """The words of a range: its first and its last day, or the one on which reminders go on."""

    first: str
    last: str
    is_up_to: bool


def is_pause(text: str) -> bool:
    """Say whether a text without a command asks for a pause: `pause 3d`, `away next week`; not `pause button broke`.

    Days of each week, as in `off on fridays`, are none: see `sentences.free_days`.
    """
    text = spelt(text)
    if _EACH_WEEK.search(text):
        return False
    if _ASKING.fullmatch(text):
        return True
    away = _away(text)
    # "I'm off now" is a goodbye, and "off 5" may be anything.
    return away not in ("", "now") and not away.isdecimal() and _names_days(text)


def parse_pause(text: str, today: date) -> Pause:
    """Return the habit days that a pause is meant to cover, from this one on or from a later one.

    `today` is the rest of this habit day, `3d` that and the next two. `until D` goes on on D; the last day of a
    range is paused as well, unless it reads `until`. A weekday, or a date without a year, is the next one; such a day
    alone is the whole of the pause for who is away then.

    Args:
        text: the words after the command, maybe empty.
        today: the habit day it is.

    Raises:
        WordsError: `bad_pause` (word), `pause_until` (word, resumes_day) for a day alone, `pause_past` (word),
            `pause_too_long` (word, limit in days), `pause_backwards` and `pause_half_year` (first, last),
            `pause_which` (word, one_day, other_day) for dates that can be read in two ways.
    """
    away = _away(text)
    words = away or _LEAD.sub("", _asked(text), count=1)
    if not words:
        return Pause(today, date.max)
    found = _from_now(words, today) or _range(words, today) or (_one_day(words, today) if away else None)
    if found is None:
        raise _not_understood(away or text.strip(), words.removeprefix("on "), today)
    if found.resumes_on <= today:
        raise WordsError("pause_past", word=away or text.strip())
    if _is_too_far(found, today):
        raise _too_long(words)
    return Pause(max(found.begins, today), found.resumes_on)


def _asked(text: str) -> str:
    """The tidy words without what is only polite at their end."""
    words = tidy(spelt(text))
    return _END.sub("", words) if len(words) <= LONGEST else words


def _away(text: str) -> str:
    """The words for when somebody says to be away; none in other words, and for days of each week."""
    found = _AWAY.fullmatch(tidy(spelt(text))) if len(text) <= LONGEST else None
    return found["when"] if found and not _EACH_WEEK.search(found["when"]) else ""


def _names_days(text: str) -> bool:
    """Whether words can be read as a pause, be it one that can't be; of which day they are makes no difference."""
    try:
        parse_pause(text, _SOME_DAY)
    except WordsError as error:
        return error.code != "bad_pause"
    return True


def _is_too_far(pause: Pause, today: date) -> bool:
    limit = today + timedelta(days=LONGEST_DAYS)
    return pause.begins > limit if pause.resumes_on == date.max else pause.resumes_on > limit


def _not_understood(text: str, words: str, today: date) -> WordsError:
    # "friday" alone may mean until then, or all of that day: only the person knows.
    day = _until(f"until {words}", today)
    if day and day > today:
        return WordsError("pause_until", word=words, resumes_day=day.isoformat())
    return WordsError("bad_pause", word=text)


def _too_long(words: str) -> WordsError:
    return WordsError("pause_too_long", word=words, limit=str(LONGEST_DAYS))


def _from_now(words: str, today: date) -> Pause | None:
    resume = _after_length(words, today) or _until(words, today)
    return Pause(today, resume) if resume else None


def _one_day(words: str, today: date) -> Pause | None:
    return _one_reading(words, lambda order: _lasting(f"{words} for 1 day", today, order))


def _after_length(words: str, start: date) -> date | None:
    if _TODAY.fullmatch(words):
        return start + DAY
    found = _LENGTH.fullmatch(words)
    if not found or int(found[1]) == 0:
        return None
    days = int(found[1]) * (7 if (found[2] or "").startswith("w") else 1)
    if days > LONGEST_DAYS:
        raise _too_long(words)
    return start + timedelta(days=days)


def _until(words: str, today: date) -> date | None:
    found = _UNTIL.fullmatch(words)
    if not found:
        return None

    def read(order: Order) -> Pause | None:
        named = read_day(found[1], today, order)
        resume = named.first(today + DAY) if named else None
        return Pause(today, resume) if resume else None

    pause = _one_reading(words, read)
    return pause.resumes_on if pause else None


def _one_reading(words: str, read: Callable[[Order], Pause | None]) -> Pause | None:
    """Read dates the one way in which they make sense; with slashes there may be two, and only the person knows."""
    if "/" not in words:
        return read("day")
    orders: tuple[Order, ...] = ("day", "month")
    found = {pause: None for order in orders if (pause := read(order))}
    if len(found) == 2:
        pairs = list(zip(*found, strict=True))
        one, other = next(pair for pair in pairs if pair[0] != pair[1])
        raise WordsError("pause_which", word=words, one_day=one.isoformat(), other_day=other.isoformat())
    return next(iter(found), None)


def _range(words: str, today: date) -> Pause | None:
    rest = _FROM.sub("", words, count=1)
    if _REST_OF_WEEK.fullmatch(rest):
        return Pause(today, today + (7 - today.weekday()) * DAY)
    if named := _WEEK.fullmatch(rest):
        begins, length = (0, 7) if named[1] else (5, 2)
        # On a Sunday the weekend that runs is meant.
        first = Named(weekday=begins).first(today + DAY if named[1] else today - DAY)
        return Pause(first, first + length * DAY) if first else None
    return _one_reading(
        words,
        lambda order: (
            _between_days(rest, today, order)
            or _lasting(rest, today, order)
            or (_from_then_on(rest, today, order) if rest != words and not words.startswith("on ") else None)
        ),
    )


def _from_then_on(words: str, today: date, order: Order) -> Pause | None:
    begins = _begin(words, today, order)
    return Pause(begins, date.max) if begins else None


def _lasting(words: str, today: date, order: Order) -> Pause | None:
    found = _LASTING.fullmatch(words)
    begins = _begin(found[1], today, order) if found else None
    resume = _after_length(found[2], begins) if found and begins else None
    return Pause(begins, resume) if begins and resume else None


def _begin(words: str, today: date, order: Order) -> date | None:
    """The first day of a range that has no last one: today or later."""
    named = read_day(words, today, order)
    begins = named.first(today + DAY * named.not_today) if named else None
    if begins and begins < today:
        raise WordsError("pause_past", word=words)
    return begins


def _between_days(words: str, today: date, order: Order) -> Pause | None:
    for ends in _splits(words):
        first, last = read_day(ends.first, today, order), read_day(ends.last, today, order)
        if first and last:
            days = _days(first.borrowing(last), last.borrowing(first), today)
            return days and _checked(*days, ends, today, is_sure=bool(first.exact or last.exact))
    return None


def _splits(words: str) -> Iterator[_Ends]:
    """Every way to take a range apart: a dash may belong to a date as well."""
    for joint in _JOINED.finditer(words):
        yield _Ends(words[: joint.start()].rstrip("."), words[joint.end() :], joint[1] in _UP_TO)


def _days(first: Named, last: Named, today: date) -> tuple[date, date] | None:
    begins = _range_begins(first, last, today)
    after_it = DAY if last.weekday is not None else timedelta(0)
    ends = last.first(begins + after_it) if begins else None
    return (begins, ends) if begins and ends else None


def _range_begins(first: Named, last: Named, today: date) -> date | None:
    if first.is_yearly:
        before = first.last(last.exact or today)
        if before and (last.exact or (today - before).days <= JUST_BEGUN_DAYS):
            return before
    return first.first(today + DAY * first.not_today)


def _checked(begins: date, ends: date, words: _Ends, today: date, *, is_sure: bool) -> Pause:
    named = {"first": words.first, "last": words.last}
    if ends < begins:
        raise WordsError("pause_backwards", **named)
    resumes_on = ends if words.is_up_to else ends + DAY
    if resumes_on <= today or resumes_on <= begins:
        raise WordsError("pause_past", word=words.last)
    if not is_sure and (ends - begins).days > SURE_DAYS:
        raise WordsError("pause_half_year", **named)
    return Pause(begins, resumes_on)

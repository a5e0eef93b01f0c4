"""Cadences in words: `every 45m 9:00-12:00 13:00-17:30 weekdays`, `at 7:30 daily`, `off`."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from reminderbot.rules.cadence import (
    EVERY_DAY,
    SHORTEST_INTERVAL,
    WEEKDAYS,
    At,
    Cadence,
    Every,
    Window,
)
from reminderbot.rules.timewords.bare import in_plan
from reminderbot.rules.timewords.clocks import clock_text, window_text
from reminderbot.rules.timewords.days import days_text
from reminderbot.rules.timewords.daytimes import times_in, windows_in
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.reading import Parts, Reader
from reminderbot.rules.timewords.tidy import words_of

_OFF = (["off"], ["turn", "off"], ["never"], ["none"], ["stop"])
MOST_PARTS = 12
"""How many times, or windows, one plan may have: its read-back fits in a message."""

_DEFAULT_INTERVAL = 60
_DEFAULT_WINDOWS = (Window(540, 720), Window(780, 1020))


class Off(Enum):
    """What `off` is read as: the habit is not due at all."""

    OFF = "off"


# Plans are read back from their stored text for each due row; the same few come up again and again.
@lru_cache(maxsize=1024)
def parse_cadence(text: str, base: Cadence | None) -> Cadence | Off:
    """Read a plan; a part that is not named keeps the value it has in `base`.

    Of a part of the day alone, as in `only mornings`, it is what `base` has in it, else what is usual then.
    Days are kept whatever the kind. Without a base times are daily; windows or an interval, where the base has none,
    start from every 60 minutes, 9:00-12:00 and 13:00-17:00, and without a base on weekdays. A bare hour is never one of
    the night, so 3 is in the afternoon, and 3:00 is what it says.

    Raises:
        WordsError: `empty`, `bad_time` (word), `end_before_start` (word, start, end, first, second),
            `end_in_afternoon` (the same, and meant), `interval_range` (word, low, high, given; minutes),
            `unknown_days` (word), `unknown_word` (word), `overlapping_windows` (word, first, second),
            `mixed_kinds` (word, other), `too_many` (limit), `too_close` (first, second, low; minutes),
            `which_window` (word, first, second), `no_days`. With `ways`: `end_in_afternoon`, `which_window`.
    """
    words = in_plan(words_of(text), exact=True)
    if words in _OFF:
        return Off.OFF
    if not words:
        raise WordsError("empty")
    parts = Reader(words).read()
    if not (parts.times or parts.windows):
        _name_daytimes(parts, base)
    if parts.times:
        return _at(parts, base)
    if parts.every or not isinstance(base, At):
        return _every(parts, base)
    return At(base.times, _days(parts, base.days))


def by_day(text: str) -> str:
    """Return the words of a plan in a sentence as `parse_cadence` has to read them: 2:30 is by day there as well."""
    words = words_of(text)
    meant = in_plan(words, exact=False)
    return text if meant == words else " ".join(meant)


def describe(cadence: Cadence) -> str:
    """Return the canonical text, which `parse_cadence` reads back as the same cadence."""
    days = days_text(cadence.days)
    if isinstance(cadence, At):
        return f"at {' '.join(map(clock_text, cadence.times))} {days}"
    return f"every {cadence.interval}m {' '.join(map(window_text, cadence.windows))} {days}"


def _name_daytimes(parts: Parts, base: Cadence | None) -> None:
    """Put in what is meant by parts of the day without times of the clock."""
    if parts.every or isinstance(base, Every):
        known = base.windows if isinstance(base, Every) else _DEFAULT_WINDOWS
        parts.windows = [window for name in parts.daytimes for window in windows_in(name, known)]
    else:
        known_times = base.times if base else ()
        parts.times = [minute for name in parts.daytimes for minute in times_in(name, known_times)]


def _at(parts: Parts, base: Cadence | None) -> At:
    if parts.every:
        raise WordsError("mixed_kinds", word=clock_text(parts.times[0]), other=parts.every[0])
    times = tuple(sorted(set(parts.times)))
    _check_parts(times)
    return At(times, _days(parts, base.days if base else EVERY_DAY))


def _every(parts: Parts, base: Cadence | None) -> Every:
    known = base if isinstance(base, Every) else Every(_DEFAULT_INTERVAL, _DEFAULT_WINDOWS, WEEKDAYS)
    windows = tuple(sorted(parts.windows, key=lambda window: window.start)) or known.windows
    _check_parts([window.start for window in windows])
    for one, two in pairwise(windows):
        if one.end > two.start:
            first, second = window_text(one), window_text(two)
            raise WordsError("overlapping_windows", word=second, first=first, second=second)
    return Every(parts.interval or known.interval, windows, _days(parts, base.days if base else known.days))


def _check_parts(minutes: Sequence[int]) -> None:
    """Refuse more times, or starts of windows, than a plan may have, and such as go round the shortest interval."""
    if len(minutes) > MOST_PARTS:
        raise WordsError("too_many", limit=str(MOST_PARTS))
    for one, two in pairwise(minutes):
        if two - one < SHORTEST_INTERVAL:
            raise WordsError(
                "too_close", first=clock_text(one), second=clock_text(two), low=str(SHORTEST_INTERVAL)
            )


def _days(parts: Parts, kept: frozenset[int]) -> frozenset[int]:
    days = (parts.days or kept) - parts.without
    if not days:
        raise WordsError("no_days")
    return days

"""Cadences in words: `every 45m 9:00-12:00 13:00-17:30 weekdays`, `at 7:30 daily`, `off`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from reminderbot.rules.cadence import (
    EVERY_DAY,
    LONGEST_INTERVAL,
    SHORTEST_INTERVAL,
    WEEKDAYS,
    At,
    Cadence,
    Every,
    Window,
)
from reminderbot.rules.timewords.clocks import clock_text, is_time, minute_of, window_of_words, window_text
from reminderbot.rules.timewords.days import ONE_DAY, days_between, days_of_word, days_text, looks_like_days
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.spans import minutes_of
from reminderbot.rules.timewords.tidy import words_of

_RANGE = ("-", "to", "until", "till", "til", "through", "thru")
_FILLERS = ("at", "from", "on", "and", "then", "the", "in", "only", "please", "of")
_EVERY = ("every", "each")
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

    Without a base of the same kind, times are daily, and windows or an interval start from every 60 minutes,
    9:00-12:00 and 13:00-17:00, on weekdays.

    Raises:
        WordsError: `empty`, `bad_time` (word), `end_before_start` (word, start, end, first, second),
            `end_in_afternoon` (the same, and meant), `interval_range` (word, low, high, given; minutes),
            `unknown_days` (word), `unknown_word` (word), `overlapping_windows` (word, first, second),
            `mixed_kinds` (word, other), `too_many` (limit), `too_close` (first, second, low; minutes).
    """
    words = words_of(text)
    if words in _OFF:
        return Off.OFF
    if not words:
        raise WordsError("empty")
    parts = _Reader(words).read()
    if parts.times:
        return _at(parts, base)
    if parts.every or not isinstance(base, At):
        return _every(parts, base)
    return At(base.times, parts.days)


def describe(cadence: Cadence) -> str:
    """Return the canonical text, which `parse_cadence` reads back as the same cadence."""
    days = days_text(cadence.days)
    if isinstance(cadence, At):
        return f"at {' '.join(map(clock_text, cadence.times))} {days}"
    return f"every {cadence.interval}m {' '.join(map(window_text, cadence.windows))} {days}"


@dataclass(slots=True)
class _Parts:
    """What was named; `every` keeps the words of what only a plan with an interval has."""

    interval: int | None = None
    windows: list[Window] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    every: list[str] = field(default_factory=list)


class _Reader:
    """Reads words from left to right into parts."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.here = 0
        self.parts = _Parts()

    def read(self) -> _Parts:
        while word := self._take():
            if word not in _FILLERS:
                self._read_part(word)
        if not (self.parts.every or self.parts.times or self.parts.days):
            raise WordsError("empty")
        return self.parts

    def _take(self) -> str:
        """Return the next word and step over it; an empty one at the end."""
        word = self._peek()
        self.here += 1
        return word

    def _peek(self) -> str:
        return self.words[self.here] if self.here < len(self.words) else ""

    def _read_part(self, word: str) -> None:
        """Read the part that begins with this word. Spans come before times: `45m` begins with a digit too."""
        if word in _EVERY:
            self._read_every(word)
        elif word == "between":
            self._read_range(self._take(), (*_RANGE, "and"))
        elif not word.isdecimal() and (minutes := minutes_of(word)) is not None:
            self._add_interval(minutes, word)
        elif is_time(word):
            self._read_range(word, _RANGE)
        elif word in ONE_DAY and self._peek() in _RANGE:
            self._take()
            self.parts.days |= days_between(word, self._take())
        elif days := days_of_word(word):
            self.parts.days |= days
        else:
            raise WordsError("unknown_days" if looks_like_days(word) else "unknown_word", word=word)

    def _read_every(self, every: str) -> None:
        word = self._take()
        if not word:
            raise WordsError("unknown_word", word=every)
        if word == "-":
            word += self._take()
            raise _interval_range(word)
        minutes = minutes_of(word) if word.isdecimal() else None
        if minutes is not None:
            self._add_interval(minutes, word)
        else:
            self._read_part(word)

    def _read_range(self, word: str, joiners: tuple[str, ...]) -> None:
        """Read one time, or a window where a joiner follows."""
        if self._peek() not in joiners:
            self.parts.times.append(minute_of(word))
            return
        joiner = self._take()
        end = self._take()
        if not end:
            raise WordsError("unknown_word", word=joiner)
        self.parts.windows.append(window_of_words(word, end))
        self.parts.every.append(f"{word}-{end}")

    def _add_interval(self, minutes: int, word: str) -> None:
        if not SHORTEST_INTERVAL <= minutes <= LONGEST_INTERVAL:
            raise _interval_range(word)
        if self.parts.interval not in (None, minutes):
            raise WordsError("mixed_kinds", word=word, other=f"{self.parts.interval}m")
        self.parts.interval = minutes
        self.parts.every.append(word)


def _interval_range(word: str) -> WordsError:
    return WordsError(
        "interval_range", word=word, given=word, low=str(SHORTEST_INTERVAL), high=str(LONGEST_INTERVAL)
    )


def _at(parts: _Parts, base: Cadence | None) -> At:
    if parts.every:
        raise WordsError("mixed_kinds", word=clock_text(parts.times[0]), other=parts.every[0])
    kept = base.days if isinstance(base, At) else EVERY_DAY
    times = tuple(sorted(set(parts.times)))
    _check_parts(times)
    return At(times, parts.days or kept)


def _every(parts: _Parts, base: Cadence | None) -> Every:
    known = base if isinstance(base, Every) else Every(_DEFAULT_INTERVAL, _DEFAULT_WINDOWS, WEEKDAYS)
    windows = tuple(sorted(parts.windows, key=lambda window: window.start)) or known.windows
    _check_parts([window.start for window in windows])
    for one, two in pairwise(windows):
        if one.end > two.start:
            first, second = window_text(one), window_text(two)
            raise WordsError("overlapping_windows", word=second, first=first, second=second)
    return Every(parts.interval or known.interval, windows, parts.days or known.days)


def _check_parts(minutes: Sequence[int]) -> None:
    """Refuse more times, or starts of windows, than a plan may have, and such as go round the shortest interval."""
    if len(minutes) > MOST_PARTS:
        raise WordsError("too_many", limit=str(MOST_PARTS))
    for one, two in pairwise(minutes):
        if two - one < SHORTEST_INTERVAL:
            raise WordsError(
                "too_close", first=clock_text(one), second=clock_text(two), low=str(SHORTEST_INTERVAL)
            )

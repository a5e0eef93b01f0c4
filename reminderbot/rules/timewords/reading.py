"""Reading a plan in words, from left to right, into the parts that it names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reminderbot.rules.cadence import EVERY_DAY, LONGEST_INTERVAL, MINUTES_A_DAY, SHORTEST_INTERVAL, Window
from reminderbot.rules.timewords.clocks import is_time, minute_of, window_of_words, window_text
from reminderbot.rules.timewords.days import ONE_DAY, days_between, days_of_word, looks_like_days
from reminderbot.rules.timewords.daytimes import DAYTIMES
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.timewords.spans import minutes_of

RANGE = ("-", "to", "until", "till", "til", "through", "thru")
"""What joins the ends of a window, and the days from one to another."""

_FILLERS = ("at", "from", "on", "and", "then", "the", "in", "only", "please", "of", "but")
EVERY = ("every", "each")
"""What an interval begins with."""

_EXCEPT = ("except", "excluding", "without", "not")
LONG_UNITS = ("day", "days", "week", "weeks", "month", "months", "times")
"""What a number in front of them is no time: "every 3 days", "3 times"."""
_NOON = MINUTES_A_DAY // 2


@dataclass(slots=True)
class Parts:
    """What was named; `every` keeps the words of what only a plan with an interval has.

    `without` are days left out; by the last of `daytimes`, parts of the day, times without am or pm go.
    """

    interval: int | None = None
    windows: list[Window] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    daytimes: list[str] = field(default_factory=list)
    every: list[str] = field(default_factory=list)

    def name_days(self, days: frozenset[int], *, left_out: bool) -> None:
        """Add days that are named, or left out."""
        if left_out:
            self.without |= days
        else:
            self.days |= days

    def go_by_daytime(self) -> None:
        """Put times of the morning that are said to be later where they belong: `every evening at 7`."""
        part = self.daytimes[-1] if self.daytimes else "morning"
        if part != "morning":
            self.times = [_later(minute, part) for minute in self.times]
            self.windows = [_later_window(window, part) for window in self.windows]


class Reader:
    """Reads words from left to right into parts."""

    def __init__(self, words: list[str]) -> None:
        """Take tidy words."""
        self.words = words
        self.here = 0
        self.parts = Parts()
        self.leaves_out = False

    def read(self) -> Parts:
        """Return what is named; raises WordsError, see ``plans.parse_cadence``."""
        while word := self._take():
            if word not in _FILLERS:
                self._read_part(word)
        found = self.parts
        if not (found.every or found.times or found.days or found.without or found.daytimes):
            raise WordsError("empty")
        found.go_by_daytime()
        return found

    def _take(self) -> str:
        """Return the next word and step over it; an empty one at the end."""
        word = self._peek()
        self.here += 1
        return word

    def _peek(self) -> str:
        return self.words[self.here] if self.here < len(self.words) else ""

    def _read_part(self, word: str) -> None:
        """Read the part that begins with this word. Spans come before times: `45m` begins with a digit too."""
        if word.isdecimal() and self._peek() in LONG_UNITS:
            raise WordsError("unknown_word", word=f"{word} {self._peek()}")
        if word in EVERY:
            self._read_every(word)
        elif word in _EXCEPT:
            self._read_except(word)
        elif word.removesuffix("s") in DAYTIMES:
            self.parts.daytimes.append(word.removesuffix("s"))
        elif word == "between":
            self._read_range(self._take(), (*RANGE, "and"))
        elif not word.isdecimal() and (minutes := minutes_of(word)) is not None:
            self._add_interval(minutes, word)
        elif is_time(word):
            self._read_range(word, RANGE)
        elif word in ONE_DAY and self._peek() in RANGE:
            self._read_days(word)
        elif days := days_of_word(word):
            self.parts.name_days(days, left_out=self.leaves_out)
        else:
            raise WordsError("unknown_days" if looks_like_days(word) else "unknown_word", word=word)

    def _read_days(self, first: str) -> None:
        """Read the days from one to another; "sat thru a meeting" is talk."""
        joiner, last = self._take(), self._take()
        if joiner != "-" and last not in ONE_DAY and not looks_like_days(last):
            raise WordsError("unknown_word", word=last or joiner)
        self.parts.name_days(days_between(first, last), left_out=self.leaves_out)

    def _read_every(self, every: str) -> None:
        word = self._take()
        if not word:
            raise WordsError("unknown_word", word=every)
        if word == "-":
            word += self._take()
            raise _interval_range(word)
        if word in DAYTIMES:
            self.parts.name_days(EVERY_DAY, left_out=False)
        minutes = minutes_of(word) if word.isdecimal() and self._peek() not in LONG_UNITS else None
        if minutes is not None:
            self._add_interval(minutes, word)
        else:
            self._read_part(word)

    def _read_except(self, word: str) -> None:
        """Step up to the days that are left out; only days can be."""
        while self._peek() in _FILLERS:
            self._take()
        if not days_of_word(self._peek()):
            raise WordsError("unknown_word", word=self._peek() or word)
        self.leaves_out = True

    def _read_range(self, word: str, joiners: tuple[str, ...]) -> None:
        """Read one time, or a window where a joiner follows."""
        first = self.here - 1
        if self._peek() not in joiners:
            self.parts.times.append(minute_of(word))
            return
        joiner = self._take()
        end = self._take()
        if not end:
            raise WordsError("unknown_word", word=joiner)
        self.parts.windows.append(self._window(first, word, end))
        self.parts.every.append(f"{word}-{end}")

    def _window(self, first: int, word: str, end: str) -> Window:
        """Read a window; where it can be meant in two ways the refusal has both, as the words would say them."""
        try:
            window = window_of_words(word, end)
        except WordsError as error:
            if error.code != "end_in_afternoon":
                raise
            apart = f"{error.args_['first']} {error.args_['second']}"
            ways = {name: name for name in (error.args_["meant"], apart)}
            raise error.offering(self._saying(first, ways)) from None
        if self._may_be_later(window, f"{word} {end}"):
            early, late = window_text(window), window_text(Window(window.start + _NOON, window.end + _NOON))
            # With a nought in front it is in the morning for sure.
            ways = self._saying(first, {early: re.sub(r"\b(?=\d:)", "0", early), late: late})
            raise WordsError("which_window", word=f"{word}-{end}", first=early, second=late).offering(ways)
        return window

    def _may_be_later(self, window: Window, written: str) -> bool:
        """Whether a window that comes before the one in front of it may be meant in the afternoon: `9-12 2-6`."""
        before = self.parts.windows[-1] if self.parts.windows else None
        if before is None or before.end > _NOON or re.search(r"[a-z]|\b0", written):
            return False
        fits = before.end <= window.start + _NOON and window.end <= _NOON
        return window.start < before.start and fits

    def _saying(self, first: int, ways: Mapping[str, str]) -> dict[str, str]:
        """All of the words, with what is clear in place of those from `first` up to here."""
        before, after = self.words[:first], self.words[self.here :]
        return {name: " ".join((*before, clear, *after)) for name, clear in ways.items()}

    def _add_interval(self, minutes: int, word: str) -> None:
        if not SHORTEST_INTERVAL <= minutes <= LONGEST_INTERVAL:
            raise _interval_range(word)
        if self.parts.interval not in (None, minutes):
            raise WordsError("mixed_kinds", word=word, other=f"{self.parts.interval}m")
        self.parts.interval = minutes
        self.parts.every.append(word)


def _later(minute: int, part: str) -> int:
    """A time as it is meant in the afternoon, the evening or at night: before six, the night is that of the morning."""
    early = part == "night" and minute < 6 * 60
    return minute + _NOON if 60 <= minute < _NOON and not early else minute


def _later_window(window: Window, part: str) -> Window:
    moved = _later(window.start, part) - window.start
    return Window(window.start + moved, window.end + moved) if window.end <= _NOON else window


def _interval_range(word: str) -> WordsError:
    return WordsError(
        "interval_range", word=word, given=word, low=str(SHORTEST_INTERVAL), high=str(LONGEST_INTERVAL)
    )

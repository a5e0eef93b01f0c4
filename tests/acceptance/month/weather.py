"""What goes wrong, and when: all of it drawn before the month begins."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from reminderbot.demo.telegram.faults import Faults
from tests.acceptance.month.options import Options

MINUTE = timedelta(minutes=1)
BACK_AT = 40
"""Seconds past the minute at which a bot comes back; people do things at 20, reminders are due at 0."""

STORM = timedelta(minutes=2)
"""How long Telegram fails now and then."""

OUTAGES = (3, 14, 40, 40, 300, 40, 90, 1380)
"""Lengths in minutes; none is as long as Telegram keeps what people write."""

EVERY = timedelta(days=3)
CALM = timedelta(hours=2)
"""At the end of the month nothing goes wrong any more."""

STORM_EVERY = timedelta(hours=7)
SENDS = ("sendMessage", "sendMessage", "editMessageText", "answerCallbackQuery", None)


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another."""

    begin: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.begin <= at < self.end


@dataclass(frozen=True, slots=True)
class Storm:
    """Some minutes in which Telegram answers with faults."""

    span: Span
    kind: str
    details: Mapping[str, object]

    def break_loose(self, faults: Faults) -> None:
        """Have the next calls meet it."""
        verb: Callable[..., object] = getattr(faults, self.kind)
        verb(**self.details)


@dataclass(frozen=True, slots=True)
class Weather:
    """When there is no bot, and when Telegram has faults."""

    outages: Sequence[Span]
    storms: Sequence[Storm]

    def outage(self, at: datetime) -> Span | None:
        """The outage at an instant, if there is one."""
        return next((span for span in self.outages if span.holds(at)), None)

    def got_at(self, at: datetime, kept: timedelta) -> datetime | None:
        """When the bot gets what somebody did, if Telegram keeps it so long."""
        outage = self.outage(at)
        if outage is None:
            return at
        return outage.end if outage.end - at < kept else None

    def is_stormy(self, since: datetime, until: datetime) -> bool:
        """Whether Telegram had faults at some time between two instants."""
        return any(storm.span.begin <= until and since < storm.span.end for storm in self.storms)


def forecast(options: Options) -> Weather:
    """Everything that will go wrong; nothing does while people subscribe."""
    chance, first = options.chance("weather"), options.begin + timedelta(hours=3)
    outages: list[Span] = []
    storms: list[Storm] = []
    for begin in _moments(chance, first, options.end, EVERY / options.rough):
        length = timedelta(minutes=chance.choice(OUTAGES), seconds=BACK_AT)
        if begin + length < options.end - CALM and not (outages and begin < outages[-1].end):
            outages.append(Span(begin, begin + length))
    for begin in _moments(chance, first, options.end, STORM_EVERY / options.rough):
        kind = chance.choice(list(KINDS))
        storms.append(Storm(Span(begin + timedelta(seconds=50), begin + STORM), kind, KINDS[kind](chance)))
    return Weather(outages, storms)


def _moments(chance: Random, begin: datetime, end: datetime, mean: timedelta) -> list[datetime]:
    moments, at = [], begin
    while (at := at + chance.uniform(0.3, 1.7) * mean) < end - CALM:
        moments.append(at.replace(second=0, microsecond=0))
    return moments


def _crowded(chance: Random) -> dict[str, object]:
    return {"retry_after": chance.choice((2, 5, 20)), "times": chance.randint(1, 4)}


def _refused(chance: Random) -> dict[str, object]:
    return {
        "method": chance.choice(SENDS),
        "status": chance.choice((500, 502, 503)),
        "times": chance.randint(1, 4),
    }


def _cut(chance: Random) -> dict[str, object]:
    return {
        "method": chance.choice(SENDS),
        "how": chance.choice(("reset", "timeout")),
        "times": chance.randint(1, 4),
    }


KINDS: Mapping[str, Callable[[Random], dict[str, object]]] = {
    "too_many": _crowded,
    "refuse": _refused,
    "unreachable": _cut,
    "lose_answer": _cut,
}
"""The verbs of Telegram's faults, and how each is drawn."""

"""Never too fast: over all processes, by when calls arrived at Telegram."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reminderbot.demo.telegram.engine import COUNTED
from tests.acceptance.harness.clock import Skew
from tests.acceptance.harness.evidence import Evidence

SECOND = 1.0
JITTER = 0.5
"""Real seconds by which the ways of two calls from their permit to Telegram may differ where many processes share few
processors, and the database: in any span there may arrive what was permitted in one that is longer by so much. How
many came in a whole second is told in the summary."""

SPANS = (SECOND - JITTER, 10.0, 60.0)
"""Real seconds: a short span finds calls that come at once, the long ones a pace that is a little too fast."""

AFRESH = 0.2
"""Real seconds' worth of calls that a push of the clock adds: the slots that were given out ahead by the clock as it
was, beside those after it (rules/pacing.py)."""

SETTLED = 2.1
"""Real seconds after a process's clock was wrong until the pace, which goes by it, is the same for all again."""


class Traffic(NamedTuple):
    """When calls arrived that count, those that Telegram refused as well, and what befell the clock; in real time."""

    at: Sequence[float]
    pushes: Sequence[float]
    skews: Sequence[Skew]


def broken(evidence: Evidence) -> Iterator[str]:
    """Where it was too fast."""
    return too_fast(_traffic(evidence), evidence.options.rate)


def fastest(evidence: Evidence) -> int:
    """The most calls in any second that counts."""
    return max((calls for _, calls in _windows(_traffic(evidence), SECOND)), default=0)


def too_fast(traffic: Traffic, rate: int) -> Iterator[str]:
    """Spans with more calls than the rate, in calls a second, permits with all that may delay some of them."""
    for span in SPANS:
        for first, calls in _windows(traffic, span):
            pushes = _count(traffic.pushes, first - JITTER, first + span)
            if calls > rate * (span + JITTER + AFRESH * pushes):
                yield f"pace: {calls} calls within {span:g} s from {first:.3f} on"


def _traffic(evidence: Evidence) -> Traffic:
    at = sorted(evidence.clock.real(call.at) for call in evidence.tries if call.method in COUNTED)
    return Traffic(at, evidence.clock.pushes(), evidence.clock.skews)


def _windows(traffic: Traffic, span: float) -> Iterator[tuple[float, int]]:
    """How many calls arrived within a span that begins with one of them, for each that counts."""
    uneasy = [(skew.began - SECOND, skew.ended + SETTLED) for skew in traffic.skews]
    if span <= SECOND:
        # What was under way when the clock was pushed arrives in the next moment; the long spans allow for it.
        uneasy += [(push, push + JITTER) for push in traffic.pushes]
    for first in traffic.at:
        if not any(since < first + span and first <= until for since, until in uneasy):
            yield first, _count(traffic.at, first, first + span)


def _count(moments: Sequence[float], since: float, until: float) -> int:
    return bisect_left(moments, until) - bisect_left(moments, since)

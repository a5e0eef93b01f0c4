"""What the reckoning finds too fast, and that it bears with an honest pace."""

from itertools import pairwise
from random import Random

import pytest

from reminderbot.rules import pacing
from tests.acceptance.harness.clock import Skew
from tests.acceptance.harness.reckon_pace import JITTER, Traffic, too_fast

RATE = 25
END = 150.0

UNPUSHED: list[float] = []
UNDER_LOAD = [4.0 * number for number in range(1, 37)]
IN_A_HURRY = [0.6 * number for number in range(1, 250)]


def _steady(rate: float) -> list[float]:
    return [number / rate for number in range(int(END * rate))]


def _honest(pushes: list[float], delays: tuple[float, float]) -> list[float]:
    """A call at every slot, late by one of two delays; each push begins with new slots, beside those given ahead."""
    chance, ahead = Random(5), pacing.AHEAD.total_seconds()
    distance = pacing.interval(RATE).total_seconds()
    slots = [
        since + number * distance
        for since, until in pairwise([0.0, *pushes, END])
        for number in range(1 + int((until - since + ahead) / distance))
    ]
    return sorted(slot + chance.choice(delays) for slot in slots)


@pytest.mark.parametrize("pushes", [UNPUSHED, UNDER_LOAD])
def test_half_as_much_again_is_found(pushes: list[float]) -> None:
    assert any("within 10 s" in told for told in too_fast(Traffic(_steady(1.5 * RATE), pushes, []), RATE))


def test_a_little_too_much_is_found_within_a_minute() -> None:
    assert any("within 60 s" in told for told in too_fast(Traffic(_steady(1.03 * RATE), UNPUSHED, []), RATE))


def test_many_calls_at_once_are_found() -> None:
    at_once = [5.0 + number / 1000 for number in range(RATE + 1)]
    assert any("within 0.5 s" in told for told in too_fast(Traffic(at_once, UNPUSHED, []), RATE))


@pytest.mark.parametrize("delays", [(0.0, 0.0), (0.0, 0.02), (0.0, JITTER - 0.01)])
@pytest.mark.parametrize("pushes", [UNPUSHED, UNDER_LOAD, IN_A_HURRY])
def test_an_honest_pace_is_not(pushes: list[float], delays: tuple[float, float]) -> None:
    assert list(too_fast(Traffic(_honest(pushes, delays), pushes, []), RATE)) == []


def test_while_the_clock_of_a_process_is_wrong_nothing_is_said_of_the_pace() -> None:
    assert list(too_fast(Traffic(_steady(2 * RATE), UNPUSHED, [Skew(0.0, END, 45.0)]), RATE)) == []

"""How long pictures take to draw, and how large they are: the figures of the exercises that ship, calendar and week.

``python -m tests.benchmarks.pictures [--rounds 3]`` prints one JSON object. Milliseconds are processor time, the
best of some rounds for each picture; then the median and the largest over all exercises.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import PIL

from reminderbot.library.loader import default_folder, load
from reminderbot.library.models import Stretch
from reminderbot.pictures import calendar, week
from reminderbot.pictures.figure import motion, still
from tests.benchmarks import calendars

MS = 1_000
KB = 1_024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pictures")
    parser.add_argument("--rounds", type=int, default=3, help="how often each picture is drawn")
    given = parser.parse_args()
    about = {"benchmark": "pictures", "python": platform.python_version(), "pillow": PIL.__version__}
    print(json.dumps(about | _figures(given.rounds) | _progress(given.rounds)))  # noqa: T201


def _figures(rounds: int) -> dict[str, Any]:
    deck = load(default_folder(), examples=False).cards["stretches"]
    drawn = [(card.figure, card.sides) for card in deck if isinstance(card, Stretch) and card.figure]
    moving = [(figure, sides) for figure, sides in drawn if figure.end]
    return {
        "figures": len(drawn),
        "still": _summed([_measured(partial(still, *each), rounds) for each in drawn]),
        "motion": _summed([_measured(partial(motion, *each), rounds) for each in moving]),
    }


def _progress(rounds: int) -> dict[str, Any]:
    """Measure what is drawn for each message: of the calendar and of the week, each of two habits."""
    return {
        "calendar": _summed([_measured(partial(calendar.draw, calendars.calendar()), rounds)]),
        "week": _summed([_measured(partial(week.draw, calendars.week()), rounds)]),
    }


def _measured(draw: Callable[[], bytes], rounds: int) -> tuple[float, int]:
    """Return the processor time of the fastest round, in milliseconds, and the bytes of the picture."""
    best, size = float("inf"), 0
    for _ in range(rounds):
        began = time.process_time()
        size = len(draw())
        best = min(best, (time.process_time() - began) * MS)
    return best, size


def _summed(found: list[tuple[float, int]]) -> dict[str, float]:
    times, sizes = [ms for ms, _ in found], [size / KB for _, size in found]
    return {
        "ms_median": round(median(times), 1),
        "ms_max": round(max(times), 1),
        "kb_median": round(median(sizes), 1),
        "kb_max": round(max(sizes), 1),
    }


if __name__ == "__main__":
    main()

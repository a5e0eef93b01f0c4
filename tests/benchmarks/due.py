"""What a tick costs: reminders made a second, and an idle tick, at different numbers of subscribers.

``python -m tests.benchmarks.due [--sizes 1000,100000,1000000] [--crowd 1000] [--database postgresql]`` prints one JSON
object. At each size a crowd is due at the same moment, hour after hour; it is taken in the batches that the bot uses,
each in a transaction of its own, from a SQLite file or a PostgreSQL server. The crowd are neighbours in the table, as
when most people are due, or scattered evenly over all of it, so that each row lies on another page: the worst case.
"""

import argparse
import contextlib
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from reminderbot.services import days, due
from reminderbot.services.work import Work
from reminderbot.store.engine import Store
from tests.benchmarks import parts, towns

NINE = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""A Monday, nine o'clock where they live: the first point of the usual cadence."""

HOUR = timedelta(hours=1)

HOURS = (0, 1, 2, 4, 5, 6, 7)
"""Hours after that at which the usual cadence is due."""

DAYS = 5

IDLE_TICKS = 500
"""Each is timed alone."""


@dataclass(frozen=True, slots=True)
class Town:
    """A store with so many subscribers, of whom a crowd is due together: every ``apart``-th, from the first on."""

    store: Store
    size: int
    crowd: int
    apart: int


@contextlib.contextmanager
def _files(sizes: Sequence[int]) -> Iterator[Sequence[Store]]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        yield [stack.enter_context(parts.store_at(Path(folder) / f"{size}.db")) for size in sizes]


@contextlib.contextmanager
def _server(sizes: Sequence[int]) -> Iterator[Sequence[Store]]:
    with parts.server() as server, contextlib.ExitStack() as stack:
        yield [stack.enter_context(parts.store_on(server, f"due_{size}")) for size in sizes]


Opened = Callable[[Sequence[int]], contextlib.AbstractContextManager[Sequence[Store]]]

OPENED: dict[str, Opened] = {"sqlite": _files, "postgresql": _server}
"""How a store is had for each size."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.due")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="numbers of subscribers")
    parser.add_argument("--crowd", type=int, default=1_000, help="how many of them are due at once, at most")
    parser.add_argument("--database", choices=OPENED, default="sqlite")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    shapes = {
        "neighbours": [(size, min(size, given.crowd), 1) for size in sizes],
        "scattered": [(size, min(size, given.crowd), size // min(size, given.crowd)) for size in sizes],
    }
    found = {shape: _measure(sizes_of, OPENED[given.database]) for shape, sizes_of in shapes.items()}
    about = {"benchmark": "due", "python": platform.python_version(), "database": given.database}
    print(json.dumps(about | found | {"load": os.getloadavg()}))  # noqa: T201


def _measure(shapes: list[tuple[int, int, int]], opened: Opened) -> dict[str, Any]:
    """Sizes take turns, so that a busy machine is busy for all of them."""
    with opened([size for size, _, _ in shapes]) as stores:
        places = [Town(store, *shape) for store, shape in zip(stores, shapes, strict=True)]
        filled = [
            parts.seconds(partial(towns.fill, town.store, town.size, town.crowd, town.apart, NINE))
            for town in places
        ]
        idle = [[parts.seconds(partial(_idle_tick, town)) for town in places] for _ in range(IDLE_TICKS)]
        rows = [
            [parts.seconds(partial(_take, town, at)) / town.crowd for town in places] for at in _moments()
        ]
    idle_tick, row = _columns(idle), _columns(rows)
    sizes = {
        str(town.size): {
            "crowd": town.crowd,
            "rows_per_s": round(1 / row[n]),
            "row_us": round(row[n] * 1e6, 1),
            "idle_tick_us": round(idle_tick[n] * 1e6, 1),
            "fill_s": round(filled[n], 1),
        }
        for n, town in enumerate(places)
    }
    ratios = {"row": round(row[-1] / row[0], 2), "idle_tick": round(idle_tick[-1] / idle_tick[0], 2)}
    return sizes | {"last_to_first": ratios}


def _columns(rounds: list[list[float]]) -> list[float]:
    """The median of each column."""
    return [median(column) for column in zip(*rounds, strict=True)]


def _moments() -> list[datetime]:
    return [NINE + timedelta(days=day) + HOUR * hour for day in range(DAYS) for hour in HOURS]


def _idle_tick(town: Town) -> None:
    assert _verb(town.store, due.make_due, NINE - HOUR) == 0
    assert _verb(town.store, days.close_due, NINE - HOUR) == 0


def _take(town: Town, at: datetime) -> None:
    made = 0
    while taken := _verb(town.store, due.make_due, at):
        made += taken
    assert made == town.crowd


def _verb(store: Store, verb: Callable[[Work], int], at: datetime) -> int:
    with store.begin() as tx:
        return verb(Work(tx, at, parts.around()))


if __name__ == "__main__":
    main()

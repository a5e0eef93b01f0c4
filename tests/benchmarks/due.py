"""What a tick costs: reminders made a second, and an idle tick, at different numbers of subscribers.

``python -m tests.benchmarks.due [--sizes 1000,100000,1000000] [--crowd 1000]`` prints one JSON object. At each
size a crowd is due at the same moment, hour after hour; it is taken in the batches that the bot uses, each in a
transaction of its own, from a SQLite file. The crowd are neighbours in the table, as when most people are due, or
scattered evenly over all of it, so that each row lies on another page: the worst case.
"""

import argparse
import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from reminderbot.services import days, due
from reminderbot.services.work import Work
from reminderbot.store.engine import Store
from reminderbot.store.tables import Standing
from tests.benchmarks import parts

ZONES = ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Africa/Lagos")
"""Zones with the same wall time in winter: the whole crowd is due at one instant."""

NINE = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""A Monday, nine o'clock in these zones: the first point of the usual cadence."""

HOUR = timedelta(hours=1)

HOURS = (0, 1, 2, 4, 5, 6, 7)
"""Hours after that at which the usual cadence is due."""

DAYS = 5

CHAT_ID_STEP = 7919
"""Between two chat ids, so that they spread as Telegram's do."""

IDLE_TICKS = 500
"""Each is timed alone."""

SUBSCRIBER = """
    insert into subscriber (chat_id, standing, zone, zone_confirmed, day_start, asked_avoid, subscribed_at)
    values (?, ?, ?, 1, 3, 0, '2026-01-01 00:00:00.000000')"""
CADENCE = """
    insert into cadence (chat_id, habit, plan, off, next_due_at, deck_round, deck_cursor, ignored)
    values (?, ?, ?, 0, ?, 0, 0, 0)"""


@dataclass(frozen=True, slots=True)
class Town:
    """A store with so many subscribers, of whom a crowd is due together: every ``apart``-th, from the first on."""

    store: Store
    size: int
    crowd: int
    apart: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.due")
    parser.add_argument("--sizes", default="1000,100000,1000000", help="numbers of subscribers")
    parser.add_argument("--crowd", type=int, default=1_000, help="how many of them are due at once, at most")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    shapes = {
        "neighbours": [(size, min(size, given.crowd), 1) for size in sizes],
        "scattered": [(size, min(size, given.crowd), size // min(size, given.crowd)) for size in sizes],
    }
    found = {shape: _measure(towns) for shape, towns in shapes.items()}
    print(json.dumps({"benchmark": "due"} | found))  # noqa: T201


def _measure(shapes: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Sizes take turns, so that a busy machine is busy for all of them."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        towns = []
        for shape in shapes:
            store = stack.enter_context(parts.store_at(Path(folder) / f"{shape[0]}.db"))
            towns.append(Town(store, *shape))
        filled = [parts.seconds(partial(_fill, town)) for town in towns]
        idle = [[parts.seconds(partial(_idle_tick, town)) for town in towns] for _ in range(IDLE_TICKS)]
        rows = [[parts.seconds(partial(_take, town, at)) / town.crowd for town in towns] for at in _moments()]
    idle_tick, row = _columns(idle), _columns(rows)
    sizes = {
        str(town.size): {
            "crowd": town.crowd,
            "rows_per_s": round(1 / row[n]),
            "row_us": round(row[n] * 1e6, 1),
            "idle_tick_us": round(idle_tick[n] * 1e6, 1),
            "fill_s": round(filled[n], 1),
        }
        for n, town in enumerate(towns)
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


def _fill(town: Town) -> None:
    with town.store.begin() as tx:
        raw = tx.connection.driver_connection
        assert raw is not None
        people = ((_chat(n), Standing.ACTIVE, ZONES[n % len(ZONES)]) for n in range(town.size))
        raw.executemany(SUBSCRIBER, people)
        raw.executemany(CADENCE, _cadences(town))


def _cadences(town: Town) -> Iterator[tuple[int, str, str, str]]:
    """The usual cadences; the crowd's moves are due on Monday, all else a month later."""
    habits = parts.around().library.habits.values()
    for n in range(town.size):
        in_crowd = n % town.apart == 0 and n < town.crowd * town.apart
        month_later = NINE + timedelta(days=30, minutes=n % 40_000)
        for habit in habits:
            at = NINE if in_crowd and habit.id == "move" else month_later
            yield _chat(n), habit.id, habit.cadence, f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _chat(n: int) -> int:
    return 100_000 + n * CHAT_ID_STEP


if __name__ == "__main__":
    main()

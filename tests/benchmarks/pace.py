"""How close to SEND_RATE messages go out, and that Telegram never says that they are too many.

``python -m tests.benchmarks.pace [--rates 30,1000] [--seconds 20]`` prints one JSON object. More reminders are due than
can be sent in that time. The real command sends them: ``reminderbot run`` with a SQLite file, then two ``reminderbot
worker`` that share one PostgreSQL. The tiny Bot API answers after 50 ms and refuses with 429 what is one too many in
any second by its own clock; each is counted there, when it arrives. ``used`` is the share of the rate in the seconds
that follow the first message: each worker permits as many in 1.015 s, so it can't be above 0.985 and one message.
"""

import argparse
import contextlib
import json
import os
import platform
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx

from reminderbot.services.work import Work
from reminderbot.store.engine import Store
from reminderbot.store.vault import new_key
from tests.benchmarks import botapi, bots, contenders, parts, towns

LATENCY = 0.05
SPARE = 1.2
"""So many times what is sent is due."""


Shape = Callable[[Path, str, int, int], contextlib.AbstractContextManager[Sequence[int]]]
"""Runs bots that send so many due reminders at a rate: from folder, server, rate and number to process ids."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pace")
    parser.add_argument("--rates", default="30,1000", help="values of SEND_RATE")
    parser.add_argument("--seconds", type=int, default=20)
    given = parser.parse_args()
    found = {
        f"{name}_{rate}_per_s": _measure(shape, int(rate), given.seconds)
        for rate in given.rates.split(",")
        for name, shape in SHAPES.items()
    }
    about = {"benchmark": "pace", "python": platform.python_version(), "seconds": given.seconds}
    print(json.dumps(about | found | {"load": os.getloadavg()}))  # noqa: T201


def _measure(shape: Shape, rate: int, seconds: int) -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        botapi.serving("tests.benchmarks.botapi", LATENCY, rate) as url,
        shape(Path(folder), url, rate, int(rate * seconds * SPARE)) as workers,
    ):
        bots.until(lambda: httpx.get(f"{url}/noted").json()["calls"])
        used = sum(map(parts.cpu_seconds, workers))
        before = httpx.get(f"{url}/noted").json()
        time.sleep(seconds + 1)
        used = sum(map(parts.cpu_seconds, workers)) - used
        noted = httpx.get(f"{url}/noted").json()
    arrivals = sorted(at for at, _, _ in noted["calls"])
    sent = bisect_right(arrivals, arrivals[0] + seconds)
    return {
        "used": round(sent / (rate * seconds), 4),
        "most_in_a_second": _most(arrivals, botapi.SECOND),
        "too_many": noted["refused"],
        "core": round(used / (seconds + 1), 2),
        "server_core": round((noted["cpu_s"] - before["cpu_s"]) / (seconds + 1), 2),
    }


def _most(arrivals: Sequence[float], span: float) -> int:
    """How many arrived in any such span of time, at most."""
    return max(number + 1 - bisect_right(arrivals, at - span) for number, at in enumerate(arrivals))


@contextlib.contextmanager
def _one_process(folder: Path, url: str, rate: int, count: int) -> Iterator[Sequence[int]]:
    """One bot with a SQLite file; its process id."""
    path = folder / "bot.db"
    with parts.store_at(path) as store:
        _fill(store, count)
    settings = {"DATABASE_URL": f"sqlite:///{path}", "SEND_RATE": str(rate)}
    with bots.running("run", folder, url, settings) as bot:
        yield [bot]


@contextlib.contextmanager
def _two_workers(folder: Path, url: str, rate: int, count: int) -> Iterator[Sequence[int]]:
    """Two workers on one PostgreSQL, wherever there is a free core; their process ids."""
    with parts.server() as server:
        with parts.store_on(server, "pace") as store:
            _fill(store, count)
            address = store.url.render_as_string(hide_password=False)
        settings = {"DATABASE_URL": address, "REMINDERBOT_KEY": new_key(), "SEND_RATE": str(rate)}
        with (
            bots.running("worker", folder, url, settings, core=None) as one,
            bots.running("worker", folder, url, settings, core=None) as other,
        ):
            yield [one, other]


def _fill(store: Store, count: int) -> None:
    with store.begin() as tx:
        work = Work(tx, datetime.now(UTC), parts.around())
        towns.note_zone_data(work)
        contenders.fill(work, count)


SHAPES: dict[str, Shape] = {"one_process": _one_process, "two_workers": _two_workers}


if __name__ == "__main__":
    main()

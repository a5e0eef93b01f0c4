"""How soon a bot with very many subscribers is there, and how much memory it takes.

``python -m tests.benchmarks.start [--subscribers 1000000] [--jobs 100000]`` prints one JSON object. The real command
``reminderbot run`` is started with a SQLite file, and ticks for a while with nobody due; the first getUpdates is what
the tiny Bot API sees of it. Beside it is the design with a scheduler's job for each person, with far fewer of them.
Linux only: the peak is VmHWM (proc(5)).
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from reminderbot.services.work import Work
from tests.benchmarks import botapi, bots, parts, towns

LATENCY = 0.05
ROUNDS = 5
TICKING_SECONDS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.start")
    parser.add_argument("--subscribers", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=100_000, help="people of the other design")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        with parts.store_at(path) as store:
            with store.begin() as tx:
                towns.note_zone_data(Work(tx, datetime.now(UTC), parts.around()))
            towns.fill(store, given.subscribers, 0, 1, datetime.now(UTC))
        rounds = [_start(path) for _ in range(ROUNDS)]
    ours = {name: round(median(one[name] for one in rounds), 2) for name in rounds[0]}
    command = [sys.executable, "-m", "tests.benchmarks.jobs", str(given.jobs)]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    about = {"benchmark": "start", "python": platform.python_version(), "subscribers": given.subscribers}
    found = {"reminderbot": ours, "job_per_person": theirs, "load": os.getloadavg()}
    print(json.dumps(about | found))  # noqa: T201


def _start(path: Path) -> dict[str, float]:
    settings = {"DATABASE_URL": f"sqlite:///{path}"}
    with botapi.serving("tests.benchmarks.botapi", LATENCY) as url:
        begun = time.time()
        with bots.running("run", path.parent, url, settings) as bot:
            polled = bots.until_polled(url) - begun
            used = parts.cpu_seconds(bot)
            time.sleep(TICKING_SECONDS)
            return {"first_poll_s": polled, "first_poll_cpu_s": used, "peak_mib": parts.peak_mib(bot)}


if __name__ == "__main__":
    main()

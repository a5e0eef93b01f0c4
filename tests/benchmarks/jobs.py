"""The design that this bot does not have: a scheduler with a job for each person.

``python -m tests.benchmarks.jobs COUNT`` prints one JSON object: how many jobs, seconds until the scheduler runs with
them all, MiB that the process had at most (Linux only: VmHWM, proc(5)).
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler


async def _nudge(_chat_id: int) -> None:
    """Nobody is due while this is measured."""


async def _run(count: int) -> dict[str, float]:
    begun = time.perf_counter()
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    first = datetime.now(UTC) + timedelta(days=1)
    for chat_id in range(count):
        scheduler.add_job(_nudge, "interval", hours=1, start_date=first, args=[chat_id])
    scheduler.start()
    await asyncio.sleep(0)  # whatever it has put off
    started = round(time.perf_counter() - begun, 2)
    return {
        "jobs": count,
        "started_s": started,
        "cpu_s": round(time.process_time(), 2),
        "peak_mib": _peak_mib(),
    }


def _peak_mib() -> float:
    """Not the benchmarks' own parts: to import them takes memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024, 1)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run(int(sys.argv[1])))))  # noqa: T201

"""How fast due reminders go out: claimed in a SQLite file, sent over HTTP, settled; beside what others do.

``uv run --with aiogram --with sniffio python -m tests.benchmarks.send`` prints one JSON object. The tiny Bot API
answers after 50 ms from another core; every contender is a process on one core and sends the same texts with the same
buttons, of which the others are given theirs ready. Rounds take turns, so that a busy machine is busy for all; figures
are those of the median round. Without ``--with aiogram`` it is left out; without sniffio the default transport is
slower still.
"""

import argparse
import importlib.util
import json
import platform
import subprocess
import sys
from statistics import median
from typing import Any

import httpx

from reminderbot.telegram.sender import IN_FLIGHT
from tests.benchmarks import botapi
from tests.benchmarks.contenders import DEFAULT_IN_FLIGHT, is_there

LATENCY = 0.05
IN_FLIGHT_OF = {"reminderbot": IN_FLIGHT, "default_transport": DEFAULT_IN_FLIGHT, "aiogram": IN_FLIGHT}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.send")
    parser.add_argument(
        "--messages", type=int, default=5_000, help="of each contender but the slow one: a tenth"
    )
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    counts = {name: given.messages for name in IN_FLIGHT_OF if is_there(name)}
    counts["default_transport"] //= 10
    with botapi.serving("tests.benchmarks.botapi", LATENCY) as url:
        rounds = [
            {name: _run(name, url, count) for name, count in counts.items()} for _ in range(given.rounds)
        ]
    figures: dict[str, Any] = {name: _figures(name, [one[name] for one in rounds]) for name in IN_FLIGHT_OF
                               if name in counts}  # fmt: skip
    ours = figures["reminderbot"]["msg_per_s"]
    times = {
        f"times_{name}": round(ours / figures[name]["msg_per_s"], 2)
        for name in figures
        if name != "reminderbot"
    }
    about = {
        "python": platform.python_version(),
        "sniffio": importlib.util.find_spec("sniffio") is not None,
        "messages": given.messages,
        "rounds": given.rounds,
    }
    print(json.dumps({"benchmark": "send"} | about | figures | times))  # noqa: T201


def _run(name: str, url: str, count: int) -> dict[str, float]:
    before = httpx.post(f"{url}/forget").json()
    command = [sys.executable, "-m", "tests.benchmarks.contenders", name, url, str(count)]
    spent = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    after = httpx.get(f"{url}/noted").json()
    chats = [chat for _, _, chat in after["calls"]]
    assert len(chats) == len(set(chats)) == count, (
        f"{name} has sent {len(chats)} to {len(set(chats))} of {count}"
    )
    return {
        "msg_per_s": count / spent["wall_s"],
        "cpu_ms": spent["cpu_s"] / count * 1000,
        "core": spent["cpu_s"] / spent["wall_s"],
        "server_core": (after["cpu_s"] - before["cpu_s"]) / spent["wall_s"],
    }


def _figures(name: str, rounds: list[dict[str, float]]) -> dict[str, float]:
    found = {key: round(median(one[key] for one in rounds), 2) for key in rounds[0]}
    return (
        {"in_flight": IN_FLIGHT_OF[name]}
        | found
        | {"best_msg_per_s": round(max(one["msg_per_s"] for one in rounds), 2)}
    )


if __name__ == "__main__":
    main()

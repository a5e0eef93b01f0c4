"""How fast a person is answered: "done", by tap or by word -> stored -> the nudge edited and a reply sent.

``python -m tests.benchmarks.answer [--people 2000]`` prints one JSON object. The real command ``reminderbot run``, on
one core, with a SQLite file and SEND_RATE at its limit, talks HTTP to a tiny Bot API on another core that takes 50 ms
for every answer. Every person answers one reminder, each second one by tapping Done. First with 64 updates
outstanding all the time, then 100 updates a second, whatever becomes of them. An answer takes from the moment at which
the update has reached the bot until the call with the answer reaches Telegram.
"""

import argparse
import json
import platform
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from tests.benchmarks import botapi, bots, parts, towns

LATENCY = 0.05
OUTSTANDING = 64
OFFERED = 100
"""Updates a second."""

FIRST_CHAT = 5_000_000
NEXT = timedelta(hours=1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.answer")
    parser.add_argument("--people", type=int, default=2_000, help="who answer in each of the two parts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder), given.people)
    about = {"benchmark": "answer", "python": platform.python_version(), "people": given.people}
    print(json.dumps(about | found))  # noqa: T201


def _measure(folder: Path, count: int) -> dict[str, Any]:
    due_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    key = ReminderKey("move", due_at)
    _fill(folder / "bot.db", key, range(FIRST_CHAT, FIRST_CHAT + 2 * count))
    settings = {"DATABASE_URL": f"sqlite:///{folder / 'bot.db'}", "SEND_RATE": "1000"}
    with (
        botapi.serving("tests.benchmarks.crowd", LATENCY) as url,
        bots.running("run", folder, url, settings) as process,
    ):
        bots.until_polled(url)
        asked = {"count": count, "key": keys.encode(key)}
        kept = _part(url, process, "keep", asked | {"first": FIRST_CHAT, "pace": OUTSTANDING})
        offered = _part(url, process, "offer", asked | {"first": FIRST_CHAT + count, "pace": OFFERED})
    return {f"outstanding_{OUTSTANDING}": kept, f"offered_{OFFERED}_per_s": offered}


def _part(url: str, process: int, verb: str, asked: dict[str, Any]) -> dict[str, float]:
    """Let people answer, until each has got its own."""
    before, used = httpx.get(f"{url}/noted").json(), parts.cpu_seconds(process)
    httpx.post(f"{url}/{verb}", json=asked)
    deadline = time.monotonic() + bots.PATIENCE
    while True:
        time.sleep(bots.LOOK_SECONDS)
        noted = httpx.get(f"{url}/noted").json()
        people = noted["people"].values()
        if len(people) == asked["count"] and all(answered for _, answered in people):
            break
        assert time.monotonic() < deadline, "the bot does not answer"
    took = max(answered for _, answered in people) - noted["begun"]
    waits = {int(chat): answered - at for chat, (at, answered) in noted["people"].items()}
    return {
        "updates_per_s": round(asked["count"] / took, 1),
        **parts.percentiles("", list(waits.values())),
        **parts.percentiles("tap_", [wait for chat, wait in waits.items() if chat % 2 == 0]),
        **parts.percentiles("word_", [wait for chat, wait in waits.items() if chat % 2]),
        "cpu_ms": round((parts.cpu_seconds(process) - used) / asked["count"] * 1000, 2),
        "server_core": round((noted["cpu_s"] - before["cpu_s"]) / took, 2),
    }


def _fill(path: Path, key: ReminderKey, chats: range) -> None:
    """Subscribers who have their reminder in front of them, each as message 1 of the chat."""
    with parts.store_at(path) as store, store.begin() as tx:
        work = Work(tx, key.due_at, parts.around())
        towns.note_zone_data(work)
        towns.subscribe(work, chats, next_due_at=key.due_at + NEXT)
        towns.remind(work, chats, key, **towns.in_front(key))


if __name__ == "__main__":
    main()

"""What a herd does to everybody else: many nudges due in one second, while people answer and some need help.

``python -m tests.benchmarks.herd [--nudges 10000]`` prints one JSON object. The real command ``reminderbot run``, on
one core, with a SQLite file and SEND_RATE at its limit, talks HTTP to a tiny Bot API on another core that takes 50 ms
for every answer and refuses with 429 what is one too many in a second. While the herd goes out, people answer an
earlier reminder and every eleventh writes of an emergency. An answer, and the first card about a red flag, take from
the moment at which the update has reached the bot until the call arrives at Telegram. ``drain_to_limit`` compares
the time from the first nudge to the last with what the rate needs for all messages sent in it.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from reminderbot.services import oncall
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from tests.benchmarks import botapi, bots, parts, towns

LATENCY = 0.05
RATE = 1_000
PEOPLE, ALARM_EACH = 55, 11

ON_CALL, FIRST_CHAT, FIRST_OF_HERD = 1, 5_000_000, 1_000_000

MINUTE = timedelta(minutes=1)
AHEAD = timedelta(seconds=20)
"""Long enough for the bot to start before the herd is due, whatever else the machine does."""

SETTLED_SECONDS = 2.0
"""Answers to the last of the people come after the last nudge."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.herd")
    parser.add_argument("--nudges", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder), given.nudges)
    about = {"benchmark": "herd", "python": platform.python_version(), "nudges": given.nudges}
    print(json.dumps(about | found | {"load": os.getloadavg()}))  # noqa: T201


def _measure(folder: Path, count: int) -> dict[str, Any]:
    path = folder / "bot.db"
    settings = {"DATABASE_URL": f"sqlite:///{path}", "SEND_RATE": str(RATE)}
    due_at = (datetime.now(UTC) + AHEAD + MINUTE).replace(second=0, microsecond=0)
    answered = ReminderKey("move", due_at - 2 * MINUTE)
    _fill(path, answered, due_at, count)
    asked = {
        "first": FIRST_CHAT, "count": PEOPLE, "key": keys.encode(answered), "alarms": ALARM_EACH,
        "pace": PEOPLE * RATE / count, "from": due_at.timestamp() + 1,
    }  # fmt: skip
    with (
        botapi.serving("tests.benchmarks.crowd", LATENCY, RATE) as url,
        bots.running("run", folder, url, settings) as bot,
    ):
        bots.until_polled(url)
        httpx.post(f"{url}/offer", json=asked)
        time.sleep(max(0.0, due_at.timestamp() - time.time()))
        used = parts.cpu_seconds(bot)
        time.sleep(count / RATE + SETTLED_SECONDS)
        noted = _drained(url, count)
        used = parts.cpu_seconds(bot) - used
    return _figures(noted, count, due_at) | {"cpu_s": round(used, 2)}


def _drained(url: str, count: int) -> dict[str, Any]:
    """What was noted, once each nudge has arrived and each person has an answer."""
    noted: dict[str, Any] = {}

    def is_done() -> bool:
        noted.update(httpx.get(f"{url}/noted").json())
        answers = [answered for _, answered in noted["people"].values()]
        return len(_nudges(noted, count)) >= count and len(answers) == PEOPLE and all(answers)

    bots.until(is_done)
    return noted


def _nudges(noted: dict[str, Any], count: int) -> list[tuple[float, int]]:
    herd = range(FIRST_OF_HERD, FIRST_OF_HERD + count)
    return [(at, chat) for at, _, chat in noted["calls"] if chat in herd]


def _figures(noted: dict[str, Any], count: int, due_at: datetime) -> dict[str, Any]:
    nudges = _nudges(noted, count)
    assert len({chat for _, chat in nudges}) == len(nudges) == count, "a nudge was sent twice"
    first, last = min(nudges)[0], max(nudges)[0]
    messages = [at for at, method, _ in noted["calls"] if method in botapi.COUNTED and first <= at <= last]
    waits = {int(chat) - FIRST_CHAT: answered - at for chat, (at, answered) in noted["people"].items()}
    return {
        **parts.percentiles("answer_", [wait for n, wait in waits.items() if n % ALARM_EACH]),
        **parts.percentiles("card_", [wait for n, wait in waits.items() if n % ALARM_EACH == 0]),
        "first_after_s": round(first - due_at.timestamp(), 2),
        "drain_s": round(last - first, 2),
        "drain_to_limit": round((last - first) * RATE / len(messages), 3),
        "too_many": noted["refused"],
    }


def _fill(path: Path, answered: ReminderKey, due_at: datetime, count: int) -> None:
    """Somebody on call, people who have their reminder in front of them, and the herd, for whom it is about noon."""
    east = 12 - due_at.hour
    plan = f"every 60m {due_at + timedelta(hours=east):%H:%M}-24:00 daily"
    with parts.store_at(path) as store, store.begin() as tx:
        work = Work(tx, answered.due_at, parts.around())
        towns.note_zone_data(work)
        oncall.add(work, ON_CALL, 1)
        people = range(FIRST_CHAT, FIRST_CHAT + PEOPLE)
        towns.subscribe(work, people)
        towns.remind(work, people, answered, **towns.in_front(answered))
        herd = range(FIRST_OF_HERD, FIRST_OF_HERD + count)
        towns.subscribe(work, herd, f"Etc/GMT{-east:+}", plan=plan, next_due_at=due_at)


if __name__ == "__main__":
    main()

"""How fast the card of an emergency is on its way: message delivered to the bot -> the attempt to send the card.

``python -m tests.benchmarks.card [--people 100]`` prints one JSON object. The real command ``reminderbot run``, with a
SQLite file and its usual SEND_RATE, talks HTTP to an offline Telegram in another process that takes 50 ms for every
answer. One person after the other writes of an emergency; the first note to somebody on call is timed as well. First
with nothing else to do, then while reminders of many others are due and wait for their turn.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from reminderbot.rules import cadence
from reminderbot.services import oncall, reminders, schedules
from reminderbot.services.work import Work
from reminderbot.store.queries import due, people
from reminderbot.store.tables import Standing
from tests.benchmarks import parts

LATENCY = 0.05
ON_CALL, FIRST_CHAT, FIRST_QUEUED = 1, 1_000, 1_000_000
RATE = 25
"""Reminders a second: SEND_RATE as it is when nobody sets it."""

PATIENCE = 60.0
LOOK_SECONDS = 0.01
WORDS = "my groin is numb and I can't pee"
COMMAND = Path(sys.executable).with_name("reminderbot")


class Telegram:
    """The offline Telegram, steered over HTTP, and when it heard of cards and notes."""

    def __init__(self, url: str, token: str) -> None:
        """Take where the server is."""
        self.url, self.token = url, token
        self.cards: dict[int, float] = {}
        """Chat -> seconds since 1970 at which the attempt to send its card arrived."""
        self.notes: dict[int, float] = {}
        """The same for the first note about that chat."""
        self.reminders = 0
        self._http = httpx.Client(base_url=url, timeout=PATIENCE)
        self._seen = 0

    def does(self, verb: str, **body: Any) -> Any:
        """One deed of a person, or a change of the server."""
        answer = self._http.post(f"/control/{verb}", json=body).json()
        assert answer["ok"], answer
        return answer["result"]

    def look(self) -> dict[str, Any]:
        """Read the ledger on."""
        ledger: dict[str, Any] = self._http.get("/control/ledger", params={"since": self._seen}).json()
        self._seen += len(ledger["calls"])
        for call in ledger["calls"]:
            self._note(call, datetime.fromisoformat(call["at"]).timestamp())
        return ledger

    def delivered(self) -> dict[int, float]:
        """Update -> seconds since 1970 at which it went out to the bot."""
        return {int(update): at for update, at in self._http.get("/control/delivered").json().items()}

    def _note(self, call: dict[str, Any], at: float) -> None:
        shown = json.dumps(call["params"])
        if "v1:shelp:" in shown:
            self.cards.setdefault(call["chat_id"], at)
        elif call["chat_id"] == ON_CALL and "tg://user?id=" in shown:
            self.notes.setdefault(int(shown.partition("tg://user?id=")[2].partition("\\")[0]), at)
        self.reminders += "v1:done:" in shown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.card")
    parser.add_argument("--people", type=int, default=100, help="who write in each of the two parts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder) / "bot.db", given.people)
    print(json.dumps({"benchmark": "card", "people": given.people} | found))  # noqa: T201


def _measure(path: Path, count: int) -> dict[str, Any]:
    with _telegram() as tele:
        tele.does("open", first=ON_CALL, count=1)
        with parts.store_at(path) as store, store.begin() as tx:
            oncall.add(Work(tx, datetime.now(UTC), parts.around()), ON_CALL, 1)
        with _bot(path, tele):
            _until(lambda: tele.look()["polls"])
            idle = _write(tele, range(FIRST_CHAT, FIRST_CHAT + count))
            queued = max(200, count * RATE)
            _queue(path, tele, queued)
            _until(lambda: tele.look() and tele.reminders)
            busy = _write(tele, range(FIRST_CHAT + count, FIRST_CHAT + 2 * count))
            busy["reminders_left"] = queued - tele.reminders
    return {"idle": idle, "reminders_due": busy}


def _write(tele: Telegram, chats: range) -> dict[str, float]:
    """One person after the other writes, and waits for the card and for the note about it."""
    updates = {}
    for chat in chats:
        updates[chat] = int(tele.does("says", chat_id=chat, text=WORDS)["update_id"])
        _until(lambda chat=chat: tele.look() and chat in tele.cards and chat in tele.notes)  # type: ignore[misc]
    delivered = tele.delivered()
    cards = [(tele.cards[chat] - delivered[update]) * 1000 for chat, update in updates.items()]
    notes = [(tele.notes[chat] - delivered[update]) * 1000 for chat, update in updates.items()]
    return _percentiles("card", cards) | _percentiles("note", notes)


def _percentiles(name: str, waits: list[float]) -> dict[str, float]:
    cuts = quantiles(waits, n=100, method="inclusive")
    return {f"{name}_p50_ms": round(cuts[49], 1), f"{name}_p99_ms": round(cuts[98], 1)}


def _queue(path: Path, tele: Telegram, count: int) -> None:
    """So many subscribers have a reminder that is due now."""
    chats = range(FIRST_QUEUED, FIRST_QUEUED + count)
    tele.does("open", first=FIRST_QUEUED, count=count)
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=1)
    with parts.store_at(path) as store, store.begin() as tx:
        work = Work(tx, at, parts.around())
        habit = work.around.library.habits["move"]
        moment, plan = cadence.Due(at, at.replace(tzinfo=None)), reminders.plan_of(habit.cadence)
        for chat in chats:
            who = {"chat_id": chat, "standing": Standing.ACTIVE, "zone": "UTC", "subscribed_at": at}
            people.add(tx, who)
            people.add_cadences(tx, schedules.new_rows(work, chat, off=False))
            reminders.plan_next(work, chat)
        due.add(tx, [reminders.new_row(habit, chat, moment, plan, "UTC", 3) for chat in chats])


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the bot does not answer"
        time.sleep(LOOK_SECONDS)


@contextmanager
def _telegram() -> Iterator[Telegram]:
    command = [sys.executable, "-m", "tests.benchmarks.noting", str(LATENCY)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url, token = (server.stdout.readline().strip() for _ in range(2))
    yield Telegram(url, token)
    server.terminate()
    server.wait()


@contextmanager
def _bot(path: Path, tele: Telegram) -> Iterator[None]:
    environ = {
        "TELEGRAM_BOT_TOKEN": tele.token,
        "TELEGRAM_API_URL": tele.url,
        "DATABASE_URL": f"sqlite:///{path}",
        "REMINDERBOT_HOME": str(path.parent),
        "SEND_RATE": str(RATE),
    }
    with path.with_name("bot.log").open("wb") as output:
        bot = subprocess.Popen(
            [COMMAND, "run"], cwd=path.parent, env=os.environ | environ, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        bot.terminate()
        bot.wait()


if __name__ == "__main__":
    main()

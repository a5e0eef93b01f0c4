"""How fast a person is answered: "done", by tap or by word -> stored -> the nudge edited and a reply sent.

``python -m tests.benchmarks.answer [--people 1000]`` prints one JSON object. The real command ``reminderbot run``,
with a SQLite file and SEND_RATE at its limit, talks HTTP to an offline Telegram in another process that takes 50 ms
for every answer. Every person answers one reminder, each second one by tapping Done. First with 64 updates
outstanding all the time, then 100 updates a second, whatever becomes of them.
"""

import argparse
import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import aiohttp

from reminderbot.rules import cadence
from reminderbot.services import reminders, schedules
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, people
from reminderbot.store.tables import Delivery, Standing
from tests.benchmarks import parts

LATENCY = 0.05
OUTSTANDING = 64
OFFERED = 100
"""Updates a second."""

FIRST_CHAT = 5_000_000
LOOK_SECONDS = 0.02
PATIENCE = 120.0
COMMAND = Path(sys.executable).with_name("reminderbot")


class Telegram:
    """The offline Telegram, steered over HTTP, and what it has seen of the bot."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        """Take a session and where the server is."""
        self.url, self.token = url, token
        self._session = session
        self._seen = 0
        self.answered: dict[int, float] = {}
        """Chat -> seconds since 1970 at which its answer arrived."""
        self.wanted: dict[int, str] = {}
        """Chat -> the method by which it is answered."""

    async def nudge(self, chat_id: int, key: str) -> int:
        """Let the bot's reminder be in a chat; its message id."""
        button = {"text": "Done", "callback_data": f"v1:done:{key}"}
        body = {"chat_id": chat_id, "text": "Time to move", "reply_markup": {"inline_keyboard": [[button]]}}
        sent = await self._post(f"/bot{self.token}/sendMessage", body)
        return int(sent["message_id"])

    async def open(self, count: int) -> None:
        """So many people who have written to the bot before."""
        await self._post("/control/open", {"first": FIRST_CHAT, "count": count})

    async def answers(self, chat_id: int, key: str, message_id: int) -> int:
        """A person says that a reminder is done; the update's id."""
        if chat_id % 2:
            self.wanted[chat_id] = "sendMessage"
            said = await self._post("/control/says", {"chat_id": chat_id, "text": "done"})
        else:
            self.wanted[chat_id] = "editMessageText"
            tap = {"chat_id": chat_id, "data": f"v1:done:{key}", "message": message_id}
            said = await self._post("/control/taps_data", tap)
        return int(said["update_id"])

    async def look(self) -> dict[str, Any]:
        """Read the ledger on."""
        ledger: dict[str, Any] = await self._get(f"/control/ledger?since={self._seen}")
        self._seen += len(ledger["calls"])
        for call in ledger["calls"]:
            chat_id = call["chat_id"]
            if call["ok"] and self.wanted.get(chat_id) == call["method"]:
                self.answered.setdefault(chat_id, datetime.fromisoformat(call["at"]).timestamp())
        return ledger

    async def delivered(self) -> dict[int, float]:
        """Update -> seconds since 1970 at which it went out to the bot."""
        return {int(update_id): at for update_id, at in (await self._get("/control/delivered")).items()}

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._session.post(self.url + path, json=body) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def _get(self, path: str) -> Any:
        async with self._session.get(self.url + path) as response:
            return await response.json()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.answer")
    parser.add_argument("--people", type=int, default=1_000, help="who answer in each of the two parts")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measure(Path(folder), given.people))
    print(json.dumps({"benchmark": "answer"} | found))  # noqa: T201


async def _measure(folder: Path, count: int) -> dict[str, Any]:
    async with _telegram() as tele:
        due_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
        key = ReminderKey("move", due_at)
        chats = range(FIRST_CHAT, FIRST_CHAT + 2 * count)
        nudges = await _nudges(tele, chats, keys.encode(key))
        _fill(folder / "bot.db", key, nudges)
        with _bot(folder, tele):
            await _until_polled(tele)
            crowd = {chat: nudges[chat] for chat in chats[:count]}
            outstanding = await _keep_outstanding(tele, crowd, keys.encode(key))
            steady = {chat: nudges[chat] for chat in chats[count:]}
            offered = await _offer(tele, steady, keys.encode(key))
    return {"people": count, f"outstanding_{OUTSTANDING}": outstanding, f"offered_{OFFERED}_per_s": offered}


async def _keep_outstanding(tele: Telegram, nudges: dict[int, int], key: str) -> dict[str, float]:
    """As many updates a second as there are answers, with 64 people waiting all the time."""
    waiting, begun = list(nudges), perf_counter()
    updates: dict[int, int] = {}
    while len(tele.answered) < len(nudges):
        room = OUTSTANDING - (len(updates) - len(tele.answered))
        now, waiting = waiting[:room], waiting[room:]
        ids = await asyncio.gather(*(tele.answers(chat, key, nudges[chat]) for chat in now))
        updates |= dict(zip(now, ids, strict=True))
        await asyncio.sleep(LOOK_SECONDS)
        await tele.look()
        _check_patience(begun)
    rate = len(nudges) / (perf_counter() - begun)
    return {"updates_per_s": round(rate, 1)} | await _latencies(tele, updates)


async def _offer(tele: Telegram, nudges: dict[int, int], key: str) -> dict[str, float]:
    """How long people wait who come 100 a second."""
    begun = perf_counter()
    tasks = {}
    for number, (chat, message_id) in enumerate(nudges.items()):
        await asyncio.sleep(max(0.0, begun + number / OFFERED - perf_counter()))
        tasks[chat] = asyncio.create_task(tele.answers(chat, key, message_id))
    updates = {chat: await task for chat, task in tasks.items()}
    took = perf_counter() - begun
    while not tele.answered.keys() >= nudges.keys():
        await asyncio.sleep(LOOK_SECONDS)
        await tele.look()
        _check_patience(begun)
    return {"offered_per_s": round(len(nudges) / took, 1)} | await _latencies(tele, updates)


async def _latencies(tele: Telegram, updates: dict[int, int]) -> dict[str, float]:
    """Milliseconds from an update's delivery to the bot until its answer arrived at Telegram."""
    delivered = await tele.delivered()
    waits = [(tele.answered[chat] - delivered[update_id]) * 1000 for chat, update_id in updates.items()]
    cuts = quantiles(waits, n=100, method="inclusive")
    return {"p50_ms": round(cuts[49], 1), "p99_ms": round(cuts[98], 1)}


async def _until_polled(tele: Telegram) -> None:
    begun = perf_counter()
    while not (await tele.look())["polls"]:
        await asyncio.sleep(LOOK_SECONDS)
        _check_patience(begun)


def _check_patience(begun: float) -> None:
    assert perf_counter() - begun < PATIENCE, "the bot does not answer"


async def _nudges(tele: Telegram, chats: range, key: str) -> dict[int, int]:
    await tele.open(len(chats))
    places = asyncio.Semaphore(OUTSTANDING)

    async def one(chat_id: int) -> int:
        async with places:
            return await tele.nudge(chat_id, key)

    return dict(zip(chats, await asyncio.gather(*map(one, chats)), strict=True))


def _fill(path: Path, key: ReminderKey, nudges: dict[int, int]) -> None:
    """Subscribers who have their reminder in front of them."""
    with parts.store_at(path) as store, store.begin() as tx:
        work = Work(tx, key.due_at, parts.around())
        habit = work.around.library.habits[key.habit]
        moment = cadence.Due(key.due_at, key.due_at.replace(tzinfo=None))
        plan = reminders.plan_of(habit.cadence)
        for chat_id, message_id in nudges.items():
            who = {
                "chat_id": chat_id,
                "standing": Standing.ACTIVE,
                "zone": "UTC",
                "subscribed_at": key.due_at,
            }
            people.add(tx, who)
            people.add_cadences(tx, schedules.new_rows(work, chat_id, off=False))
            reminders.plan_next(work, chat_id)
            row = reminders.new_row(habit, chat_id, moment, plan, "UTC", 3)
            sent = {"state": Delivery.SENT, "message_id": message_id, "sent_at": key.due_at}
            due.add(tx, [row | sent])


@contextlib.asynccontextmanager
async def _telegram() -> AsyncIterator[Telegram]:
    command = [sys.executable, "-m", "tests.benchmarks.noting", str(LATENCY)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url, token = (server.stdout.readline().strip() for _ in range(2))
    connector = aiohttp.TCPConnector(limit=2 * OUTSTANDING)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield Telegram(session, url, token)
    server.terminate()
    server.wait()


@contextlib.contextmanager
def _bot(folder: Path, tele: Telegram) -> Iterator[None]:
    environ = {
        "TELEGRAM_BOT_TOKEN": tele.token,
        "TELEGRAM_API_URL": tele.url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "REMINDERBOT_HOME": str(folder),
        "SEND_RATE": "1000",
    }
    with (folder / "bot.log").open("wb") as output:
        bot = subprocess.Popen(
            [COMMAND, "run"], cwd=folder, env=os.environ | environ, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        bot.terminate()
        bot.wait()


if __name__ == "__main__":
    main()

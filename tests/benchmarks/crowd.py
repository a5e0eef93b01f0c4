"""The tiny Bot API with people in it who answer their reminders; they cost nothing but what they do.

``python -m tests.benchmarks.crowd LATENCY [RATE]`` prints its base URL. POST /keep lets so many people be waiting all
the time, POST /offer lets so many come a second, both with ``{"first": chat, "count": people, "key": reminder, "pace":
number}``; with ``"alarms": n`` each n-th tells of an emergency instead, and with ``"from": instant`` they begin then.
GET /noted gives what became of them: per chat when its update went out and when its answer came.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from tests.benchmarks.botapi import BotApi, given, serve

POLL_SECONDS = 30.0
BATCH = 100
"""Updates in one answer at most, as Telegram has it."""

EMERGENCY = "my groin is numb and I can't pee"


class Crowd(BotApi):
    """People who say "done": each even one by a tap, each odd one in words; or who tell of an emergency."""

    def __init__(self, latency: float, rate: int | None = None) -> None:
        """``latency`` in seconds is added to every answer, and so to every delivery."""
        super().__init__(latency, rate)
        self._pending: list[dict[str, Any]] = []
        self._come = asyncio.Event()
        self._next_update = 1
        self._delivered: dict[int, float] = {}
        self._answered: dict[int, float] = {}
        self._awaited: dict[int, str] = {}
        self._begun = 0.0
        self._job: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()

    async def updates(self) -> list[Any]:
        """What is new, or nothing after a while."""
        if not self._pending:
            self._come.clear()
            try:
                await asyncio.wait_for(self._come.wait(), POLL_SECONDS)
            except TimeoutError:
                return []
        batch, self._pending = self._pending[:BATCH], self._pending[BATCH:]
        at = time.time() + self.latency
        for update in batch:
            self._delivered[_chat_of(update)] = at
        return batch

    def note(self, method: str, params: Mapping[str, Any]) -> None:
        """The first call that the person is waiting for is the answer."""
        super().note(method, params)
        chat_id = int(params.get("chat_id", 0))
        if method == self._awaited.get(chat_id) and chat_id in self._delivered:
            self._answered.setdefault(chat_id, time.time())
            self._heard.set()

    def control(self, verb: str, params: Mapping[str, Any], /) -> Any:
        """What the benchmark asks for."""
        if verb in ("keep", "offer"):
            chats = range(params["first"], params["first"] + params["count"])
            self._delivered, self._answered, self._begun = {}, {}, params.get("from", time.time())
            coming = self._keep if verb == "keep" else self._offer
            self._job = asyncio.create_task(coming(chats, params))
        found: dict[str, Any] = super().control(verb, params)
        people = {chat: (at, self._answered.get(chat)) for chat, at in self._delivered.items()}
        return found | {"begun": self._begun, "people": people}

    async def _keep(self, chats: range, asked: Mapping[str, Any]) -> None:
        for number, chat_id in enumerate(chats):
            while number - len(self._answered) >= asked["pace"]:
                self._heard.clear()
                await self._heard.wait()
            self._say(number, chat_id, asked)

    async def _offer(self, chats: range, asked: Mapping[str, Any]) -> None:
        for number, chat_id in enumerate(chats):
            await asyncio.sleep(max(0.0, self._begun + number / asked["pace"] - time.time()))
            self._say(number, chat_id, asked)

    def _say(self, number: int, chat_id: int, asked: Mapping[str, Any]) -> None:
        is_alarm = "alarms" in asked and number % asked["alarms"] == 0
        taps = chat_id % 2 == 0 and not is_alarm
        self._awaited[chat_id] = "editMessageText" if taps else "sendMessage"
        words = EMERGENCY if is_alarm else "done"
        update = _tap(chat_id, asked["key"]) if taps else _words(chat_id, words)
        self._pending.append({"update_id": self._next_update, **update})
        self._next_update += 1
        self._come.set()


def _words(chat_id: int, words: str) -> dict[str, Any]:
    return {"message": _message(chat_id, _person(chat_id), words, 2)}


def _tap(chat_id: int, key: str) -> dict[str, Any]:
    nudge = _message(chat_id, {"id": 110201543, "is_bot": True, "first_name": "Reminder"}, "Time to move", 1)
    query = {"id": str(chat_id), "from": _person(chat_id), "message": nudge, "chat_instance": str(chat_id)}
    return {"callback_query": query | {"data": f"v1:done:{key}"}}


def _message(chat_id: int, sender: dict[str, Any], text: str, message_id: int) -> dict[str, Any]:
    chat = {"id": chat_id, "first_name": "Ana", "type": "private"}
    return {"message_id": message_id, "from": sender, "chat": chat, "date": int(time.time()), "text": text}


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Ana", "language_code": "en"}


def _chat_of(update: dict[str, Any]) -> int:
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"])


async def _run(latency: float, rate: int | None) -> None:
    await serve(Crowd(latency, rate))


if __name__ == "__main__":
    asyncio.run(_run(*given()))

"""The offline Telegram as a process of its own, with a small control API for tests over HTTP.

`python -m reminderbot.demo.telegram --port 0 --latency 0.05` prints its base URL in the first line, its token
in the second. The clock is the real one plus an offset. Control is JSON:

- POST /control/{verb} with {"chat_id": 7, ...}: a method of Person and its arguments
- POST /control/faults {"kind": "refuse", ...}, a method of Faults and its arguments
- POST /control/limits {"per_chat": 1, "overall": 30}; /control/clock {"offset": seconds}
- POST /control/open {"first": 1, "count": 1000}; /control/redeliver {"update_id": n}
- POST /control/disorder {"reversed_batches": 3, "unheard_posts": 2}: of polls, and of posts to a webhook
- GET /control/ledger?since=n&hits=m and /control/messages?chat_id=7
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from reminderbot.demo.telegram.engine import TOKEN, OfflineTelegram
from reminderbot.demo.telegram.server import serve
from reminderbot.demo.telegram.state import Call, Json, Message

VERBS = frozenset({
    "says", "taps", "taps_data", "edits", "sends_sticker", "sends_photo", "sends_voice", "sends_location",
    "forwards", "deletes", "pins", "unpins", "blocks", "unblocks", "leaves_telegram",
})  # fmt: skip
FAULTS = frozenset({"refuse", "too_many", "unreachable", "lose_answer", "slow", "clear"})
WHO = ("first_name", "last_name", "username", "language_code")


class ShiftedClock:
    """The real time plus an offset."""

    def __init__(self) -> None:
        """Start at the real time."""
        self.offset = timedelta()

    def __call__(self) -> datetime:
        """The current time of the server, in UTC."""
        return datetime.now(UTC) + self.offset


class Control:
    """The handlers of the control API."""

    def __init__(self, tele: OfflineTelegram, clock: ShiftedClock) -> None:
        """Act on this server and this clock."""
        self.tele = tele
        self.clock = clock

    def routes(self) -> list[web.RouteDef]:
        """The routes under /control."""
        return [
            web.get("/control/ledger", self.ledger),
            web.get("/control/messages", self.messages),
            web.post("/control/{verb}", self.act),
        ]

    async def act(self, request: web.Request) -> web.Response:
        """One deed of a person, or a change of the server."""
        verb, body = request.match_info["verb"], await request.json()
        try:
            result = self._person(verb, body) if verb in VERBS else self._server(verb, body)
        except (LookupError, ValueError, TypeError) as error:
            return web.json_response({"ok": False, "error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response({"ok": True, "result": result})

    async def ledger(self, request: web.Request) -> web.Response:
        """The calls from number `since` on, the faults that hit from number `hits` on, the clock, and what waits."""
        calls = self.tele.calls[int(request.query.get("since", "0")) :]
        hits = self.tele.faults.hits[int(request.query.get("hits", "0")) :]
        updates = self.tele.world.updates
        waiting = len(updates.pending())
        body = {"now": self.clock().isoformat(), "waiting": waiting, "calls": [_call(call) for call in calls]}
        body |= {"expired": updates.expired, "hits": [asdict(hit) for hit in hits]}
        return web.json_response({**body, "polls": self.tele.polls, "refused": self.tele.limits.refused})

    async def messages(self, request: web.Request) -> web.Response:
        """The visible messages of one chat."""
        found = self.tele.messages(int(request.query["chat_id"]))
        return web.json_response({"messages": [_message(message) for message in found]})

    def _person(self, verb: str, body: Json) -> Any:
        who = {name: body.pop(name) for name in WHO if name in body}
        person = self.tele.person(int(body.pop("chat_id")), **who)
        result = getattr(person, verb)(**body)
        if isinstance(result, Message):
            return {"message_id": result.id, "update_id": result.update_id}
        return {"update_id": result}

    def _server(self, verb: str, body: Json) -> Any:
        if verb == "faults" and body.get("kind") in FAULTS:
            getattr(self.tele.faults, body.pop("kind"))(**body)
        elif verb == "limits":
            self.tele.limits.per_chat, self.tele.limits.overall = body.get("per_chat"), body.get("overall")
        elif verb == "clock":
            self.clock.offset = timedelta(seconds=float(body["offset"]))
        elif verb == "open":
            self.tele.open_chats(range(int(body["first"]), int(body["first"]) + int(body["count"])))
        elif verb == "redeliver":
            self.tele.redeliver(int(body["update_id"]))
        elif verb == "disorder":
            updates = self.tele.world.updates
            updates.reversed_batches += int(body.get("reversed_batches", 0))
            updates.unheard_posts += int(body.get("unheard_posts", 0))
        else:
            raise LookupError(f"no such control: {verb}")
        return None


def _call(call: Call) -> Json:
    shown = {
        name: getattr(call, name) for name in ("method", "chat_id", "params", "message_id", "ok", "error")
    }
    return {"at": call.at.isoformat(), **shown}


def _message(message: Message) -> Json:
    names = (
        "id", "from_bot", "kind", "text", "html", "buttons", "edited", "pinned", "silent", "reply_to",
        "file_id", "reaction",
    )  # fmt: skip
    return {"at": message.at.isoformat(), **{name: getattr(message, name) for name in names}}


async def run(port: int, latency: float, token: str) -> None:
    """Serve until SIGINT or SIGTERM."""
    clock = ShiftedClock()
    tele = OfflineTelegram(clock, token)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with serve(tele, port=port, latency=latency, extra=Control(tele, clock).routes()) as base_url:
        sys.stdout.write(f"{base_url}\ntoken {token}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m reminderbot.demo.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    given = parser.parse_args()
    asyncio.run(run(given.port, given.latency, given.token))


if __name__ == "__main__":
    main()

"""The page's HTTP side: static files, the event stream, pictures, and what people do."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from reminderbot.demo.telegram import Change, Person
from reminderbot.demo.telegram.images import picture_size
from reminderbot.demo.web.hub import Hub, frame, frames
from reminderbot.demo.web.travel import Driver, Travel
from reminderbot.demo.web.view import View

STATIC = Path(__file__).parent / "static"
BODY_MAX = 8 * 1024 * 1024
"""A file that somebody sends, in base 64: as large as any that the bot reads."""
HOSTS = frozenset({"127.0.0.1", "localhost"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
KEPT = {"Cache-Control": "private, max-age=86400, immutable"}
"""An id always means the same file: a picture is fetched once."""
PICTURES = {b"\x89PN": "image/png", b"GIF": "image/gif", b"\xff\xd8\xff": "image/jpeg", b"RIF": "image/webp"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]


class Page:
    """The handlers of one demo."""

    def __init__(self, view: View, driver: Driver) -> None:
        """Show `view`; leave the clock to `driver`."""
        self.view = view
        self.hub = Hub()
        self.travel = Travel(view, driver, self.hub)
        self._unwatch = view.tele.watch(self._changed)
        self._looking: asyncio.Task[None] | None = None

    def app(self) -> web.Application:
        """The web application, guarded against other hosts' names and foreign forms."""
        app = web.Application(middlewares=[guard], client_max_size=BODY_MAX)
        app.add_routes(
            [
                web.get("/", index),
                web.get("/events", self.events),
                web.get("/files/{file_id}", self.file),
                web.post("/do/{deed}", self.act),
                web.static("/static", STATIC),
            ]
        )
        app.on_startup.append(self._start)
        app.on_shutdown.append(self._stop)
        return app

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The stream: a snapshot, then changes, until the page goes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **HEADERS})
        await response.prepare(request)
        with self.hub.page() as queue, contextlib.suppress(ConnectionError):
            first = {**self.view.snapshot(), "next": self.travel.coming()}
            await response.write(b"retry: 700\n" + frame("snapshot", first))
            async for sent in frames(queue):
                await response.write(sent)
        return response

    async def file(self, request: web.Request) -> web.Response:
        """A picture to show, anything else to download."""
        stored = self.view.tele.world.files.find(request.match_info["file_id"])
        if stored is None:
            return web.Response(status=404, text="no such file")
        kind = PICTURES.get(stored.content[:3]) if picture_size(stored.content) else None
        shown = KEPT if kind else {"Content-Disposition": "attachment"}
        return web.Response(
            body=stored.content, content_type=kind or "application/octet-stream", headers=shown
        )

    async def act(self, request: web.Request) -> web.Response:
        """Something a person does, or a press on the clock bar; a refusal is a sentence with status 400."""
        try:
            body = await request.json()
            problem = await self._act(request.match_info["deed"], body)
        except (KeyError, LookupError, TypeError, ValueError) as error:
            return web.json_response({"problem": str(error) or type(error).__name__}, status=400)
        return web.json_response({"problem": problem}, status=409 if problem else 200)

    async def _act(self, deed: str, body: Json) -> str | None:
        if deed == "clock":
            return await self.travel.press(str(body["button"]))
        person = self.view.people[int(body["chat"])]
        if deed not in DEEDS:
            raise LookupError(f"no such deed: {deed}")
        DEEDS[deed](person, body)
        return None

    def _changed(self, change: Change) -> None:
        if change.kind == "chat":
            self.hub.send("about", self.view.about())
            for person in self.view.people.values():
                if change.chat_id in (0, person.id):
                    self.hub.send("status", self.view.status(person))
        elif change.chat_id in self.view.people:
            self.hub.send(*self._event(change))

    def _event(self, change: Change) -> tuple[str, Json]:
        detail, where = change.detail, {"chat": change.chat_id}
        if change.kind == "toast":
            return "toast", {**where, "text": detail.text, "alert": detail.alert}
        if change.kind == "action":
            return "action", {**where, "action": detail}
        if change.kind == "delete":
            return "delete", {**where, "id": detail.id}
        return "message", {**where, "message": self.view.message(detail), "new": change.kind == "message"}

    async def _start(self, _app: web.Application) -> None:
        self._looking = asyncio.create_task(self.travel.keep_looking())

    async def _stop(self, _app: web.Application) -> None:
        self._unwatch()
        self.hub.close()
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self.travel.aclose()


async def index(_request: web.Request) -> web.StreamResponse:
    """The page itself."""
    return web.FileResponse(STATIC / "index.html")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only this machine's own names as Host (against DNS rebinding), and only JSON as POST (against forms)."""
    host = request.headers.get("Host", "").rpartition(":")[0] or request.headers.get("Host", "")
    if host not in HOSTS:
        return web.Response(status=403, text="open the demo as http://127.0.0.1 or http://localhost")
    if request.method == "POST" and request.content_type != "application/json":
        return web.Response(status=415, text="JSON only")
    response = await handler(request)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def _block(person: Person, body: Json) -> None:
    if body["blocked"]:
        person.blocks()
    else:
        person.unblocks()


DEEDS: dict[str, Callable[[Person, Json], Any]] = {
    "say": lambda person, body: person.says(str(body["text"]), reply_to=body.get("reply_to")),
    "tap": lambda person, body: person.taps_data(str(body["data"]), int(body["message"])),
    "edit": lambda person, body: person.edits(int(body["message"]), str(body["text"])),
    "delete": lambda person, body: person.deletes(int(body["message"])),
    "unpin": lambda person, body: person.unpins(int(body["message"])),
    "block": _block,
    "sticker": lambda person, _body: person.sends_sticker(),
    "photo": lambda person, _body: person.sends_photo(),
    "voice": lambda person, _body: person.sends_voice(),
    "document": lambda person, body: person.sends_document(
        str(body["name"]), base64.b64decode(body["content"], validate=True)
    ),
    "location": lambda person, body: person.sends_location(float(body["latitude"]), float(body["longitude"])),
}

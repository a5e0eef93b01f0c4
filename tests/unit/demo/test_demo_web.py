"""The demo's page: what it is told, what people can do, how the clock jumps, and who is kept out."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.server import Address, serve_page
from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram
from reminderbot.demo.telegram.picture import sunrise
from reminderbot.demo.web.hub import BEHIND, Hub
from reminderbot.demo.web.routes import STATIC
from reminderbot.demo.web.travel import Progress

ANA = 1001


class Hourly:
    """A bot behind the demo with something due at every full hour."""

    def __init__(self, clock: DemoClock) -> None:
        self.clock = clock
        self.walked: list[datetime] = []
        self.planned = True
        self.broken = False
        self.pause = asyncio.Event()
        self.pause.set()

    async def next_moment(self) -> tuple[datetime, str] | None:
        full = self.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return (full, "Move for Ana") if self.planned else None

    async def jump(self, to: datetime, progress: Progress) -> None:
        if self.broken:
            raise RuntimeError("no database")
        while (coming := await self.next_moment()) and coming[0] <= to:
            await self.pause.wait()
            self.clock.set(coming[0])
            self.walked.append(coming[0])
            await progress(coming[0])


class Demo:
    """One open demo with a page listening."""

    def __init__(
        self, address: Address, http: aiohttp.ClientSession, tele: OfflineTelegram, bot: Hourly
    ) -> None:
        self.address, self.http, self.tele, self.bot = address, http, tele, bot
        self.clock = bot.clock

    async def do(self, deed: str, **body: Any) -> tuple[int, str | None]:
        async with self.http.post(f"{self.address.url}/do/{deed}", json=body) as response:
            return response.status, (await response.json())["problem"]

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Stream]:
        async with self.http.get(f"{self.address.url}/events") as response:
            yield Stream(response)


class Stream:
    """The events of one page."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, wanted: str) -> Any:
        """The data of the next event of one kind."""
        kind = ""
        async with asyncio.timeout(5):
            async for line in self.response.content:
                name, _, rest = line.decode().strip().partition(": ")
                if name == "event":
                    kind = rest
                elif name == "data" and kind == wanted:
                    return json.loads(rest)
        raise AssertionError(f"the stream ended without {wanted}")


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    clock = DemoClock(UTC, date(2026, 3, 1), lambda: 0.0)
    tele = OfflineTelegram(clock.now)
    hourly = Hourly(clock)
    async with (
        serve_page(tele, clock, hourly, port=0) as address,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as http,
    ):
        yield Demo(address, http, tele, hourly)


@pytest.fixture
async def bot(demo: Demo) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN, request=OfflineRequest(demo.tele), get_updates_request=OfflineRequest(demo.tele)
    ) as ready:
        yield ready


async def test_a_page_starts_with_everything_and_hears_what_follows(demo: Demo, bot: Bot) -> None:
    await bot.set_my_description("A nudge an hour.")
    async with demo.page() as page:
        first = await page.next("snapshot")
        assert [(p["name"], p["messages"]) for p in first["people"]] == [
            ("Ana", []),
            ("Ben", []),
            ("Dr. Osei", []),
        ]
        assert first["bot"]["description"] == "A nudge an hour."
        assert first["clock"]["at"] == int(demo.clock.now().timestamp() * 1000)
        assert await demo.do("say", chat=ANA, text="/start") == (200, None)
        said = await page.next("message")
        assert (said["chat"], said["message"]["text"], said["message"]["mine"]) == (ANA, "/start", True)
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d", style="success")]])
        sent = await bot.send_message(ANA, "<b>Up</b> &lt;you&gt;", parse_mode="HTML", reply_markup=keys)
        shown = (await page.next("message"))["message"]
        assert (shown["text"], shown["entities"]) == (
            "Up <you>",
            [{"type": "bold", "offset": 0, "length": 2}],
        )
        assert shown["rows"][0][0]["style"] == "success"
        assert shown["time"] == "08:55"
        await bot.delete_message(ANA, sent.message_id)
        assert await page.next("delete") == {"chat": ANA, "id": sent.message_id}
    async with demo.page() as again:
        assert len((await again.next("snapshot"))["people"][0]["messages"]) == 1


async def test_a_tap_reaches_the_bot_and_its_answer_reaches_the_page(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="/start")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d")]])
    sent = await bot.send_message(ANA, "Up?", reply_markup=keys)
    async with demo.page() as page:
        await demo.do("tap", chat=ANA, message=sent.message_id, data="d")
        update = (await bot.get_updates())[-1]
        assert update.callback_query is not None
        await update.callback_query.answer("Done for 9:00")
        await update.callback_query.edit_message_text("Done.")
        assert (await page.next("toast"))["text"] == "Done for 9:00"
        edited = await page.next("message")
        assert (edited["message"]["text"], edited["message"]["edited"], edited["new"]) == (
            "Done.",
            True,
            False,
        )


async def test_replies_blocks_and_other_kinds_of_messages_are_real_updates(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="one")
    await demo.do("say", chat=ANA, text="two", reply_to=1)
    for deed in ("sticker", "photo", "voice"):
        assert (await demo.do(deed, chat=ANA))[0] == 200
    await demo.do("location", chat=ANA, latitude=38.7, longitude=-9.1)
    await demo.do("edit", chat=ANA, message=1, text="One")
    async with demo.page() as page:
        await demo.do("block", chat=ANA, blocked=True)
        assert (await page.next("status"))["blocked"] is True
    assert await demo.do("say", chat=ANA, text="three") == (
        400,
        "Ana can't write: bot was blocked by the user",
    )
    await demo.do("block", chat=ANA, blocked=False)
    updates = await bot.get_updates()
    replied = updates[1].message
    assert replied is not None
    assert replied.reply_to_message is not None
    assert replied.reply_to_message.text == "one"
    assert [bool(u.my_chat_member) for u in updates[-2:]] == [True, True]


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("say", {"chat": ANA, "text": ""}),
        ("say", {"chat": ANA, "text": "x" * 4097}),
        ("say", {"chat": 5, "text": "hi"}),
        ("say", {"text": "hi"}),
        ("tap", {"chat": ANA, "message": 99, "data": "d"}),
        ("fly", {"chat": ANA}),
        ("clock", {"button": "yesterday"}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(demo: Demo, deed: str, body: dict[str, Any]) -> None:
    status, problem = await demo.do(deed, **body)
    assert status == 400
    assert problem


async def test_a_jump_walks_through_every_moment_and_shows_its_progress(demo: Demo) -> None:
    began = demo.clock.now()
    async with demo.page() as page:
        await page.next("snapshot")
        assert await demo.do("clock", button="morning") == (200, None)
        shares = []
        while (jump := (await page.next("clock"))["jump"]) is not None:
            shares.append(jump["share"])
        assert jump is None
    assert shares == sorted(shares)
    assert (shares[0], len(shares)) == (0.0, 25)
    assert (len(demo.bot.walked), demo.clock.now() - began) == (24, timedelta(days=1))


@pytest.mark.parametrize(
    ("button", "minutes"), [("minutes", 10), ("hour", 60), ("next", 5)], ids=["+10 min", "+1 h", "next"]
)
async def test_each_button_goes_as_far_as_it_says(demo: Demo, button: str, minutes: int) -> None:
    began = demo.clock.now()
    async with demo.page() as page:
        await demo.do("clock", button=button)
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert demo.clock.now() - began == timedelta(minutes=minutes)


async def test_now_stops_a_jump_between_two_moments_and_one_jump_runs_at_a_time(demo: Demo) -> None:
    demo.bot.pause.clear()
    async with demo.page() as page:
        await demo.do("clock", button="morning")
        status, problem = await demo.do("clock", button="hour")
        assert status == 409
        assert problem is not None
        assert "Press Now" in problem
        await demo.do("clock", button="now")
        demo.bot.pause.set()
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert len(demo.bot.walked) == 1
    assert demo.clock.local(demo.clock.now()).hour == 9


async def test_the_next_reminder_is_named_and_missing_when_nothing_is_planned(demo: Demo) -> None:
    async with demo.page() as page:
        assert await page.next("next") == {"label": "Move for Ana", "time": "9:00"}
        demo.bot.planned = False
        assert await page.next("next") is None
    status, problem = await demo.do("clock", button="next")
    assert (status, "Press Start" in (problem or "")) == (409, True)


async def test_the_next_reminder_names_the_day_when_it_is_not_today_on_the_clock_bar(demo: Demo) -> None:
    async with demo.page() as page:
        demo.clock.set(demo.clock.now().replace(hour=23, minute=30))
        assert await page.next("next") == {"label": "Move for Ana", "time": "Tue 0:00"}
        demo.clock.set(demo.clock.now() + timedelta(minutes=45))
        assert await page.next("next") == {"label": "Move for Ana", "time": "1:00"}


async def test_tomorrow_morning_is_another_day_also_before_five_to_nine(demo: Demo) -> None:
    demo.clock.set(demo.clock.now().replace(hour=7, minute=30) + timedelta(days=1))
    async with demo.page() as page:
        await demo.do("clock", button="morning")
        assert (await page.next("clock"))["jump"]["to"] == "Wed 8:55"
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert f"{demo.clock.local(demo.clock.now()):%a %H:%M}" == "Wed 08:55"


async def test_only_ones_own_message_can_be_edited_and_not_into_nothing(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="one")
    answer = await bot.send_message(ANA, "Hello")
    for message, text in ((answer.message_id, "mine"), (1, ""), (1, "x" * 4097)):
        assert (await demo.do("edit", chat=ANA, message=message, text=text))[0] == 400
    async with demo.page() as page:
        assert await demo.do("edit", chat=ANA, message=1, text="two") == (200, None)
        edited = await page.next("message")
    assert (edited["message"]["text"], edited["message"]["edited"], edited["new"]) == ("two", True, False)
    changed = (await bot.get_updates())[-1].edited_message
    assert changed is not None
    assert changed.text == "two"


async def test_a_jump_that_fails_is_told_and_the_page_lives_on(demo: Demo) -> None:
    demo.bot.broken = True
    async with demo.page() as page:
        await demo.do("clock", button="hour")
        assert "failed" in (await page.next("notice"))["text"]
        assert (await page.next("clock"))["jump"] is None
    demo.bot.broken = False
    assert (await demo.do("clock", button="hour"))[0] == 200


async def test_pictures_are_shown_and_anything_else_is_only_downloaded(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="/start")
    photo = (await bot.send_photo(ANA, sunrise())).photo[-1].file_id
    page = await bot.send_document(ANA, b"<script>alert(1)</script>", filename="page.html")
    assert page.document is not None
    async with demo.http.get(f"{demo.address.url}/files/{photo}") as response:
        assert (response.content_type, await response.read()) == ("image/png", sunrise())
    async with demo.http.get(f"{demo.address.url}/files/{page.document.file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with demo.http.get(f"{demo.address.url}/files/none") as response:
        assert response.status == 404


async def test_other_hosts_names_and_foreign_forms_are_kept_out(demo: Demo) -> None:
    for host in ("evil.example", f"evil.example:{demo.address.port}", "127.0.0.1.evil.example"):
        async with demo.http.get(demo.address.url, headers={"Host": host}) as response:
            assert response.status == 403
    async with demo.http.get(
        demo.address.url, headers={"Host": f"localhost:{demo.address.port}"}
    ) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    said, kind = '{"chat": 1001, "text": "x"}', {"Content-Type": "text/plain"}
    async with demo.http.post(f"{demo.address.url}/do/say", data=said, headers=kind) as r:
        assert r.status == 415
    assert demo.tele.messages(ANA) == []


async def test_a_busy_port_moves_the_page_to_the_next_free_one_and_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        asked = taken.getsockname()[1]
        clock = DemoClock(UTC, date(2026, 3, 1))
        async with serve_page(OfflineTelegram(clock.now), clock, Hourly(clock), port=asked) as address:
            assert asked < address.port <= asked + 20
            assert (address.moved, address.asked, address.url) == (
                True,
                asked,
                f"http://127.0.0.1:{address.port}",
            )


async def test_the_server_ends_at_once_with_pages_open() -> None:
    clock = DemoClock(UTC, date(2026, 3, 1))
    async with aiohttp.ClientSession() as http:
        async with serve_page(OfflineTelegram(clock.now), clock, Hourly(clock), port=0) as address:
            stream = await http.get(f"{address.url}/events")
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 3
        await stream.read()


async def test_a_page_that_falls_behind_is_cut_off_and_the_others_are_not() -> None:
    hub = Hub()
    with hub.page() as slow, hub.page() as quick:
        for number in range(BEHIND + 1):
            hub.send("message", number)
            if number < BEHIND:
                quick.get_nowait()
        assert slow.get_nowait() is None
        assert quick.get_nowait() is not None


def test_the_page_never_parses_text_as_html_and_loads_nothing_from_elsewhere() -> None:
    scripts = "".join(path.read_text() for path in STATIC.glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", scripts)
    page = (STATIC / "index.html").read_text()
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    for name in re.findall(r'"/static/([^"]+)"', page + scripts):
        assert (STATIC / name).is_file()

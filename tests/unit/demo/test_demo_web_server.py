"""The demo's server: which files it shows, who is kept out, how it begins and ends."""

import asyncio
import re
import socket
from datetime import UTC, date

import aiohttp
from telegram import Bot

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.server import serve_page
from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.telegram.picture import sunrise
from reminderbot.demo.web.hub import BEHIND, Hub
from reminderbot.demo.web.routes import STATIC
from tests.unit.demo.pages import ANA, Demo, Hourly


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

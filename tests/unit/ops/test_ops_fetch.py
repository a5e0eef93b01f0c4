"""One look at an address, and what `oncall invite` makes of the answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from reminderbot.ops.fetch import Answer, UnreachableError, fetch
from reminderbot.ops.roster import RosterError, bot_name

ANSWERS = {
    "/botKNOWN/getMe": (200, '{"ok":true,"result":{"id":42,"username":"hourly_bot"}}'),
    "/botUNKNOWN/getMe": (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}'),
    "/botBEHIND/getMe": (200, "<h1>Please log in</h1>"),
    "/moved": (302, ""),
}


@pytest.fixture
async def root() -> AsyncIterator[str]:
    async def handle(request: web.Request) -> web.Response:
        status, text = ANSWERS[request.path]
        return web.Response(status=status, text=text, headers={"Location": "/botKNOWN/getMe"})

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_redirect_is_an_answer_and_not_followed(root: str) -> None:
    assert await fetch(f"{root}/moved", 5) == Answer(302, b"")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/SECRET", "SECRET", "ftp://host/SECRET"])
async def test_what_can_not_be_reached_is_told_without_its_address(address: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        await fetch(address, 5)
    assert "SECRET" not in repr(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


async def test_the_bot_is_asked_for_its_name(root: str) -> None:
    assert await asyncio.to_thread(bot_name, "KNOWN", root) == "hourly_bot"


@pytest.mark.parametrize(
    ("token", "words"), [("UNKNOWN", "does not know this token"), ("BEHIND", "can't be reached")]
)
async def test_without_a_name_one_sentence_says_why(root: str, token: str, words: str) -> None:
    with pytest.raises(RosterError, match=words):
        await asyncio.to_thread(bot_name, token, root)

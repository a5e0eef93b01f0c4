"""The offline Telegram brings updates twice and out of order when told to, and notes what it lost and whom it hit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.telegram.faults import Faults, Hit
from reminderbot.demo.telegram.updates import UpdateQueue
from reminderbot.demo.telegram.world import Webhook

START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)


@pytest.fixture
def moments() -> Iterator[datetime]:
    return iter(START + timedelta(seconds=100 * number) for number in range(100))


async def test_what_nobody_took_in_time_is_named(moments: Iterator[datetime]) -> None:
    queue = UpdateQueue(lambda: next(moments))
    tap, message = queue.put("callback_query", {}, 7), queue.put("message", {}, 7)
    assert queue.pending()
    assert [entry.update["update_id"] for entry in queue.pending()] == [message]
    assert queue.expired == [tap]


async def test_a_batch_comes_newest_first_as_often_as_told() -> None:
    queue = UpdateQueue(lambda: START)
    first, second = queue.put("message", {}, 7), queue.put("message", {}, 8)
    queue.reversed_batches = 1
    assert [update["update_id"] for update in await queue.poll(0, 100, 0)] == [second, first]
    assert [update["update_id"] for update in await queue.poll(0, 100, 0)] == [first, second]


async def test_a_batch_that_is_cut_short_leaves_nothing_out_that_its_end_would_confirm() -> None:
    queue = UpdateQueue(lambda: START)
    numbers = [queue.put("message", {}, 7) for _ in range(4)]
    queue.again(numbers[2] or 0)
    assert [update["update_id"] for update in await queue.poll(0, 2, 0)] == numbers[:2]


async def test_a_post_whose_answer_is_lost_is_made_again() -> None:
    got: list[int] = []

    async def hook(request: web.Request) -> web.Response:
        got.append((await request.json())["update_id"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    tele = OfflineTelegram(lambda: START)
    world, tele._webhook.first_pause = tele.world, 0.01
    async with TestServer(app) as server:
        world.webhook = Webhook(str(server.make_url("/hook")), None, 40)
        world.updates.unheard_posts = 2
        first, second = world.updates.put("message", {}, 7), world.updates.put("message", {}, 7)
        while world.updates.pending():
            await asyncio.sleep(0.01)
        await tele.aclose()
    assert got == [first, first, first, second]


def test_each_hit_is_noted_with_its_moment() -> None:
    faults = Faults(lambda: 12.5)
    faults.too_many("sendMessage", retry_after=3, chat_id=7)
    faults.slow(seconds=0.5)
    assert len(list(faults.take("sendMessage", 7))) == 2
    assert list(faults.take("sendMessage", 7)) == []
    assert faults.hits == [
        Hit(12.5, "refuse", "sendMessage", 7, 429, 3.0),
        Hit(12.5, "slow", "sendMessage", 7, 0, 0.5),
    ]

"""Posting updates to a webhook, with Telegram's order and retries.

One queue a chat: in order inside, side by side across, at most `max_connections`. Any 2xx accepts; after a
failure the
first retry comes at once, the next after 1 s, then doubling to 60 s; a Retry-After header is honoured up to
an hour.
"""

from __future__ import annotations

import asyncio

import aiohttp

from reminderbot.demo.telegram.updates import Waiting
from reminderbot.demo.telegram.world import Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
SLOWEST = 60.0
LONGEST_RETRY_AFTER = 3600.0


class WebhookPoster:
    """Delivers what waits for the bot while a webhook is set."""

    def __init__(self, world: World, first_pause: float = 1.0) -> None:
        """`first_pause` is the wait before the second retry, in real seconds."""
        self._world = world
        self.first_pause = first_pause
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def wake(self) -> None:
        """Look for chats with something to deliver.

        Called at every new update and every change of the webhook.
        """
        hook = self._world.webhook
        if hook is None:
            return
        for entry in self._world.updates.pending():
            if len(self._tasks) >= hook.max_connections:
                return
            if entry.key not in self._tasks:
                self._tasks[entry.key] = asyncio.ensure_future(self._deliver(entry.key))

    async def aclose(self) -> None:
        """Stop delivering."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _deliver(self, key: int) -> None:
        try:
            failures = 0
            while (hook := self._world.webhook) and (entry := self._next(key)):
                pause = await self._post(hook, entry)
                if pause is None:
                    self._world.updates.drop(entry)
                    failures = 0
                    continue
                await asyncio.sleep(pause or self._pause(failures))
                failures += 1
        finally:
            self._tasks.pop(key, None)
        self.wake()

    def _next(self, key: int) -> Waiting | None:
        return next((entry for entry in self._world.updates.pending() if entry.key == key), None)

    def _pause(self, failures: int) -> float:
        return 0.0 if failures == 0 else float(min(SLOWEST, self.first_pause * 2 ** (failures - 1)))

    async def _post(self, hook: Webhook, entry: Waiting) -> float | None:
        """None when accepted; else the wait the bot asked for, 0 when it asked for none."""
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60))
        try:
            async with self._session.post(hook.url, json=entry.update, headers=headers) as response:
                if 200 <= response.status < 300:
                    return 0.0 if self._world.updates.goes_unheard() else None
                self._failed(hook, f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "0")
                return min(float(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() else 0.0
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(hook, f"Connection failed: {type(error).__name__}")
            return 0.0

    def _failed(self, hook: Webhook, why: str) -> None:
        hook.last_error, hook.last_error_at = why, int(self._world.clock().timestamp())

"""The stream to the open pages.

A snapshot first, then each change; a page that falls behind gets a new snapshot.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Any

BEHIND = 500


def frame(event: str, data: Any) -> bytes:
    """One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


class Hub:
    """All open pages."""

    def __init__(self) -> None:
        """Start without pages."""
        self._queues: set[asyncio.Queue[bytes | None]] = set()

    def __len__(self) -> int:
        """How many pages are open."""
        return len(self._queues)

    def send(self, event: str, data: Any) -> None:
        """Tell every page; one that is too far behind is cut off, and starts again by itself."""
        if not self._queues:
            return
        sent = frame(event, data)
        for queue in self._queues:
            if queue.qsize() >= BEHIND:
                _cut(queue)
            else:
                queue.put_nowait(sent)

    def close(self) -> None:
        """End every stream."""
        for queue in self._queues:
            _cut(queue)

    @contextmanager
    def page(self) -> Any:
        """One page's queue, for as long as it listens."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)


async def frames(queue: asyncio.Queue[bytes | None], beat: float = 15.0) -> AsyncIterator[bytes]:
    """What to write to a page, with a comment every `beat` seconds to notice one that has gone."""
    while True:
        try:
            async with asyncio.timeout(beat):
                sent = await queue.get()
        except TimeoutError:
            sent = b": still here\n\n"
        if sent is None:
            return
        yield sent


def _cut(queue: asyncio.Queue[bytes | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)

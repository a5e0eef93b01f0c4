"""Door A: the offline Telegram in process, as the transport of a `telegram.Bot`. No sockets.

Failures look as they do from the real transport, `reminderbot.telegram.transport`.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from reminderbot.demo.telegram.engine import OfflineTelegram, Reply
from reminderbot.demo.telegram.params import Upload
from reminderbot.telegram.transport import LostAnswerError, NeverLeftError


class OfflineRequest(BaseRequest):
    """Use as `Bot(token, request=OfflineRequest(tele), get_updates_request=OfflineRequest(tele))`."""

    def __init__(self, tele: OfflineTelegram, read_timeout: float | None = 5.0) -> None:
        """A slow answer beyond `read_timeout` seconds is lost, without being waited for."""
        self._tele = tele
        self._read_timeout = read_timeout

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the Bot API answers GET and POST alike
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing is written
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing is connected
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - there is no pool
    ) -> tuple[int, bytes]:
        """Answer one call. Raises NeverLeftError, LostAnswerError or TimedOut where a fault asks for it."""
        await asyncio.sleep(0)
        url = unquote(url)
        if "/file/bot" in url:
            return self._download(url)
        token, _, name = url.rpartition("/bot")[2].partition("/")
        parameters = dict(request_data.parameters) if request_data else {}
        reply = await self._tele.handle(token, name, parameters, _uploads(request_data))
        limit = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        return await _arrive(reply, limit)

    def _download(self, url: str) -> tuple[int, bytes]:
        token, _, path = url.rpartition("/file/bot")[2].partition("/")
        stored = self._tele.world.files.at(path) if token == self._tele.token else None
        return (
            (200, stored.content)
            if stored
            else (404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
        )


async def _arrive(reply: Reply, limit: float | None) -> tuple[int, bytes]:
    if reply.fate == "unreachable":
        raise NeverLeftError(f"offline: no connection, {reply.how}")
    if reply.fate == "lost" and reply.how == "reset":
        raise LostAnswerError("offline: connection reset")
    if reply.fate == "lost" or (limit is not None and reply.delay > limit):
        raise TimedOut("offline: no answer in time")
    if reply.delay:
        await asyncio.sleep(reply.delay)
    return reply.status, reply.body


def _uploads(data: RequestData | None) -> dict[str, Upload]:
    if data is None or not data.contains_files:
        return {}
    files = {}
    for part, field in data.multipart_data.items():
        name, content, mime = field
        files[part] = Upload(name, content if isinstance(content, bytes) else content.read(), mime)
    return files

"""What a platform puts in front of web processes: connections go to each in turn, past those that are down."""

import asyncio
import contextlib
import threading
from collections.abc import Sequence
from itertools import count


class Router:
    """A port of its own, on a thread of its own."""

    def __init__(self, ports: Sequence[int]) -> None:
        """Pass connections on to these ports."""
        self._ports, self._turn = ports, count()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="router")
        self._thread.start()
        opening = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._pass_on, "127.0.0.1", 0), self._loop
        )
        self._server = opening.result()
        self.port = int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Drop every connection."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            behind = await self._open()
            if behind:
                await asyncio.gather(_copy(reader, behind[1]), _copy(behind[0], writer))
        writer.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self._ports:
            with contextlib.suppress(OSError):
                port = self._ports[next(self._turn) % len(self._ports)]
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()

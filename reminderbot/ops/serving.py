"""Serving a site beside other work: on a socket of our own, without signal handlers, with our logs."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable, Iterator

import structlog
import uvicorn
from starlette.types import ASGIApp

from reminderbot.telegram import polling
from reminderbot.telegram.polling import StoppedError

log = structlog.get_logger()

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the address at which a platform's router finds a web process

KEEP_ALIVE_SECONDS = 75
"""How long an idle connection is kept: longer than proxies keep theirs, so that none is closed under a request."""

SHUTDOWN_SECONDS = 2
"""How long requests in hand may take at the end."""


def listen(port: int) -> socket.socket:
    """A socket that listens on a port; requests wait there until they are served. Raises StoppedError if it can't."""
    try:
        return socket.create_server((EVERYWHERE, port), backlog=2048)
    except OSError as error:
        why = os.strerror(error.errno or 0)  # Python's own words for it repeat the address
        raise StoppedError(f"PORT {port} can't be served ({why}); set PORT to a free one.") from None


class Site:
    """A web application on a socket, and what to do once it is served."""

    def __init__(
        self, app: ASGIApp, listening: socket.socket, announce: Callable[[], Awaitable[object]]
    ) -> None:
        """``announce`` tells others where the site is; it is tried until it succeeds."""
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        self._server, self._listening, self._announce = _Server(config), listening, announce

    async def serve(self) -> None:
        """Serve until cancelled; then answer what is in hand. Raises StoppedError when announcing is vain."""
        serving = asyncio.create_task(self._server.serve([self._listening]))
        log.info("serving", action="web.serving", port=self._listening.getsockname()[1])
        try:
            await polling.persist(self._announce, forever=False)
            await asyncio.shield(serving)
        finally:
            self._server.should_exit = True
            await serving


class _Server(uvicorn.Server):
    """uvicorn, but signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield

"""Telegram over HTTP: the requests of python-telegram-bot, carried by aiohttp.

The library's own transport looks through all requests in flight for each of them, so that more in flight means fewer
messages a second; this one's cost per message stays the same.
"""

import io
import json
from functools import lru_cache
from typing import Any, Final, TypeAlias

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from reminderbot.telegram.proxy import proxy_for

CONNECT_SECONDS: Final = 5.0
WRITE_SECONDS: Final = 5.0
POOL_SECONDS: Final = 1.0
"""How long opening a connection, sending a request and waiting for a free connection may take, as in the library."""

UPLOAD_SECONDS: Final = 20.0
"""How long sending a request with files may take, as in the library."""

IDLE_SECONDS: Final = 15.0
"""How long a connection without a request is kept.

A request on a connection that the server is just closing may have been read or not: its outcome is unknown, and a
nudge is lost. So this side closes first, well before nginx (75 s), Telegram's own server (500 s) and most firewalls;
aiohttp sends nothing but GET twice by itself.
"""

_NEVER_LEFT: Final = (
    aiohttp.ClientConnectorError,  # DNS, refused, TLS, no proxy there
    aiohttp.ConnectionTimeoutError,  # neither a free connection nor a new one in time
    aiohttp.ClientHttpProxyError,  # the proxy opens no way to Telegram
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

_JSON: Final = {"Content-Type": "application/json"}

_Seconds: TypeAlias = float | None


class NeverLeftError(NetworkError):
    """No connection was had, so that nothing was sent."""


class LostAnswerError(NetworkError):
    """The connection broke once the request might have left: what became of it is unknown."""


class AiohttpRequest(BaseRequest):
    """A pool of connections; opened in the running loop by ``initialize``, and again after ``shutdown``."""

    def __init__(self, connections: int, read_timeout: float | None = 5.0) -> None:
        """``connections`` is how many requests can be on their way at once; more wait for a free one.

        ``read_timeout`` is in seconds, for calls that name none of their own.
        """
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxy_for = lru_cache(proxy_for)  # the environment is read once for a method, not for each call

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; nothing if it is open."""
        if self._session is None:
            # The system's own look-up, whatever else is installed: it knows /etc/hosts and the names of containers.
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=IDLE_SECONDS, resolver=aiohttp.ThreadedResolver()
            )
            headers = {"User-Agent": self.USER_AGENT}
            # Without trust_env, which would ask two threads about every request.
            self._session = aiohttp.ClientSession(
                connector=connector, headers=headers, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close all connections; nothing if they are closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request; give back the status and the body of its answer. Timeouts are in seconds.

        Raises NeverLeftError when nothing was sent; LostAnswerError and TimedOut when it may have been. Their texts
        and causes hold no address, for the address holds the token.
        """
        if self._session is None:
            raise NeverLeftError("the transport is closed")
        sending = UPLOAD_SECONDS if request_data and request_data.contains_files else WRITE_SECONDS
        timeout = _timeout(
            _given(read_timeout, self._read_timeout),
            _given(write_timeout, sending),
            _given(connect_timeout, CONNECT_SECONDS),
            _given(pool_timeout, POOL_SECONDS),
        )
        body = _body(request_data)
        headers = _JSON if isinstance(body, bytes) else None
        proxy = self._proxy_for(url)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=proxy, allow_redirects=False
            ) as reply:
                return reply.status, await reply.read()
        except Exception as error:
            failure = _failure(error)
        raise failure  # not inside the block, or the error with the address in it would stay on as its context


def _given(seconds: Any, otherwise: _Seconds) -> _Seconds:
    return otherwise if seconds is BaseRequest.DEFAULT_NONE else seconds


@lru_cache
def _timeout(read: _Seconds, write: _Seconds, connect: _Seconds, pool: _Seconds) -> aiohttp.ClientTimeout:
    """The library's four timeouts in aiohttp's terms; none is no limit.

    aiohttp has one limit for a free connection and a new one together, and none for sending: that is bounded by the
    limit on the whole, which also ends an answer that only trickles.
    """
    to_connect = None if pool is None or connect is None else pool + connect
    whole = None if to_connect is None or write is None or read is None else to_connect + write + read
    return aiohttp.ClientTimeout(total=whole, connect=to_connect, sock_connect=connect, sock_read=read)


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    """Parameters as JSON; a form where files go with them, which is the only way for files."""
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.parameters).encode()
    form = aiohttp.FormData(
        data.json_parameters, quote_fields=False
    )  # file names as they are, not as in a URL
    for part, (name, content, kind) in data.multipart_data.items():
        # Bytes as such would be written at one go, with nothing else running meanwhile.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(part, file, filename=name, content_type=kind)
    return form


def _failure(error: Exception) -> NetworkError:
    """What the sender needs to know of an error, by its name only."""
    name = type(error).__name__
    if isinstance(error, _NEVER_LEFT):
        return NeverLeftError(name)
    return TimedOut(name) if isinstance(error, TimeoutError) else LostAnswerError(name)

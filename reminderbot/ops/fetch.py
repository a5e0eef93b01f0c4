"""One look at an address: what the small jobs of operation need of HTTP."""

from dataclasses import dataclass, field

import aiohttp

from reminderbot.telegram.proxy import proxy_for


class UnreachableError(Exception):
    """Nothing came back; the text is a word about why, without the address, which may hold a secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    date: str | None = field(default=None, compare=False)
    """When it was sent by the other side's clock, as HTTP writes it; none when it did not say."""

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.status < 300


async def fetch(address: str, seconds: float) -> Answer:
    """GET an address, through the proxy of the environment; a redirect is an answer. ``seconds`` is for all of it.

    Raises UnreachableError without an answer in time.
    """
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(seconds)) as session,
            session.get(address, proxy=proxy_for(address), allow_redirects=False) as reply,
        ):
            return Answer(reply.status, await reply.read(), reply.headers.get("Date"))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        failure = UnreachableError(type(error).__name__)
    raise failure  # not inside the block, or the error with the address in it would stay on as its context

"""The bot's side of the web: where Telegram posts updates, and where operators look how it fares.

Telegram posts to WEBHOOK_URL with ``/telegram`` behind it: ``https://bot.example.org`` is posted to at ``/telegram``,
``https://example.org/bot`` at ``/bot/telegram``, and a proxy in between has to pass the path on as it is. ``/health``
and ``/metrics`` are always at the top.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeAlias

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DatabaseError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reminderbot.ops import metrics
from reminderbot.services import vitals
from reminderbot.services.vitals import Check
from reminderbot.store.faults import place, sentence
from reminderbot.telegram.context import Desk
from reminderbot.telegram.webhook import SECRET_HEADER

log = structlog.get_logger()

DELIVERIES = "/telegram"
"""What is put behind WEBHOOK_URL."""

BODY_MAX = 1024 * 1024
"""Bytes; an update is some thousand at most."""

BODY_SECONDS = 10.0
"""How long a body may take to come."""

LOOK_SECONDS = 5.0
"""How long the database may take to answer before it counts as away."""

AGAIN = {"Retry-After": "5"}
"""Telegram keeps the update, and tries again after so many seconds."""

UPDATE_IDS = range(1, 2**53)

Store: TypeAlias = Callable[[Sequence[Any]], Awaitable[None]]
_Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


def site(desk: Desk, store: Store, path: str, secret: str) -> Starlette:
    """The whole site. ``store`` stores updates, or raises DatabaseError with nothing stored; ``path`` takes them."""

    @_guarded
    async def receive(request: Request) -> Response:
        """A delivery: stored first, confirmed second."""
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, secret.encode()):
            log.warning("a delivery without the secret", action="web.refused")
            raise HTTPException(HTTPStatus.FORBIDDEN)
        await store([await _update(request)])
        return Response()

    @_guarded
    async def health(_request: Request) -> Response:
        """Whether this bot is ready, and what is wrong."""
        checks = await _look(desk)
        ready = all(check.ok for check in checks.values())
        told = {name: {"ok": check.ok, "reason": check.reason} for name, check in checks.items()}
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"live": True, "ready": ready, "checks": told}, status)

    @_guarded
    async def figures(_request: Request) -> Response:
        """The figures of the whole deployment."""
        page = metrics.page(await desk.work(vitals.figures))
        return Response(page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    made = Starlette(
        routes=[
            Route(path, receive, methods=["POST"]),
            Route("/health", health),
            Route("/metrics", figures),
        ],
        exception_handlers={HTTPException: _without_words},
    )
    made.router.redirect_slashes = False
    return made


async def _look(desk: Desk) -> dict[str, Check]:
    """Every check; the database's alone when it does not answer."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            checks = await desk.work(vitals.checks)
    except DatabaseError as error:
        return {"database": Check(ok=False, reason=sentence(error))}
    except TimeoutError:
        return {"database": Check(ok=False, reason=f"no answer within {LOOK_SECONDS:g} s")}
    return {"database": Check(ok=True, reason="answers"), **checks}


async def _update(request: Request) -> dict[str, Any]:
    """The update in a request; raises HTTPException for what can be none."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            update = json.loads(await _body(request))
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
    except (ValueError, RecursionError):
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    if not isinstance(update, dict) or not _is_number(update.get("update_id")):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return update


def _is_number(value: object) -> bool:
    return type(value) is int and value in UPDATE_IDS


async def _body(request: Request) -> bytes:
    """The body, counted as it comes, whatever its length is said to be."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_MAX:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return bytes(body)


async def _without_words(_request: Request, refusal: Exception) -> Response:
    """An answer that only has a status: whoever asks wrongly is told nothing."""
    assert isinstance(refusal, HTTPException)  # noqa: S101 - it is registered for nothing else
    return Response(status_code=refusal.status_code, headers=refusal.headers)


def _guarded(handler: _Handler) -> _Handler:
    """Let no error through to the server, which would log its text; whatever it is, it is worth another try."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except HTTPException:
            raise
        except DatabaseError as error:
            log.error("a request waits", action="web.database", reason=sentence(error))
        except (asyncio.CancelledError, ClientDisconnect):
            log.info("a request was cut short", action="web.cut")
        except Exception as error:
            log.error("a request failed", action="web.failed", error=type(error).__name__, where=place(error))
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=AGAIN)

    return guarded

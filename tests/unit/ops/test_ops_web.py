"""The webhook: what is stored, what is refused, and what Telegram is asked to keep."""

import asyncio
import hmac
import sqlite3
from collections.abc import AsyncIterator, Callable
from typing import Any
from unittest.mock import AsyncMock, Mock

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot

from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram
from reminderbot.ops import web
from reminderbot.ops.web import BODY_MAX, site
from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.telegram.context import Desk
from reminderbot.telegram.intake import Intake
from reminderbot.telegram.webhook import SECRET_HEADER
from tests.world import MONDAY

SECRET = "of-our-own_32"
PATH = "/bot/telegram"
ANA = 1001
JSON = {"Content-Type": "application/json"}


def says(update_id: int, text: str) -> dict[str, Any]:
    """An update as Telegram delivers it."""
    person = {"id": ANA, "first_name": "Ana", "is_bot": False}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    message = {"message_id": 1, "date": int(MONDAY.timestamp()), "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


@pytest.fixture
def desk(store: Store, around: Surroundings) -> Desk:
    return Desk(store, around, lambda: MONDAY, lambda: None)


@pytest.fixture
def stored() -> AsyncMock:
    """What stores updates, and can be made to fail."""
    return AsyncMock()


@pytest.fixture
async def telegram(around: Surroundings, stored: AsyncMock) -> AsyncIterator[httpx.AsyncClient]:
    """Telegram at the door of a site that needs no database."""
    async with _client(Mock(around=around), stored) as client:
        yield client


def _client(desk: Desk | Mock, store: web.Store) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(site(desk, store, PATH, SECRET))
    return httpx.AsyncClient(
        transport=transport, base_url="http://here", headers=JSON | {SECRET_HEADER: SECRET}
    )


def intake(desk: Desk, ring: Callable[[], None] = lambda: None) -> web.Store:
    """What stores updates in earnest."""
    tele = OfflineTelegram(lambda: MONDAY)
    return Intake(
        desk, Bot(TOKEN, request=OfflineRequest(tele), get_updates_request=OfflineRequest(tele)), ring
    ).store


def rows(store: Store) -> list[Any]:
    with store.begin() as tx:
        return list(tx.execute(tables.inbox.select()))


async def test_an_update_is_stored_encrypted_before_it_is_confirmed_and_answered_later(
    desk: Desk, store: Store
) -> None:
    rung = Mock()
    async with _client(desk, intake(desk, rung)) as telegram:
        answer = await telegram.post(PATH, json=says(7, "my back hurts"))
    assert (answer.status_code, answer.content) == (200, b"")
    [row] = rows(store)
    assert (row.chat_id, row.update_id, row.state) == (ANA, 7, "new")
    assert b"back" not in row.payload
    rung.assert_called_once_with()


async def test_an_update_that_comes_twice_is_stored_once(desk: Desk, store: Store) -> None:
    async with _client(desk, intake(desk)) as telegram:
        answers = [await telegram.post(PATH, json=says(7, "done")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(rows(store)) == 1


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 7},
        {"update_id": 7, "poll": {"id": "1"}},
        {"update_id": 7, "message": {"text": 5}},
        {"update_id": 7, "message": ["groin"]},
    ],
)
async def test_an_update_that_can_not_be_read_is_let_go_and_holds_up_no_other(
    desk: Desk, store: Store, update: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    async with _client(desk, intake(desk)) as telegram:
        assert (await telegram.post(PATH, json=update)).status_code == 200
        assert (await telegram.post(PATH, json=says(8, "done"))).status_code == 200
    assert [row.update_id for row in rows(store)] == [8]
    assert "groin" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("secret", [None, "", "of-our-own_31", "of-our-own_32 ", "of", "ü"])
async def test_without_the_secret_nothing_is_stored_and_nothing_is_said(
    telegram: httpx.AsyncClient, stored: AsyncMock, secret: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    del telegram.headers[SECRET_HEADER]
    headers = {} if secret is None else {SECRET_HEADER: secret.encode()}
    answer = await telegram.post(PATH, json=says(7, "groin"), headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.content) == (403, b"")
    stored.assert_not_called()
    said = "".join(capsys.readouterr())
    assert "web.refused" in said
    assert SECRET not in said
    assert "groin" not in said


async def test_how_long_a_refusal_takes_tells_nothing_of_the_secret(
    telegram: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Mock(wraps=hmac.compare_digest)
    monkeypatch.setattr(hmac, "compare_digest", compared)
    assert (await telegram.post(PATH, json=says(7, "done"))).status_code == 200
    compared.assert_called_once_with(SECRET.encode(), SECRET.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"", b"words", b"[]", b"7", b"null", b"{}", b'{"update_id": "7"}', b'{"update_id": true}',
        b'{"update_id": 7.0}', b'{"update_id": 0}', b'{"update_id": 9007199254740992}', b"\xff\xfe",
        b'{"update_id": 7', b"[" * 200_000,
    ],
)  # fmt: skip
async def test_what_is_no_update_is_refused(
    telegram: httpx.AsyncClient, stored: AsyncMock, body: bytes
) -> None:
    answer = await telegram.post(PATH, content=body)
    assert (answer.status_code, answer.content) == (400, b"")
    stored.assert_not_called()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_a_body_of_another_type_is_refused(
    telegram: httpx.AsyncClient, stored: AsyncMock, kind: str
) -> None:
    answer = await telegram.post(PATH, json=says(7, "done"), headers={"Content-Type": kind})
    assert (answer.status_code, answer.content) == (415, b"")
    stored.assert_not_called()


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
async def test_the_type_may_be_written_in_another_way(telegram: httpx.AsyncClient, kind: str) -> None:
    answer = await telegram.post(PATH, json=says(7, "done"), headers={"Content-Type": kind})
    assert answer.status_code == 200


@pytest.mark.parametrize("claimed", [None, "2", str(2 * BODY_MAX)])
async def test_a_body_is_measured_as_it_comes_whatever_its_length_is_said_to_be(
    telegram: httpx.AsyncClient, stored: AsyncMock, claimed: str | None
) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 65_536

    headers = {} if claimed is None else {"Content-Length": claimed}
    answer = await telegram.post(PATH, content=endless(), headers=headers)
    assert (answer.status_code, answer.content) == (413, b"")
    assert read <= BODY_MAX // 65_536 + 2
    stored.assert_not_called()


async def test_a_body_that_never_ends_is_given_up(
    telegram: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS", 0.0)

    async def stuck() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    assert (await telegram.post(PATH, content=stuck())).status_code == 408


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 404),
        ("POST", "/telegram", 404),
        ("POST", f"{PATH}/", 404),
        ("POST", f"{PATH}/{SECRET}", 404),
        ("GET", PATH, 405),
        ("POST", "/health", 405),
    ],
)
async def test_there_is_nothing_else(
    telegram: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await telegram.request(method, path, json=says(7, "done"))
    assert (answer.status_code, answer.content) == (status, b"")


async def test_while_the_database_is_away_telegram_keeps_the_update(
    telegram: httpx.AsyncClient, stored: AsyncMock, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = sqlite3.OperationalError("groin")
    stored.side_effect = OperationalError("INSERT groin", {"words": "groin"}, fault)
    answer = await telegram.post(PATH, json=says(7, "groin"))
    assert (answer.status_code, answer.headers["Retry-After"], answer.content) == (503, "5", b"")
    said = "".join(capsys.readouterr())
    assert "web.database" in said
    assert "groin" not in said


@pytest.mark.parametrize("fault", [RuntimeError(f"groin {TOKEN}"), asyncio.CancelledError()])
async def test_whatever_goes_wrong_telegram_keeps_the_update_and_no_word_is_logged(
    telegram: httpx.AsyncClient, stored: AsyncMock, fault: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    stored.side_effect = fault
    answer = await telegram.post(PATH, json=says(7, "groin"))
    assert (answer.status_code, answer.headers["Retry-After"], answer.content) == (503, "5", b"")
    said = "".join(capsys.readouterr())
    assert "web." in said
    assert "groin" not in said
    assert TOKEN not in said

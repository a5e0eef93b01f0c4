"""Telegram's words and what they mean for a row (one promise a line of the table)."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from reminderbot.telegram.outcomes import Broken, Gone, Later, Sent, Stop, Unknown, judge


def _caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (RetryAfter(7), Later(timedelta(seconds=7), crowded=True)),
        (BadRequest("Bad Gateway in words only"), Broken()),
        (NetworkError("Bad Gateway (502)"), Later()),
        (_caused(TimedOut(), httpx.ConnectTimeout("")), Later()),
        (_caused(TimedOut(), httpx.PoolTimeout("")), Later()),
        (_caused(NetworkError("x"), httpx.ConnectError("")), Later()),
        (_caused(TimedOut(), httpx.ReadTimeout("")), Unknown()),
        (_caused(TimedOut(), httpx.WriteTimeout("")), Unknown()),
        (_caused(NetworkError("x"), httpx.ReadError("")), Unknown()),
        (_caused(NetworkError("x"), httpx.RemoteProtocolError("")), Unknown()),
        (TelegramError("Invalid server response"), Unknown()),
        (Forbidden("Forbidden: bot was blocked by the user"), Gone()),
        (Forbidden("Forbidden: user is deactivated"), Gone()),
        (BadRequest("Bad Request: chat not found"), Gone()),
        (BadRequest("Bad Request: message is not modified: same content"), Sent()),
        (BadRequest("Bad Request: can't parse entities"), Broken()),
        (Conflict("terminated by other getUpdates request"), Stop()),
        (InvalidToken("Unauthorized"), Stop()),
    ],
)
def test_each_answer_has_one_meaning(error: TelegramError, verdict: object) -> None:
    assert judge(error) == verdict

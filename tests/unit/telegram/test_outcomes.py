"""Telegram's words and what they mean for a row (one promise a line of the table)."""

from datetime import timedelta

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

from reminderbot.telegram.outcomes import Broken, Gone, Later, Missing, Mistaken, Sent, Stop, Unknown, judge
from reminderbot.telegram.transport import LostAnswerError, NeverLeftError


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (RetryAfter(7), Later(timedelta(seconds=7), crowded=True)),
        (BadRequest("Bad Gateway in words only"), Broken()),
        (NetworkError("Bad Gateway (502)"), Later()),
        (NeverLeftError("ClientConnectorError"), Later()),
        (LostAnswerError("ServerDisconnectedError"), Unknown()),
        (TimedOut(), Unknown()),
        (TelegramError("Invalid server response"), Unknown()),
        (Forbidden("Forbidden: bot was blocked by the user"), Gone()),
        (Forbidden("Forbidden: user is deactivated"), Gone()),
        (BadRequest("Bad Request: chat not found"), Gone()),
        (BadRequest("Bad Request: message is not modified: same content"), Sent()),
        (BadRequest("Bad Request: CHAT_NOT_MODIFIED"), Sent()),
        (BadRequest("Bad Request: message to edit not found"), Missing()),
        (BadRequest("Bad Request: message to pin not found"), Missing()),
        (BadRequest("Bad Request: MESSAGE_ID_INVALID"), Missing()),
        (BadRequest("Bad Request: message can't be edited"), Missing()),
        (BadRequest("Bad Request: message to unpin not found"), Broken()),
        (BadRequest("Bad Request: can't parse entities"), Broken()),
        (BadRequest("Bad Request: wrong file identifier/HTTP URL specified"), Broken(file=True)),
        (BadRequest("Bad Request: IMAGE_PROCESS_FAILED"), Broken(file=True)),
        (NetworkError("Request Entity Too Large"), Broken(file=True)),
        (BadRequest("Bad Request: there is no text in the message to edit"), Mistaken()),
        (BadRequest("Bad Request: there is no caption in the message to edit"), Mistaken()),
        (Conflict("terminated by other getUpdates request"), Stop()),
        (InvalidToken("Unauthorized"), Stop()),
    ],
)
def test_each_answer_has_one_meaning(error: TelegramError, verdict: object) -> None:
    assert judge(error) == verdict

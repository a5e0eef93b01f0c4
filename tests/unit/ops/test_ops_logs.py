"""Logs: one line an event with an action, and neither a token nor anybody's words in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import InvalidToken

from reminderbot.ops import logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def configured(form: str, *secrets: str) -> io.StringIO:
    stream = io.StringIO()
    logs.configure("json" if form == "json" else "text", secrets, stream)
    return stream


def test_a_json_line_is_one_object_with_action_level_and_time() -> None:
    stream = configured("json")
    structlog.get_logger().warning("not sent", action="sender.refused", chat=7)
    line = json.loads(stream.getvalue())
    assert line.pop("at").endswith("Z")
    assert line == {"action": "sender.refused", "level": "warning", "detail": "not sent", "chat": 7}


def test_without_a_named_action_the_event_is_the_action() -> None:
    stream = configured("json")
    structlog.get_logger().info("started")
    assert json.loads(stream.getvalue())["action"] == "started"


def test_a_text_line_begins_with_time_level_and_action() -> None:
    stream = configured("text")
    structlog.get_logger().info("all is well", action="bot.started", chats=3)
    _, level, action, *fields = stream.getvalue().split(maxsplit=3)
    assert (level, action, fields) == ("info", "bot.started", ['chats=3 detail="all is well"\n'])


def test_a_library_line_has_an_action_too() -> None:
    stream = configured("json")
    logging.getLogger("telegram.ext").warning("slow %s", "pool")
    line = json.loads(stream.getvalue())
    assert (line["action"], line["detail"]) == ("library.telegram", "slow pool")


def test_libraries_that_print_addresses_are_silent_below_warnings() -> None:
    stream = configured("text")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger("telegram").info("hello")
    logging.getLogger("apscheduler.executors.default").info("job ran")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_token_in_an_exception_is_hidden(form: str) -> None:
    stream = configured(form)
    try:
        raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")
    except InvalidToken:
        structlog.get_logger().exception("no", action="bot.refused")
        logging.getLogger("telegram").exception(
            "https://api.telegram.org/bot%s/getMe", TOKEN.replace(":", "%3A")
        )
    assert stream.getvalue().count(logs.MASK) == 3
    assert "AAHdq" not in stream.getvalue()
    assert "InvalidToken" in stream.getvalue()


def test_given_secrets_are_hidden_wherever_they_appear() -> None:
    stream = configured("text", "correct-horse", "ab")
    structlog.get_logger().info("about", url="https://x/correct-horse", error=ValueError("correct-horse"))
    assert "correct-horse" not in stream.getvalue()
    assert "about" in stream.getvalue()


def test_what_people_write_is_left_out() -> None:
    stream = configured("json")
    structlog.get_logger().info("handled", **dict.fromkeys(logs.WORDS, "my groin is numb"))
    assert "numb" not in stream.getvalue()


@given(
    before=st.text(max_size=20),
    number=st.integers(min_value=1),
    tail=st.from_regex(r"[A-Za-z0-9_-]{30,40}", fullmatch=True),
    after=st.text(max_size=20),
)
def test_nothing_that_looks_like_a_token_gets_through(
    before: str, number: int, tail: str, after: str
) -> None:
    assert tail not in logs.mask(f"{before}{number}:{tail}{after}")


@given(st.text())
def test_other_text_is_left_alone(text: str) -> None:
    assert logs.mask(text) == text or ":" in text

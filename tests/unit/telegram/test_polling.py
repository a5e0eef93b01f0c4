"""Polling outlives what can be waited out, and ends with a sentence where waiting is vain."""

from datetime import timedelta

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from reminderbot.telegram.polling import (
    CONFLICT_PATIENCE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    Patience,
    StoppedError,
)


class Seconds:
    """A clock in seconds that moves when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _conflicts(patience: Patience, seconds: Seconds, count: int, apart: float) -> None:
    for _ in range(count):
        patience.pause(Conflict("terminated by other getUpdates request"))
        seconds.now += apart


def _succeed_between(patience: Patience, seconds: Seconds, conflicts: int) -> None:
    for _ in range(conflicts):
        _conflicts(patience, seconds, 1, 3.0)
        patience.reset()


def test_another_copy_is_waited_for_a_minute_and_then_named() -> None:
    seconds = Seconds()
    patience = Patience(seconds)
    _conflicts(patience, seconds, 30, 2.0)
    with pytest.raises(StoppedError, match="Another copy of this bot is running"):
        patience.pause(Conflict("terminated by other getUpdates request"))


def test_two_copies_that_push_each_other_out_do_not_go_on_for_ever() -> None:
    seconds = Seconds()
    patience = Patience(seconds)
    with pytest.raises(StoppedError):
        _succeed_between(patience, seconds, 100)


def test_a_conflict_long_ago_is_forgotten() -> None:
    seconds = Seconds()
    patience = Patience(seconds)
    for _ in range(5):
        _conflicts(patience, seconds, 3, 2.0)
        patience.reset()
        seconds.now += CONFLICT_PATIENCE_SECONDS + 1


def test_a_refused_token_ends_it_at_once_without_showing_it() -> None:
    with pytest.raises(StoppedError, match="refused the bot token") as stopped:
        Patience().pause(InvalidToken("The token `123456:secret` was rejected by the server."))
    assert "secret" not in str(stopped.value)


def test_a_crowd_is_waited_out_as_telegram_told() -> None:
    assert Patience().pause(RetryAfter(timedelta(seconds=17))) == 17.0


def test_pauses_grow_up_to_half_a_minute_however_long_it_lasts() -> None:
    patience = Patience()
    pauses = [patience.pause(NetworkError("away")) for _ in range(5_000)]
    assert pauses[0] == 1.0
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_SECONDS

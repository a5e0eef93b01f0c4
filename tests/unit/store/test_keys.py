"""The short name of a reminder survives the way to a button and back; anything else is no name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.store.keys import ReminderKey, decode, encode
from reminderbot.telegram import callbacks

moments = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


@given(st.sampled_from(["move", "stretch", "chair-yoga"]), moments)
def test_a_key_comes_back_from_its_short_name(habit: str, moment: datetime) -> None:
    key = ReminderKey(habit, moment.replace(microsecond=0))
    assert decode(encode(key)) == key


@given(moments)
def test_the_longest_habit_fits_into_a_button(moment: datetime) -> None:
    data = callbacks.encode("snooze", encode(ReminderKey("h" * 40, moment.replace(microsecond=0))), "480")
    assert len(data.encode()) <= callbacks.MAX_BYTES


@given(st.text(max_size=80))
def test_no_text_from_outside_breaks_the_reading(text: str) -> None:
    decode(text)
    callbacks.decode(text)


@pytest.mark.parametrize(
    "text", ["", "move", "move:", ":abc", "move:zzzzzzzz", "move:+1", "move:١٢", "move:a b"]
)
def test_a_forged_name_is_no_key(text: str) -> None:
    assert decode(text) is None


def test_data_of_another_version_is_not_ours() -> None:
    assert callbacks.decode("v0:done:move:abc") == ("", "")
    assert callbacks.decode(None) == ("", "")


def test_data_that_is_too_long_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        callbacks.encode("done", "x" * 64)

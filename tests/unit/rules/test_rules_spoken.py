"""What a clock is said to show, an offset, a wish to pause, small talk: read in passing, else left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import smalltalk
from reminderbot.rules.echo import echo
from reminderbot.rules.smalltalk import Talk
from reminderbot.rules.timewords import is_pause, spoken


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("14:25", 865), ("it's 14:25", 865), ("It’s 2:25 pm.", 865), ("no, it is 2:25pm", 865), ("now 14.25!", 865),
     ("9am", 540), ("here now 9:00", 540)],
)  # fmt: skip
def test_what_a_clock_is_said_to_show_is_read(words: str, minutes: int) -> None:
    assert spoken.clock(words) == minutes


@pytest.mark.parametrize("words", ["", "9", "25:00", "9:75", "at 9 to 10", "Berlin", "14:25 or so", "+2:00"])
def test_other_words_say_nothing_of_a_clock(words: str) -> None:
    assert spoken.clock(words) is None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("UTC+2", 120), ("utc -3", -180), ("GMT+5:30", 330), ("+0530", 330), ("−4", -240), ("+ 1", 60)],
)
def test_an_offset_is_read_in_minutes(words: str, minutes: int) -> None:
    assert spoken.offset(words) == minutes


@pytest.mark.parametrize("words", ["", "UTC", "2", "5:30", "+5:75", "UTC+2 or 3", "Berlin"])
def test_other_words_are_no_offset(words: str) -> None:
    assert spoken.offset(words) is None


@pytest.mark.parametrize(
    "words", ["pause", "Pause!", "pause 3d", "pause for a week", "pause until friday", "pause two days"]
)
def test_a_wish_to_pause_is_heard(words: str) -> None:
    assert is_pause(words)


@pytest.mark.parametrize("words", ["", "paused", "pause button broken", "I took a pause", "pauses 3d"])
def test_talk_about_pauses_is_no_wish_for_one(words: str) -> None:
    assert not is_pause(words)


@pytest.mark.parametrize(
    ("words", "talk"),
    [("Hi", Talk.HELLO), ("hello bot!", Talk.HELLO), ("Good morning", Talk.HELLO), ("thanks", Talk.THANKS),
     ("Thank you so much!", Talk.THANKS), ("🙏 thx", Talk.THANKS)],
)  # fmt: skip
def test_small_talk_is_known(words: str, talk: Talk) -> None:
    assert smalltalk.read(words) is talk


@pytest.mark.parametrize(
    "words", ["", "hi, my back hurts a lot today", "history", "thanks but my leg is numb now"]
)
def test_more_than_small_talk_is_none(words: str) -> None:
    assert smalltalk.read(words) is None


@given(st.text())
def test_an_echo_is_the_beginning_of_what_was_said_and_short(words: str) -> None:
    assert words.startswith(echo(words))
    assert len(echo(words)) == min(len(words), 40)

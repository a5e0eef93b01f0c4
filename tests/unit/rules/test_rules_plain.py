"""A short message as its bare words: what a closed list is looked up with."""

import pytest

from reminderbot.rules import forgetting, plain
from reminderbot.rules.forgetting import Choice


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s gone!", "its gone"),
        ("  OK,\nthanks 👍 ", "ok thanks"),
        ("_pin today_", "pin today"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_words_stand_without_signs_and_an_apostrophe_joins(text: str, words: str) -> None:
    assert plain.words(text) == words


@pytest.mark.parametrize(
    "text", ["Please, sound off", "sound off please", "sound, pls: off!", "sound off plz 👍", "sound off"]
)
def test_a_please_says_nothing_wherever_it_stands(text: str) -> None:
    assert plain.asked(text) == "sound off"


def test_signs_that_answer_are_words_only_where_they_are_asked_for() -> None:
    assert plain.asked("👍🏽 please", "👍👎") == "👍"
    assert plain.asked("yes ✅", "👍👎") == "yes"


def test_a_long_message_is_no_phrase_of_a_list() -> None:
    assert plain.asked("yes " + "please " * 20) == ""


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Delete everything, pls!", Choice.DELETE),
        ("delete everything 👎", None),
        ("please don't delete everything", None),
        ("👍", Choice.UNSURE),
        ("Keep it, please", Choice.KEEP),
    ],
)
def test_only_the_words_of_the_button_delete_everything(text: str, choice: Choice | None) -> None:
    assert forgetting.read(text) is choice

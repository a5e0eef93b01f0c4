"""Stored arguments become words: times by their distance, names escaped, texts inside texts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reminderbot.library.loader import Library, default_folder, load
from reminderbot.library.messages import Message
from reminderbot.telegram import wording

MONDAY = datetime(2026, 1, 5, 8, 55, tzinfo=UTC)


@pytest.fixture(scope="module")
def library() -> Library:
    messages = {
        "one": Message.model_validate({"en": "{a_time} {b_day} {some_list}"}),
        "two": Message.model_validate({"en": "<b>{name}</b>: {inner_text}"}),
        "three": Message.model_validate({"en": "{walls_times}"}),
        "plain": Message.model_validate({"en": "{text} {time}"}),
    }
    shipped = load(default_folder())
    return replace(shipped, messages=messages)


def test_each_ending_has_its_way_of_being_written(library: Library) -> None:
    args = {"a_time": "2026-01-05T09:05:00", "b_day": "2026-01-06", "some_list": ["a", "<b>"]}
    assert wording.render(library, "one", args, MONDAY) == "Mon 9:05 Tue 6 January a, &lt;b&gt;"


def test_times_far_away_have_their_date(library: Library) -> None:
    walls = ["2026-01-10T09:00:00", "2026-01-12T09:00:00", "2026-02-02T21:30:00"]
    said = wording.render(library, "three", {"walls_times": walls}, MONDAY)
    assert said == "Sat 9:00, Mon 12 Jan 9:00, Mon 2 Feb 21:30"


def test_a_text_inside_a_text_is_escaped_once(library: Library) -> None:
    inner = {
        "template": "two",
        "args": {"name": "A & B", "inner_text": {"template": "three", "args": {"walls_times": []}}},
    }
    said = wording.render(library, "two", {"name": "<i>", "inner_text": inner}, MONDAY)
    assert said == "<b>&lt;i&gt;</b>: <b>A &amp; B</b>: "


def test_a_name_without_such_an_ending_is_shown_as_it_is(library: Library) -> None:
    assert wording.render(library, "plain", {"text": "Mon", "time": "9"}, MONDAY) == "Mon 9"


def test_a_missing_argument_and_an_unknown_message_are_told_apart_from_words(library: Library) -> None:
    with pytest.raises(KeyError):
        wording.render(library, "one", {}, MONDAY)
    with pytest.raises(KeyError):
        wording.render(library, "none", {}, MONDAY)


def test_the_words_of_a_picture_are_plain_wherever_they_stand_in_its_data(library: Library) -> None:
    told = {
        "template": "two",
        "args": {"name": "A & B", "inner_text": {"template": "plain", "args": {"text": 1, "time": 2}}},
    }
    data = {"sort": "week", "today": 6, "habits": [{"label": "<i>", "told_text": told, "none_text": ""}]}
    habit = {"label": "<i>", "told_text": "A & B: 1 2", "none_text": ""}
    assert wording.spelled(library, data, MONDAY) == {"sort": "week", "today": 6, "habits": [habit]}

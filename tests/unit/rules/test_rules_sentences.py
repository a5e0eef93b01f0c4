"""Reminders asked for in sentences, and words that choose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.timewords import choosing
from reminderbot.rules.timewords.apart import apart, is_moving
from reminderbot.rules.timewords.sentences import Free, asked_for, begins, days_off, free_days, in_order


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("remind me in 2 hours", "in 2 hours"),
        ("Remind me to stretch every day at 7:30.", "to stretch every day at 7:30"),
        ("can you please remind me tomorrow at 9?", "tomorrow at 9"),
        ("hi, could you nudge me every 90 minutes", "every 90 minutes"),
        ("ping me at 3pm", "at 3pm"),
        ("set a reminder for friday at 3", "for friday at 3"),
        ("please set me up a reminder: tomorrow 9:00", "tomorrow 9:00"),
        ("I'd like to be reminded to get up every hour", "to get up every hour"),
        ("I want you to remind me at noon", "at noon"),
        ("send me a nudge in ten minutes", "in ten minutes"),
        ("remind me", ""),
    ],
)
def test_a_sentence_that_asks_for_a_reminder_is_heard(text: str, rest: str) -> None:
    assert asked_for(text) == rest


@pytest.mark.parametrize(
    "text",
    ["remind me what sciatica is", "remind me how it goes", "you remind me of my mum" + "!" * 200, "reminders are nice",
     "don't remind me", "stop reminding me", "that reminded me", "nudge", "every 45 min", ""],
)  # fmt: skip
def test_all_else_is_no_such_sentence(text: str) -> None:
    assert asked_for(text) is None


@pytest.mark.parametrize(
    ("text", "time", "purpose"),
    [
        ("to stretch every day at 7:30", "every day at 7:30", "stretch"),
        ("in half an hour to stretch", "in 30m", "stretch"),
        ("every day from 9 to 5 to stretch", "every day from 9 to 5", "stretch"),
        ("tomorrow to stretch at 3pm", "tomorrow at 3pm", "stretch"),
        ("for tomorrow at 9", "tomorrow at 9", ""),
        ("to call mum at the office at 3pm", "at 3pm", "call mum at the office"),
        ("stretch at 3pm", "at 3pm", "stretch"),
        ("to move 3 times a day at 9, 12 and 3pm", "every day at 9, 12 and 3pm", "move"),
    ],
)
def test_a_sentence_is_taken_apart_into_its_time_and_what_it_is_for(
    text: str, time: str, purpose: str
) -> None:
    found = [(" ".join(parts.time.split()), parts.purpose) for parts in apart(text)]
    assert (time, purpose) in found


def test_words_that_spoil_a_time_are_no_purpose() -> None:
    assert [parts.time for parts in apart("to stretch every other day at 7:30")][1:] == [
        "every other day at 7:30"
    ]


def test_a_long_text_is_not_taken_apart() -> None:
    assert not list(apart("stretch at 9 " * 20))


def test_there_are_never_very_many_ways_to_look_at() -> None:
    """Each is read, while everybody else waits."""
    assert len(list(apart(("at " + "to a at " * 30)[:200]))) <= 50


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_looked_at(text: str) -> None:
    found = asked_for(text), begins(text), free_days(text), days_off(text), list(apart(text))
    assert len(found) == 5


@pytest.mark.parametrize("text", ["every 45 min 9-12", "weekdays at half past seven", "quarter to eight on mondays",
                                  "at 3pm tomorrow", "3pm tomorrow", "tomorrow at 9", "24 December at noon",
                                  "on friday at 15:00", "tonight at 8", "each hour", "only mornings please",
                                  "mornings only", "just evenings"])  # fmt: skip
def test_words_that_begin_like_a_plan_may_be_one(text: str) -> None:
    assert begins(text)


@pytest.mark.parametrize(
    "text",
    [
        "weekdays",
        "monday",
        "every morning",
        "tomorrow",
        "at work",
        "5 today",
        "7:30",
        "Berlin",
        "in the evening please",
        "only the morning was bad",
        "only at night",
        "only nights",
        "just in the morning",
        "in the evening only",
    ],
)
def test_words_without_a_time_or_with_nothing_else_are_chat(text: str) -> None:
    assert not begins(text)


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("no reminders on fridays", Free("reminders", "fridays")),
        ("Don't send me nudges on mondays or tuesdays please", Free("nudges", "mondays and tuesdays")),
        ("no stretch on weekends any more", Free("stretch", "weekends", is_clear=False)),
        ("not on fridays anymore", Free("", "fridays", is_clear=False)),
        ("stop reminding me on wednesdays", Free("", "wednesdays")),
        ("stop nudging me to stretch on weekends", Free("stretch", "weekends")),
        ("please don't remind me to stretch on Mondays", Free("stretch", "mondays")),
        ("no more reminders on weekends", Free("reminders", "weekends")),
        ("Could you stop my alerts on fridays", Free("alerts", "fridays")),
        ("off on fridays", Free("", "fridays")),
        ("I’m off on Wednesdays", Free("", "wednesdays")),
        ("we are always out of the office on tuesdays and thursdays", Free("", "tuesdays and thursdays")),
        ("I'm away at weekends", Free("", "weekends")),
        ("pause on fridays", Free("", "fridays")),
        ("please pause my reminders on fridays", Free("reminders", "fridays")),
    ],
)
def test_days_of_each_week_may_be_kept_free(text: str, free: Free) -> None:
    assert free_days(text) == free


@pytest.mark.parametrize(
    "text",
    ["no reminders on friday", "no reminders", "on fridays", "I have no plans, on fridays", "so no move on mondays",
     "but never on mondays", "I'm off work on mondays", "I'm off on friday"],
)  # fmt: skip
def test_other_days_and_talk_keep_no_day_of_each_week_free(text: str) -> None:
    assert free_days(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("set stretch to 7:30", "stretch 7:30"),
        ("Please change my stretch reminder to weekdays 8:00", "stretch weekdays 8:00"),
        ("move stretch to 7:30", "stretch 7:30"),
        ("turn off chair yoga", "chair yoga off"),
        ("switch the stretch on again please", "stretch on"),
        ("Stop the stretch", "stretch off"),
        ("please stop my stretch reminders", "stretch off"),
        ("turn left", "turn left"),
        ("move every 45m", "move every 45m"),
    ],
)
def test_what_a_plan_is_for_is_put_in_front_of_it(text: str, words: str) -> None:
    assert in_order(text) == words


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("don't remind me today", "away today"),
        ("Please don’t remind me tomorrow!", "away tomorrow"),
        ("no reminders today please", "away today"),
        ("no more nudges tomorrow", "away tomorrow"),
        ("no reminders next week", "away next week"),
        ("don't remind me until friday", "away until friday"),
        ("no reminders from 24 December to 2 January", "away from 24 december to 2 january"),
        ("no reminders", None),
        ("no reminders until 10", None),
        ("don't remind me in 2 hours", None),
        ("don't remind me of today", None),
    ],
)
def test_days_without_reminders_are_a_pause(text: str, pause: str | None) -> None:
    assert days_off(text) == pause


def test_getting_up_is_moving_and_a_call_is_not() -> None:
    assert is_moving("get up and walk around")
    assert not is_moving("call mum")


CLOCKS, DAYS = ["7:00", "19:00"], ["Fri 9 Jan 15:00", "Fri 16 Jan 15:00"]
WINDOWS, HABITS = ["2:00-6:00", "14:00-18:00"], ["Move", "Stretch"]
OFTEN, WEEKLY = ["every day", "once"], ["every fri", "once"]


@pytest.mark.parametrize(
    ("text", "names", "place"),
    [
        ("the first", CLOCKS, 0),
        ("The second one please", CLOCKS, 1),
        ("last", DAYS, 1),
        ("19:00", CLOCKS, 1),
        ("at 7pm", CLOCKS, 1),
        ("7 am", CLOCKS, 0),
        ("evening", CLOCKS, 1),
        ("in the morning", CLOCKS, 0),
        ("pm", WINDOWS, 1),
        ("afternoon", WINDOWS, 1),
        ("14:00-18:00", WINDOWS, 1),
        ("14-18", WINDOWS, 1),
        ("stretch", HABITS, 1),
        ("1", HABITS, 0),
        ("third", HABITS, None),
        ("evening", HABITS, None),
        ("evening", DAYS, None),
        ("15:00", DAYS, None),
        ("20:00", CLOCKS, None),
        ("yes", CLOCKS, None),
        ("daily", OFTEN, 0),
        ("just once please", OFTEN, 1),
        ("fridays", OFTEN, None),
        ("every week", WEEKLY, 0),
        ("each friday", WEEKLY, 0),
        ("on fridays", WEEKLY, 0),
        ("mondays", WEEKLY, None),
        ("once", WEEKLY, 1),
        ("", CLOCKS, None),
    ],
)
def test_words_choose_by_name_time_place_or_half_of_the_day(
    text: str, names: list[str], place: int | None
) -> None:
    assert choosing.chosen(text, names) == place
    assert place is None or choosing.may_choose(text, ["move", "stretch"])


def test_a_yes_chooses_only_what_was_a_guess() -> None:
    assert choosing.chosen("Yes please", CLOCKS, is_guess=True) == 0
    assert choosing.chosen("yes", CLOCKS) is None


@pytest.mark.parametrize("text", ["done", "later", "my back hurts", "skip", "", "Berlin"])
def test_most_words_could_choose_nothing(text: str) -> None:
    assert not choosing.may_choose(text, ["move", "stretch"])


@given(
    st.text(max_size=60),
    st.lists(st.sampled_from([*CLOCKS, *DAYS, *WINDOWS, *HABITS]), min_size=1, unique=True),
)
def test_any_words_choose_one_that_there_is_or_none(text: str, names: list[str]) -> None:
    place = choosing.chosen(text, names)
    assert place is None or 0 <= place < len(names)

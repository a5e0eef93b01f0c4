"""Days gone by: filled in by name up to a week back, and words that were written before their day was over."""

from datetime import date, timedelta
from typing import Any

import pytest

from reminderbot.services import asking
from reminderbot.store.tables import Origin, Outcome
from tests.store.answering import MON, TUE, Ana, local

SUN = MON - timedelta(days=1)
NEXT_MON = MON + timedelta(days=7)


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at eight."""
    return Ana(at, local("8:00"))


def outcomes(ana: Ana, habit: str = "move") -> list[tuple[str, Outcome | None]]:
    """Where each of her reminders comes from, and what became of it."""
    return [(row.origin, row.outcome) for row in ana.rows(habit)]


def test_done_written_before_the_day_was_over_answers_its_nudge_however_late_it_is_read(ana: Ana) -> None:
    """The bot was down over the end of the day: the nudge is done, not missed beside an extra move."""
    key = ana.receives(local("16:00"))
    ana.closes(local("3:00", TUE))
    told = ana.says(local("17:00"), "done", late=timedelta(hours=12))
    assert outcomes(ana) == [(Origin.CADENCE, Outcome.DONE)]
    assert (ana.day().done, ana.day().own, ana.day().missed) == (1, 0, 0)
    assert [one.target for one in told if one.method == "edit"] == [str(ana.message_of(key))]
    assert told[-1].text == "Move (16:00): done, counted for Mon 5 January. Streak 1 day."


def test_a_thumb_and_a_skip_written_before_the_day_was_over_count_too(ana: Ana) -> None:
    """Each for the newest one then."""
    first, second = ana.receives(local("15:00")), ana.receives(local("16:00"))
    ana.closes(local("3:00", TUE))
    ana.says(local("16:10"), "👍", late=timedelta(hours=12))
    ana.says(local("16:11"), "skip", late=timedelta(hours=12))
    assert (ana.row(first).outcome, ana.row(second).outcome) == (Outcome.SKIPPED, Outcome.DONE)


def test_a_stretch_that_was_asked_for_is_answered_by_a_word_read_late(at: Any) -> None:
    """Its day is over and it is void: the word still means it, and no move."""
    ana = Ana(at, local("8:00"))
    with at(local("20:00")) as work:
        asking.ask(work, ana.chat_id, "stretch")
    ana.closes(local("3:00", TUE))
    assert outcomes(ana, "stretch") == [(Origin.ASKED, Outcome.VOID)]
    ana.says(local("20:05"), "done", late=timedelta(hours=12))
    assert outcomes(ana, "stretch") == [(Origin.ASKED, Outcome.DONE)]
    assert ana.rows() == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("/done yesterday", SUN),
        ("done yesterday, it felt good", SUN),
        ("/done move sunday", SUN),
        ("/done sunday", SUN),
        ("/done on Sunday", SUN),
        ("done on saturday", MON - timedelta(days=2)),
        ("I did it on friday", MON - timedelta(days=3)),
        ("did it last thursday", MON - timedelta(days=4)),
        ("/done monday", MON - timedelta(days=7)),
        ("/done 3 days ago", MON - timedelta(days=3)),
        ("done a week ago", MON - timedelta(days=7)),
        ("/done today", MON),
    ],
)
def test_a_day_that_is_named_is_filled_in(ana: Ana, words: str, day: date) -> None:
    """A weekday is the last one before today; no other day is touched."""
    ana.says(local("8:20"), words)
    assert [(row.origin, row.habit_day) for row in ana.rows()] == [(Origin.OWN, day)]
    assert ana.day(day).done == 1


@pytest.mark.parametrize("words", ["done monday", "/done on monday", "done yesterday"])
def test_naming_another_day_leaves_todays_nudge_open(ana: Ana, words: str) -> None:
    """Although it is the newest one."""
    key = ana.receives(local("9:00", TUE))
    told = ana.says(local("9:05", TUE), words)
    assert ana.row(key).outcome is None
    assert ana.day().done == 1
    assert "counted for Mon 5 January" in told[-1].text


def test_filling_in_a_day_answers_what_was_missed_there(at: Any) -> None:
    """A missed stretch that was done after all keeps its day, and the streak is worked out anew."""
    ana = Ana(at, local("8:00"), moves_only=False)
    key = ana.receives(local("8:30"))
    ana.taps(local("8:31", TUE), "done", ana.receives(local("8:30", TUE)))
    assert ana.row(key).outcome == Outcome.MISSED
    told = ana.says(local("8:40", TUE), "/done stretch yesterday")
    assert ana.row(key).outcome == Outcome.DONE
    assert (ana.day(habit="stretch").done, ana.day(habit="stretch").missed) == (1, 0)
    assert "Streak 2 days." in told[-1].text


def test_seven_days_back_can_be_filled_in_and_taken_back(ana: Ana) -> None:
    """Although its nudge is more than seven times 24 hours old by then."""
    key = ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    ana.says(local("12:00", NEXT_MON), "/done monday")
    assert ana.row(key).outcome == Outcome.DONE
    ana.taps(local("12:01", NEXT_MON), "undo", key)
    assert ana.row(key).outcome == Outcome.MISSED
    assert (ana.day().done, ana.day().missed) == (0, 1)


@pytest.mark.parametrize(
    "words",
    ["/done 8 days ago", "done 2 weeks ago", "/done last week", "did it last month", "/done 2025-12-01",
     "/done on 24 December", "done a year ago", "/done 99999999999 days ago"],
)  # fmt: skip
def test_a_day_further_back_is_refused_kindly(ana: Ana, words: str) -> None:
    """And nothing is counted for any day."""
    key = ana.receives(local("9:00"))
    (told,) = ana.says(local("9:05"), words)
    assert "the last 7 days" in told.text
    assert (ana.row(key).outcome, len(ana.rows())) == (None, 1)


@pytest.mark.parametrize("words", ["/skip yesterday", "skip monday", "/snooze yesterday"])
def test_only_done_is_filled_in_for_another_day(ana: Ana, words: str) -> None:
    """A day off that is announced changes no day gone by."""
    key = ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    assert "Only Done" in ana.says(local("9:05", TUE), words)[0].text
    assert ana.row(key).outcome == Outcome.MISSED


@pytest.mark.parametrize("words", ["done, see you monday", "done! the sun is out", "done. sat outside"])
def test_a_day_that_is_only_mentioned_is_not_meant(ana: Ana, words: str) -> None:
    """The nudge is answered."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:05"), words)
    assert ana.row(key).outcome == Outcome.DONE

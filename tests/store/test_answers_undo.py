"""Only Undo changes an answer, and it changes it back whole."""

from datetime import timedelta
from typing import Any

import pytest

from reminderbot.services.reminders import key_of
from reminderbot.store.tables import Outcome
from tests.store.answering import MON, TUE, Ana, local, texts


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at eight."""
    return Ana(at, local("8:00"))


@pytest.mark.parametrize("verb", ["done", "skip"])
def test_undo_opens_the_nudge_again(ana: Ana, verb: str) -> None:
    """Its message is the nudge again, with its buttons, and another answer counts."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:01"), verb, key)
    told = ana.taps(local("9:02"), "undo", key)
    assert texts(told, "toast") == ["Taken back."]
    assert told[0].template == "reminder.nudge"
    assert told[0].target == str(ana.message_of(key))
    assert (ana.row(key).outcome, ana.row(key).answered_at) == (None, None)
    assert (ana.day().done, ana.day().skipped) == (0, 0)
    ana.taps(local("9:03"), "done", key)
    assert ana.day().done == 1


def test_undo_after_the_day_is_over_leaves_it_missed(ana: Ana) -> None:
    """As if it had never been answered."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:01"), "done", key)
    ana.taps(local("8:00", TUE), "undo", key)
    assert ana.row(key).outcome == Outcome.MISSED
    assert (ana.day().done, ana.day().missed) == (0, 1)


def test_undo_of_an_extra_move_removes_it(ana: Ana) -> None:
    """Its reply says so, and a second press finds nothing."""
    (told,) = ana.says(local("8:20"), "/done")
    row = ana.rows()[0]
    assert told.args["key"]
    told_then = ana.taps(local("8:21"), "undo", key_of(row), message=55)
    assert [(one.template, one.target) for one in told_then if one.method == "edit"] == [
        ("answers.undone_own", "55")
    ]
    assert (ana.day().done, ana.day().own, ana.day().void) == (0, 0, 0)
    assert "nothing to take back" in ana.taps(local("8:22"), "undo", key_of(row), message=55)[0].text
    assert "answered already" in ana.taps(local("8:22"), "done", key_of(row), message=55)[0].text
    assert ana.day().done == 0


def test_a_second_undo_finds_nothing(ana: Ana) -> None:
    """And an open nudge has nothing to take back."""
    key = ana.receives(local("9:00"))
    assert "nothing to take back" in ana.taps(local("9:01"), "undo", key)[0].text
    ana.taps(local("9:01"), "done", key)
    ana.taps(local("9:02"), "undo", key)
    assert "nothing to take back" in ana.taps(local("9:02"), "undo", key)[0].text


def test_the_word_undo_takes_back_the_last_answer_of_the_day(ana: Ana) -> None:
    """Then the one before it, and then there is none."""
    first, second = ana.receives(local("9:00")), ana.receives(local("10:00"))
    ana.says(local("10:01"), "skip")
    ana.says(local("10:02"), "done", reply_to=first)
    assert "open again" in ana.says(local("10:03"), "undo")[-1].text
    assert (ana.row(first).outcome, ana.row(second).outcome) == (None, Outcome.SKIPPED)
    ana.says(local("10:04"), "/undo")
    assert ana.row(second).outcome is None
    assert "nothing to take back" in ana.says(local("10:05"), "undo")[0].text


def test_the_word_undo_takes_back_the_last_answer_whatever_day_it_was_for(ana: Ana) -> None:
    """Filled in for yesterday after today's nudge was done: the fill-in goes, the nudge stays done."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:01"), "done")
    ana.says(local("9:05"), "/done yesterday")
    assert "isn't counted any more" in ana.says(local("9:06"), "/undo")[-1].text
    assert ana.row(key).outcome == Outcome.DONE
    assert ana.day(MON - timedelta(days=1)).done == 0
    assert "open again" in ana.says(local("9:07"), "/undo")[-1].text


def test_the_word_undo_leaves_answers_given_before_today_alone(ana: Ana) -> None:
    """A press on a nudge of yesterday counts as given today; one of yesterday evening does not."""
    early, late = ana.receives(local("15:00")), ana.receives(local("16:00"))
    ana.taps(local("17:00"), "done", early)
    ana.closes(local("3:00", TUE))
    ana.taps(local("8:00", TUE), "done", late)
    ana.says(local("8:01", TUE), "undo")
    assert (ana.row(early).outcome, ana.row(late).outcome) == (Outcome.DONE, Outcome.MISSED)
    assert "nothing to take back" in ana.says(local("8:02", TUE), "undo")[0].text


def test_undo_under_the_reply_to_a_word_restores_the_nudge(ana: Ana) -> None:
    """The reply says that it is open again; the nudge has its buttons back."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:01"), "done")
    told = ana.taps(local("9:02"), "undo", key, message=77)
    edits = [(one.template, one.target) for one in told if one.method == "edit"]
    assert edits == [("reminder.nudge", str(ana.message_of(key))), ("answers.undone", "77")]


def test_undo_brings_back_the_point_that_was_spared(ana: Ana) -> None:
    """Unless an earlier move still spares it."""
    ana.receives(local("9:00"))
    ana.says(local("9:40"), "/done")
    ana.says(local("9:45"), "/done")
    assert ana.day().void == 1
    assert ana.next_due() == local("11:00")
    ana.says(local("9:46"), "undo")
    assert ana.next_due() == local("11:00")
    ana.says(local("9:47"), "undo")
    assert ana.next_due() == local("10:00")
    assert ana.day().void == 0
    ana.receives(local("10:00"))

"""A button belongs to one reminder: pressing it answers that one, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import Delivery, Outcome
from tests.store.answering import MON, TUE, Ana, local, texts


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at five to nine."""
    return Ana(at, local("8:55"))


def test_done_is_counted_told_and_shown_in_place(ana: Ana) -> None:
    """The nudge becomes its result, with the streak and with Undo."""
    key = ana.receives(local("9:00"))
    told = ana.taps(local("9:04"), "done", key)
    assert ana.row(key).outcome == Outcome.DONE
    assert ana.day().done == 1
    toast, edit = sorted(told, key=lambda one: one.method, reverse=True)
    assert toast.text == "Done, nice. It's counted."
    assert edit.target == str(ana.message_of(key))
    assert "Done. Today 1 of 7, 3 more and it counts." in edit.text


def test_a_skip_counts_neither_way(ana: Ana) -> None:
    """A skipped reminder is no longer part of the day's plan."""
    key = ana.receives(local("9:00"))
    assert "doesn't count against you" in ana.taps(local("9:01"), "skip", key)[0].text
    after = ana.taps(local("10:01"), "done", ana.receives(local("10:00")))
    assert (ana.day().skipped, ana.day().missed) == (1, 0)
    assert "Today 1 of 6, 2 more and it counts." in after[0].text


def test_a_double_tap_counts_once(ana: Ana) -> None:
    """The second press changes nothing and says so."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:01"), "done", key)
    assert texts(ana.taps(local("9:01"), "done", key)) == [
        "That one is answered already, so nothing has changed. Undo takes an answer back."
    ]
    assert "answered already" in ana.taps(local("9:02"), "skip", key)[0].text
    assert (ana.day().done, ana.day().skipped) == (1, 0)


def test_done_by_button_and_by_word_at_once_counts_once(ana: Ana) -> None:
    """Whichever comes first counts; the other one is told so."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:01"), "done", key)
    assert "counted already" in ana.says(local("9:01:20"), "done")[0].text
    key = ana.receives(local("10:00"))
    ana.says(local("10:01"), "done")
    assert "answered already" in ana.taps(local("10:01"), "done", key)[0].text
    assert ana.day().done == 2


def test_a_press_on_yesterdays_missed_nudge_answers_that_day(ana: Ana) -> None:
    """A stale notification marks its own day, and the notice names it."""
    key = ana.receives(local("16:00"))
    ana.closes(local("3:00", TUE))
    assert ana.row(key).outcome == Outcome.MISSED
    told = ana.taps(local("8:10", TUE), "done", key)
    assert "Done, counted for Mon 5 January." in texts(told, "toast")
    assert (ana.day().done, ana.day().missed) == (1, 0)
    assert ana.day(TUE) is None


def test_a_missed_nudge_can_still_be_skipped_but_not_snoozed(ana: Ana) -> None:
    """Its day is over: there is no later in it."""
    key = ana.receives(local("16:00"))
    ana.closes(local("3:00", TUE))
    assert "can't be snoozed" in ana.taps(local("8:10", TUE), "snooze", key)[0].text
    assert ana.row(key).outcome == Outcome.MISSED
    ana.taps(local("8:11", TUE), "skip", key)
    assert (ana.day().skipped, ana.day().missed) == (1, 0)


def test_after_seven_days_a_press_changes_nothing(ana: Ana) -> None:
    """One second inside the seven days it still counts."""
    key = ana.receives(local("9:00"))
    other = ana.receives(local("10:00"))
    ana.closes(local("3:00", TUE))
    late = key.due_at + timedelta(days=7, seconds=1)
    assert "more than a week old" in ana.taps(late, "done", key)[0].text
    assert ana.row(key).outcome == Outcome.MISSED
    ana.taps(other.due_at + timedelta(days=7), "done", other)
    assert (ana.day().done, ana.day().missed) == (1, 1)


@pytest.mark.parametrize("verb", ["done", "skip", "snooze", "undo"])
@pytest.mark.parametrize(
    "key",
    [
        ReminderKey("move", datetime(2026, 1, 5, 8, 0, 1, tzinfo=UTC)),
        ReminderKey("nothing", datetime(2026, 1, 5, 8, 0, tzinfo=UTC)),
        ReminderKey("move", datetime(4400, 1, 5, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_forged_button_changes_nothing(ana: Ana, verb: str, key: ReminderKey) -> None:
    """No such reminder: said, and nothing else."""
    told = ana.taps(local("9:00"), verb, key)
    assert [one.template for one in told] == ["answers.unknown"]
    assert ana.rows() == []


def test_another_persons_button_is_unknown_here(ana: Ana, at: Any) -> None:
    """The chat that the press comes from is part of the key."""
    key = ana.receives(local("9:00"))
    bea = Ana.__new__(Ana)
    bea.chat_id, bea.at, bea._taps, bea._messages = 8, at, 0, 0
    told = bea.taps(local("9:01"), "done", key, message=5)
    assert [one.template for one in told] == ["tapped.stranger"]
    assert ana.row(key).outcome is None


def test_a_press_proves_that_an_unsure_nudge_arrived(ana: Ana) -> None:
    """Its fate was unknown: void if unanswered, but answerable, and its message is learned."""
    key = ana.receives(local("9:00"), arrives=False)
    assert ana.row(key).state == Delivery.UNKNOWN
    told = ana.taps(local("9:05"), "done", key, message=321)
    row = ana.row(key)
    assert (row.state, row.outcome, row.message_id) == (Delivery.SENT, Outcome.DONE, 321)
    assert "321" in [one.target for one in told]


def test_a_nudge_of_unknown_fate_is_void_if_unanswered_and_still_answerable(ana: Ana) -> None:
    """It never counts as missed."""
    key = ana.receives(local("9:00"), arrives=False)
    ana.closes(local("3:00", TUE))
    assert ana.row(key).outcome == Outcome.VOID
    assert (ana.day().missed, ana.day().void, ana.day().prompted) == (0, 1, 0)
    ana.taps(local("7:00", TUE), "done", key, message=321)
    assert (ana.day().done, ana.day().void, ana.day().prompted) == (1, 0, 1)


def test_an_answer_ends_the_row_of_ignored_nudges(ana: Ana) -> None:
    """Counting begins anew."""
    ana.receives(local("9:00"))
    key = ana.receives(local("10:00"))
    assert ana.cadence().ignored == 2
    ana.taps(local("10:01"), "skip", key)
    assert ana.cadence().ignored == 0


def test_a_done_shortly_before_a_point_of_the_grid_spares_it(ana: Ana) -> None:
    """Half an interval is the border."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:30"), "done", key)
    assert ana.next_due() == local("10:00")
    ana.taps(local("9:30:01"), "undo", key)
    ana.taps(local("9:30:02"), "done", key)
    assert ana.next_due() == local("11:00")
    assert ana.day() is not None
    assert ana.day(MON).done == 1
    ana.receives_nothing(local("10:00"))
    ana.receives(local("11:00"))

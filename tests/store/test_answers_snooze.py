"""A snoozed reminder comes back once, on its own day, and never shifts the series."""

from datetime import timedelta
from typing import Any

import pytest

from reminderbot.services import asking, cadences
from reminderbot.services.reminders import key_of
from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import Delivery, Origin, Outcome
from tests.store.answering import MON, TUE, Ana, local, texts


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at five to nine."""
    return Ana(at, local("8:55"))


def child_of(ana: Ana, key: ReminderKey) -> Any:
    """The reminder as which a snoozed one comes back."""
    return next(row for row in ana.rows() if row.parent_due_at == key.due_at)


def test_a_snooze_comes_back_ten_minutes_later(ana: Ana) -> None:
    """With the same card; the result says when."""
    key = ana.receives(local("9:00"))
    told = ana.taps(local("9:02"), "snooze", key)
    assert texts(told, "toast") == ["Snoozed for 10 minutes. Back at Mon 9:12."]
    assert "Back at Mon 9:12." in texts(told, "edit")[0]
    child = child_of(ana, key)
    assert (child.due_at, child.origin, child.habit_day) == (local("9:12:01"), Origin.SNOOZE, MON)
    assert child.closes_at == ana.row(key).closes_at
    ana.receives_nothing(local("9:12"))
    back = ana.receives(local("9:12:01"))
    assert ana.row(back).card == ana.row(key).card


def test_a_snooze_never_moves_the_grid(ana: Ana) -> None:
    """The next nudge comes at its own time."""
    ana.taps(local("9:02"), "snooze", ana.receives(local("9:00")))
    assert ana.next_due() == local("10:00")


@pytest.mark.parametrize(("verb", "column"), [("done", "done"), ("skip", "skipped")])
def test_a_snoozed_nudge_counts_once_by_its_last_child(ana: Ana, verb: str, column: str) -> None:
    """Snoozes are counted apart, the nudge itself as prompted once."""
    ana.taps(local("9:02"), "snooze", ana.receives(local("9:00")))
    ana.taps(local("9:13"), "snooze", ana.receives(local("9:12:01")))
    ana.taps(local("9:24"), verb, ana.receives(local("9:23:01")))
    day = ana.day()
    assert (getattr(day, column), day.snoozed, day.prompted) == (1, 2, 1)
    assert day.done + day.skipped + day.missed + day.void == 1


def test_a_child_that_is_ignored_is_missed_once(ana: Ana) -> None:
    """On the day of its parent."""
    ana.taps(local("9:02"), "snooze", ana.receives(local("9:00")))
    ana.receives(local("9:12:01"))
    ana.closes(local("3:00", TUE))
    assert (ana.day().missed, ana.day().snoozed, ana.day(TUE)) == (1, 1, None)


def plans(ana: Ana, text: str) -> None:
    """She changes a plan, on Monday evening."""
    with ana.at(local("22:00")) as work:
        cadences.remind(work, ana.chat_id, text)
    ana.told(local("22:00"))


@pytest.fixture
def evening(at: Any) -> Ana:
    """Ana on Monday evening, with a stretch at eleven at night and no other reminder."""
    ana = Ana(at, local("22:00"), moves_only=False)
    plans(ana, "move off")
    plans(ana, "stretch 23:00 daily")
    return ana


def test_over_midnight_it_counts_on_the_parents_day(evening: Ana) -> None:
    """A stretch late in the evening, answered after midnight, before three."""
    key = evening.receives(local("23:00"))
    evening.says(local("23:00:30"), "/snooze 90m")
    child = next(row for row in evening.rows("stretch") if row.parent_due_at == key.due_at)
    assert (child.due_at, child.habit_day) == (local("0:30:30", TUE), MON)
    back = evening.receives(local("0:30:30", TUE))
    evening.taps(local("0:40", TUE), "done", back)
    assert evening.day(MON, "stretch").done == 1
    assert evening.day(TUE, "stretch") is None


def test_a_snooze_past_the_end_of_the_day_is_refused(evening: Ana) -> None:
    """A stretch has no hours: its habit day is its bound, and the refusal names the latest."""
    key = evening.receives(local("23:00"))
    told = evening.says(local("23:00"), "/snooze 4h")[-1].text
    assert told.startswith("That would be after the end of the day. 2:59 is the latest")
    assert evening.row(key).outcome is None
    evening.says(local("23:00"), "/snooze 239m")
    assert evening.row(key).outcome == Outcome.SNOOZED


@pytest.mark.parametrize("span", ["241m", "0m", "banana", "5h"])
def test_a_snooze_takes_one_to_240_minutes(ana: Ana, span: str) -> None:
    """Everything else is explained."""
    key = ana.receives(local("9:00"))
    assert "1 to 240 minutes" in ana.says(local("9:01"), f"/snooze {span}")[0].text
    assert ana.row(key).outcome is None


def test_a_word_may_name_the_minutes(ana: Ana) -> None:
    """From when it was written, but never in the past."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:01"), "snooze 20 min", late=timedelta(minutes=5))
    assert child_of(ana, key).due_at == local("9:21:01")
    key = ana.receives(local("10:00"))
    ana.says(local("10:01"), "/snooze 5m", late=timedelta(hours=1))
    assert child_of(ana, key).due_at == local("11:01:01")


def test_done_before_it_comes_back_answers_it(ana: Ana) -> None:
    """Nobody is reminded of what is done already."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    told = ana.says(local("9:06"), "done")
    assert child_of(ana, key).outcome == Outcome.DONE
    assert texts(told, "edit")[0].endswith("Today 1 of 7, 3 more and it counts.")
    assert told[0].target == str(ana.message_of(key))
    ana.receives_nothing(local("9:12"))
    assert (ana.day().done, ana.day().own, ana.day().void) == (1, 0, 0)


def test_a_reply_to_the_snoozed_nudge_answers_its_child(ana: Ana) -> None:
    """It is the same nudge to the person."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    ana.says(local("9:06"), "skip", reply_to=key)
    assert child_of(ana, key).outcome == Outcome.SKIPPED


def test_snoozing_again_before_it_comes_back_moves_it(ana: Ana) -> None:
    """There is never more than one child on its way."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    ana.says(local("9:03"), "/snooze 30m")
    children = [row for row in ana.rows() if row.origin == Origin.SNOOZE]
    assert [(row.due_at, row.parent_due_at) for row in children] == [(local("9:33:01"), key.due_at)]
    assert ana.day().snoozed == 1


def test_an_open_nudge_goes_before_a_snoozed_one(at: Any) -> None:
    """What is in front of the person is what they mean."""
    ana = Ana(at, local("8:00"), moves_only=False)
    stretch = ana.receives(local("8:30"))
    ana.says(local("8:31"), "/snooze 60m")
    move = ana.receives(local("9:00"))
    ana.says(local("9:01"), "done")
    assert ana.row(move).outcome == Outcome.DONE
    assert ana.row(stretch).outcome == Outcome.SNOOZED


def test_undo_of_a_snooze_takes_the_child_along(ana: Ana) -> None:
    """The nudge is open again and nothing comes back."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    told = ana.taps(local("9:03"), "undo", key)
    assert ana.row(key).outcome is None
    assert [row.due_at for row in ana.rows()] == [key.due_at]
    assert told[0].template in ("reminder.nudge", "reminder.noted")
    ana.receives_nothing(local("9:12"))


def test_a_snooze_that_has_come_back_is_not_undone(ana: Ana) -> None:
    """The newer message is the one to answer."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    ana.receives(local("9:12:01"))
    assert "come back since" in ana.taps(local("9:13"), "undo", key)[0].text
    assert ana.row(key).outcome == Outcome.SNOOZED


def test_undo_of_an_early_done_sends_the_snoozed_nudge_on_its_way_again(ana: Ana) -> None:
    """And the message shows the snooze."""
    key = ana.receives(local("9:00"))
    ana.taps(local("9:02"), "snooze", key)
    ana.says(local("9:03"), "done")
    told = ana.says(local("9:04"), "undo")
    child = child_of(ana, key)
    assert (child.outcome, child.state) == (None, Delivery.PENDING)
    assert "Back at Mon 9:12." in told[0].text
    ana.receives(local("9:12:01"))


def test_a_snooze_to_a_point_of_the_grid_leaves_that_point_its_reminder(ana: Ana) -> None:
    """Both come: the snoozed one a second later, and each answers for itself."""
    key = ana.receives(local("9:00"))
    told = ana.says(local("9:50"), "/snooze 10m")
    assert "Snoozed. Back at Mon 10:00." in told[0].text
    assert "snoozed for 10 minutes" in told[1].text
    assert child_of(ana, key).due_at == local("10:00:01")
    assert ana.receives(local("10:00")).due_at == local("10:00")
    assert ana.receives(local("10:00:01")).due_at == local("10:00:01")


def test_a_move_at_the_very_moment_of_a_nudge_leaves_the_nudge(ana: Ana) -> None:
    """Told before the nudge is made."""
    ana.says(local("10:00"), "/done")
    assert ana.receives(local("10:00")).due_at == local("10:00")


def test_a_snooze_read_at_once_or_a_little_later_is_told_as_it_was_asked(ana: Ana) -> None:
    """And one that waited for the bot by what is left of it."""
    ana.receives(local("9:00"))
    assert "for 20 minutes" in ana.says(local("9:01"), "/snooze 20m", late=timedelta(seconds=8))[1].text
    assert "for 15 minutes" in ana.says(local("9:02"), "/snooze 20m", late=timedelta(minutes=5))[1].text


def test_a_card_asked_for_stays_a_favour_when_it_is_snoozed(at: Any) -> None:
    """Unanswered it is void, as it would have been without the snooze; done, it is an extra."""
    ana = Ana(at, local("8:00"), moves_only=False)
    ana.taps(local("8:31"), "done", ana.receives(local("8:30")))
    with at(local("8:40")) as work:
        asking.ask(work, ana.chat_id, "stretch")
    ana.taps(local("8:41"), "snooze", key_of(ana.rows("stretch")[-1]), message=70)
    child = ana.receives(local("8:51:01"))
    assert ana.row(child).origin == Origin.ASKED
    ana.closes(local("3:00", TUE))
    assert [row.outcome for row in ana.rows("stretch")] == [Outcome.DONE, Outcome.SNOOZED, Outcome.VOID]
    assert ana.day(habit="stretch").missed == 0
    ana.taps(local("7:00", TUE), "done", child)
    assert (ana.day(habit="stretch").done, ana.day(habit="stretch").own) == (2, 1)

"""Answers by word or command: which reminder is meant, and what happens when none is."""

from datetime import timedelta
from typing import Any

import pytest

from reminderbot.store.tables import Origin, Outcome
from tests.store.answering import MON, TUE, Ana, local, texts

SUN = MON - timedelta(days=1)


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at eight."""
    return Ana(at, local("8:00"))


def test_done_answers_the_newest_open_nudge(ana: Ana) -> None:
    """The older one stays open; the nudge is edited, and a short line answers the word."""
    older, newest = ana.receives(local("9:00")), ana.receives(local("10:00"))
    told = ana.says(local("10:05"), "done")
    assert ana.row(newest).outcome == Outcome.DONE
    assert ana.row(older).outcome is None
    assert [one.method for one in told] == ["edit", "send"]
    assert told[1].text == "Move: done. Today 1 of 7, 3 more and it counts."


def test_a_reply_answers_the_message_replied_to(ana: Ana) -> None:
    """Even when a newer one is open."""
    older, newest = ana.receives(local("9:00")), ana.receives(local("10:00"))
    ana.says(local("10:05"), "skip", reply_to=older)
    assert (ana.row(older).outcome, ana.row(newest).outcome) == (Outcome.SKIPPED, None)


def test_a_reply_to_an_answered_nudge_changes_nothing(ana: Ana) -> None:
    """Only Undo changes an answer."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:05"), "done")
    assert "answered already" in ana.says(local("9:06"), "skip", reply_to=key)[0].text
    assert ana.row(key).outcome == Outcome.DONE


def test_a_reply_to_a_missed_nudge_answers_its_own_day(ana: Ana) -> None:
    """Missed turns into done, on Monday."""
    key = ana.receives(local("9:00"))
    ana.closes(local("3:00", TUE))
    told = ana.says(local("8:00", TUE), "done", reply_to=key)
    assert told[-1].text == "Move (9:00): done, counted for Mon 5 January. Streak 1 day."
    assert (ana.day().done, ana.day().missed) == (1, 0)


def test_without_an_open_nudge_done_is_an_extra_move(ana: Ana) -> None:
    """It is never sent, and counts as done and as own."""
    told = ana.says(local("8:20"), "done")
    assert "Move: done, on your own." in told[0].text
    (row,) = ana.rows()
    assert (row.origin, row.outcome, row.state) == (Origin.OWN, Outcome.DONE, "dropped")
    assert (ana.day().done, ana.day().own, ana.day().prompted) == (1, 1, 0)


def test_done_after_an_answered_nudge_is_an_extra_move(ana: Ana) -> None:
    """A command is always meant, however soon; two in one second are two."""
    ana.taps(local("9:01"), "done", ana.receives(local("9:00")))
    ana.says(local("9:01"), "/done")
    ana.says(local("9:01"), "/done move")
    ana.says(local("9:20"), "did it")
    assert (ana.day().done, ana.day().own) == (4, 3)


def test_a_word_counts_for_when_it_was_written(ana: Ana) -> None:
    """A message that waited while the bot was down answers the nudge that its writer had seen."""
    first, second = ana.receives(local("9:00")), ana.receives(local("10:00"))
    ana.says(local("9:40"), "done", late=timedelta(minutes=30))
    assert (ana.row(first).outcome, ana.row(second).outcome) == (Outcome.DONE, None)


def test_a_late_read_word_from_before_three_belongs_to_the_day_before(ana: Ana) -> None:
    """The habit day begins at three, in the night after midnight it is still Monday."""
    ana.says(local("2:59", TUE), "done", late=timedelta(hours=2))
    assert ana.day(MON).done == 1
    assert ana.day(TUE) is None
    ana.says(local("3:00", TUE), "done")
    assert (ana.day(MON).done, ana.day(TUE).done) == (1, 1)


def test_a_nudge_of_yesterday_is_not_answered_by_todays_word(ana: Ana) -> None:
    """The word counts today."""
    key = ana.receives(local("16:00"))
    ana.closes(local("3:00", TUE))
    ana.says(local("8:00", TUE), "done")
    assert ana.row(key).outcome == Outcome.MISSED
    assert ana.day(TUE).own == 1


def test_yesterday_can_be_filled_in(ana: Ana) -> None:
    """The move belongs to the day that was named, and to no other."""
    told = ana.says(local("8:20"), "/done yesterday")
    assert "counted for Sun 4 January" in told[0].text
    assert ana.day(SUN).done == 1
    assert ana.day(MON) is None


@pytest.mark.parametrize("word", ["skip", "later", "/skip", "/snooze", "snooze 20 min"])
def test_nothing_to_skip_or_snooze_is_said_kindly(ana: Ana, word: str) -> None:
    """And changes nothing."""
    assert "Nothing is waiting for an answer" in ana.says(local("8:20"), word)[0].text
    assert ana.rows() == []


@pytest.mark.parametrize("sign", ["👍", "✅", "ok"])
def test_a_bare_sign_counts_for_thirty_minutes(ana: Ana, sign: str) -> None:
    """After that, or without a nudge, it is only answered in a friendly way."""
    assert "Nothing is waiting" in ana.says(local("8:20"), sign)[0].text
    key = ana.receives(local("9:00"))
    assert "Nothing is waiting" in ana.says(local("9:30:01"), sign)[0].text
    assert ana.row(key).outcome is None
    ana.says(local("9:30"), sign)
    assert ana.row(key).outcome == Outcome.DONE
    ana.says(local("9:31"), sign)
    assert ana.day().done == 1


def test_a_bare_sign_counts_later_as_a_reply(ana: Ana) -> None:
    """The reply says what it is about."""
    key = ana.receives(local("9:00"))
    ana.says(local("13:00"), "👍", reply_to=key)
    assert ana.row(key).outcome == Outcome.DONE


def test_a_named_habit_keeps_to_that_habit(at: Any) -> None:
    """Even when another one has the newest open reminder."""
    ana = Ana(at, local("8:00"), moves_only=False)
    stretch, move = ana.receives(local("8:30")), ana.receives(local("9:00"))
    assert "Stretch: done. Streak 1 day. Today 1 of 1, and it counts." in texts(
        ana.says(local("9:05"), "done stretch")
    )
    assert (ana.row(stretch).outcome, ana.row(move).outcome) == (Outcome.DONE, None)
    ana.says(local("9:06"), "/skip nudge")
    assert ana.row(move).outcome == Outcome.SKIPPED


def test_an_unknown_name_is_answered_with_the_names(ana: Ana) -> None:
    """And nothing is counted."""
    told = ana.says(local("9:00"), "/done knitting")
    assert told[0].text == "I don't know “knitting”. You can name: chair yoga, move, stretch."
    assert ana.rows() == []


def test_what_follows_a_free_done_is_no_name(ana: Ana) -> None:
    """Somebody who says how it was is understood all the same."""
    key = ana.receives(local("9:00"))
    ana.says(local("9:05"), "done, feeling good")
    assert ana.row(key).outcome == Outcome.DONE


def test_a_stranger_is_told_how_to_begin(ana: Ana) -> None:
    """No row is made for them."""
    ana.chat_id = 99
    assert [one.template for one in ana.says(local("9:00"), "done")] == ["start.first"]
    assert ana.rows() == []

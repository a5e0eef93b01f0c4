"""Whatever is done on a paused day: it is a day of rest, and the days before it stay as they were."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.rules.streaks import Verdict
from reminderbot.services import days, delivery, due, pauses, people, progress, settling
from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import Lane
from tests.store.answering import MON, TUE, Ana, local

HOURS = (9, 10, 11, 13, 14, 15, 16)
"""When moves are due."""


class Deed(NamedTuple):
    """What she does twenty minutes after a moment of her plan: with which of the reminders that have come."""

    verb: str
    which: int


DEEDS = st.lists(
    st.builds(Deed, st.sampled_from(["done", "skip", "snooze", "undo", "own", "nothing"]), st.integers(0, 6)),
    min_size=len(HOURS),
    max_size=len(HOURS),
)
WORDS = st.sampled_from(["today", "3d", "", "until friday", "today to thursday", "6 january to 8 january"])


class Day(NamedTuple):
    """A Tuesday: what she does, and when she pauses in which words; hour 0 is the Monday before, for a day ahead."""

    deeds: Sequence[Deed]
    pause_at: int
    words: str


def _comes(ana: Ana, at: Any, hour: int) -> list[ReminderKey]:
    """What is due on Tuesday at this hour is made and sent."""
    moment = local(f"{hour}:00", TUE)
    with at(moment) as work:
        days.close_due(work)
        due.make_due(work)
        found = delivery.claim(work, [Lane.REMINDER], 10).rows
    with at(moment) as work:
        for out in found:
            settling.sent(work, out, ana.next_message())
    return [out.key for out in found if isinstance(out.key, ReminderKey)]


def _does(ana: Ana, deed: Deed, keys: Sequence[ReminderKey], hour: int) -> None:
    moment = local(f"{hour}:20", TUE)
    if deed.verb == "own":
        ana.says(moment, "/done")
    elif keys and deed.verb != "nothing":
        ana.taps(moment, deed.verb, keys[deed.which % len(keys)])


def _pauses(at: Any, words: str, hour: int) -> None:
    when = local(f"{hour}:30", TUE) if hour else local("17:30", MON)
    with at(when) as work:
        pauses.pause(work, Ana.chat_id, words if hour else "6 january to 8 january")


def _lives(ana: Ana, at: Any, day: Day) -> None:
    keys: list[ReminderKey] = []
    if not day.pause_at:
        _pauses(at, day.words, 0)
    for hour, deed in zip(HOURS, day.deeds, strict=True):
        came = _comes(ana, at, hour)
        assert not came or hour <= day.pause_at
        keys += came
        _does(ana, deed, keys, hour)
        if hour == day.pause_at:
            _pauses(at, day.words, hour)
    ana.closes(local("3:00", TUE + timedelta(days=1)))


def test_a_paused_day_is_a_day_of_rest_whatever_happens_in_it(at: Any) -> None:
    @settings(deadline=None, max_examples=25)
    @given(st.builds(Day, DEEDS, st.sampled_from((0, *HOURS)), WORDS))
    def check(day: Day) -> None:
        with at(local("8:00")) as work:
            people.forget(work, Ana.chat_id)
        ana = Ana(at, local("8:55"))
        ana.taps(local("9:01"), "done", ana.receives(local("9:00")))
        ana.receives(local("10:00"))
        ana.closes(local("3:00", TUE))
        before = ana.day(MON)
        _lives(ana, at, day)
        assert ana.day(MON) == before
        tuesday = ana.day(TUE)
        assert tuesday is None or tuesday.missed == 0
        with at(local("4:00", TUE + timedelta(days=1))) as work:
            found = progress.of(work, ana.chat_id, "move").progress
        assert found.verdicts.get(TUE, Verdict.REST) in (Verdict.REST, Verdict.KEPT)
        assert found.streak >= 1

    check()

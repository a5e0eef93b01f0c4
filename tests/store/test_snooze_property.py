"""However somebody snoozes: never more than three times in a row, never past the hours, and the grid never moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.rules import cadence, snoozing
from reminderbot.services import answers, delivery, due, reminders, settling
from reminderbot.services.replies import Tap
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.tables import Lane, Outcome
from tests.store.answering import BERLIN, Ana, local

WINDOWS = ((local("9:00"), local("12:00")), (local("13:00"), local("17:00")))
ACTS = ["Snooze", "/snooze", "/snooze 45m", "snooze next", "10", "30", "next", "last", "undo", "/undo"]

steps = st.lists(
    st.tuples(st.integers(0, 25), st.sampled_from([*ACTS, *ACTS[:3], "Snooze"]), st.integers(0, 2)),
    min_size=5,
    max_size=40,
)
"""Minutes of waiting, what is done then, and with which of the newest reminders."""


def comes(ana: Ana, since: datetime, now: datetime) -> None:
    """What falls due until now goes out, minute by minute."""
    while since < now:
        since = min(since + timedelta(minutes=1), now)
        with ana.at(since) as work:
            due.make_due(work)
            for out in delivery.claim(work, [Lane.REMINDER], 10).rows:
                settling.sent(work, out, ana.next_message())


def does(ana: Ana, now: datetime, act: str, row: Any) -> None:
    key, tap = reminders.key_of(row), Tap(f"tap{now}", row.message_id or 1)
    choice = snoozing.read(act)
    if act in ("Snooze", "undo"):
        ana.taps(now, act.lower(), key)
    elif choice is None:
        ana.says(now, act)
    else:
        with ana.at(now) as work:
            answers.put_off(work, ana.chat_id, key, choice, tap)
        ana.told(now)


def holds_for(ana: Ana, now: datetime) -> None:
    rows = {row.due_at: row for row in ana.rows()}
    for row in rows.values():
        chain = [row]
        while chain[-1].parent_due_at:
            chain.append(rows[chain[-1].parent_due_at])
        assert len(chain) - 1 <= 3
        begins, ends = next(window for window in WINDOWS if window[0] <= chain[-1].due_at < window[1])
        assert all(begins <= one.due_at < ends for one in chain)
        assert {one.outcome for one in chain[1:]} <= {Outcome.SNOOZED}
    parents = [row.parent_due_at for row in rows.values() if row.parent_due_at]
    assert len(parents) == len(set(parents))
    plan = cadence.Every(60, (cadence.Window(540, 720), cadence.Window(780, 1020)), cadence.WEEKDAYS)
    assert ana.next_due() == cadence.next_due(plan, now, BERLIN).at


def goes_by_the_promise(store: Store, around: Surroundings, done: list[tuple[int, str, int]]) -> None:
    with store.begin() as tx:

        @contextmanager
        def at(when: datetime) -> Iterator[Work]:
            yield Work(tx, when, around)

        ana, now = Ana(at, local("8:55")), local("9:00")
        comes(ana, local("8:59"), now)
        for minutes, act, which in done:
            before, now = now, now + timedelta(minutes=minutes, seconds=7)
            comes(ana, before, now)
            shown = [row for row in ana.rows() if row.message_id]
            does(ana, now, act, shown[-1 - which % len(shown)])
            holds_for(ana, now)
        tx.rollback()


def test_a_chain_of_snoozes_has_an_end_and_leaves_the_plan_alone(store: Store, around: Surroundings) -> None:
    @settings(deadline=None, max_examples=12 if store.is_server else 40)
    @given(steps)
    def check(done: list[tuple[int, str, int]]) -> None:
        goes_by_the_promise(store, around, done)

    check()

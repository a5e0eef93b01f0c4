"""The sentence on the Sunday card is true of the week it is about; and a crowd's cards are put together together."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import insert

from reminderbot.services import delivery, due, people, week
from reminderbot.services.work import Work
from reminderbot.store.engine import Store
from reminderbot.store.tables import Lane, days
from reminderbot.telegram import wording
from tests.conftest import At
from tests.store.plans import watched, whole_tables

SUNDAY = datetime(2026, 3, 8, 18, 0, tzinfo=UTC)
CROWD = range(1, 19)
"""People with the same week: whose turn it is for which sentence differs."""

COUNTS = {"k": (4, 0), "p": (1, 3), "m": (0, 4), "s": (0, 0)}
"""Done and missed of a day that was kept, in part, missed, or skipped."""


def crowd(work: Work, own: int = 0, **patterns: str) -> None:
    """Everybody has lived through the same days up to Saturday, of each habit; a space is a day without anything."""
    for chat in CROWD:
        people.start(Work(work.tx, SUNDAY - timedelta(weeks=8), work.around), chat, "Ana")
        for habit, pattern in patterns.items():
            work.tx.execute(insert(days), list(_rows(chat, habit, pattern, own)))


def _rows(chat: int, habit: str, pattern: str, own: int) -> Iterator[dict[str, Any]]:
    first = SUNDAY.date() - timedelta(days=len(pattern))
    for number, letter in enumerate(pattern):
        if letter != " ":
            done, missed = COUNTS[letter]
            counts = {"prompted": 4, "done": done, "own": own, "skipped": 4 - done - missed, "missed": missed}
            day = {"chat_id": chat, "habit": habit, "habit_day": first + timedelta(days=number)}
            yield day | counts | {"void": 0, "snoozed": 0}


def cards(work: Work) -> list[dict[str, Any] | None]:
    """Everybody's card."""
    habit = work.around.library.habits["week"]
    shared = {"habit": "week", "habit_day": SUNDAY.date(), "hold": None, "zone_confirmed": True}
    reminders = [SimpleNamespace(chat_id=chat, **shared) for chat in CROWD]
    rows = week.gather(work, reminders, len(CROWD))
    return [week.message(work, habit, one, rows[one.chat_id]) for one in reminders]


def kinds(work: Work) -> set[str]:
    """The kinds of sentences that are chosen for somebody."""
    told = [card["sentence_text"]["template"] for card in cards(work) if card]
    return {name.removeprefix("week.").rstrip("_123456789") for name in told}


@pytest.mark.parametrize(
    ("pattern", "own", "expected"),
    [
        ("kkkkkk", 0, {"whole"}),
        ("sssssk", 0, {"whole"}),
        ("kkkkkkkkkkkkk", 0, {"whole", "streak"}),
        ("mmmmmmkmmmmmk", 0, {"some"}),
        ("mmmmmmkmmmmkk", 0, {"more"}),
        ("mmmmmkkmmmmmk", 0, {"some"}),
        ("mmmmmmkmmmmmk", 3, {"own"}),
        ("kkkkkkkkkmkkk", 0, {"froze", "streak"}),
        ("kkkkkkkkkmmkk", 0, {"some"}),
        ("kkkkkkkkkmpkk", 0, {"some"}),
        ("kkkkkkkmmmmmmmmmmmmk", 0, {"back"}),
        ("kkkkkkk            k", 0, {"whole", "back", "streak"}),
        ("mmmmmmmmmmmmp", 0, {"some"}),
        ("mmmmmmmmmmmmmp", 0, {"back"}),
    ],
)
def test_only_what_is_true_of_the_week_is_said(at: At, pattern: str, own: int, expected: set[str]) -> None:
    """And all that is true is said to somebody, or some other week."""
    with at(SUNDAY) as work:
        crowd(work, own, stretch=pattern)
        assert kinds(work) == expected


def test_a_week_is_not_called_whole_or_better_for_what_it_leaves_out(at: At) -> None:
    """A habit in which nothing was done is not shown, but what is said is true of it as well."""
    with at(SUNDAY) as work:
        crowd(work, move="mmmmk  mmmkk ", stretch="kkkkkkkmmmmmm")
        assert kinds(work) == {"some"}
        assert {len(card["picture"]["habits"]) for card in cards(work) if card} == {1}


@pytest.mark.parametrize("pattern", ["kk", "mmmmmmm", "ssssss", "kkkkkkk      "])
def test_where_there_is_nothing_to_sum_up_nothing_is_said(at: At, pattern: str) -> None:
    """Somebody who has just come, and a week in which nothing was done."""
    with at(SUNDAY) as work:
        crowd(work, stretch=pattern)
        assert not any(cards(work))


def test_a_week_is_compared_only_where_it_was_no_less(at: At) -> None:
    with at(SUNDAY) as work:
        crowd(work, move="kkkkk  kkkkk ", stretch="kkkkkkkkkmmkk")
        told = next(filter(None, cards(work)))
        text = wording.render(work.around.library, "reminder.week", told, SUNDAY)
    assert "<b>Move</b>: 20 done, as many as last week. 5 days kept, 2 at rest." in text
    assert "<b>Stretch</b>: 16 done. 4 days kept, 1 at rest, 1 covered by a freeze, 1 went by." in text


def test_the_sentence_is_another_one_the_next_week(at: At) -> None:
    """The same week, lived by people side by side, is told in each of its ways."""
    with at(SUNDAY) as work:
        crowd(work, stretch="mmmmmmkmmmmmk")
        told = {card["sentence_text"]["template"] for card in cards(work) if card}
    assert told == {"week.some_1", "week.some_2", "week.some_3"}


def test_the_days_of_a_crowd_are_looked_up_together(at: At, store: Store) -> None:
    """In one statement for all whose cards go out together, which reads nobody else's."""
    with at(SUNDAY) as work:
        crowd(work, move="kkkkk", stretch="kkkkkk")
        due.make_due(work)
    with watched(store) as seen, at(SUNDAY) as work:
        claim = delivery.claim(work, [Lane.REMINDER], 100)
    assert len(claim.rows) == delivery.WEEKS_AT_ONCE
    assert all(out.silent for out in claim.rows)
    (statement,) = [one for one in seen if "FROM day" in " ".join(one.text.split())]
    with at(SUNDAY) as work:
        assert whole_tables(work.tx, statement) == []

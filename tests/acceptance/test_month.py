"""The simulated month in short; ``python -m tests.acceptance.month`` lives through all of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.acceptance.month.deeds import Kind
from tests.acceptance.month.life import Life
from tests.acceptance.month.options import Options
from tests.acceptance.month.plans import At, Every, points
from tests.acceptance.month.reckon_days import Count
from tests.acceptance.month.reckoning import Evidence, judge, look

SPRING = datetime(2026, 3, 28, 12, tzinfo=UTC)
"""Within a day clocks go forward in Beirut, Berlin and Troll."""

AUTUMN = datetime(2026, 4, 4, 6, tzinfo=UTC)
"""Within a day they go back in Auckland, Chatham, Lord Howe and Santiago."""

ROUGH = 6.0


@contextmanager
def lived(store: Store, around: Surroundings, options: Options) -> Iterator[Life]:
    """A world that has come to the end of its days."""
    life = Life(store, around, options)
    try:
        life.run()
        yield life
    finally:
        life.close()


@contextmanager
def undone(life: Life) -> Iterator[None]:
    """What is changed of that which was noted is as before afterwards."""
    ledger, deeds = life.ledger, life.crowd.deeds
    kept = deepcopy((ledger.reminders, ledger.cards, ledger.notes, deeds))
    yield
    ledger.reminders, ledger.cards, ledger.notes, life.crowd.deeds = kept


def test_clocks_that_go_forward_break_no_promise_and_the_reckoning_believes_no_lie(
    sqlite_store: Store, around: Surroundings
) -> None:
    """Together, for living takes its time."""
    with lived(sqlite_store, around, Options(40, 1, 6, SPRING, ROUGH)) as life:
        evidence = look(life)
        assert judge(life, evidence).broken == []
        assert life.weather.outages
        assert evidence.cases
        assert sum(map(len, life.ledger.reminders.values())) > 100
        for name, lie in LIES.items():
            with undone(life):
                lie(life, evidence)
                assert judge(life, evidence).broken, name
            evidence = look(life)


def test_clocks_that_go_back_break_no_promise(postgres_store: Store, around: Surroundings) -> None:
    with lived(postgres_store, around, Options(40, 1, 6, AUTUMN, ROUGH)) as life:
        assert judge(life, look(life)).broken == []


def test_the_reckoning_has_the_right_idea_of_clocks_that_change() -> None:
    """By hand: what a gap moves, what it drops, and what is shown twice."""
    spring, autumn = Options(1, 2, begin=SPRING), Options(1, 2, begin=AUTUMN)
    moved = points(At("2:32", "daily"), "Europe/Berlin", spring)
    assert [f"{one.at:%H:%M}" for one in moved if one.shown.day == 29] == ["01:00"]
    grid = points(Every(35, ((0, 240),), "daily"), "Europe/Berlin", spring)
    assert [f"{one.at:%H:%M}" for one in grid if one.shown.day == 29] == [
        "23:00",
        "23:35",
        "00:10",
        "00:45",
        "01:30",
    ]
    twice = points(At("1:43", "daily"), "Australia/Lord_Howe", autumn)
    assert [f"{one.at:%H:%M}" for one in twice if one.shown.day == 5] == ["14:43"]


def _one_is_late(life: Life, _: Evidence) -> None:
    came = _busiest(life)
    life.ledger.reminders[came][-1] = life.ledger.reminders[came][-1]._replace(
        at=life.options.end + timedelta(hours=1)
    )


def _one_is_lost(life: Life, _: Evidence) -> None:
    life.ledger.reminders[_busiest(life)].pop()


def _one_comes_twice(life: Life, _: Evidence) -> None:
    came = life.ledger.reminders[_busiest(life)]
    came.append(came[-1])


def _an_answer_is_forgotten(life: Life, _: Evidence) -> None:
    deeds = life.crowd.deeds
    deeds.remove(next(deed for deed in deeds if deed.kind is Kind.WORD and deed.about.verb == "done"))


def _a_day_counts_more(_: Life, evidence: Evidence) -> None:
    days = next(days for days in evidence.days.values() if days)
    assert isinstance(days, dict)
    key, count = next(iter(days.items()))
    days[key] = Count(count.done + 1, *count[1:])


def _a_card_is_missing(life: Life, evidence: Evidence) -> None:
    life.ledger.cards[evidence.cases[0].chat_id].clear()


def _on_call_is_told_late(life: Life, evidence: Evidence) -> None:
    notes = life.ledger.notes[evidence.cases[0].number]
    notes[0] = notes[0]._replace(at=notes[0].at + timedelta(minutes=5))


def _busiest(life: Life) -> int:
    return max(life.ledger.reminders, key=lambda chat_id: len(life.ledger.reminders[chat_id]))


LIES: dict[str, Callable[[Life, Evidence], None]] = {
    "a day counts more than was done": _a_day_counts_more,
    "a reminder is late": _one_is_late,
    "a reminder comes twice": _one_comes_twice,
    "a reminder is lost": _one_is_lost,
    "an answer was never given": _an_answer_is_forgotten,
    "there was no card": _a_card_is_missing,
    "on call was told late": _on_call_is_told_late,
}
"""What the reckoning has to find."""

"""Counts over everybody, for operators: whatever they cost, it depends on no whole table of reminders or days."""

from datetime import timedelta

from reminderbot.services import people
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import crowd
from reminderbot.store.tables import Standing, days
from tests.store.plans import Statement, bounds, watched, whole_tables
from tests.world import MONDAY

TODAY = MONDAY.date()


def _answered(store: Store, around: Surroundings, many: int) -> None:
    """So many people with one move done today, and one yesterday."""
    with store.begin() as tx:
        for chat_id in range(1, many + 1):
            people.start(Work(tx, MONDAY, around), chat_id, "Ana")
            for day in (TODAY, TODAY - timedelta(days=1)):
                tx.execute(days.insert().values(chat_id=chat_id, habit="move", habit_day=day, done=1))


def test_people_are_counted_by_their_standing(store: Store, around: Surroundings) -> None:
    _answered(store, around, 3)
    with store.begin() as tx:
        people.stop(Work(tx, MONDAY, around), 2)
        assert crowd.standings(tx) == {Standing.ACTIVE: 2, Standing.STOPPED: 1}


def test_each_person_belongs_to_one_part_of_the_people(store: Store, around: Surroundings) -> None:
    _answered(store, around, 5)
    since = TODAY - timedelta(days=6)
    with store.begin() as tx:
        parts = [crowd.some(tx, 3, rest) for rest in range(3)]
        assert sorted(chat_id for part in parts for chat_id in part) == [1, 2, 3, 4, 5]
        assert crowd.answers(tx, parts[1], ["move"], since, TODAY)["done"] == (2, 4)
        assert crowd.answers(tx, [], ["move"], since, TODAY)["done"] == (0, 0)


def _seen(store: Store) -> list[Statement]:
    with watched(store) as seen, store.begin() as tx:
        crowd.standings(tx)
        crowd.some(tx, 7, 1)
        crowd.answers(tx, [1, 2], ["move", "stretch"], TODAY, TODAY)
    return seen


def test_nothing_is_counted_by_reading_a_whole_table(store: Store) -> None:
    seen = _seen(store)
    with store.begin() as tx:
        assert [whole_tables(tx, one) for one in seen] == [[], [], []]


def test_the_days_of_a_person_are_found_by_their_key(store: Store) -> None:
    seen = _seen(store)
    with store.begin() as tx:
        index = "day_pkey" if store.is_server else "sqlite_autoindex_day_1"
        (told,) = bounds(tx, seen[2], index)
    assert all(name in told for name in ("chat_id", "habit", "habit_day"))

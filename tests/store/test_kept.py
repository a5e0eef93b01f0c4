"""What is read in a transaction is read once, and never older than the last change."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from reminderbot.store.engine import Store
from reminderbot.store.kept import Query
from reminderbot.store.tables import dropped_cards as t
from reminderbot.store.tables import meta
from tests.store.plans import watched
from tests.world import MONDAY

ROW = {"chat_id": 1, "card": "a", "why": "no", "dropped_at": MONDAY}

_why = Query(t, select(t.c.why).where(t.c.chat_id == bindparam("chat")))


def _told(tx: Connection, chat_id: int = 1) -> list[str]:
    return [row.why for row in _why.all(tx, chat=chat_id)]


def test_the_database_is_asked_once(store: Store) -> None:
    with watched(store) as seen, store.begin() as tx:
        assert [_told(tx), _told(tx), _told(tx, 2)] == [[], [], []]
    assert len(seen) == 2  # once for each chat


def test_a_change_of_the_table_is_seen(store: Store) -> None:
    with store.begin() as tx:
        assert _told(tx) == []
        tx.execute(insert(t), ROW)
        assert _told(tx) == ["no"]
        tx.execute(update(t).values(why="pain"))
        assert _told(tx) == ["pain"]
        tx.execute(delete(t))
        assert _told(tx) == []


def test_a_change_of_many_rows_at_once_is_seen(store: Store) -> None:
    with store.begin() as tx:
        assert _told(tx) == []
        tx.execute(insert(t), [ROW, ROW | {"card": "b"}])
        assert _told(tx) == ["no", "no"]


def test_a_change_of_another_table_means_no_second_look(store: Store) -> None:
    with watched(store) as seen, store.begin() as tx:
        _told(tx)
        tx.execute(insert(meta), {"name": "a", "value": "b"})
        _told(tx)
    assert len(seen) == 1


def test_the_next_transaction_reads_anew(store: Store) -> None:
    with store.begin() as tx:
        assert _told(tx) == []
    with store.begin() as tx:
        tx.execute(insert(t), ROW)
    with store.begin() as tx:
        assert _told(tx) == ["no"]


def test_what_was_undone_is_not_kept(store: Store) -> None:
    with store.begin() as tx:
        assert _told(tx) == []
        savepoint = tx.begin_nested()
        tx.execute(insert(t), ROW)
        assert _told(tx) == ["no"]
        savepoint.rollback()
        assert _told(tx) == []

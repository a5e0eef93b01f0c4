"""A column that is one of many values: hundreds of chats are asked about at once, on either database."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, insert, select

from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.many import one_of
from reminderbot.store.queries import safety
from reminderbot.store.tables import dropped_cards
from tests.store.plans import watched, whole_tables
from tests.world import MONDAY

CHATS = range(1, 1_001)

_asked = select(func.count()).where(one_of(dropped_cards.c.chat_id, "chats"))


def _drop_one_each(work: Work) -> None:
    rows = [{"chat_id": chat, "card": "a", "why": "no", "dropped_at": work.at} for chat in CHATS]
    work.tx.execute(insert(dropped_cards), rows)


@pytest.mark.parametrize(("chats", "found"), [([], 0), ([7], 1), ([0, 7, 7, 8], 2), (list(CHATS), 1_000)])
def test_it_finds_the_rows_of_those_that_are_given(
    store: Store, around: Surroundings, chats: Sequence[int], found: int
) -> None:
    with store.begin() as tx:
        _drop_one_each(Work(tx, MONDAY, around))
        assert tx.scalar(_asked, {"chats": chats}) == found


def test_it_uses_an_index(store: Store) -> None:
    with watched(store) as seen, store.begin() as tx:
        safety.dropped_of(tx, [1, 2, 3])
    with store.begin() as tx:
        assert [whole_tables(tx, one) for one in seen] == [[]]


def test_to_postgresql_hundreds_are_one_parameter(postgres_store: Store) -> None:
    with watched(postgres_store) as seen, postgres_store.begin() as tx:
        safety.dropped_of(tx, [1, 2])
        safety.dropped_of(tx, CHATS)
    assert len({one.text for one in seen}) == 1

"""Connections to a server: how long a silent one is believed in, and how long others are kept waiting."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.faults import sentence
from reminderbot.store.postgres import SILENCE_MS
from reminderbot.store.queries import turns
from tests import postgres

SECONDS = 10

ANA = 1001

LOOK = text("SELECT count(*) FROM message")
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'message'::regclass")


def _parameters(store: Store) -> dict[str, str]:
    with store.begin() as tx:
        connection = tx.connection.dbapi_connection
        assert connection is not None
        return dict(connection.info.get_parameters())


def test_a_server_that_falls_silent_is_given_up_within_seconds(postgres_store: Store) -> None:
    given = _parameters(postgres_store)
    assert int(given["connect_timeout"]) <= SECONDS
    assert int(given["tcp_user_timeout"]) <= SECONDS * 1000
    # Both: a server may vanish after it has acknowledged what it was asked, and before it has answered.
    assert int(given["keepalives_idle"]) + int(given["keepalives_interval"]) <= SECONDS


def test_what_the_address_says_of_the_connection_goes_first(postgres_store: Store) -> None:
    url = postgres_store.url.update_query_dict({"connect_timeout": "3", "application_name": "mine"})
    store = Store(make_url(url))
    given = _parameters(store)
    store.close()
    assert (given["connect_timeout"], given["application_name"]) == ("3", "mine")
    assert given["tcp_user_timeout"] == str(SILENCE_MS)


def test_a_transaction_may_stand_idle_for_half_a_minute(postgres_store: Store) -> None:
    store = Store(postgres_store.url)
    with store.begin() as tx:
        assert tx.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s"
    store.close()


def test_a_transaction_that_stands_idle_for_longer_lets_go_of_its_turns(postgres_store: Store) -> None:
    """As when its machine has vanished; here after less than a second."""
    with postgres_store.engine.connect() as gone:
        gone.execute(text("SET LOCAL idle_in_transaction_session_timeout = '300ms'"))
        turns.of_chat(gone, ANA)
        with postgres_store.begin() as other:
            other.execute(text("SET LOCAL statement_timeout = '10s'"))
            turns.of_chat(other, ANA)
        with pytest.raises(DatabaseError) as ended:
            gone.execute(text("SELECT 1"))
    assert "stood idle for too long" in sentence(ended.value)


def test_a_connection_that_the_server_ends_is_told_apart_from_one_that_it_never_made(
    postgres_store: Store,
) -> None:
    with postgres_store.engine.connect() as cut:
        number = cut.scalar(text("SELECT pg_backend_pid()"))
        with postgres_store.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
        with pytest.raises(DatabaseError) as ended:
            cut.execute(text("SELECT 1"))
    assert "has ended the connection" in sentence(ended.value)
    nowhere = Store(postgres_store.url.set(database="there_is_none"))
    with pytest.raises(DatabaseError) as refused, nowhere.begin():
        pass
    nowhere.close()
    assert "refuses the connection" in sentence(refused.value)


def test_while_somebody_looks_at_a_table_for_long_its_change_holds_up_nobody_else(
    server: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "LOCK_MS", 300)
    url = server.url.set(drivername="postgresql").render_as_string(hide_password=False)
    changing = Store(engine.parse_url(postgres.fresh(url, f"{server.url.database}_looked_at")))
    with changing.begin() as tx:
        config = schema._config()
        config.attributes["connection"] = tx
        command.upgrade(config, "0003")
    with ThreadPoolExecutor(1) as pool:
        with changing.begin() as backup:
            backup.execute(LOOK)
            changed = pool.submit(schema.migrate, changing)
            while not backup.scalar(WAITING):
                assert not changed.done()
            with changing.begin() as other:
                other.execute(text("SET LOCAL statement_timeout = '5s'"))
                other.execute(LOOK)
        changed.result()
    schema.require(changing)
    changing.close()

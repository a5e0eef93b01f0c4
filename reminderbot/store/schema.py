"""The schema's version: brought up to date, or refused with a sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DatabaseError

from reminderbot.store.engine import Store, StoreError
from reminderbot.store.faults import sentence
from reminderbot.store.queries import turns
from reminderbot.store.tables import meta
from reminderbot.store.vault import LostKeyError, Vault

if TYPE_CHECKING:
    from alembic.config import Config

_KEY_CHECK = "key check"

_MIGRATIONS = Path(__file__).parent / "migrations"

LOCK_MS = 2_000
"""How long a table is waited for that somebody looks at, such as a backup: all who use it wait behind us meanwhile."""

_LET_GO = text("""
DO $$ BEGIN
    EXECUTE format(
        'ALTER ROLE CURRENT_USER IN DATABASE %I SET idle_in_transaction_session_timeout = ''30s''', current_database()
    );
END $$
""")
"""A transaction whose machine has vanished ends, and with it the turns that it has. Set for the user and not for a
session: connections may come from a pooler."""

_VERSION = table("alembic_version", column("version_num"))
"""Where alembic notes a database's revision."""


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def migrate(store: Store) -> None:
    """Bring the schema up to date; raises StoreError when it is newer than this program or can't be written."""
    try:
        store.transact(_upgrade)
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error


def _upgrade(tx: Connection) -> None:
    turns.of_schema(tx)
    if turns.is_shared(tx):
        tx.execute(_LET_GO)
        tx.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_MS}")
    if revision(tx) == newest():
        return
    from alembic import command  # heavy, and seldom needed

    config = _config()
    config.attributes["connection"] = tx
    command.upgrade(config, "head")


def require(store: Store) -> None:
    """Refuse tables that are not this program's, with StoreError; for a server, where `migrate` alone changes them."""
    try:
        with store.begin() as tx:
            found = revision(tx)
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error
    if found != newest():
        raise StoreError("The database's tables are older than this program; run `reminderbot migrate`.")


@cache
def revisions() -> tuple[str, ...]:
    """The revisions that this program knows, the oldest first: the numbers with which the migrations' files begin."""
    return tuple(sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("*.py")))


def newest() -> str:
    """The revision that this program's tables have."""
    return revisions()[-1]


def revision(tx: Connection) -> str | None:
    """The database's revision; none before the first. Raises StoreError for one that this program doesn't know."""
    if not inspect(tx).has_table(_VERSION.name):
        return None
    found: str | None = tx.scalar(select(_VERSION.c.version_num))
    if found is not None and found not in revisions():
        raise StoreError(
            "The database was made by a newer reminderbot; upgrade this one, or restore a backup."
        )
    return found


def key_matches(tx: Connection, vault: Vault) -> bool:
    """Whether the database was written with this key; a database that has none yet takes it."""
    sealed = read(tx, _KEY_CHECK)
    if sealed is None:
        take_key(tx, vault)
        return True
    try:
        return vault.open(sealed.encode()) == _KEY_CHECK
    except LostKeyError:
        return False


def take_key(tx: Connection, vault: Vault) -> None:
    """Note that from now on this key is used."""
    write(tx, _KEY_CHECK, vault.seal(_KEY_CHECK).decode())


def read(tx: Connection, name: str) -> str | None:
    """A fact about the whole database; none when it was never noted."""
    return tx.scalar(select(meta.c.value).where(meta.c.name == name))


def write(tx: Connection, name: str, value: str) -> None:
    """Note a fact about the whole database."""
    put = insert(meta).values(name=name, value=value)
    tx.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def swap(tx: Connection, name: str, before: str | None, value: str) -> bool:
    """Note such a fact if it is still what it was, none for never noted; false when somebody else has been faster."""
    if before is None:
        first = insert(meta).values(name=name, value=value).on_conflict_do_nothing()
        return tx.execute(first.returning(meta.c.name)).first() is not None
    put = update(meta).where(meta.c.name == name, meta.c.value == before).values(value=value)
    return tx.execute(put).rowcount == 1

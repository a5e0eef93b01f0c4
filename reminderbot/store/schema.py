"""The schema's version: brought up to date, or refused with a sentence."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DatabaseError

from reminderbot.store.engine import Store, StoreError
from reminderbot.store.faults import sentence
from reminderbot.store.queries import turns
from reminderbot.store.tables import meta
from reminderbot.store.vault import LostKeyError, Vault

_KEY_CHECK = "key check"


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def migrate(store: Store) -> None:
    """Bring the schema up to date; raises StoreError when it is newer than this program or can't be written."""
    try:
        with store.begin() as tx:
            turns.of_schema(tx)
            if revision(tx) == newest():
                return
            config = _config()
            config.attributes["connection"] = tx
            command.upgrade(config, "head")
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error


def require(store: Store) -> None:
    """Refuse tables that are not this program's, with StoreError; for a server, where `migrate` alone changes them."""
    try:
        with store.begin() as tx:
            found = revision(tx)
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error
    if found != newest():
        raise StoreError("The database's tables are older than this program; run `reminderbot migrate`.")


def newest() -> str | None:
    """The revision that this program's tables have."""
    return _scripts().get_current_head()


def revision(tx: Connection) -> str | None:
    """The database's revision; none before the first. Raises StoreError for one that this program doesn't know."""
    found = MigrationContext.configure(tx).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
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

"""A look at the database that changes nothing in it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from reminderbot.store import schema
from reminderbot.store.engine import Store, StoreError
from reminderbot.store.faults import sentence
from reminderbot.store.queries import cases, oncall
from reminderbot.store.tables import Standing, subscribers
from reminderbot.store.vault import Vault, new_key


class Look(NamedTuple):
    """What was seen."""

    upgrade_due: bool
    """Whether the schema is older than this program's, or not made yet."""
    key_fits: bool | None
    """Whether the key, or any at all, fits: a database that nobody has written to yet takes the first one.

    None before the first schema.
    """
    active: int
    """Subscribers who receive reminders."""
    on_call: int = 0
    """People on call who can be reached."""
    late: tuple[int, ...] = ()
    """Numbers of the cases whose next step is overdue."""


def look(store: Store, vault: Vault | None, late_before: datetime) -> Look:
    """See how the database stands; it must be writable, but nothing is kept.

    A case whose next step was due before ``late_before`` is overdue.

    Raises StoreError with a sentence when the database can't be opened or written, or is of a newer version.
    """
    try:
        # Never committed: what the key check notes in a fresh database is rolled back.
        with store.engine.connect() as tx:
            found = schema.revision(tx)
            if found is None:
                return Look(upgrade_due=True, key_fits=None, active=0)
            query = select(func.count()).select_from(subscribers)
            active = tx.scalar(query.where(subscribers.c.standing == Standing.ACTIVE)) or 0
            # Without a key, one that was never used fits only where none was noted.
            fits = schema.key_matches(tx, vault or Vault(new_key()))
            upgrade_due = found != schema.newest()
            if upgrade_due:  # the tables of cases may be missing
                return Look(upgrade_due, fits, active)
            present = sum(bool(who.reachable) for who in oncall.everybody(tx))
            return Look(upgrade_due, fits, active, present, tuple(cases.overdue(tx, late_before)))
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error

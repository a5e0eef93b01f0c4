"""Pictures that Telegram has, by the name of their file."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.tables import uploads as t


def of_bot(tx: Connection, bot_id: int) -> dict[str, str]:
    """Telegram's ids of all pictures that a bot has uploaded, by name."""
    rows = tx.execute(select(t.c.name, t.c.file_id).where(t.c.bot_id == bot_id))
    return {row.name: row.file_id for row in rows}


def keep(tx: Connection, bot_id: int, name: str, file_id: str) -> None:
    """Note Telegram's id of a picture; of two uploads the later one stays."""
    added = insert(t).values(bot_id=bot_id, name=name, file_id=file_id)
    key = [t.c.bot_id, t.c.name]
    tx.execute(added.on_conflict_do_update(index_elements=key, set_={"file_id": file_id}))


def forget(tx: Connection, bot_id: int, name: str, file_id: str) -> None:
    """Forget an id that Telegram no longer takes; another one that was noted since stays."""
    here = (t.c.bot_id == bot_id, t.c.name == name)
    tx.execute(delete(t).where(*here, t.c.file_id == file_id))

"""Pictures that Telegram has: uploaded once by any worker, and sent by Telegram's id from then on."""

from reminderbot.services.work import Work
from reminderbot.store.queries import uploads


def known(work: Work, bot_id: int) -> dict[str, str]:
    """Telegram's ids of all pictures that a bot has uploaded, by the name of their file."""
    return uploads.of_bot(work.tx, bot_id)


def keep(work: Work, bot_id: int, name: str, file_id: str) -> None:
    """Telegram has taken a picture."""
    uploads.keep(work.tx, bot_id, name, file_id)


def forget(work: Work, bot_id: int, name: str, file_id: str) -> None:
    """Telegram no longer takes this id."""
    uploads.forget(work.tx, bot_id, name, file_id)

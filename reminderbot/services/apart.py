"""Steps about many people, each taken on its own: what fails for one undoes nothing else, and stops nobody else."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy.exc import DatabaseError

from reminderbot.services.work import Work
from reminderbot.store.faults import place

log = structlog.get_logger()

AGAIN = timedelta(minutes=5)
"""When a step that has failed is tried again."""


def taken(work: Work, action: str, step: Callable[[], object], **known: object) -> bool:
    """Take a step; false when it failed, with nothing of it done. ``known`` is logged then: numbers, no words.

    Raises DatabaseError, which is no row's fault.
    """
    try:
        with work.tx.begin_nested():
            step()
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is: its text may quote a person
        log.error("a step failed", action=action, error=type(error).__name__, where=place(error), **known)
        return False
    return True

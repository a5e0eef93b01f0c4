"""What is wrong with the whole bot: operators are told once when it begins, and once when it is over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias, assert_never

import structlog

from reminderbot.services import contents, duty, operators, vitals
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import schema
from reminderbot.store.queries import vitals as rows

log = structlog.get_logger()

DUE_LATE = timedelta(minutes=2)
"""A reminder that waits for longer is a problem."""

BACKUP_OLD = timedelta(days=2)
"""A last backup that is older is one; without any it counts from the first look."""

SURE_AFTER = timedelta(minutes=1)
"""How long something has to be wrong at each look before it is told: a bot that starts again is late at first."""

OVER_AFTER = timedelta(minutes=10)
"""How long all has to be well at each look before that is told."""

FIRST_LOOK = "first look for problems"

Found: TypeAlias = tuple[str, datetime] | None
"""A problem: the template that tells it, and the instant that it names; none when all is well."""


class Stage(StrEnum):
    """Where a problem stands."""

    WELL = "well"
    DOUBTFUL = "doubtful"  # -> told when it lasts, or well
    TOLD = "told"
    MENDING = "mending"  # -> well, and told so, when it lasts; or told still


def look(work: Work) -> None:
    """Look for each problem, and tell the operators of one that has begun or is over: one worker does, of many."""
    for name, find in _PROBLEMS.items():
        noted = schema.read(work.tx, f"problem {name}")
        stage, _, since = noted.partition(" ") if noted else (Stage.WELL, "", work.at.isoformat())
        found = find(work)
        # A clock that was set back makes nothing last for ever.
        lasted = abs(work.at - datetime.fromisoformat(since))
        following = _following(Stage(stage), lasted, is_wrong=found is not None)
        value = f"{following} {work.at.astimezone(UTC).isoformat()}"
        if following != stage and schema.swap(work.tx, f"problem {name}", noted, value):
            _changed(work, name, (Stage(stage), following), found)


def now(work: Work, reader: int) -> list[Nested]:
    """What is wrong at this instant, told or not."""
    found = [find(work) for find in _PROBLEMS.values()]
    told = [nested(one[0], **duty.moment(work, one[1], reader)) for one in found if one]
    return told + contents.now(work, reader)


def _following(stage: Stage, lasted: timedelta, *, is_wrong: bool) -> Stage:
    match stage:
        case Stage.WELL:
            return Stage.DOUBTFUL if is_wrong else stage
        case Stage.DOUBTFUL if is_wrong:
            return Stage.TOLD if lasted >= SURE_AFTER else stage
        case Stage.DOUBTFUL:
            return Stage.WELL
        case Stage.TOLD:
            return stage if is_wrong else Stage.MENDING
        case Stage.MENDING if is_wrong:
            return Stage.TOLD
        case Stage.MENDING:
            return Stage.WELL if lasted >= OVER_AFTER else stage
        case _:
            assert_never(stage)


def _changed(work: Work, name: str, way: tuple[Stage, Stage], found: Found) -> None:
    if way == (Stage.DOUBTFUL, Stage.TOLD) and found:
        template, at = found
        chats = operators.tell(work, lambda reader: (template, duty.moment(work, at, reader)))
        log.warning("a problem has begun", action="problem.begun", problem=name, told=chats)
    elif way == (Stage.MENDING, Stage.WELL):
        chats = operators.tell(work, lambda _: (f"admin.{name}_over", {}))
        log.info("a problem is over", action="problem.over", problem=name, told=chats)


def _late(work: Work) -> Found:
    lag = vitals.due_lag(work)
    return ("admin.due", work.at - lag) if lag > DUE_LATE else None


def _unsaved(work: Work) -> Found:
    last = rows.last_backup(work.tx)
    since = last or _first_look(work)
    if work.at - since <= BACKUP_OLD:
        return None
    return "admin.backup" if last else "admin.backup_never", since


def _first_look(work: Work) -> datetime:
    at = work.at.astimezone(UTC).isoformat()
    noted = schema.read(work.tx, FIRST_LOOK)
    if noted is None:
        schema.swap(work.tx, FIRST_LOOK, None, at)
    return datetime.fromisoformat(noted or at)


_PROBLEMS: dict[str, Callable[[Work], Found]] = {"due": _late, "backup": _unsaved}
"""By name, which is also that of the message which says that it is over."""

"""Content that was changed and can't be used: operators are told once, and once when it is over.

Every process looks for itself; what one of them has found last is noted for all.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog

from reminderbot.library.problems import Problem
from reminderbot.services import duty, operators
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import schema

log = structlog.get_logger()

BROKEN = "content broken"
"""Under this is noted what is wrong; empty when nothing is."""

LONGEST = 300
"""Characters of a problem that are told: it may quote what stands in a file."""


def broken(work: Work, problems: Sequence[Problem], *, in_use: bool) -> None:
    """Note what is wrong with the content, and tell the operators, unless they know.

    ``in_use``: it is used all the same, as it was read before all of it was looked at.
    """
    noted = schema.read(work.tx, BROKEN)
    before = json.loads(noted) if noted else {}
    found = {
        "template": "admin.content_used" if in_use else "admin.content",
        "problem": str(problems[0])[:LONGEST],
        "others": len(problems) - 1,
        "since": before.get("since", work.at.isoformat()),
    }
    is_ours = schema.swap(work.tx, BROKEN, noted, json.dumps(found))
    if is_ours and before.get("template") != found["template"]:
        chats = operators.tell(work, lambda reader: _words(work, found, reader))
        log.warning("a problem has begun", action="problem.begun", problem="content", told=chats)


def well(work: Work) -> None:
    """The content can be used; tell the operators if it could not be before."""
    noted = schema.read(work.tx, BROKEN)
    if noted and schema.swap(work.tx, BROKEN, noted, ""):
        chats = operators.tell(work, lambda _: ("admin.content_over", {}))
        log.info("a problem is over", action="problem.over", problem="content", told=chats)


def now(work: Work, reader: int) -> list[Nested]:
    """What is wrong with the content at this instant: one text, or none."""
    noted = schema.read(work.tx, BROKEN)
    if not noted:
        return []
    template, args = _words(work, json.loads(noted), reader)
    return [nested(template, **args)]


def _words(work: Work, found: dict[str, Any], reader: int) -> tuple[str, dict[str, object]]:
    moment = duty.moment(work, datetime.fromisoformat(found["since"]), reader)
    sort = "admin.content_more" if found["others"] else "admin.content_first"
    problem = nested(sort, problem=found["problem"], others=found["others"])
    return found["template"], {"problem_text": problem, **moment}

"""The log for safety reviews: what was decided, sent and pressed, when; no words, no names, no chats."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from reminderbot.services.work import Work, new_id
from reminderbot.store.queries import audit

KEPT = timedelta(days=365)
"""How long a line is kept; after that only how many there were, by month, kind and rule."""


def log(work: Work, chat_id: int | None, kind: str, /, **detail: object) -> None:
    """Add a line about a person, or about nobody.

    ``kind`` is a short stable word; ``detail`` is JSON: numbers, levels, rule ids, never what somebody wrote. The
    person's chat is not stored, only the random name that their safety row holds.
    """
    person = audit.pseudonym(work.tx, chat_id) if chat_id is not None else None
    line = {"id": new_id(work.at), "at": work.at, "person": person, "kind": kind}
    audit.add(work.tx, line | {"detail": json.dumps(detail, sort_keys=True, ensure_ascii=False)})


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` lines that are older than 12 months, and add them to the counts; returns how many."""
    lines = audit.take_before(work.tx, work.at - KEPT, limit)
    audit.count(work.tx, Counter(key for line in lines for key in _counts(line)))
    return len(lines)


def _counts(line: Any) -> list[audit.Count]:
    """A line counts once for its kind, and once more for each rule that it names."""
    rules = json.loads(line.detail).get("rules", ())
    return [audit.Count(f"{line.at:%Y-%m}", line.kind, rule) for rule in ("", *dict.fromkeys(rules))]

"""What a report tells of: the conditions that are as serious as itself, and two signs of an emergency by name."""

import json
from typing import Any

import structlog

from reminderbot.rules import signs
from reminderbot.rules.triage.lexicon import Rule
from reminderbot.services import duty, holds
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work

log = structlog.get_logger()


def conditions(work: Work, row: Any) -> list[str]:
    """The conditions of a report whose rules have its level, each once, the strongest first."""
    return list(dict.fromkeys(rule.condition for rule in _rules(work, row)))


def both(work: Work, row: Any) -> Nested | None:
    """The reason that names two signs of an emergency, told apart; none where the words tell of one, or of a mind."""
    if row.level != holds.EMERGENCY or row.mental or len(_named(work, conditions(work, row))) < 2:
        return None
    try:
        apart = signs.apart(
            work.around.library.triage.lexicon,
            duty.opened(work, row.words),
            [rule.id for rule in _rules(work, row)],
        )
    except Exception as error:  # whatever it is: no card fails for the sake of its reason
        log.error("cannot tell signs apart", action="cards.signs", error=type(error).__name__)
        return None
    named = _named(work, apart)
    if len(named) < 2 or named[0] != row.condition:
        return None
    first, second = (nested(f"triage.{name}.sign") for name in named[:2])
    return nested("safety.reason_both", first_text=first, second_text=second)


def _named(work: Work, names: list[str]) -> list[str]:
    """Those of these conditions that have words for their sign, of several with the same words the first."""
    known = work.around.library.triage.conditions
    by_sign = {str(sign.get()): name for name in reversed(names) if (sign := known[name].sign)}
    return [name for name in names if name in by_sign.values()]


def _rules(work: Work, row: Any) -> list[Rule]:
    """The rules of a report that have its level, the strongest first; content may have lost some since."""
    triage = work.around.library.triage
    known = {rule.id: rule for rule in triage.lexicon.rules if rule.condition in triage.conditions}
    found = (known.get(str(name)) for name in json.loads(row.rules))
    return [rule for rule in found if rule and rule.level == row.level]

"""The examples of the triage content, run: which ones come out otherwise than they should."""

from collections.abc import Iterator

from reminderbot.library.problems import Problem
from reminderbot.library.triage import Example
from reminderbot.library.triage_folder import Triage
from reminderbot.rules.triage import Level, Verdict, judge

_SHOWN = 80
_DRESSED = "ok {} lol"


def faults(triage: Triage) -> Iterator[Problem]:
    """Yield each example that does not come right, and each known miss that has."""
    for case in triage.cases:
        example = case.example
        verdict = judge(
            triage.lexicon, example.say, context=frozenset(example.context), earlier=example.earlier
        )
        if message := _fault(example, verdict) or _softened(triage, example, verdict):
            yield Problem(case.file, case.line, case.field, message)


def comes_right(example: Example, verdict: Verdict) -> bool:
    """Say whether a verdict is what an example wants."""
    if example.third is not None and verdict.third is not example.third:
        return False
    match example.want:
        case "emergency":
            return verdict.level is Level.EMERGENCY or verdict.ask
        case "urgent":
            return verdict.level.rank >= Level.URGENT.rank or verdict.ask
        case "ask":
            return verdict.ask
        case _:
            return verdict.level == example.want and not verdict.ask


def _fault(example: Example, verdict: Verdict) -> str:
    is_right = comes_right(example, verdict)
    if example.missed:
        return f"{_quoted(example)} comes right now; remove `missed`" if is_right else ""
    return "" if is_right else f"{_quoted(example)} should be {_wanted(example)}, but is {_came(verdict)}"


def _softened(triage: Triage, example: Example, verdict: Verdict) -> str:
    """Return what is wrong when small talk around a red flag makes it less serious: rules can do that by `not`."""
    if not (verdict.ask or verdict.level.rank >= Level.URGENT.rank) or example.earlier or example.context:
        return ""
    dressed = judge(triage.lexicon, _DRESSED.format(example.say))
    if (dressed.level.rank, dressed.ask) >= (verdict.level.rank, verdict.ask):
        return ""
    return f"{_quoted(example)} is {_came(verdict)}, but with “{_DRESSED.format('...')}” around it {_came(dressed)}"


def _quoted(example: Example) -> str:
    said = example.say if len(example.say) <= _SHOWN else f"{example.say[:_SHOWN]}..."
    return f"“{said}”"


def _wanted(example: Example) -> str:
    return example.want if example.third is None else f"{example.want} (third: {str(example.third).lower()})"


def _came(verdict: Verdict) -> str:
    asks = " and asks" if verdict.ask else ""
    whose = ", about somebody else" if verdict.third else ""
    rules = f" by {', '.join(verdict.rules)}" if verdict.rules else ""
    mentions = ", ".join(
        f"{evidence.concept} {evidence.reason}"
        for evidence in verdict.evidence
        if evidence.reason != "present"
    )
    return f"{verdict.level}{asks}{whose}{rules}{f' [{mentions}]' if mentions else ''}"

"""What happened in the month, in figures."""

from collections import Counter
from typing import Any

from tests.acceptance.month.life import Life
from tests.acceptance.month.reckoning import Evidence, Verdict


def told(life: Life, evidence: Evidence, verdict: Verdict, seconds: float) -> dict[str, Any]:
    """What happened, in figures."""
    kinds = Counter(deed.kind for deed in life.crowd.deeds)
    return {
        "seed": life.options.seed,
        "subscribers": life.options.subscribers,
        "days": life.options.days,
        "moments": life.moments,
        "reminders": sum(map(len, life.ledger.reminders.values())),
        "answers": verdict.answers,
        "deeds": dict(sorted(kinds.items())),
        "cases": dict(Counter(case.state for case in evidence.cases)),
        "notes": sum(map(len, life.ledger.notes.values())),
        "outages": len(life.weather.outages),
        "storms": len(life.weather.storms),
        "faults": len(life.world.tele.faults.hits),
        "calls": life.ledger.sent,
        "excused": verdict.excused,
        "seconds": round(seconds),
        "broken": verdict.broken,
    }

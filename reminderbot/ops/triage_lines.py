"""A verdict as one line of JSON, for the command `triage`."""

import json
from dataclasses import asdict

from reminderbot.rules.triage import Lexicon, judge


def told(lexicon: Lexicon, text: str) -> str:
    """Return what triage makes of a text: `text`, `level`, `ask`, `rules` and `evidence`, on one line."""
    verdict = judge(lexicon, text)
    return json.dumps(
        {
            "text": text,
            "level": verdict.level,
            "ask": verdict.ask,
            "rules": verdict.rules,
            "evidence": [asdict(evidence) for evidence in verdict.evidence],
        },
        ensure_ascii=False,
    )

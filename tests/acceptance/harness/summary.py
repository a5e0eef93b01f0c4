"""A whole run, from the seed to the verdict."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.acceptance.harness import reckon_answers, reckon_pace, reckon_safety, reckon_sending
from tests.acceptance.harness.deeds import Kind
from tests.acceptance.harness.evidence import Evidence
from tests.acceptance.harness.options import Options
from tests.acceptance.harness.play import Play, stage
from tests.acceptance.harness.weather import counted
from tests.acceptance.processes import Nursery


@contextmanager
def lived_through(options: Options, folder: Path, nursery: Nursery) -> Iterator[Play]:
    """Live through a run, until everything has come to rest; Telegram and the store are still there to be looked at."""
    play = stage(options, folder, nursery)
    try:
        play.run()
        play.rests()
        play.fleet.stop()
        yield play
    finally:
        play.close()


def broken_in(evidence: Evidence) -> list[str]:
    """Every promise that broke, with enough to find it."""
    restless = [] if evidence.rested else ["it did not come to rest"]
    parts = (reckon_answers.broken, reckon_safety.broken, reckon_sending.broken, reckon_pace.broken)
    return [*restless, *(one for part in parts for one in part(evidence))]


def keep(evidence: Evidence, folder: Path) -> None:
    """Write down what the reckoning has seen."""
    (folder / "ledger.json").write_text(json.dumps(evidence.raw))
    (folder / "deeds.txt").write_text("\n".join(map(str, evidence.deeds)))


def told(play: Play, evidence: Evidence) -> dict[str, Any]:
    """What happened, in figures."""
    late = sorted(delay for _, delay in reckon_safety.delays(evidence))
    return {
        "seed": play.options.seed,
        "seconds": play.options.seconds,
        "database": play.options.database,
        "processes": [bot.name for bot in play.fleet.bots],
        "hours_lived": round((play.clock.now() - play.clock.begin).total_seconds() / 3600, 1),
        "kills": len(play.fleet.kills),
        "faults": counted(play.happened),
        "calls_hit": dict(Counter(hit.kind for hit in evidence.hits)),
        "updates": sum(deed.update_id is not None for deed in evidence.deeds),
        "expired": len(evidence.expired),
        "answers": len(evidence.done_by(Kind.TAP)) + len(evidence.done_by(Kind.WORD)),
        "reports": len(evidence.reports),
        "cases": dict(Counter(row.state for row in evidence.cases)),
        "steps_told": sum(line.kind == "case_told" for line in evidence.audit),
        "acknowledgements": sum(line.kind == "pressed_acknowledge" for line in evidence.audit),
        "nudges": sum(call.is_nudge for call in evidence.calls),
        "messages": len(evidence.calls),
        "safety_messages": len(late),
        "latest_safety_message_seconds": round(late[-1], 1) if late else None,
        "most_calls_in_a_second": reckon_pace.fastest(evidence),
    }

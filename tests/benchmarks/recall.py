"""How well triage does on messages of other writers: recall by level, false alarms and questions.

``python -m tests.benchmarks.recall`` prints one JSON object for the files of tests/messages: those whose name begins
with held-back were never used for tuning, and only they count. ``--misses`` prints each message that came out otherwise
as well. Labels follow the project's own table of levels; no clinician has checked them.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from reminderbot.library import loader
from reminderbot.rules.triage import Level, Lexicon, Verdict, judge

FOLDER = Path(__file__).parents[1] / "messages"


@dataclass(frozen=True, slots=True)
class Judged:
    """One message, what should have come of it, and what did."""

    say: str
    want: str
    about: str
    verdict: Verdict

    @property
    def is_hit(self) -> bool:
        """An emergency or a doubt may end in a question; any other finding may be taken more seriously."""
        found = self.verdict
        match self.want:
            case "none":
                return found.level is Level.NONE and not found.ask
            case "ask":
                return found.ask
            case _:
                return found.ask or found.level.rank >= Level(self.want).rank


def judge_all(lexicon: Lexicon, file: Path) -> list[Judged]:
    """Judge every message of a file: a list of ``{say, want, about}``."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Judged(entry["say"], entry["want"], str(entry["about"]), judge(lexicon, entry["say"]))
        for entry in entries
    ]


def figures(judged: Sequence[Judged]) -> dict[str, float | int]:
    """Shares, 0 to 1: recall counts a question as a hit; alarms and questions are shares of the negatives."""
    negatives = [one for one in judged if one.want == "none" and one.about != "ordinary"]
    ordinary = [one for one in judged if one.want == "none" and one.about == "ordinary"]
    return {
        "messages": len(judged),
        **{f"recall_{level}": _recall(judged, level) for level in ("emergency", "urgent", "gp", "ask")},
        "false_emergency": _share([one.verdict.level is Level.EMERGENCY for one in negatives]),
        "false_ask": _share([one.verdict.ask for one in negatives]),
        "false_any": _share([not one.is_hit for one in negatives]),
        "ordinary_findings": sum(not one.is_hit for one in ordinary),
    }


def _recall(judged: Sequence[Judged], level: str) -> float:
    return _share([one.is_hit for one in judged if one.want == level])


def _share(flags: Sequence[bool]) -> float:
    return round(sum(flags) / len(flags), 4) if flags else 1.0


def main() -> None:
    """Measure and print."""
    lexicon = loader.load(loader.default_folder()).triage.lexicon
    found = {file.stem: judge_all(lexicon, file) for file in sorted(FOLDER.glob("*.yaml"))}
    if "--misses" in sys.argv:
        for one in (one for judged in found.values() for one in judged if not one.is_hit):
            print(f"{one.want} -> {one.verdict.level}{' ask' * one.verdict.ask} ({one.about}): {one.say}")  # noqa: T201
    print(json.dumps({"benchmark": "recall"} | {name: figures(judged) for name, judged in found.items()}))  # noqa: T201


if __name__ == "__main__":
    main()

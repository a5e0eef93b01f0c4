"""What triage makes of messages that nobody tuned it for: no worse than was measured, by a small margin."""

import pytest

from reminderbot.library import loader
from tests.benchmarks import recall
from tests.benchmarks.recall import Judged


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Both sets that were held back, together."""
    lexicon = loader.load(loader.default_folder()).triage.lexicon
    files = sorted(recall.FOLDER.glob("held-back-*.yaml"))
    return [one for file in files for one in recall.judge_all(lexicon, file)]


def test_most_emergencies_and_urgent_signs_are_caught_or_asked_about(judged: list[Judged]) -> None:
    found = recall.figures(judged)
    assert found["recall_emergency"] >= 0.96
    assert found["recall_urgent"] >= 0.95


def test_hard_negatives_rarely_alarm_or_ask(judged: list[Judged]) -> None:
    found = recall.figures(judged)
    assert found["false_emergency"] <= 0.02
    assert found["false_ask"] <= 0.05

"""The on-call policy is what was agreed, can be edited, and a case can keep its own copy."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.library.folder import FolderReader
from reminderbot.library.loader import default_folder
from reminderbot.library.policy import FILE, LadderPolicy, Policy, parse_span, span_words
from tests.unit.library.library_folder import ONCALL, Folder

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    reader = FolderReader(default_folder(), [])
    policy = reader.one(FILE, Policy)
    assert policy, reader.problems
    return policy


def test_the_default_emergency_ladder_is_the_one_agreed(policy: Policy) -> None:
    ladder = policy.for_level("emergency")
    assert ladder == LadderPolicy.from_json(
        '{"card_wait": "2s", "card_repeat": "5m", "intervals": ["10m"], "rounds": 6,'
        ' "acknowledged_for": "60m", "expired_rounds": 3, "follow_ups": ["2h", "next-morning", "72h"]}'
    )


def test_the_default_urgent_ladder_is_the_one_agreed(policy: Policy) -> None:
    ladder = policy.for_level("urgent")
    assert (ladder.card_wait, ladder.card_repeat) == (timedelta(seconds=2), None)
    assert [ladder.interval(told) for told in (1, 2, 3, 9)] == [30 * MINUTE, HOUR, HOUR, HOUR]
    assert (ladder.rounds, ladder.acknowledged_for, ladder.expired_rounds) == (3, 4 * HOUR, 3)
    assert ladder.follow_ups == (4 * HOUR, "next-morning")


def test_an_unanswered_question_climbs_the_urgent_ladder(policy: Policy) -> None:
    assert policy.for_level("unconfirmed") == policy.for_level("urgent")
    assert policy.ask_silence == 5 * MINUTE
    assert policy.overdue_after == MINUTE


@pytest.mark.parametrize("level", ["gp", "none"])
def test_a_level_without_cases_has_no_ladder(policy: Policy, level: str) -> None:
    with pytest.raises(KeyError):
        policy.for_level(level)


@pytest.mark.parametrize("level", ["emergency", "urgent", "unconfirmed"])
def test_a_case_gets_back_the_policy_that_it_kept(policy: Policy, level: str) -> None:
    ladder = policy.for_level(level)
    assert LadderPolicy.from_json(ladder.to_json()) == ladder


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"rounds": 6}', "not json"])
def test_a_kept_policy_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        LadderPolicy.from_json(text)


@given(st.integers(min_value=1, max_value=9999), st.sampled_from("smhd"))
def test_a_span_survives_being_written(count: int, unit: str) -> None:
    span = parse_span(f"{count}{unit}")
    assert parse_span(span_words(span)) == span


@pytest.mark.parametrize("words", ["", "10", "m", "0m", "-5m", "1.5h", "5 m", "10 minutes", 10, None])
def test_what_is_no_span_is_refused(words: object) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        parse_span(words)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("card_wait: 2s", "card_wait: soon", "emergency.card_wait 'soon' is not a span"),
        ("rounds: 6", "rounds: 0", "emergency.rounds"),
        (
            "intervals: [10m]",
            "intervals: []",
            "emergency.intervals has too few entries; at least 1 must be there",
        ),
        ("expired_rounds: 3", "follow_ups: [tomorrow]", "emergency.follow_ups.0 'tomorrow' is not a span"),
        ("unconfirmed: urgent", "unconfirmed: gp", "unconfirmed is 'gp'"),
    ],
)
def test_a_slip_in_the_policy_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    Folder(tmp_path).write(FILE, ONCALL.replace(right, wrong, 1))
    reader = FolderReader(tmp_path, [])
    assert reader.one(FILE, Policy) is None
    assert any(said in str(problem) for problem in reader.problems)


def test_nothing_in_a_policy_can_be_changed(policy: Policy) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(policy, "unconfirmed", "emergency")  # noqa: B010

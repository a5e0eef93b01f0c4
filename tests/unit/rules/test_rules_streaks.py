"""Streaks, freezes and strength."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.streaks import (
    HALF_LIFE_DAYS,
    DayCounts,
    Progress,
    Today,
    Verdict,
    day_value,
    milestone,
    more_needed,
    progress,
    verdict,
)

FIRST = date(2026, 1, 1)
COUNTS = st.tuples(st.integers(0, 8), st.integers(0, 8)) | st.sampled_from([(4, 0), (0, 4), (0, 0)])
THRESHOLDS = st.sampled_from([0.1, 0.5, 0.6, 0.75, 1.0])
HISTORIES = st.lists(COUNTS, max_size=60).map(
    lambda counts: [DayCounts(FIRST + timedelta(days=n), *pair) for n, pair in enumerate(counts)]
)
TODAYS = st.builds(
    Today,
    st.just(FIRST + timedelta(days=60)),
    st.integers(0, 9),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 9),
)


def history(pattern: str) -> list[DayCounts]:
    """Days from a pattern: k kept, m missed, r rest."""
    counts = {"k": (1, 0), "m": (0, 1), "r": (0, 0)}
    return [DayCounts(FIRST + timedelta(days=n), *counts[letter]) for n, letter in enumerate(pattern)]


def judged(pattern: str, threshold: float = 1.0) -> tuple[Progress, str]:
    found = progress(history(pattern), threshold, None)
    letters = {Verdict.KEPT: "k", Verdict.MISSED: "m", Verdict.REST: "r", Verdict.FROZEN: "f"}
    return found, "".join(letters[found.verdicts[day]] for day in sorted(found.verdicts))


def slow(
    days: list[DayCounts], threshold: float, today: Today | None
) -> tuple[int, int, int, float, date | None, list[str]]:
    """The same from the words of the promise, each question asked of the whole list again."""
    rows = [(row.day, row.done, row.missed) for row in sorted(days, key=lambda row: row.day)]
    if today:
        total = today.done + today.open + today.missed + today.remaining
        if today.done and today.done / total >= threshold:
            rows.append((today.day, today.done, total - today.done))
    frozen = []
    marks: list[str] = []
    for number, (day, done, missed) in enumerate(rows):
        if done + missed == 0:
            marks.append("rest")
        elif done / (done + missed) >= threshold:
            marks.append("kept")
        elif streak_of(marks) >= 1 and held(marks) > 0:
            marks.append("frozen")
            frozen.append(day)
        else:
            marks.append("missed")
        assert len(marks) == number + 1
    values = [
        done / (done + missed)
        for (_, done, missed), mark in zip(rows, marks, strict=True)
        if mark in ("kept", "missed")
    ]
    weight = 0.5 ** (1 / 13)
    strength = sum((1 - weight) * value * weight**age for age, value in enumerate(reversed(values)))
    best = max((streak_of(marks[:n]) for n in range(len(marks) + 1)), default=0)
    return streak_of(marks), best, held(marks), strength, frozen[-1] if frozen else None, marks


def streak_of(marks: list[str]) -> int:
    since = len(marks) - marks[::-1].index("missed") if "missed" in marks else 0
    return marks[since:].count("kept")


def held(marks: list[str]) -> int:
    freezes = 0
    for number, mark in enumerate(marks, start=1):
        if mark == "kept" and marks[:number].count("kept") % 7 == 0:
            freezes = min(2, freezes + 1)
        freezes -= mark == "frozen"
    return freezes


def test_a_new_subscriber_starts_with_nothing() -> None:
    found = progress([], 0.5, None)
    assert (found.streak, found.best, found.freezes, found.strength, found.froze) == (0, 0, 0, 0.0, None)
    assert found.verdicts == {}


@pytest.mark.parametrize(
    ("done", "missed", "value", "at_half"),
    [
        (0, 0, None, "rest"),
        (1, 1, 0.5, "kept"),
        (5, 3, 0.625, "kept"),
        (3, 5, 0.375, "missed"),
        (0, 1, 0.0, "missed"),
    ],
)
def test_a_day_has_a_value_and_a_verdict(done: int, missed: int, value: float | None, at_half: str) -> None:
    assert day_value(done, missed) == value
    assert verdict(done, missed, 0.5) == at_half


def test_rest_days_neither_add_nor_break() -> None:
    found, _ = judged("kkrrkr")
    assert (found.streak, found.best) == (3, 3)


def test_a_missed_day_without_a_freeze_ends_the_streak_but_not_the_best() -> None:
    found, marks = judged("kkkmk")
    assert marks == "kkkmk"
    assert (found.streak, found.best) == (1, 3)


def test_a_freeze_is_earned_with_every_seventh_kept_day_and_used_up_by_a_missed_one() -> None:
    found, marks = judged("kkkkkkkmk")
    assert marks == "kkkkkkkfk"
    assert (found.streak, found.freezes, found.froze) == (8, 0, FIRST + timedelta(days=7))


def test_kept_days_are_counted_since_subscribing_across_a_broken_streak() -> None:
    assert judged("kkkkmkkk")[0].freezes == 1


def test_two_freezes_are_the_most_and_a_third_is_lost() -> None:
    found, marks = judged("k" * 28 + "mmm")
    assert marks.endswith("ffm")
    assert (found.streak, found.best, found.freezes) == (0, 28, 0)


def test_days_missed_without_a_streak_cost_nothing_that_is_earned_later() -> None:
    found, marks = judged("k" * 21 + "mmmmrm" + "k" * 7 + "mk")
    assert marks == "k" * 21 + "ffmmrm" + "k" * 7 + "fk"
    assert (found.streak, found.freezes) == (8, 0)
    assert judged("mmm" + "k" * 7)[0].freezes == 1


def test_strength_reaches_half_after_thirteen_full_days() -> None:
    found = progress(history("k" * HALF_LIFE_DAYS), 1.0, None)
    assert found.strength == pytest.approx(0.5)
    again = progress(history("k" * HALF_LIFE_DAYS + "r" * 30), 1.0, None)
    assert again.strength == pytest.approx(0.5)


def test_strength_does_not_fall_on_a_frozen_day_and_falls_on_a_missed_one() -> None:
    kept = judged("k" * 7)[0].strength
    assert judged("k" * 7 + "m")[0].strength == kept
    assert judged("k" * 7 + "mm")[0].strength == pytest.approx(kept * 0.5 ** (1 / 13))


def test_today_counts_once_the_remaining_plan_cannot_undo_it() -> None:
    def streak(done: int, still_open: int, remaining: int) -> int:
        today = Today(FIRST + timedelta(days=3), done, still_open, 0, remaining)
        return progress(history("kkk"), 0.5, today).streak

    assert streak(done=3, still_open=1, remaining=4) == 3
    assert streak(done=4, still_open=1, remaining=3) == 4
    assert streak(done=3, still_open=0, remaining=3) == 4


def test_today_is_never_missed_before_it_is_over() -> None:
    today = Today(FIRST + timedelta(days=3), 0, 1, 7, 0)
    found = progress(history("kkk"), 0.5, today)
    assert found.streak == 3
    assert today.day not in found.verdicts


def test_a_row_of_today_does_not_count_beside_today() -> None:
    today = Today(FIRST + timedelta(days=2), 1, 0, 0, 0)
    assert progress(history("kkk"), 0.5, today).streak == 3
    assert progress(history("kkm"), 0.5, today).streak == 3


@pytest.mark.parametrize(
    ("today", "threshold", "more"),
    [
        (Today(FIRST, 1, 1, 0, 6), 0.5, 3),
        (Today(FIRST, 4, 0, 0, 4), 0.5, 0),
        (Today(FIRST, 0, 0, 0, 1), 1.0, 1),
        (Today(FIRST, 0, 0, 0, 0), 0.5, 1),
        (Today(FIRST, 0, 0, 3, 0), 0.5, 3),
        (Today(FIRST, 0, 0, 1, 0), 1.0, -1),
        (Today(FIRST, 1, 0, 1, 0), 1.0, -1),
    ],
)
def test_it_is_said_how_many_more_make_today_count(today: Today, threshold: float, more: int) -> None:
    assert more_needed(today, threshold) == more


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        progress([], threshold, None)


@given(HISTORIES, THRESHOLDS, st.none() | TODAYS, st.randoms())
def test_the_order_in_which_days_arrive_does_not_matter(
    days: list[DayCounts], threshold: float, today: Today | None, random: Random
) -> None:
    shuffled = random.sample(days, len(days))
    assert progress(shuffled, threshold, today) == progress(days, threshold, today)


@given(HISTORIES, THRESHOLDS, st.none() | TODAYS)
def test_the_fold_agrees_with_the_promise_word_by_word(
    days: list[DayCounts], threshold: float, today: Today | None
) -> None:
    found = progress(days, threshold, today)
    streak, best, freezes, strength, froze, marks = slow(days, threshold, today)
    assert (found.streak, found.best, found.freezes, found.froze) == (streak, best, freezes, froze)
    assert found.strength == pytest.approx(strength)
    assert [found.verdicts[day] for day in sorted(found.verdicts)] == marks


@given(HISTORIES, THRESHOLDS, TODAYS)
def test_today_never_lowers_a_streak_and_what_it_adds_cannot_be_undone(
    days: list[DayCounts], threshold: float, today: Today
) -> None:
    before = progress(days, threshold, None)
    now = progress(days, threshold, today)
    assert now.streak in (before.streak, before.streak + 1)
    ends = DayCounts(today.day, today.done, today.plan - today.done)
    if now.streak > before.streak:
        assert progress([*days, ends], threshold, None).streak == now.streak


@given(TODAYS, THRESHOLDS)
def test_as_many_more_as_were_said_make_today_count_and_one_fewer_does_not(
    today: Today, threshold: float
) -> None:
    more = more_needed(today, threshold)

    def after(number: int) -> int:
        answered = min(number, today.open + today.remaining)
        left = today.open + today.remaining - answered
        return progress([], threshold, Today(today.day, today.done + number, left, today.missed, 0)).streak

    if more >= 0:
        assert after(more) == 1
    if more > 0:
        assert after(more - 1) == 0


def test_milestones_are_few_at_first_and_then_every_hundred_days() -> None:
    reached = sorted({milestone(streak) for streak in range(450)})
    assert reached == [0, 3, 7, 14, 30, 60, 100, 200, 300, 400]
    assert all(milestone(mark) == mark and milestone(mark - 1) < mark for mark in reached[1:])

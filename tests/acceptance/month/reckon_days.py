"""Days and streaks, counted anew from what people did (design.md 7), beside what the store says."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tests.acceptance.month.memory import DAY, Memory

HALF = {"move": 0.5, "stretch": 1.0}
"""The part of a day that has to be done for it to be kept."""


class Count(NamedTuple):
    """A habit day."""

    done: int
    own: int
    skipped: int
    missed: int
    snoozed: int


Days = Mapping[tuple[str, date], Count]


def counted(memory: Memory) -> Days:
    """Each habit day with anything in it."""
    found: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    for row in memory.rows.values():
        found[row.key.habit, row.day][row.outcome or "open"] += 1
        found[row.key.habit, row.day]["own"] += row.origin == "own" and row.outcome == "done"
    names = ("done", "own", "skip", "missed", "snooze")
    days = {key: Count(*(counts[name] for name in names)) for key, counts in found.items()}
    return {key: count for key, count in days.items() if any(count)}


def wrong(expected: Days, stored: Days) -> Iterator[str]:
    """Days that the store counts otherwise."""
    for key in sorted(expected.keys() | stored.keys()):
        if expected.get(key) != stored.get(key):
            yield f"day {key[0]} {key[1]}: {expected.get(key)} expected, {stored.get(key)} stored"


def streak(days: Sequence[tuple[int, int]], threshold: float) -> tuple[int, int]:
    """Streak and freezes after these days, each with how many were done and missed; those that rest don't count."""
    running = freezes = kept = 0
    for done, missed in days:
        if done + missed == 0:
            continue
        if done / (done + missed) >= threshold:
            running, kept = running + 1, kept + 1
            freezes = min(2, freezes + (kept % 7 == 0))
        elif freezes and running:
            freezes -= 1
        else:
            running = 0
    return running, freezes


def streak_of(memory: Memory, habit: str) -> tuple[int, int]:
    """Streak and freezes at the end; the day that runs counts when nothing can undo it any more."""
    days, today = counted(memory), memory.wall.day(memory.options.end)
    past = [(days[key].done, days[key].missed) for key in sorted(days) if key[0] == habit and key[1] < today]
    now = days.get((habit, today), Count(0, 0, 0, 0, 0))
    against = now.missed + _still_open(memory, habit, today)
    if now.done and now.done / (now.done + against) >= HALF[habit]:
        past.append((now.done, against))
    return streak(past, HALF[habit])


def _still_open(memory: Memory, habit: str, today: date) -> int:
    """How many of a day may still be missed: those without an answer, and those still to come."""
    if memory.rests(today):
        return 0
    rows = [row for row in memory.rows.values() if row.key.habit == habit and row.day == today]
    is_open = sum(
        row.outcome is None and (row.pending or (row.arrived is not None and row.known)) for row in rows
    )
    return is_open + _to_come(memory, habit, memory.wall.begins(today + DAY))


def _to_come(memory: Memory, habit: str, end: object) -> int:
    was, number = dict(memory.reached), 0
    while (point := memory.next_point(habit)) and point.at < end:  # type: ignore[operator]
        number += not any(key == (habit, point.at) for key in memory.rows)
        memory.reached[habit] = point.at
    memory.reached.update(was)
    return number

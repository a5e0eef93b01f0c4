"""What the pictures of progress are drawn from: a full calendar, and a week, of two habits."""

from typing import Any

DAYS = "kkpkfrrkmkkkrrkkkkkrrpkkfkrr"
WORDS = {"k": "kept", "p": "in part", "r": "rest", "f": "freeze", "m": "missed", "today": "today"}
SHARED: dict[str, Any] = {"legend": WORDS, "weekdays_text": "Mon Tue Wed Thu Fri Sat Sun"}


def calendar() -> dict[str, Any]:
    """Seventeen weeks of two habits."""
    told = {"streak_text": "Streak 31 days", "best_text": "Best 44 days", "strength_text": "Strength 86 %"}
    told |= {"counts_text": "430 done, 31 skipped, 12 snoozed, 39 missed. 512 reminders came."}
    habit = told | {"days": (DAYS * 5)[: 17 * 7], "strength": 0.86}
    months = {"months_text": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"}
    return SHARED | months | {"first": "2026-07-27", "today": 115, "habits": _two(habit)}


def week() -> dict[str, Any]:
    """Seven days of two habits."""
    told = {"done_text": "31 done", "change_text": "4 more than last week", "strength_text": "Strength 86 %"}
    head = {"title_text": "Your week", "span_text": "Mon 16 November to Sun 22 November"}
    habit = told | {"days": DAYS[:7], "strength": 0.86}
    return SHARED | head | {"first": "2026-11-16", "today": 6, "habits": _two(habit)}


def _two(habit: dict[str, Any]) -> list[dict[str, Any]]:
    return [habit | {"label": label} for label in ("Move", "Stretch")]

"""What /stats shows: a calendar of the last months of each habit, and the same in words."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from reminderbot.rules.marks import Mark
from reminderbot.services import holds, notices, outbox, overviews, reasons, spans
from reminderbot.services.replies import Nested, joined, lines, nested, subscriber
from reminderbot.services.spans import Span
from reminderbot.services.work import Work
from reminderbot.store.queries import days

WEEKS = 17
"""How far back a calendar goes: four months, as many as are still told apart on a phone."""

FEW_WEEKS = 4
"""How many weeks a newcomer's calendar has: those to come in them show that it goes on."""

TOGETHER = 2
"""Habits in one picture: with more of them it is taller than Telegram shows it at the chat's full width."""


def show(work: Work, chat_id: int) -> None:
    """Show the calendars of all habits in which something was counted; kind words when none was."""
    if subscriber(work, chat_id) is None:
        return
    if notices.is_quiet(work, chat_id):
        overviews.streak(work, chat_id)
        return
    today, counted = holds.today(work, chat_id), _counted(work, chat_id)
    first = _first_day(today, [rows[0].habit_day for rows in counted.values()])
    last = first + timedelta(weeks=_weeks(first, today), days=-1)
    found = [spans.of(work, chat_id, name, rows, first, last) for name, rows in counted.items()]
    meaning = nested("stats.strength_means") if found else None
    ending = [meaning, reasons.summary(work, chat_id, today), notices.of(holds.row(work, chat_id), today)]
    for start in range(0, max(1, len(found)), TOGETHER):
        page = found[start : start + TOGETHER]
        told = [_words(one, first) for one in page] or [nested("stats.none")]
        if start + TOGETHER >= len(found):
            told += filter(None, ending)
        picture = {"picture": _picture(page, first, today)} if page else {}
        outbox.say(work, chat_id, "stats.all", {"habits_text": lines(told)} | picture)


def _counted(work: Work, chat_id: int) -> dict[str, Sequence[Any]]:
    """The day rows of each habit in which something was answered or missed."""
    names = [habit.id for habit in work.around.library.habits.values() if habit.counts]
    rows_of = {name: days.of(work.tx, chat_id, name) for name in names}
    return {name: rows for name, rows in rows_of.items() if any(map(_is_counted, rows))}


def _is_counted(row: Any) -> bool:
    return bool(row.done or row.skipped or row.snoozed or row.missed)


def _first_day(today: date, began: Sequence[date]) -> date:
    """The Monday with which the calendar begins: that of a newcomer's own first week."""
    usual = today - timedelta(weeks=WEEKS - 1)
    first = max(usual, min([today, *began]))
    return first - timedelta(days=first.weekday())


def _weeks(first: date, today: date) -> int:
    """How many weeks the calendar has: up to this one, or a few."""
    return max(FEW_WEEKS, (today - first).days // 7 + 1)


def _words(span: Span, first: date) -> Nested:
    facts = [_standing(span)]
    if marks := spans.in_words(span.marks):
        began = first + timedelta(days=len(span.marks) - len(span.marks.lstrip(Mark.BLANK)))
        facts.append(nested("stats.days", since_day=began.isoformat(), days_text=marks))
    facts += filter(None, [_counts(span)])
    return nested("stats.habit", label=span.label, facts_text=lines(facts))


def _standing(span: Span) -> Nested:
    """Streak, best and strength, without what is still zero."""
    now = span.standing.progress
    strength = {"percent": span.percent, "strength_text": overviews.strength_text(now.strength)}
    told = "streak" if now.streak else "best" if now.best else "beginning"
    return nested(f"stats.{told}", streak=now.streak, best=now.best, **strength)


def _counts(span: Span) -> Nested | None:
    """What came of the reminders, and moves beside them, without what is zero; what went by is no reproach."""
    found = []
    skipped, own, snoozed = (span.total(name) for name in ("skipped", "own", "snoozed"))
    done = span.total("done") - own
    if came := sum(_came(row) for row in span.rows):
        answers = {"answered": done + skipped, "done": done, "skipped": skipped}
        found.append(nested("stats.answered" if done or skipped else "stats.came", came=came, **answers))
    if own:
        found.append(nested("stats.own", own=own))
    if snoozed:
        found.append(nested("stats.snoozed", snoozed=snoozed))
    return joined("stats.more", found) if found else None


def _came(row: Any) -> int:
    """How many reminders came on a day; one whose fate is unknown came if it was answered."""
    return max(int(row.prompted), int(row.done - row.own + row.skipped))


def _picture(page: Sequence[Span], first: date, today: date) -> dict[str, object]:
    """What ``pictures.calendar`` draws, its words still to be filled in."""
    return {
        "sort": "calendar",
        "first": first.isoformat(),
        "today": (today - first).days,
        "months_text": nested("span.months"),
        "weekdays_text": nested("span.weekdays"),
        "legend": spans.legend("".join(Mark)),
        "habits": [_drawn(one) for one in page],
    }


def _drawn(span: Span) -> dict[str, object]:
    now = span.standing.progress
    return {
        "label": span.label,
        "days": span.marks,
        "strength": now.strength,
        "streak_text": nested("stats.picture_streak", streak=now.streak) if now.streak else "",
        "best_text": nested("stats.picture_best", best=now.best) if now.best else "",
        "strength_text": nested("span.strength", percent=span.percent),
        "counts_text": _counts(span) or "",
    }

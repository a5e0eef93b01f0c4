"""The Sunday card: seven days of each habit in a picture, and one kind sentence that is true of this person's week.

It asks nothing: its reminders are void from the start, so that none is ever answered, missed or counted. Nobody gets it
who has only begun, or in whose week nothing was done; nor is a habit in it in which nothing was.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from reminderbot.library.models import Habit
from reminderbot.rules.marks import Mark
from reminderbot.services import notices, spans
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.spans import Span
from reminderbot.services.work import Work
from reminderbot.store.queries import days

DAYS = 7
BEGUN_DAYS = 4
"""How many days somebody has to be with us for a first card."""

LONG_STREAK = 7
"""Days from which a streak is worth a sentence."""

SOME_OWN = 3
"""Moves on one's own in a week that are worth a sentence."""

AWAY_DAYS = 2 * DAYS
"""How long somebody has been with us who can have come back."""

Rows: TypeAlias = Mapping[str, Sequence[Any]]
"""All day rows of a person, by habit."""


class Planned(NamedTuple):
    """A reminder that is still to be made."""

    chat_id: int
    habit: str
    habit_day: date


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days up to ``last`` of each habit that asked something in them or in the seven days before.

    ``before`` is how much was done of each in those seven days, and ``began`` the person's very first day.
    """

    last: date
    began: date
    spans: Sequence[Span]
    before: Sequence[int]

    def total(self, name: str) -> int:
        """The sum of a count over all habits."""
        return sum(span.total(name) for span in self.spans)

    @property
    def shown(self) -> Sequence[tuple[Span, int]]:
        """The habits in which something was done, each with how much the week before: nobody is shown mere misses."""
        pairs = zip(self.spans, self.before, strict=True)
        return [(span, before) for span, before in pairs if span.total("done")]

    @property
    def is_whole(self) -> bool:
        """Whether something was kept, and nothing is missing in any habit, nor today."""
        marks = "".join(span.marks for span in self.spans)
        slipped = any(mark in marks for mark in (Mark.PART, Mark.MISSED, Mark.FROZEN))
        return Mark.KEPT in marks and not slipped and all(span.marks[-1] != Mark.BLANK for span in self.spans)

    @property
    def is_saved(self) -> bool:
        """Whether a freeze has saved a streak, and nothing has ended it since."""
        return any(
            Mark.FROZEN in span.marks and Mark.MISSED not in span.marks and Mark.PART not in span.marks
            for span, _ in self.shown
        )

    @property
    def is_first_back(self) -> bool:
        """Whether something was done, and nothing in the week before, of somebody who has been with us for longer."""
        return self.more > 0 and not sum(self.before) and (self.last - self.began).days >= AWAY_DAYS

    @property
    def more(self) -> int:
        """How much more was done than in the week before."""
        return self.total("done") - sum(self.before)

    @property
    def longest(self) -> Span:
        """The habit with the longest streak."""
        return max((span for span, _ in self.shown), key=lambda span: span.standing.progress.streak)


def gather(work: Work, reminders: Iterable[Any], most: int) -> Mapping[int, Rows]:
    """The day rows, in one statement, of the first people, ``most`` of them, to whom a reminder shows a week."""
    habits = work.around.library.habits
    shown = (row.chat_id for row in reminders if is_shown_by(work, row))
    chats = list(dict.fromkeys(shown))[:most]
    found: dict[int, dict[str, Sequence[Any]]] = {chat_id: {} for chat_id in chats}
    for (chat_id, name), rows in groupby(days.of_chats(work.tx, chats), itemgetter(0, 1)):
        if name in habits and habits[name].counts:
            found[chat_id][name] = list(rows)
    return found


def is_shown_by(work: Work, reminder: Any) -> bool:
    """Whether a reminder shows a week."""
    habit = work.around.library.habits.get(reminder.habit)
    return habit is not None and habit.cards == "week"


def has_something(work: Work, planned: Planned) -> bool:
    """Whether a reminder that shows a week would, as things stand, have one to sum up; any other one has."""
    if not is_shown_by(work, planned):
        return True
    rows = gather(work, [planned], 1)[planned.chat_id]
    return _week(work, planned, rows) is not None


def message(work: Work, habit: Habit, reminder: Any, rows: Rows) -> dict[str, Any] | None:
    """The arguments of the message of a reminder; none when there is nothing to sum up, or it is no day for cheer."""
    found = _week(work, reminder, rows)
    if found is None or (reminder.hold is not None and notices.is_quiet(work, reminder.chat_id)):
        return None
    told = {"title": str(habit.title), "sentence_text": _sentence(work, reminder.chat_id, found)}
    told |= {"habits_text": lines([_words(*pair) for pair in found.shown])}
    buttons = {"habit": habit.id, "unsure": not reminder.zone_confirmed}
    return told | buttons | {"picture": _picture(habit, found)}


def _week(work: Work, reminder: Any, rows: Rows) -> Week | None:
    last = reminder.habit_day
    first = last - timedelta(days=DAYS - 1)
    began = min((those[0].habit_day for those in rows.values()), default=last)
    if (last - began).days + 1 < BEGUN_DAYS:
        return None
    recent = {name: _since(first - timedelta(days=DAYS), those) for name, those in rows.items()}
    lived = [name for name, those in recent.items() if any(row.done or row.missed for row in those)]
    found = [spans.of(work, reminder.chat_id, name, rows[name], first, last) for name in lived]
    before = [sum(row.done for row in recent[name] if row.habit_day < first) for name in lived]
    week = Week(last, began, found, before)
    return week if week.total("done") else None


def _since(first: date, rows: Sequence[Any]) -> list[Any]:
    """The rows of two weeks; a habit has at most one for each day."""
    return [row for row in rows[-2 * DAYS :] if row.habit_day >= first]


_TRUE: Mapping[str, Callable[[Week], bool]] = {
    "whole": lambda week: week.is_whole,
    "froze": lambda week: week.is_saved,
    "back": lambda week: week.is_first_back,
    "more": lambda week: sum(week.before) > 0 and week.more > 0,
    "streak": lambda week: week.longest.standing.progress.streak >= LONG_STREAK,
    "own": lambda week: week.total("own") >= SOME_OWN,
}
"""Sorts of sentences, and of which weeks they are true."""


def _sentence(work: Work, chat_id: int, week: Week) -> Nested:
    """One of the sentences that are true, another one each week; else one that is true of any week."""
    kinds = [kind for kind, is_true in _TRUE.items() if is_true(week)]
    begin = tuple(f"week.{kind}_" for kind in kinds or ["some"])
    names = [name for name in work.around.library.messages if name.startswith(begin)]
    chosen = names[(chat_id + week.last.toordinal() // DAYS) % len(names)]
    return nested(
        chosen,
        done=week.total("done"),
        more=week.more,
        own=week.total("own"),
        label=week.longest.label,
        streak=week.longest.standing.progress.streak,
    )


def _words(span: Span, before: int) -> Nested:
    days_text = spans.in_words(span.marks) or nested("week.no_days")
    told = {"done_text": _done(span, before), "days_text": days_text, "percent": span.percent}
    return nested("week.habit", label=span.label, **told)


def _done(span: Span, before: int) -> Nested:
    done = nested("week.done", done=span.total("done"))
    change = _change(span, before)
    return nested("span.more", first_text=done, rest_text=change) if change else done


def _change(span: Span, before: int) -> Nested | None:
    """The week beside the one before it: told when it was more, or as much."""
    done = span.total("done")
    if not before or done < before:
        return None
    return nested("week.more", more=done - before) if done > before else nested("week.same")


def _picture(habit: Habit, week: Week) -> dict[str, object]:
    """What ``pictures.week`` draws, its words still to be filled in."""
    first = week.last - timedelta(days=DAYS - 1)
    return {
        "sort": "week",
        "first": first.isoformat(),
        "today": (week.spans[0].standing.today.day - first).days,
        "title_text": str(habit.title),
        "span_text": nested("week.span", first_day=first.isoformat(), last_day=week.last.isoformat()),
        "weekdays_text": nested("span.weekdays"),
        "legend": spans.legend("".join(span.marks for span, _ in week.shown)),
        "habits": [_drawn(*pair) for pair in week.shown],
    }


def _drawn(span: Span, before: int) -> dict[str, object]:
    return {
        "label": span.label,
        "days": span.marks,
        "done_text": nested("week.done", done=span.total("done")),
        "change_text": _change(span, before) or "",
        "strength": span.standing.progress.strength,
        "strength_text": nested("span.strength", percent=span.percent),
    }

"""What a person is shown of a file from another server, before anything of it is taken over."""

from collections.abc import Iterable, Iterator
from datetime import date

from reminderbot.library.choosing import CHOICES
from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.services import reminders, schedules
from reminderbot.services.exported import About, Day, Plan
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.schedules import Schedule
from reminderbot.services.sifting import Found
from reminderbot.services.work import Work


def lines_of(work: Work, chat_id: int, found: Found) -> Nested:
    """What would be taken over, and how much is left out, a line each."""
    here = schedules.of(work, chat_id)
    shown = [*_days(here, found.days), *_plans(here, found.plans), *_about(found.about), *_safety(found)]
    if found.singles:
        shown.append(nested("import.singles", singles=len(found.singles)))
    if found.left_out:
        shown.append(nested("import.left_out", things=found.left_out))
    return lines(shown or [nested("import.as_here")])


def _days(here: Schedule, days: Iterable[Day]) -> Iterator[Nested]:
    by_habit: dict[str, list[date]] = {}
    for day in days:
        by_habit.setdefault(day.habit, []).append(day.habit_day)
    for habit, those in by_habit.items():
        first = min(those)
        since = f"{first.day} {first:%B %Y}"
        yield nested("import.days", label=here.label(habit), days=len(those), since=since)


def _plans(here: Schedule, plans: Iterable[Plan]) -> Iterator[Nested]:
    """Those that would change something."""
    known = {(row.habit, row.plan, bool(row.off)) for row in here.rows}
    for row in plans:
        if (row.habit, row.plan, row.off) not in known:
            plan = schedules.plan_text(reminders.plan_of(row.plan))
            template = "plan.line_off" if row.off else "plan.line"
            yield nested(template, label=here.label(row.habit), plan_text=plan)


def _about(about: About) -> Iterator[Nested]:
    if about.zone:
        yield nested("import.zone", zone=about.zone)
    if about.day_start is not None:
        template = "settings.begins" if about.day_start else "settings.midnight"
        yield nested(template, day_start=about.day_start)
    for what in CHOICES:
        if value := getattr(about, what):
            yield nested(f"import.{what}", **{f"{what}_text": nested(f"settings.{what}_{value}")})
    if about.silent is not None:
        yield nested(
            "import.silent", silent_text=nested(f"settings.silent_{'on' if about.silent else 'off'}")
        )
    if about.card_due_at:
        yield nested("import.card", card_text=nested("settings.card_on"))
    for tag in AVOID_ANSWERS:
        if tag in (about.avoid or ()):
            yield nested("import.avoid", avoid_text=nested(f"avoid.{tag}"))


def _safety(found: Found) -> Iterator[Nested]:
    if found.dropped:
        yield nested("import.dropped", cards=len(found.dropped))
    if found.held:
        yield nested("import.held_mental" if found.held.mental else "import.held")
    elif found.returns_on:
        yield nested("import.returning")

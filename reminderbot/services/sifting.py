"""What of an export can be taken over here: only what is the person's own, possible, and known to this content."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Row

from reminderbot.library.models import AVOID_TAGS
from reminderbot.rules import clock, returning, timewords
from reminderbot.services import exported, holds, once, reminders
from reminderbot.services.days import REMINDERS_KEPT
from reminderbot.services.exported import Export, WrongFileError
from reminderbot.services.work import Work
from reminderbot.store.tables import Hold

MOST_ROWS: Final = 20_000
"""Rows of a table that are looked at: three habits for eighteen years."""

OLDEST_DAY: Final = timedelta(days=20 * 366)

CLOCKS_APART: Final = timedelta(days=2)
"""More than any two clocks on Earth differ: what is farther from an instant is no local time of it."""

M = TypeVar("M", bound=BaseModel)


class Held(BaseModel):
    """A hold that goes on here."""

    level: Literal["emergency", "urgent"]
    mental: bool


class Found(BaseModel):
    """What can be taken over, and how much was left out."""

    model_config = ConfigDict(frozen=True)

    about: exported.About
    plans: list[exported.Plan]
    days: list[exported.Day]
    reminders: list[exported.Reminder]
    singles: list[exported.Single] = []
    dropped: list[exported.Dropped]
    held: Held | None
    returns_on: date | None
    left_out: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that would change anything."""
        some = self.plans or self.days or self.singles or self.dropped or self.held or self.returns_on
        return not some and not self.about.model_dump(exclude_defaults=True)


def sift(work: Work, who: Row[Any], export: Export) -> Found:
    """Find out what a subscriber can take over from a file; raises WrongFileError when all of it is somebody else's."""
    return _Sieve(work, who).found(export)


class _Sieve:
    def __init__(self, work: Work, who: Row[Any]) -> None:
        self._work, self._who, self._library = work, who, work.around.library
        self._today = self._day_by(exported.About())
        self._left_out = 0

    def found(self, export: Export) -> Found:
        about = self._about(export.subscriber)
        self._today = self._day_by(about)
        plans = self._rows(exported.Plan, export.cadence, self._is_plan)
        days = self._rows(exported.Day, export.day, self._is_day)
        held, returns_on = self._hold(export.safety)
        return Found(
            about=about,
            plans=[_canonical(plan) for plan in _one_each(plans, lambda plan: plan.habit)],
            days=self._over(_one_each(days, lambda day: (day.habit, day.habit_day))),
            reminders=self._among(exported.Reminder, export.reminder, self._is_reminder),
            singles=self._among(exported.Single, export.reminder, self._is_single),
            dropped=self._rows(exported.Dropped, export.dropped_card, self._is_card),
            held=held,
            returns_on=returns_on,
            left_out=self._left_out,
        )

    def _day_by(self, about: exported.About) -> date:
        """The habit day that it is by the clock that the person will have here."""
        start = self._who.day_start if about.day_start is None else about.day_start
        return clock.habit_day(self._work.at, clock.zone(about.zone or self._who.zone), start)

    def _over(self, days: Iterable[exported.Day]) -> list[exported.Day]:
        """Without today: it counts from what is done here, so it is not left out as something strange."""
        return [day for day in days if day.habit_day < self._today]

    def _about(self, raw: Sequence[Any]) -> exported.About:
        mine = self._own(raw)
        if raw and not mine:
            raise WrongFileError("import.of_another")
        about = self._lenient(exported.About, mine[0]) if mine else exported.About()
        known = [tag for tag in about.avoid or () if tag in AVOID_TAGS]
        self._left_out += len(about.avoid or ()) - len(known)
        avoid = known if about.avoid is not None else None
        zone = about.zone if about.zone_confirmed else None
        return about.model_copy(update={"avoid": avoid, "zone": zone, "zone_confirmed": zone is not None})

    def _hold(self, raw: Sequence[Any]) -> tuple[Held | None, date | None]:
        """A hold that lasts there, with an open question for one; else the way back from one."""
        mine = self._own(raw)
        found = _read(exported.Safety, mine[0]) if mine else None
        if found is None:
            self._left_out += len(raw)
            return None, None
        if found.hold in (Hold.HELD, Hold.ASKING):
            level: Literal["emergency", "urgent"] = (
                "emergency" if found.level == holds.EMERGENCY else "urgent"
            )
            return Held(level=level, mental=found.mental), None
        goes_on = found.hold == Hold.RETURNING and returning.lasts(found.returns_on, self._today)
        return None, found.returns_on if goes_on else None

    def _among(self, model: type[M], raw: Sequence[Any], fits: Callable[[M], bool]) -> list[M]:
        """Of the reminders those of one sort; the others are not counted as left out.

        Those of the last days that are over, so that an answer given for them later counts like any other: the day
        rows tell the same. And those that were asked for and are to come.
        """
        before = self._left_out
        found = self._rows(model, raw, fits)
        self._left_out = before
        return found

    def _own(self, raw: Sequence[Any]) -> list[dict[str, Any]]:
        return [row for row in raw if isinstance(row, dict) and row.get("chat_id") == self._who.chat_id]

    def _rows(self, model: type[M], raw: Sequence[Any], fits: Callable[[M], bool]) -> list[M]:
        """The person's own rows that are possible; all others are counted as left out."""
        read = (_read(model, row) for row in self._own(raw[:MOST_ROWS]))
        kept = [row for row in read if row is not None and fits(row)]
        self._left_out += len(raw) - len(kept)
        return kept

    def _lenient(self, model: type[M], row: dict[str, Any]) -> M:
        """A row without those of its values that are impossible; each is counted as left out."""
        try:
            return model.model_validate(row)
        except ValidationError as error:
            wrong = {
                problem["loc"][0] for problem in error.errors(include_input=False, include_context=False)
            }
            self._left_out += len(wrong)
            return model.model_validate({name: value for name, value in row.items() if name not in wrong})

    def _is_plan(self, row: exported.Plan) -> bool:
        try:
            reminders.plan_of(row.plan)
        except ValueError:
            return False
        return row.habit in self._library.habits

    def _is_day(self, row: exported.Day) -> bool:
        return self._counts(row.habit) and self._today - OLDEST_DAY < row.habit_day <= self._today

    def _is_reminder(self, row: exported.Reminder) -> bool:
        young = self._today - REMINDERS_KEPT < row.habit_day < self._today
        near = abs((row.due_at.date() - row.habit_day).days) <= 2
        in_time = row.answered_at is None or abs(row.answered_at - row.due_at) <= REMINDERS_KEPT
        return self._counts(row.habit) and young and near and in_time and not row.due_at.microsecond

    def _is_single(self, row: exported.Single) -> bool:
        is_to_come = self._work.at < row.due_at <= self._work.at + once.FARTHEST
        named = row.asked_for or row.due_at.replace(tzinfo=None)
        near = abs(named - row.due_at.replace(tzinfo=None)) < CLOCKS_APART
        return self._counts(row.habit) and is_to_come and near

    def _is_card(self, row: exported.Dropped) -> bool:
        return self._library.card(row.card) is not None

    def _counts(self, habit: str) -> bool:
        return habit in self._library.habits and self._library.habits[habit].counts


def _read(model: type[M], row: dict[str, Any]) -> M | None:
    try:
        return model.model_validate(row)
    except ValidationError:
        return None


def _one_each(rows: Iterable[M], key: Callable[[M], Hashable]) -> list[M]:
    """The last one of each key."""
    return list({key(row): row for row in rows}.values())


def _canonical(row: exported.Plan) -> exported.Plan:
    return row.model_copy(update={"plan": timewords.describe(reminders.plan_of(row.plan))})

"""What is known of one person at a moment of the retelling, and the plain rules of time for it (design.md 6, 7)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.acceptance.month.deeds import Key
from tests.acceptance.month.options import Options
from tests.acceptance.month.plans import Every, Plan, Point, after
from tests.acceptance.month.walls import Wall, wall

DAY = timedelta(days=1)
LATE = {"move": timedelta(minutes=15), "stretch": timedelta(hours=6)}
QUIET = 21 * 60
"""From this minute of the day on, nothing goes out that is late at all."""

ON_TIME = timedelta(seconds=60)
WAY_BACK = 3
"""Habit days."""

NEVER = datetime.max.replace(tzinfo=ZoneInfo("UTC"))
ANSWERS = ("done", "skip", "snooze")


@dataclass
class Row:
    """One reminder, or one move of somebody's own, as it ought to be."""

    key: Key
    day: date
    closes: datetime
    expires: datetime
    origin: str = "cadence"  # snooze: it comes back; own: done without being asked
    parent: Key | None = None
    arrived: datetime | None = None
    message_id: int | None = None
    known: bool = False  # the bot knows that it has arrived
    pending: bool = False
    outcome: str | None = None
    answered_at: datetime | None = None

    @property
    def never_came(self) -> bool:
        """Whether it is a snoozed one that has not come back."""
        return self.parent is not None and self.arrived is None


@dataclass
class Memory:
    """Zone, plans and standing of one person, and every reminder so far."""

    options: Options
    zone: str = "UTC"
    plans: dict[str, Plan] = field(default_factory=dict)
    standing: str = ""  # "", active, stopped or unreachable
    paused_on: date = date.min
    resumes_on: date = date.min
    """The days from the one to the other, without the latter, are paused."""
    held: bool = False
    held_from: date | None = None
    held_until: date | None = None
    returns_on: date | None = None
    heard_on: date = date.min
    quiet: bool = False
    """Asked after two silent weeks, and not heard since."""
    rows: dict[Key, Row] = field(default_factory=dict)
    reached: dict[str, datetime] = field(default_factory=dict)
    """Up to when the points of each habit are accounted for."""

    @property
    def wall(self) -> Wall:
        """The person's clock."""
        return wall(self.zone, self.options.begin, self.options.end)

    def next_point(self, habit: str) -> Point | None:
        """The next point of a habit that is not accounted for."""
        if self.standing != "active" or self.quiet or habit not in self.plans:
            return None
        coming = after(self.plans[habit], self.zone, self.options, self.reached[habit])
        return coming[0] if coming else None

    def replan(self, now: datetime, *habits: str) -> None:
        """Go on with the first point from now on, or from the end of a pause on."""
        since = now
        if self.is_paused(self.wall.day(now)):
            since = (
                NEVER
                if self.resumes_on == date.max
                else self.wall.begins(self.resumes_on) - timedelta.resolution
            )
        for habit in habits or self.plans:
            self.reached[habit] = since

    def hear(self, now: datetime) -> None:
        """They have written or tapped something: what was planned goes on."""
        self.heard_on = self.wall.day(now)
        if self.quiet:
            self.quiet = False
            self.replan(now)

    def is_silent(self, day: date, closed_by: datetime | None = None) -> bool:
        """Whether they were last heard two weeks before, and have answered nothing on what makes two weeks of days.

        ``closed_by``: also as if the days that are over then were known to be over.
        """
        missed = (row for row in self.rows.values() if row.outcome == "missed" or _is_over(row, closed_by))
        left = {row.day for row in missed if row.day > self.heard_on}
        weekdays = {day.weekday() for day in left}
        return day >= self.heard_on + 14 * DAY and len(left) >= max(2 * len(weekdays), 5)

    def row_of(self, habit: str, point: Point) -> Row:
        """The reminder that a point becomes: its day is that of its nominal time."""
        day = (point.shown - timedelta(hours=3)).date()
        closes = self.wall.begins(day + DAY)
        if closes <= point.at:  # a gap has moved it to where its day is over
            closes = self.wall.begins(day + 2 * DAY)
        return Row(Key(habit, point.at), day, closes, self.expiry(habit, point.at, point.shown))

    def expiry(self, habit: str, at: datetime, shown: datetime | None = None) -> datetime:
        """After which instant a reminder is not sent."""
        shown = shown or at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        midnight, plan = datetime(shown.year, shown.month, shown.day), self.plans.get(habit)
        latest = at + LATE[habit]
        if plan and (end := plan.window_end(shown)) is not None:
            latest = min(latest, self.wall.met(midnight + timedelta(minutes=end)))
        return min(latest, max(self.wall.met(midnight + timedelta(minutes=QUIET)), at + ON_TIME))

    def put_off_until(self, row: Row) -> datetime:
        """Before which instant a reminder that is put off comes back: the end of its window, else of its day."""
        shown = row.key.due_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        plan, midnight = self.plans.get(row.key.habit), datetime(shown.year, shown.month, shown.day)
        end = plan.window_end(shown) if plan else None
        if end is None:
            return row.closes
        return min(row.closes, self.wall.met(midnight + timedelta(minutes=end)))

    def is_paused(self, day: date) -> bool:
        """Whether a habit day is paused, so that nothing comes on it and nothing of it can be missed."""
        return self.paused_on <= day < self.resumes_on

    def pause(self, today: date, resumes_on: date) -> None:
        """Pause from now on; what was paused up to now stays so."""
        if not self.is_paused(today):
            self.paused_on = today
        self.resumes_on = resumes_on

    def rests(self, day: date) -> bool:
        """Whether a habit day was on hold, so that nothing of it can be missed."""
        if self.held_from is None:
            return False
        return self.held_from <= day and (self.held or day <= (self.held_until or date.max))

    def is_on_way_back(self, day: date) -> bool:
        """Whether a habit day is one of the three gentle ones after a check."""
        first = self.returns_on
        return not self.held and first is not None and first <= day < first + WAY_BACK * DAY

    def is_left_out(self, row: Row) -> bool:
        """Whether the point before it on the way back was sent."""
        first = self.returns_on or date.max
        before = [one for one in self.rows.values() if one.key.habit == row.key.habit and one.origin == "cadence"
                  and one.day >= first and one.key.due_at < row.key.due_at]  # fmt: skip
        return bool(before) and max(before, key=lambda one: one.key.due_at).arrived is not None

    def free_second(self, habit: str, at: datetime) -> datetime:
        """The first second from an instant on that names no reminder of a habit, and is no whole minute."""
        while at.second == 0 or Key(habit, at) in self.rows:
            at += timedelta(seconds=1)
        return at

    def spare(self, habit: str, done_at: datetime) -> None:
        """A move done less than half an interval before a point makes that point void."""
        plan = self.plans.get(habit)
        if self.standing != "active" or not isinstance(plan, Every):
            return
        coming = after(plan, self.zone, self.options, max(self.reached[habit], done_at))
        if coming and coming[0].at - done_at < timedelta(minutes=plan.minutes) / 2:
            row = self.row_of(habit, coming[0])
            row.outcome = "void"
            self.rows.setdefault(row.key, row)

    def unspare(self, habit: str, now: datetime) -> None:
        """Bring back the coming points that a move had made void."""
        for key in [key for key, row in self.rows.items() if _is_spared(row) and key.habit == habit]:
            if key.due_at > now:
                del self.rows[key]
        self.replan(now, habit)

    def open_rows(self) -> Iterator[Row]:
        """Reminders without an answer whose day is not known to be over."""
        return (row for row in self.rows.values() if row.outcome is None)


def _is_over(row: Row, now: datetime | None) -> bool:
    return row.outcome is None and row.arrived is not None and now is not None and row.closes <= now


def _is_spared(row: Row) -> bool:
    return row.origin == "cadence" and row.arrived is None and row.outcome == "void"

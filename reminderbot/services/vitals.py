"""How the bot fares: whether all its parts work, and figures of what it does. Nothing here names a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from reminderbot.services import ladder
from reminderbot.services.counting import Counts
from reminderbot.services.work import Work
from reminderbot.store import schema
from reminderbot.store.engine import StoreError
from reminderbot.store.queries import vitals
from reminderbot.store.tables import CaseState, Lane

NOTED_EVERY = timedelta(seconds=3)
"""How far apart two notes are that a worker ticks, however many workers there are."""

TICK_LATE = timedelta(seconds=10)
"""A last tick that is older means that no worker ticks."""

DAYS_COUNTED = 7
"""Days in UTC, today among them, of which is known how often something happened on each."""

DAILY = "sends"
"""What is counted by the day, too."""

_ON = f"{DAILY} on "

DUE_LATE = timedelta(seconds=60)
"""What has been due for longer means that nobody takes it up.

Reminders that are made and wait for the pace don't count: 10,000 people who are due at nine wait for minutes.
"""

UNSEEN = (CaseState.OPEN, CaseState.UNANSWERED)
"""States of a case that nobody has acknowledged."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part that was looked at: whether it works, and why that is said."""

    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is to know at one instant; spans are in seconds."""

    due_lag: float
    """Since the oldest reminder that is not out yet was due, made or not."""
    waiting: Mapping[Lane, int]
    """Rows that could go out now."""
    cases: Mapping[CaseState, int]
    """Cases that are not closed."""
    unacknowledged: float
    """Since the oldest case was opened that nobody has acknowledged; 0 without any."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class Sends:
    """Calls that messages and edits were sent with, by what became of them: today, and in all days that are known."""

    since: date
    today: Mapping[str, int]
    all_days: Mapping[str, int]


def note(work: Work, counts: Counts) -> None:
    """A worker has ticked, and has counted this since it noted that last."""
    today = {(_on(work.at), kind): times for (what, kind), times in counts.items() if what == DAILY}
    vitals.add(work.tx, {**counts, **today})
    last = vitals.last_tick(work.tx)
    # One that lies ahead was noted before the clock was set back.
    if last is None or not timedelta() <= work.at - last < NOTED_EVERY:
        vitals.note_tick(work.tx, work.at)


def checks(work: Work) -> dict[str, Check]:
    """Look at every part by its name."""
    return {
        "schema": _schema(work),
        "tick": _tick(work),
        "due": _due(work),
        "cases": _cases(work),
    }


def figures(work: Work) -> Figures:
    """Gather the figures."""
    tx = work.tx
    cases: dict[CaseState, int] = {state: 0 for state in CaseState if state is not CaseState.CLOSED}
    opened: list[datetime | None] = []
    for row in vitals.cases_by_state(tx):
        cases[CaseState(row.state)] = row.many
        opened += [row.oldest] if row.state in UNSEEN else []
    return Figures(
        due_lag=due_lag(work).total_seconds(),
        waiting=vitals.waiting(tx, work.at),
        cases=cases,
        unacknowledged=_lag(work, opened).total_seconds(),
        counts=vitals.counts(tx),
    )


def due_lag(work: Work) -> timedelta:
    """Since the oldest reminder that is not out yet was due, made or not."""
    return _lag(work, (vitals.oldest_cadence(work.tx), vitals.oldest_reminder(work.tx)))


def sends(work: Work, counts: Counts) -> Sends:
    """What became of what was sent on the last days, out of all counts."""
    by_day: dict[date, Counter[str]] = defaultdict(Counter)
    for (what, kind), times in counts.items():
        if what.startswith(_ON):
            by_day[date.fromisoformat(what.removeprefix(_ON))][kind] = times
    today = day(work.at)
    return Sends(min(by_day, default=today), by_day[today], sum(by_day.values(), Counter()))


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` counts of days that are no longer told; returns how many."""
    return vitals.sweep_counts(work.tx, _ON, _on(work.at - timedelta(days=DAYS_COUNTED - 1)), limit)


def day(at: datetime) -> date:
    """The day of an instant, in UTC."""
    return at.astimezone(UTC).date()


def _on(at: datetime) -> str:
    return f"{_ON}{day(at)}"


def _schema(work: Work) -> Check:
    try:
        found = schema.revision(work.tx)
    except StoreError:  # the next version is being started beside this one, which can go on
        return Check(ok=True, reason="the tables are newer than this program")
    if found == schema.newest():
        return Check(ok=True, reason="the tables are up to date")
    return Check(ok=False, reason="the tables are older than this program; run `reminderbot migrate`")


def _tick(work: Work) -> Check:
    last = vitals.last_tick(work.tx)
    if last is None:
        return Check(ok=False, reason="no worker has ticked yet")
    ago = _lag(work, [last])
    return Check(ago <= TICK_LATE, f"the last tick was {_seconds(ago)} ago")


def _due(work: Work) -> Check:
    tx = work.tx
    since = [vitals.oldest_cadence(tx), vitals.oldest_update(tx)]
    since += [vitals.oldest_message(tx, lane) for lane in (Lane.SAFETY, Lane.ANSWER)]
    lag = _lag(work, since)
    if not lag:
        return Check(ok=True, reason="nothing is due")
    return Check(lag <= DUE_LATE, f"the oldest due row has waited for {_seconds(lag)}")


def _cases(work: Work) -> Check:
    late = len(ladder.overdue(work))
    return Check(not late, f"cases that are late: {late}" if late else "every case is on time")


def _lag(work: Work, moments: Iterable[datetime | None]) -> timedelta:
    """How long ago the first of these was; zero when none of them has come."""
    oldest = min((moment for moment in moments if moment), default=work.at)
    return max(timedelta(), work.at - oldest)


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f} s"

"""Until when a reminder is still worth sending (design, 6 Late)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from reminderbot.rules import cadence, clock

ON_TIME = timedelta(seconds=60)
"""A reminder sent within this span of its due moment is not late."""

ASKED = timedelta(minutes=15)
"""How late at night a reminder may be whose moment the person has named."""


def expires_at(
    due: cadence.Due, plan: cadence.Cadence, zone: ZoneInfo, late_minutes: int, quiet_from: time
) -> datetime:
    """The UTC instant after which a reminder is not sent.

    It is the earliest of: ``late_minutes`` after it was due; the end of its window, for an ``every`` cadence; and
    ``quiet_from`` local time, after which only a reminder that is not late at all goes out.
    """
    latest = due.at + timedelta(minutes=late_minutes)
    if isinstance(plan, cadence.Every) and (window := cadence.window_of(plan, due.wall)):
        midnight = datetime.combine(due.wall.date(), time())
        latest = min(latest, clock.instant(midnight + timedelta(minutes=window.end), zone))
    quiet = clock.instant(datetime.combine(due.wall.date(), quiet_from), zone)
    return min(latest, max(quiet, due.at + ON_TIME))


def asked_expires_at(at: datetime, zone: ZoneInfo, late_minutes: int, quiet_from: time) -> datetime:
    """The UTC instant after which a reminder is not sent whose moment the person has named.

    It may be ``late_minutes`` late, whatever the hours of its habit; from ``quiet_from`` local time on only a little.
    """
    quiet = clock.instant(datetime.combine(clock.wall_of(at, zone).date(), quiet_from), zone)
    return min(at + timedelta(minutes=late_minutes), max(quiet, at + ASKED))

"""Promises of time: the right local minute over every change of the clocks, and nothing late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery, Outcome
from tests.telegram.looking import clocks, fates, nudges
from tests.world import Somebody, World, world

HALF_HOURS = ["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00", "3:30"]
OFFICE = ["9:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"]

CHANGES = [
    ("Europe/Berlin", "2026-03-29", {"2:00", "2:30"}),
    ("Europe/Berlin", "2026-10-25", set()),
    ("America/New_York", "2026-03-08", {"2:00", "2:30"}),
    ("America/New_York", "2026-11-01", set()),
    ("Australia/Lord_Howe", "2026-04-05", set()),
    ("Australia/Lord_Howe", "2026-10-04", {"2:00"}),
]
"""Zone, the Sunday on which its clocks change, and what its clocks do not show that night."""


def local(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("zone", "day", "unseen"), CHANGES)
def test_in_the_night_of_the_change_each_half_hour_comes_once(
    store: Store, around: Surroundings, zone: str, day: str, unseen: set[str]
) -> None:
    with world(store, around, local(zone, f"{day}T00:00") - _hours(2)) as here:
        ana = here.person("Ana", zone)
        ana.says("/remind move every 30m 0:00-4:00 sun")
        ana.says("/remind stretch off")
        here.until(local(zone, f"{day}T05:00"))
        assert clocks(ana, zone) == [f"Sun {half}" for half in HALF_HOURS if half not in unseen]
        offsets = [nudge.at.astimezone(ZoneInfo(zone)).fold for nudge in nudges(ana)]
        assert offsets == [0] * len(offsets), "of a repeated time, the first counts"


@pytest.mark.parametrize(("zone", "day"), [change[:2] for change in CHANGES])
def test_office_hours_keep_their_minute_from_friday_to_monday(
    store: Store, around: Surroundings, zone: str, day: str
) -> None:
    sunday = local(zone, f"{day}T12:00")
    with world(store, around, sunday - _hours(52.5)) as here:
        ana = here.person("Ana", zone)
        here.until(sunday + _hours(30))
        weekend = [at for at in clocks(ana, zone) if at.startswith(("Sat", "Sun"))]
        assert weekend == []
        assert clocks(ana, zone) == [f"{name} {hour}" for name in ("Fri", "Mon") for hour in OFFICE]


@pytest.mark.parametrize(
    ("zone", "day", "lands"),
    [
        ("Europe/Berlin", "2026-03-29", "Sun 3:00"),
        ("America/New_York", "2026-03-08", "Sun 3:00"),
        ("Australia/Lord_Howe", "2026-10-04", "Sun 2:30"),
        ("Europe/Berlin", "2026-10-25", "Sun 2:15"),
    ],
)
def test_a_stretch_at_a_quarter_past_two_comes_once(
    store: Store, around: Surroundings, zone: str, day: str, lands: str
) -> None:
    with world(store, around, local(zone, f"{day}T00:00") - _hours(2)) as here:
        ana = here.person("Ana", zone)
        ana.says("/remind stretch 2:15")
        here.until(local(zone, f"{day}T12:00"))
        assert clocks(ana, zone, "stretch") == [lands]
        assert nudges(ana, "stretch")[0].at.astimezone(ZoneInfo(zone)).fold == 0


def down(here: World, begin: str, end: str) -> None:
    """The bot is down between two times of this Monday."""
    here.until(_today(here, begin))
    here.now = _today(here, end)
    here.settle()


def test_three_hours_down_bring_one_nudge_at_most(here: World, ana: Somebody) -> None:
    down(here, "13:30", "16:30")
    assert clocks(ana) == ["Mon 9:00", "Mon 10:00", "Mon 11:00", "Mon 13:00"]
    down(here, "16:30", "16:40")
    assert len(nudges(ana)) == 4


def test_after_an_outage_only_the_last_nudge_comes(here: World, ana: Somebody) -> None:
    down(here, "9:30", "13:05")
    assert clocks(ana) == ["Mon 9:00", "Mon 13:05"]
    here.until(_today(here, "14:30"))
    assert clocks(ana) == ["Mon 9:00", "Mon 13:05", "Mon 14:00"]


def test_three_days_down_bring_one_nudge_and_one_stretch(here: World, ana: Somebody) -> None:
    here.until(_today(here, "9:30"))
    here.skip(hours=71, minutes=33)
    here.settle()
    assert clocks(ana) == ["Mon 9:00", "Thu 9:03"]
    assert clocks(ana, habit="stretch") == ["Thu 9:03"]


def test_a_restart_after_an_outage_makes_no_burst_either(here: World, ana: Somebody) -> None:
    here.until(_today(here, "9:30"))
    here.skip(hours=3, minutes=32)
    here.restart()
    here.restart()
    assert clocks(ana) == ["Mon 9:00", "Mon 13:02"]


@pytest.mark.parametrize(
    ("plan", "begin", "end", "comes"),
    [
        ("move every 60m 9:00-17:00", "9:59", "10:14", True),
        ("move every 60m 9:00-17:00", "9:59", "10:16", False),
        ("move every 45m 9:00-9:50", "9:40", "9:49", True),
        ("move every 45m 9:00-9:50", "9:40", "9:51", False),
        ("move every 45m 20:15-22:00", "20:55", "21:00", True),
        ("move every 45m 20:15-22:00", "20:55", "21:05", False),
        ("stretch 9:30", "9:20", "15:29", True),
        ("stretch 9:30", "9:20", "15:31", False),
        ("stretch 20:00", "19:59", "20:59", True),
        ("stretch 20:00", "19:59", "21:01", False),
        ("stretch 22:00", "21:59", "22:00", True),
        ("stretch 22:00", "21:59", "22:05", False),
    ],
)
def test_what_is_too_late_is_not_sent_and_counts_for_nothing(
    here: World, ana: Somebody, plan: str, begin: str, end: str, comes: bool
) -> None:
    habit = plan.split()[0]
    other = "stretch" if habit == "move" else "move"
    ana.says(f"/remind {plan} daily")
    ana.says(f"/remind {other} off")
    here.until(_today(here, begin))
    before = len(nudges(ana, habit))
    here.now = _today(here, end)
    here.settle()
    assert len(nudges(ana, habit)) - before == int(comes)
    assert fates(ana, habit)[-1] == ((Delivery.SENT, None) if comes else (Delivery.DROPPED, Outcome.VOID))


def test_until_a_zone_is_confirmed_reminders_are_silent_and_ask_about_the_time(here: World) -> None:
    bea = here.person("Bea")
    bea.says("/start")
    here.fast_forward(minutes=10)
    assert [nudge.silent for nudge in nudges(bea)] == [True]
    assert bea.buttons() == ["Done", "Skip", "Snooze", "Wrong time?"]
    bea.says("/timezone Lisbon")
    here.fast_forward(hours=1)
    assert [nudge.silent for nudge in nudges(bea)] == [True, False]
    assert bea.buttons() == ["Done", "Skip", "Snooze"]


def test_a_pause_over_the_change_of_clocks_ends_on_its_day(store: Store, around: Surroundings) -> None:
    zone = "Europe/Berlin"
    with world(store, around, local(zone, "2026-03-27T12:30")) as here:
        ana = here.person("Ana", zone)
        ana.says("/pause until 30 March")
        here.until(local(zone, "2026-03-30T13:30"))
        assert clocks(ana, zone) == ["Mon 9:00", "Mon 10:00", "Mon 11:00", "Mon 13:00"]
        assert clocks(ana, zone, "stretch") == ["Mon 8:30"]


def test_moving_to_another_zone_moves_the_nudges_and_none_comes_twice(here: World, ana: Somebody) -> None:
    here.until(_today(here, "9:30"))
    ana.says("/timezone Europe/Berlin")
    here.until(_today(here, "16:30"))
    keys = [nudge.key for nudge in nudges(ana)]
    assert len(keys) == len(set(keys))
    assert clocks(ana, "Europe/Berlin") == [
        "Mon 10:00", "Mon 11:00", "Mon 13:00", "Mon 14:00", "Mon 15:00", "Mon 16:00",
    ]  # fmt: skip


def _today(here: World, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return here.now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


def _hours(count: float) -> timedelta:
    return timedelta(hours=count)

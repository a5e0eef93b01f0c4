"""The demo's clock jumps while the bot runs beside it: what is due is sent at its time, and named before."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.walker import Walker
from reminderbot.services import horizon
from tests.telegram.holding import report
from tests.telegram.living import lives
from tests.world import Somebody, World

SUNDAY = datetime(2026, 1, 11, 19, 0, tzinfo=UTC)
"""Six in the evening on the Azores, an hour west of UTC."""


class WorldsClock(DemoClock):
    """The clock bar moves the world's clock."""

    def __init__(self, here: World) -> None:
        super().__init__(UTC)
        self._here = here

    def now(self) -> datetime:
        return self._here.now

    def set(self, at: datetime) -> None:
        self._here.now = max(self._here.now, at)


def walker(here: World) -> Walker:
    """As the demo has it."""
    desk, names = here.bot.desk, {body.id: name for name, body in here.people.items()}
    return Walker(
        WorldsClock(here),
        lambda: desk.work(horizon.next_moment),
        lambda: desk.work(horizon.next_reminder, names),
        here.bot.settle,
    )


def jumps(here: World, to: datetime) -> None:
    """The clock jumps, while the sender also goes its own rounds."""

    async def run() -> None:
        sending = asyncio.create_task(here.bot.sender.run())
        await walker(here).jump(to, _progress)
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sending

    here.run(run())


async def _progress(_at: datetime) -> None:
    await asyncio.sleep(0)


def coming(here: World) -> tuple[datetime, str] | None:
    """What the button ``Next reminder`` names."""
    return here.run(walker(here).next_moment())


def cards(ana: Somebody) -> list[Any]:
    """The Sunday cards that have come, as messages."""
    return [message for message in ana.person.messages if message.photo and "Your week" in message.text]


def test_time_stands_still_until_a_picture_that_is_drawn_has_gone_out(here: World) -> None:
    ana, ben = (here.person(name, "Atlantic/Azores") for name in ("Ana", "Ben"))
    lives(here, ana, "move")
    ben.says("/done stretch")
    jumps(here, SUNDAY + timedelta(hours=20))
    assert [card.at for card in (*cards(ana), *cards(ben))] == [SUNDAY, SUNDAY]


def test_the_next_reminder_is_the_sunday_card_where_that_comes_first(here: World) -> None:
    ana = here.person("Ana", "Atlantic/Azores")
    lives(here, ana, "move")
    here.until(SUNDAY - timedelta(minutes=1))
    assert coming(here) == (SUNDAY, "Sunday card for Ana")


def test_a_sunday_card_that_will_not_come_is_not_named(here: World) -> None:
    """Nothing was done in the week, so there is nothing to sum up; nor is there on the way to the next one."""
    ana = here.person("Ana", "Atlantic/Azores")
    lives(here, ana)
    here.until(SUNDAY - timedelta(minutes=1))
    found = coming(here)
    assert found is not None
    assert found[1] != "Sunday card for Ana"


def test_the_sunday_card_is_named_again_after_a_hold_that_is_over(here: World) -> None:
    ana = here.person("Ana", "Atlantic/Azores")
    report(ana)
    ana.says("a clinician has checked me")
    assert coming(here) != (SUNDAY, "Sunday card for Ana")
    lives(here, ana, "move")
    here.until(SUNDAY - timedelta(minutes=1))
    assert coming(here) == (SUNDAY, "Sunday card for Ana")


def test_a_sunday_card_in_the_days_of_the_way_back_is_not_named(here: World) -> None:
    ana = here.person("Ana", "Atlantic/Azores")
    lives(here, ana, "move")
    report(ana)
    ana.says("a clinician has checked me")
    here.until(SUNDAY - timedelta(minutes=1))
    assert coming(here) != (SUNDAY, "Sunday card for Ana")
    jumps(here, SUNDAY + timedelta(minutes=1))
    assert cards(ana) == []


def test_nothing_is_named_after_stop(here: World) -> None:
    """Neither the plan nor what was asked for or put off; it is named again for whoever comes back."""
    ana = here.person("Ana", "UTC")
    here.fast_forward(minutes=6)
    ana.taps("Snooze")
    ana.says("remind me to stretch in 20 minutes")
    ana.says("/stop")
    assert coming(here) is None
    ana.says("/start")
    assert coming(here) is not None


def test_what_was_put_off_into_a_break_is_not_named_but_what_was_asked_for_is(here: World) -> None:
    ana = here.person("Ana", "UTC")
    here.fast_forward(minutes=6)
    ana.taps("Snooze")
    ana.says("remind me to stretch in 20 minutes")
    ana.says("/pause 3d")
    assert coming(here) == (here.now + timedelta(minutes=20, seconds=1), "Stretch for Ana")


def test_where_a_single_reminder_takes_the_place_of_the_plan_it_alone_is_named(here: World) -> None:
    ana = here.person("Ana", "UTC")
    ana.says("remind me at 9:00")
    assert coming(here) == (here.now + timedelta(minutes=5, seconds=1), "Move for Ana")

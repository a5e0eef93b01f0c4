"""The demo's clock: how it jumps, what it names next, and how it is stopped."""

from datetime import timedelta

import pytest

from tests.unit.demo.pages import Demo


async def test_a_jump_walks_through_every_moment_and_shows_its_progress(demo: Demo) -> None:
    began = demo.clock.now()
    async with demo.page() as page:
        await page.next("snapshot")
        assert await demo.do("clock", button="morning") == (200, None)
        shares = []
        while (jump := (await page.next("clock"))["jump"]) is not None:
            shares.append(jump["share"])
        assert jump is None
    assert shares == sorted(shares)
    assert (shares[0], len(shares)) == (0.0, 25)
    assert (len(demo.bot.walked), demo.clock.now() - began) == (24, timedelta(days=1))


@pytest.mark.parametrize(
    ("button", "minutes"), [("minutes", 10), ("hour", 60), ("next", 5)], ids=["+10 min", "+1 h", "next"]
)
async def test_each_button_goes_as_far_as_it_says(demo: Demo, button: str, minutes: int) -> None:
    began = demo.clock.now()
    async with demo.page() as page:
        await demo.do("clock", button=button)
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert demo.clock.now() - began == timedelta(minutes=minutes)


async def test_now_stops_a_jump_between_two_moments_and_one_jump_runs_at_a_time(demo: Demo) -> None:
    demo.bot.pause.clear()
    async with demo.page() as page:
        await demo.do("clock", button="morning")
        status, problem = await demo.do("clock", button="hour")
        assert status == 409
        assert problem is not None
        assert "Press Now" in problem
        await demo.do("clock", button="now")
        demo.bot.pause.set()
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert len(demo.bot.walked) == 1
    assert demo.clock.local(demo.clock.now()).hour == 9


async def test_the_next_reminder_is_named_and_missing_when_nothing_is_planned(demo: Demo) -> None:
    async with demo.page() as page:
        assert await page.next("next") == {"label": "Move for Ana", "time": "9:00"}
        demo.bot.planned = False
        assert await page.next("next") is None
    status, problem = await demo.do("clock", button="next")
    assert (status, "Press Start" in (problem or "")) == (409, True)


async def test_the_next_reminder_names_the_day_when_it_is_not_today_on_the_clock_bar(demo: Demo) -> None:
    async with demo.page() as page:
        demo.clock.set(demo.clock.now().replace(hour=23, minute=30))
        assert await page.next("next") == {"label": "Move for Ana", "time": "Tue 0:00"}
        demo.clock.set(demo.clock.now() + timedelta(minutes=45))
        assert await page.next("next") == {"label": "Move for Ana", "time": "1:00"}


async def test_tomorrow_morning_is_another_day_also_before_five_to_nine(demo: Demo) -> None:
    demo.clock.set(demo.clock.now().replace(hour=7, minute=30) + timedelta(days=1))
    async with demo.page() as page:
        await demo.do("clock", button="morning")
        assert (await page.next("clock"))["jump"]["to"] == "Wed 8:55"
        while (await page.next("clock"))["jump"] is not None:
            pass
    assert f"{demo.clock.local(demo.clock.now()):%a %H:%M}" == "Wed 08:55"


async def test_a_jump_that_fails_is_told_and_the_page_lives_on(demo: Demo) -> None:
    demo.bot.broken = True
    async with demo.page() as page:
        await demo.do("clock", button="hour")
        assert "failed" in (await page.next("notice"))["text"]
        assert (await page.next("clock"))["jump"] is None
    demo.bot.broken = False
    assert (await demo.do("clock", button="hour"))[0] == 200

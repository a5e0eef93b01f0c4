"""The time zone changes when the person says so, and by nothing else."""

from collections.abc import Callable

import pytest

from tests.world import Somebody, World

ZONE = "Europe/Berlin"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in Berlin, some hours after she was asked what her clock shows."""
    somebody = here.person("Ana", ZONE)
    here.fast_forward(hours=3)
    somebody.forgets_what_was_said()
    return somebody


def zone_of(who: Somebody) -> str:
    """The zone by which reminders come, as it is told."""
    who.says("/settings")
    return who.sees("Time zone").partition("Time zone: ")[2].split()[0]


@pytest.mark.parametrize(
    "words",
    ["Tokyo", "I'm in Tokyo next week", "it's 3:00 here", "UTC+9", "remind me tomorrow at 9", "tonight at 8 in Tokyo",
     "every hour 9-17", "/pause 3d", "/start", "/timezone", "/timezone 3:00"],
)  # fmt: skip
def test_words_about_other_things_leave_the_zone_as_it_is(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.forgets_what_was_said()
    assert zone_of(ana) == ZONE


@pytest.mark.parametrize(
    "act",
    [
        lambda who: who.sends_location(35.68, 139.69, "Somebody in Tokyo"),
        lambda who: who.forwards("/timezones differ: Tokyo"),
        lambda who: who.edits(who.says("hello"), "/timezone Tokyo"),
        lambda who: who.sends_photo("Tokyo"),
    ],
)
def test_what_somebody_else_has_said_or_was_changed_later_does_not_either(
    ana: Somebody, act: Callable[[object], object]
) -> None:
    ana.does(act)
    ana.forgets_what_was_said()
    assert zone_of(ana) == ZONE


def test_time_itself_does_not_either(here: World, ana: Somebody) -> None:
    here.fast_forward(days=9)
    here.restart()
    ana.forgets_what_was_said()
    assert zone_of(ana) == ZONE


@pytest.mark.parametrize(
    "act",
    [
        lambda who: who.says("/timezone Tokyo"),
        lambda who: who.says("/timezone Asia/Tokyo"),
        lambda who: who.sends_location(35.68, 139.69),
    ],
)
def test_saying_so_changes_it(ana: Somebody, act: Callable[[object], object]) -> None:
    ana.does(act)
    ana.forgets_what_was_said()
    assert zone_of(ana) == "Asia/Tokyo"

"""What a clock on a wall, or a spot on the map, is taken for by `/timezone`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reminderbot.library.places import CLOCK_TOLERANCE, Places, known_zones, zone_at
from tests.unit.library.places_found import zones


def test_what_a_clock_shows_leads_to_one_big_city_for_each_zone_that_fits(places: Places) -> None:
    now = datetime(2025, 7, 1, 12, 5, tzinfo=UTC)
    found = places.candidates_at(now, 14 * 60 + 3)
    assert "Europe/Berlin" in zones(found)
    assert "Europe/London" not in zones(found)
    assert len(found) == len(set(zones(found))) > 3
    assert list(found) == sorted(found, key=lambda place: -place.population)
    assert {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones(found)} == {
        now.astimezone(ZoneInfo("Europe/Berlin")).utcoffset()
    }


def test_a_clock_may_be_seven_minutes_off_across_midnight_but_not_eight(places: Places) -> None:
    just_past = datetime(2025, 1, 15, 0, 3, tzinfo=UTC)
    assert "Europe/London" in zones(places.candidates_at(just_past, 24 * 60 - 4, limit=99))
    assert "Europe/London" in zones(places.candidates_at(just_past, 3 + CLOCK_TOLERANCE, limit=99))
    assert "Europe/London" not in zones(places.candidates_at(just_past, 3 + CLOCK_TOLERANCE + 1, limit=99))


def test_half_hour_zones_are_told_apart(places: Places) -> None:
    found = places.candidates_at(datetime(2025, 1, 15, 12, 0, tzinfo=UTC), 17 * 60 + 30)
    assert set(zones(found)) == {"Asia/Kolkata", "Asia/Colombo"}


def test_zones_whose_clocks_have_always_gone_alike_are_offered_once(places: Places) -> None:
    now = datetime(2025, 7, 1, 12, 5, tzinfo=UTC)
    found = zones(places.candidates_at(now, 12 * 60 + 5))
    assert len({"Africa/Abidjan", "Africa/Bamako", "Africa/Dakar"} & set(found)) == 1


def test_a_naive_moment_is_refused(places: Places) -> None:
    with pytest.raises(ValueError, match="aware"):
        places.candidates_at(datetime(2025, 1, 1, 12, 0), 720)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (-33.87, 151.21, "Australia/Sydney"),
        (40.71, -74.01, "America/New_York"),
        (91.0, 0.0, None),
        (0.0, 181.0, None),
        (float("nan"), 0.0, None),
    ],
)
def test_a_shared_location_has_the_zone_of_its_spot(
    latitude: float, longitude: float, zone: str | None
) -> None:
    assert zone_at(latitude, longitude) == zone


def test_the_middle_of_the_ocean_has_a_zone_that_can_be_loaded() -> None:
    zone = zone_at(30.0, -40.0)
    assert zone is not None
    assert zone in known_zones().values()
    assert ZoneInfo(zone).key == zone

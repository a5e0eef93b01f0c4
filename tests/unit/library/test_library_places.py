"""What a text is taken for by `/timezone`: cities, zones and countries, under the names that people type."""

from zoneinfo import ZoneInfo

import pytest

from reminderbot.library.places import Places, fold
from tests.unit.library.places_found import zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("  bERLIN  ", "Europe/Berlin"),
        ("berlin, germany", "Europe/Berlin"),
        ("Berlin Germany", "Europe/Berlin"),
        ("Berlin, DE", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("nyc", "America/New_York"),
        ("NY", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("St. Petersburg", "Europe/Moscow"),
        ("saint petersburg", "Europe/Moscow"),
        ("St Petersburg, Florida", "America/New_York"),
        ("Muenchen", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("Munchen", "Europe/Berlin"),
        ("Firenze", "Europe/Rome"),
        ("Bruxelles", "Europe/Brussels"),
        ("Den Haag", "Europe/Amsterdam"),
        ("København", "Europe/Copenhagen"),
        ("Łódź", "Europe/Warsaw"),
        ("Kiev", "Europe/Kyiv"),
        ("Bombay", "Asia/Kolkata"),
        ("Saigon", "Asia/Ho_Chi_Minh"),
        ("Frankfurt", "Europe/Berlin"),
        ("Xi'an", "Asia/Shanghai"),
        ("Москва", "Europe/Moscow"),
        ("東京", "Asia/Tokyo"),
        ("Αθήνα", "Europe/Athens"),
        ("서울", "Asia/Seoul"),
        ("القاهرة", "Africa/Cairo"),
        ("תל אביב", "Asia/Jerusalem"),
        ("London", "Europe/London"),
        ("London, Ontario", "America/Toronto"),
        ("London ON", "America/Toronto"),
        ("Portland, OR", "America/Los_Angeles"),
        ("portland maine", "America/New_York"),
        ("Portland, ME, USA", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("EST", "America/New_York"),
    ],
)
def test_a_city_is_found_under_the_names_that_people_type(places: Places, text: str, zone: str) -> None:
    assert zones(places.exact(text)) == [zone]
    assert places.find(text) == places.exact(text)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Portland", ["America/Los_Angeles", "America/New_York"]),
        ("San Jose", ["America/Los_Angeles", "America/Costa_Rica"]),
        ("Birmingham", ["Europe/London", "America/Chicago"]),
        ("Valencia", ["America/Caracas", "Europe/Madrid"]),
        ("Newcastle", ["Australia/Sydney", "Africa/Johannesburg", "Europe/London"]),
        ("Washington", ["America/Los_Angeles", "America/New_York"]),
        ("Georgia", ["Asia/Tbilisi", "America/New_York"]),
    ],
)
def test_an_ambiguous_name_offers_each_zone_once_with_the_biggest_city_first(
    places: Places, text: str, offered: list[str]
) -> None:
    assert zones(places.find(text))[: len(offered)] == offered


def test_cities_of_one_name_in_one_zone_are_no_question(places: Places) -> None:
    assert [places.label(place) for place in places.find("Frankfurt")] == ["Frankfurt am Main, Germany"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Belrin", "Berlin"),
        ("Philadelpia", "Philadelphia"),
        ("Chicgo, USA", "Chicago"),
        ("Edinbrugh", "Edinburgh"),
    ],
)
def test_a_typing_error_is_forgiven_but_known_as_a_guess(places: Places, text: str, name: str) -> None:
    assert places.exact(text) == ()
    assert [place.name for place in places.find(text)] == [name]


@pytest.mark.parametrize(
    "text", ["", " ", ",", ", ,", "qwertz", "8:30", "\N{GRINNING FACE}", "/", "x" * 4096, "move"]
)
def test_what_is_no_place_finds_nothing(places: Places, text: str) -> None:
    assert places.find(text) == ()


@pytest.mark.parametrize(
    "text", ["../../etc/passwd", "/etc/localtime", "Europe/Nowhere", "europe/", "Factory"]
)
def test_only_a_zone_of_the_database_is_taken_for_one(places: Places, text: str) -> None:
    assert places.find(text) == ()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("asia/calcutta", "Asia/Calcutta"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
    ],
)
def test_a_zone_is_taken_as_it_is_whatever_its_case(places: Places, text: str, zone: str) -> None:
    (found,) = places.find(text)
    assert found.zone == zone
    assert places.label(found) == zone
    assert ZoneInfo(found.zone).key == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Germany", "Europe/Berlin"),
        ("Deutschland", "Europe/Berlin"),
        ("India", "Asia/Kolkata"),
        ("uk", "Europe/London"),
    ],
)
def test_a_country_with_one_zone_is_enough(places: Places, text: str, zone: str) -> None:
    assert zones(places.find(text)) == [zone]


def test_a_country_with_several_zones_offers_the_biggest_city_of_each(places: Places) -> None:
    found = places.find("USA")
    assert [place.name for place in found[:3]] == ["New York City", "Los Angeles", "Chicago"]
    assert len(found) == len(set(zones(found))) == 6
    assert len(places.find("USA", limit=3)) == 3


def test_an_unknown_town_in_a_known_country_gets_the_zones_of_the_country(places: Places) -> None:
    assert zones(places.find("Hintertupfing, Germany")) == ["Europe/Berlin"]
    assert zones(places.find("Xyzzyville, Texas")) == ["America/Chicago", "America/Denver"]


def test_a_label_tells_towns_of_one_name_apart(places: Places) -> None:
    labels = [places.label(place) for place in places.find("Portland")]
    assert labels == ["Portland, OR, United States", "Portland, ME, United States"]
    assert [places.label(place) for place in places.find("Tokyo")] == ["Tokyo, Japan"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  St.  Gallen ", "saint gallen"),
        ("Łódź", "lodz"),
        ("Xi’an", "xian"),
        ("Aix-en-Provence", "aix en provence"),
    ],
)
def test_folding_forgets_accents_case_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(fold(text)) == folded

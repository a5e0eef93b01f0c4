"""What `/timezone` may rely on: the city table that ships, and what a text, a clock or a spot is taken for."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reminderbot.library import build_places
from reminderbot.library.places import CLOCK_TOLERANCE, Place, Places, PlacesError, fold, known_zones, zone_at

FOLDER = Path(__file__).parents[3] / "content" / "places"
COUNTRIES = "DE\tGermany\tBerlin\tdeutschland\n"
BERLIN = "Berlin\t\tDE\tEurope/Berlin\t3426\tberlino\n"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load(FOLDER)


def zones(found: tuple[Place, ...]) -> list[str]:
    return [place.zone for place in found]


def write(folder: Path, cities: str, countries: str = COUNTRIES) -> Path:
    (folder / "cities.tsv").write_text(cities, "utf-8")
    (folder / "countries.tsv").write_text(countries, "utf-8")
    return folder


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


def test_every_zone_in_the_table_is_known_to_zoneinfo_and_of_today(places: Places) -> None:
    used = {place.zone for place in places.cities}
    assert {ZoneInfo(zone).key for zone in used} == used
    current = build_places.current_zones()
    assert {current[zone] for zone in used} == used


def test_the_table_is_big_enough_and_small_enough(places: Places) -> None:
    assert 4_500 <= len(places.cities) <= 6_000
    assert (FOLDER / "cities.tsv").stat().st_size < 600_000


def test_every_capital_is_in_the_table(places: Places) -> None:
    there = {(place.country, place.name) for place in places.cities}
    assert len(places.capitals) > 230
    assert set(places.capitals.items()) <= there
    known = {
        "DE": "Berlin",
        "US": "Washington",
        "AU": "Canberra",
        "PW": "Ngerulmud",
        "BR": "Brasília",
        "KZ": "Astana",
    }
    assert known.items() <= places.capitals.items()


def test_no_city_is_listed_twice(places: Places) -> None:
    assert len({(p.name, p.region, p.country, p.zone) for p in places.cities}) == len(places.cities)


def test_every_city_is_found_by_its_own_name_and_country(places: Places) -> None:
    countries = {p.country: places.label(Place("", p.country, p.zone, 0)) for p in places.cities}
    for place in places.cities:
        found = places.exact(f"{place.name}, {place.region or countries[place.country]}", limit=99)
        assert any(other.country == place.country for other in found), place


def test_the_tables_say_where_the_data_comes_from() -> None:
    for name in ("cities.tsv", "countries.tsv"):
        head = "".join((FOLDER / name).read_text("utf-8").splitlines(keepends=True)[:3])
        assert re.search(r"GeoNames.*geonames\.org.*CC BY 4\.0", head)
        assert "Changes:" in head


def test_other_names_are_kept_in_the_form_they_are_looked_up_in() -> None:
    for line in (FOLDER / "cities.tsv").read_text("utf-8").splitlines():
        names = [] if line.startswith("#") else line.split("\t")[5].split("|")
        assert [fold(name) for name in names] == names


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


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Berlin\tDE\tEurope/Berlin\t3426\n", "6 columns"),
        ("\t\tDE\tEurope/Berlin\t3426\t\n", "6 columns"),
        ("Berlin\t\tDE\tEurope/Atlantis\t3426\t\n", "Europe/Atlantis"),
        ("Berlin\t\tXX\tEurope/Berlin\t3426\t\n", "'XX'"),
        ("Berlin\t\tDE\tEurope/Berlin\tmany\t\n", "'many'"),
        ("Berlin\t\tDE\tEurope/Berlin\t0\t\n", "'0'"),
    ],
)
def test_a_malformed_row_is_refused_with_its_file_line_and_reason(
    tmp_path: Path, row: str, reason: str
) -> None:
    with pytest.raises(PlacesError, match=reason) as refused:
        Places.load(write(tmp_path, f"# a comment\n{BERLIN}{row}"))
    assert (refused.value.file, refused.value.line) == ("cities.tsv", 3)


def test_a_malformed_country_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match=r"countries\.tsv, line 1: needs 4 columns"):
        Places.load(write(tmp_path, BERLIN, "DE\tGermany\n"))
    (tmp_path / "countries.tsv").unlink()
    with pytest.raises(PlacesError, match=r"countries\.tsv, line 0"):
        Places.load(tmp_path)


def test_a_small_table_of_ones_own_works_too(tmp_path: Path) -> None:
    mine = Places.load(write(tmp_path, BERLIN))
    assert mine.find("Berlino") == (Place("Berlin", "DE", "Europe/Berlin", 3_426_000),)
    assert mine.find("Tokyo") == ()


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


def test_the_build_replaces_a_zone_that_was_renamed_and_keeps_a_country_s_own() -> None:
    current = build_places.current_zones()
    assert current["Europe/Kiev"] == "Europe/Kyiv"
    assert current["Asia/Calcutta"] == "Asia/Kolkata"
    assert current["Europe/Stockholm"] == "Europe/Stockholm"


def test_the_build_keeps_codes_and_short_names_and_drops_what_nobody_types() -> None:
    assert build_places.is_useful("NYC")
    assert build_places.is_useful("München")
    assert not build_places.is_useful("Москва")
    assert not build_places.is_useful("Ko")
    assert not build_places.is_useful("El Pueblo de Nuestra Senora")

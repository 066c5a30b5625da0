from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.settings import data_path
from dashboard.gazetteer import Gazetteer, NameFlag
from dashboard.gazetteer.shapes import CountryShapes, load_shapes
from dashboard.gazetteer.sources.countries import Countries

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.gazetteer.sources.record import PlaceRecord

BASEMAP = data_path() / "basemap" / "countries.geojson"


@pytest.fixture(scope="module")
def shapes() -> CountryShapes:
    return load_shapes(BASEMAP)


@pytest.fixture(scope="module")
def countries() -> dict[str, PlaceRecord]:
    tables = data_path() / "gazetteer"
    source = Countries(tables / "country_names.csv", BASEMAP, tables / "country_points.csv")
    return {record.country: record for record in source.records()}


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (32.89, 13.19, "LY"),
        (31.95, 35.2, "PS"),
        (31.5, 34.46, "PS"),
        (-29.5, 28.2, "LS"),  # a hole in South Africa
        (41.9, 12.45, "IT"),
        (43.94, 12.45, "SM"),
        (35.3, 33.5, "CY"),
        (9.56, 44.06, "SO"),
        (42.6, 21.1, "XK"),
        (66.5, -173.0, "RU"),  # beyond 180 degrees
        (68.0, 179.0, "RU"),
        (33.0, -40.0, None),
        (36.0, 18.0, None),
    ],
)
def test_a_point_lies_in_its_country(shapes: CountryShapes, lat: float, lon: float, code: str | None) -> None:
    assert shapes.country_at(lat, lon) == code


def test_distances_to_a_country(shapes: CountryShapes) -> None:
    assert shapes.distance_to_country_km(32.0, 13.0, "LY") == 0.0
    assert shapes.distance_to_country_km(35.9, 14.5, "LY") == pytest.approx(345, rel=0.05)  # Malta
    assert shapes.distance_to_country_km(32.0, 13.0, "ZZ") == math.inf


def test_outlines_are_valid_and_on_one_side_of_the_date_line(shapes: CountryShapes) -> None:
    for code, outline in shapes.outlines:
        assert outline.is_valid, code
        for part in getattr(outline, "geoms", [outline]):
            west, _, east, _ = part.bounds
            assert east - west < 180 or code in ("AQ", "RU"), code


def test_areas_are_about_right(shapes: CountryShapes) -> None:
    egypt = math.pi * shapes.radius_km("EG") ** 2
    assert egypt == pytest.approx(1_002_000, rel=0.03)
    assert shapes.radius_km("ZZ") == 0.0


def test_the_middle_of_a_country_lies_in_it(shapes: CountryShapes) -> None:
    for code in shapes.by_country:
        point = shapes.middle(code)
        assert point is not None
        assert shapes.distance_to_country_km(*point, code) < 1.0
    assert shapes.middle("ZZ") is None


def test_without_a_base_map_there_are_no_shapes(tmp_path: Path) -> None:
    empty = load_shapes(tmp_path / "none.geojson")
    assert empty.country_at(32.0, 13.0) is None


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"features": [{}]}', '{"features": [{"properties": {"iso2": "LY"}, "geometry": 1}]}'],
)
def test_a_broken_base_map_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.geojson").write_text(content)
    with pytest.raises(GazetteerSourceError, match=r"x\.geojson: no collection"):
        load_shapes(tmp_path / "x.geojson")


@pytest.mark.parametrize(
    ("code", "name", "name_ar", "name_fr"),
    [
        ("LY", "Libya", "ليبيا", "Libye"),
        ("PS", "Palestine", "فلسطين", "Palestine"),
        ("HK", "Hong Kong", "هونغ كونغ", "Hong Kong"),
        ("BA", "Bosnia and Herzegovina", "البوسنة والهرسك", "Bosnie-Herzégovine"),
        ("MM", "Myanmar", "ميانمار", "Birmanie"),
        ("AE", "United Arab Emirates", "الإمارات العربية المتحدة", "Émirats arabes unis"),
    ],
)
def test_countries_have_their_usual_names(
    countries: dict[str, PlaceRecord], code: str, name: str, name_ar: str, name_fr: str
) -> None:
    record = countries[code]
    assert (record.name, record.name_ar, record.name_fr) == (name, name_ar, name_fr)


def test_each_country_has_a_point_and_names(countries: dict[str, PlaceRecord]) -> None:
    for code, record in countries.items():
        assert (record.latitude, record.longitude) != (0.0, 0.0), code
        assert record.name, code
        assert record.name_ar, code
        assert record.radius_km > 0 or code in ("AQ", "BV", "HM", "TF", "UM", "IO", "GS"), code


def test_dissolved_countries_are_left_out(countries: dict[str, PlaceRecord]) -> None:
    assert not {"AN", "CS"} & set(countries)
    assert "XK" in countries


def test_codes_are_no_names(small_gazetteer: Gazetteer) -> None:
    assert small_gazetteer.lookup("LY") == []


@pytest.mark.parametrize("name", ["UAE", "UK"])
def test_abbreviations_of_countries_are_marked(small_gazetteer: Gazetteer, name: str) -> None:
    flags = [hit.flags for hit in small_gazetteer.lookup(name) if hit.flags & NameFlag.COUNTRY_FORM]
    assert flags
    assert all(flag & NameFlag.SHORT for flag in flags)


@pytest.mark.parametrize("name", ["Libia", "Libyen", "Ливия", "לוב", "ليبيا", "دولة ليبيا", "Líbia"])
def test_a_country_is_found_in_many_languages(small_gazetteer: Gazetteer, name: str) -> None:
    assert "country:LY" in {small_gazetteer.place(hit.row).id for hit in small_gazetteer.lookup(name)}


def test_a_code_of_no_country_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("country,names_ar,names_en,names_fr\nZQ,,Nowhere,\n", encoding="utf-8")
    with pytest.raises(GazetteerSourceError, match=r"x\.csv:2: no country has the code 'ZQ'"):
        list(Countries(tmp_path / "x.csv", BASEMAP, tmp_path / "none.csv").records())


def test_without_a_table_of_points_the_outline_gives_one(tmp_path: Path) -> None:
    source = Countries(tmp_path / "none.csv", BASEMAP, tmp_path / "none.csv")
    libya = next(record for record in source.records() if record.country == "LY")
    assert (libya.latitude, libya.longitude) == pytest.approx((27.0, 18.0), abs=0.5)


def test_the_table_of_points_goes_before_the_outline(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("country,latitude,longitude\nLY,25,17\n", encoding="utf-8")
    source = Countries(tmp_path / "none.csv", BASEMAP, tmp_path / "points.csv")
    libya = next(record for record in source.records() if record.country == "LY")
    assert (libya.latitude, libya.longitude) == (25.0, 17.0)

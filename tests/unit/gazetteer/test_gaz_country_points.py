from __future__ import annotations

import pytest
import shapely
from shapely.geometry import MultiPolygon, box

from dashboard.core.settings import data_path
from dashboard.gazetteer.shapes import CountryShapes, load_shapes
from dashboard.gazetteer.sources.countries import Countries

DATA = data_path()
SHAPES = load_shapes(DATA / "basemap" / "countries.geojson")
COUNTRIES = {
    record.country: record
    for record in Countries(
        DATA / "gazetteer" / "country_names.csv",
        DATA / "basemap" / "countries.geojson",
        DATA / "gazetteer" / "country_points.csv",
    ).records()
}


@pytest.mark.parametrize("code", sorted(COUNTRIES.keys() & SHAPES.by_country.keys()))
def test_the_point_of_a_country_lies_in_its_own_outline(code: str) -> None:
    record = COUNTRIES[code]
    assert SHAPES.by_country[code].covers(shapely.Point(record.longitude, record.latitude))


def test_the_point_of_kuwait_is_not_in_iraq() -> None:
    assert SHAPES.country_at(COUNTRIES["KW"].latitude, COUNTRIES["KW"].longitude) == "KW"


def test_a_point_that_lies_inside_is_kept() -> None:
    shapes = CountryShapes((("AA", box(0, 0, 10, 10)),))
    assert shapes.within("AA", (1.0, 2.0)) == (1.0, 2.0)
    assert shapes.within("AA", None) == (5.0, 5.0)
    assert shapes.within("BB", (1.0, 2.0)) == (1.0, 2.0)


def test_of_a_scattered_country_the_larger_part_that_is_near_has_the_point() -> None:
    large, near, islet = box(100, 0, 110, 10), box(10, 0, 18, 8), box(4, 0, 4.1, 0.1)
    shapes = CountryShapes((("AA", MultiPolygon([large, near, islet])),))
    assert shapes.within("AA", (4.0, 5.0)) == (4.0, 14.0)
    assert shapes.middle("AA") == (5.0, 105.0)

from __future__ import annotations

import orjson
import pytest
import shapely
from shapely.geometry import shape

from dashboard.core.settings import data_path


def _shapes(name):
    features = orjson.loads((data_path() / "basemap" / name).read_bytes())["features"]
    return [(feature["properties"], shape(feature["geometry"])) for feature in features]


@pytest.mark.parametrize("name", ["countries.geojson", "coasts.geojson"])
@pytest.mark.parametrize(
    ("longitude", "latitude", "country"),
    [
        (34.2, 45.2, "UA"),  # Crimea
        (-14.0, 25.0, "EH"),  # west of the berm
        (-9.0, 26.5, "EH"),  # east of it
        (-9.0, 30.0, "MA"),
        (35.8, 33.05, "SY"),  # Golan
        (35.35, 32.8, "IL"),
        (33.4, 35.3, "CY"),  # north of the buffer zone
        (45.0, 9.8, "SO"),
        (35.23, 31.9, "PS"),
    ],
)
def test_land_belongs_where_the_united_nations_place_it(name, longitude, latitude, country):
    point = shapely.Point(longitude, latitude)
    assert [said["iso2"] for said, outline in _shapes(name) if outline.contains(point)] == [country]


def test_disputed_areas_are_named_in_three_languages_and_lie_on_land():
    areas = _shapes("disputed.geojson")
    assert {said["name"] for said, _ in areas} == {
        "Western Sahara", "Golan Heights", "Halaib Triangle", "Abyei", "Crimea",
    }  # fmt: skip
    assert all(said["name_ar"] and said["name_fr"] and outline.area > 0.05 for said, outline in areas)


def test_countries_do_not_lie_on_each_other():
    outlines = [outline for _, outline in _shapes("countries.geojson")]
    tree = shapely.STRtree(outlines)
    for number, outline in enumerate(outlines):
        for other in tree.query(outline, predicate="overlaps"):
            if other > number:
                assert outline.intersection(outlines[other]).area < 0.2


def test_rivers_and_lakes_are_there():
    waters = _shapes("waters.geojson")
    cairo = shapely.Point(31.23, 30.04)
    assert min(line.distance(cairo) for said, line in waters if said["kind"] == "river") < 0.1
    assert any(lake.contains(shapely.Point(35.58, 32.82)) for said, lake in waters if said["kind"] == "lake")

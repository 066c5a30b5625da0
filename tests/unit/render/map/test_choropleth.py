from __future__ import annotations

import json

import orjson
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_places import many_places

from dashboard.gazetteer.division_names import division_circles, division_names
from dashboard.query import AREA_COLUMNS
from dashboard.query.columns import make_frame
from dashboard.render.assets import divisions_file
from dashboard.render.map.choropleth import (
    AREA_RAMPS,
    ShadedAreas,
    Shading,
    area_data,
    class_starts,
    quantile_starts,
    shading,
    share_starts,
)
from dashboard.render.map.division_shapes import GRID, pack_shapes
from dashboard.render.map.view_layers import ViewLayer
from dashboard.render.map.view_legends import area_legend, class_labels
from dashboard.render.panel.area_card import AreaFigures, AreaLinks, area_card, area_list
from dashboard.words import strings

HOSTILE = "</script><img src=x onerror=a()>${x}`"


@pytest.mark.parametrize("most", [0, 1, 2, 4, 5, 6, 9, 14, 40, 200, 5_000, 83_131, 10**7])
def test_classes_rise_from_one_and_reach_the_most(most: int) -> None:
    starts = class_starts(most)
    assert starts[0] == 1
    assert list(starts) == sorted(set(starts))
    assert len(starts) <= 5
    assert starts[-1] <= max(1, most)


def test_classes_are_said_in_numbers() -> None:
    shades = Shading((1.0, 2.0, 3.0, 5.0, 1000.0), 2000, by_share=False)
    assert class_labels(shades, strings("en")) == ["1", "2", "3 – 4", "5 – 999", "1,000 and more"]
    shares = Shading(share_starts(0.8), 10, by_share=True)
    assert class_labels(shares, strings("en")) == [
        "under 1%",
        "1% – 5%",
        "5% – 20%",
        "20% – 50%",
        "50% and more",
    ]
    small = Shading(share_starts(0.02), 10, by_share=True)
    assert class_labels(small, strings("fr"))[:2] == ["moins de 0,1\u202f%", "0,1\u202f% – 0,5\u202f%"]


def areas(count: int, name: str = "Name") -> ShadedAreas:
    rows = [(f"adm1:LY-{n}", 1 + 900 // (n + 1), 3, 0.4 if n == 1 else 0.9) for n in range(count)]
    frame = make_frame(rows, AREA_COLUMNS)
    return ShadedAreas(
        frame, {row[0]: f"{name} {row[0]}" for row in rows}, shading(frame, 1000, by_share=False), "adm1:LY-0"
    )


def test_areas_are_told_with_class_and_state() -> None:
    data = area_data(areas(4), many_places(5), strings("en"), "light")
    assert data["level"] == "division"
    assert data["rows"][0] == ["LY-0", "Name adm1:LY-0", 901, 4, 4]
    assert data["rows"][1][4] == 1  # the surest mention is not sure
    assert data["counts"]["901"] == "901 articles · 90% of those shown"
    assert tuple(data["ramp"]) == AREA_RAMPS["light"]


def test_all_divisions_of_the_world_are_small() -> None:
    layer = ViewLayer("areas", area_data(areas(3500, "محافظة"), many_places(5), strings("ar"), "dark"))
    assert len(layer.json.encode()) < 200_000


def test_names_are_data() -> None:
    layer = ViewLayer("areas", area_data(areas(3, HOSTILE), many_places(5), strings("en"), "light"))
    assert "</script" not in layer.json
    assert json.loads(layer.json)["rows"][0][1].startswith(HOSTILE)


def test_no_areas() -> None:
    nothing = areas(0)
    data = area_data(nothing, many_places(0), strings("en"), "light")
    assert data["rows"] == []
    assert len(data["ramp"]) == len(nothing.shades.starts) == 1


def test_outlines_are_packed_on_a_grid() -> None:
    square = [[10.0, 20.0], [10.5, 20.0], [10.5, 20.004], [10.5, 20.5], [10.0, 20.0]]
    speck = [[1.0, 1.0], [1.001, 1.0], [1.0, 1.001], [1.0, 1.0]]
    features = [
        {
            "properties": {"code": "A"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[square], [speck]]},
        },
        {"properties": {"code": "B"}, "geometry": {"type": "Polygon", "coordinates": [speck]}},
    ]
    packed = orjson.loads(
        pack_shapes(orjson.dumps({"features": features}), {"B": (1, 1, 9), "C": (2, 3, 12)})
    )
    assert packed["grid"] == GRID
    assert packed["shapes"]["A"] == [[[500, 1000, 25, 0, 0, 25, -25, -25]]]
    assert packed["shapes"]["B"] == [[[50, 50]]]  # too small for the grid, and still there
    assert packed["circles"] == {"C": [2, 3, 12]}  # where no outline is known


def test_every_division_has_an_outline_or_a_circle() -> None:
    packed = pack_shapes(divisions_file().read_bytes(), division_circles())
    assert len(packed) < 1_200_000
    found = orjson.loads(packed)
    shapes = found["shapes"]
    assert shapes.keys() | found["circles"].keys() >= {
        key.removeprefix("adm1:") for key in division_names("en")
    }
    assert {"PS-GZA", "MA-01"} <= found["circles"].keys()
    assert len(shapes) > 3000
    assert all(rings and rings[0] for polygons in shapes.values() for rings in polygons)


def test_the_legend_switches_to_shares_and_keeps_the_rest() -> None:
    shades = Shading((1.0, 5.0), 10, by_share=False)
    html = area_legend(shades, strings("ar"), lambda by: f"?kind=city&by={by}", theme="light", unsure=True)
    assert "?kind=city&amp;by=share" in html
    assert "kh-unsure" in html
    assert html.count("kh-patch") == 3


def test_an_area_card_leads_on() -> None:
    words = strings("en")
    html = area_card(HOSTILE, "Libya", AreaFigures(3, 2, 10), words, AreaLinks("?a=1", "?b=1", None))
    assert "<img" not in html
    assert "3 articles · 30% of those shown · 2 places" in html
    assert html.count("kh-action") == 2
    assert "No article" in area_card("X", "", AreaFigures(0, 0, 10), words, AreaLinks("?"))


def test_no_shade_swallows_nearly_all_areas() -> None:
    counts = [*range(900, 1000), *[1] * 6]
    starts = shading(pd.DataFrame({"articles": counts}), 10_000, by_share=False).starts
    shades = Shading(starts, 10_000, by_share=False)
    classes = [shades.of(count) for count in counts]
    assert max(classes.count(one) for one in set(classes)) < 0.4 * len(counts)
    small = [*[3] * 40, *range(8, 60), 3_000]
    shares = shading(pd.DataFrame({"articles": small}), 10_000, by_share=True)
    assert shares.starts == share_starts(0.001)  # the finer table, though the biggest share is 30 %
    assert quantile_starts([5, 5, 5]) == (5.0,)


def test_what_many_areas_share_takes_one_class_and_leaves_the_others_to_the_rest() -> None:
    many_ones = [*[1] * 100, *[2] * 20, *[3] * 10, *[4] * 9, 6, 6, 6, 7, 9, 10, 10]
    assert quantile_starts(many_ones) == (1.0, 2.0, 3.0, 4.0, 6.0)
    assert quantile_starts([1, 1, 1, 1, 1, 1, 1, 1, 1, 80]) == (1.0, 80.0)
    assert quantile_starts([]) == ()


@given(st.lists(st.integers(min_value=1, max_value=40), min_size=1))
def test_quantiles_rise_begin_with_the_least_and_hold_every_value(values: list[int]) -> None:
    starts = quantile_starts(values)
    assert starts[0] == min(values)
    assert list(starts) == sorted(set(starts))
    assert set(starts) <= set(map(float, values))
    assert len(starts) <= 5
    assert (len(starts) > 1) == (len(set(values)) > 1)


def test_few_areas_keep_the_classes_that_grow_evenly() -> None:
    frame = pd.DataFrame({"articles": [900, 901, 902, 1]})
    assert shading(frame, 1000, by_share=False).starts == class_starts(902)


def test_the_list_of_shaded_areas_says_what_the_map_shades() -> None:
    shaded = areas(3, HOSTILE)
    html = str(area_list(shaded, strings("en"), "light", lambda area: f"?area={area}"))
    assert html.count("<li>") == 3
    assert "<img" not in html
    assert ">901</b>" in html
    assert AREA_RAMPS["light"][-1] in html
    assert html.count('aria-current="true"') == 1
    shares = Shading(share_starts(0.9), 1000, by_share=True)
    by_share = ShadedAreas(shaded.frame, shaded.names, shares, None)
    assert ">90%</b>" in str(area_list(by_share, strings("en"), "dark", lambda area: f"?area={area}"))

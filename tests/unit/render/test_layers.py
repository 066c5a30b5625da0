from __future__ import annotations

import json
from typing import TYPE_CHECKING

import folium
import pytest

from dashboard.query import PLACE_COLUMNS
from dashboard.query.columns import make_frame
from dashboard.render.assets import ASSETS, asset_folders, basemap_file, fonts_css
from dashboard.render.basemap import OfflineMap, make_base_map
from dashboard.render.layers import (
    DEEPEST_COUNTRY,
    LARGEST_PX,
    SMALLEST_PX,
    PlacesLayer,
    circle_size,
    fit_bounds,
    map_data,
)
from dashboard.render.theme import DARK, KIND_COLOURS, LIGHT, palette, stylesheet
from dashboard.ui.strings import strings

if TYPE_CHECKING:
    import pandas as pd


def frame() -> pd.DataFrame:
    rows = [
        (
            "country:LY",
            "Libya",
            "ليبيا",
            "Libye",
            "country",
            "PCLI",
            "LY",
            27.0,
            17.0,
            0.0,
            9,
            20,
            0.99,
            3,
            5,
        ),
        ("kh:tobruk", "Tobruk", "طبرق", None, "city", "PPL", "LY", 32.0, 24.0, 0.0, 6, 9, 0.97, 4, 2),
        (
            "kh:base",
            "Base </script>",
            None,
            None,
            "facility",
            "AIRB",
            "LY",
            29.0,
            16.0,
            5.0,
            2,
            2,
            0.55,
            1,
            0,
        ),
        ("kh:east", "East", None, None, "region", "RGN", None, 30.0, 22.0, 0.0, 1, 1, 0.9, 1, 0),
    ]
    return make_frame(rows, PLACE_COLUMNS)


def test_kinds_go_to_their_groups() -> None:
    data = map_data(frame(), strings("en"), chosen="kh:tobruk")
    assert [place["id"] for place in data["countries"]] == ["country:LY"]
    assert [place["id"] for place in data["areas"]] == ["kh:east"]
    assert [place["id"] for place in data["points"]] == [
        "kh:base",
        "kh:tobruk",
    ]  # the chosen one is drawn last
    assert data["chosen"] == {"id": "kh:tobruk", "lat": 32.0, "lon": 24.0}


def test_countries_are_never_more_than_35_percent_opaque() -> None:
    data = map_data(frame(), strings("en"))
    assert all(place["depth"] <= DEEPEST_COUNTRY for place in data["countries"])
    assert data["countries"][0]["iso2"] == "LY"


def test_an_area_without_extent_is_still_an_area() -> None:
    assert map_data(frame(), strings("en"))["areas"][0]["radius"] > 0


def test_an_unsure_place_is_faint_and_an_open_article_fades_the_others() -> None:
    data = map_data(frame(), strings("ar"), only={"kh:tobruk"})
    by_id = {place["id"]: place for place in data["points"]}
    assert by_id["kh:base"]["faint"]
    assert not by_id["kh:tobruk"]["faint"]
    assert by_id["kh:base"]["dim"]
    assert not by_id["kh:tobruk"]["dim"]
    assert by_id["kh:tobruk"]["name"] == "طبرق"
    assert data["rtl"]


def test_coordinates_are_the_same_in_every_language() -> None:
    spots = [
        [
            (place["id"], place["lat"], place["lon"])
            for place in map_data(frame(), strings(language))["points"]
        ]
        for language in ("ar", "en", "fr")
    ]
    assert spots[0] == spots[1] == spots[2]


@pytest.mark.parametrize(("articles", "most"), [(1, 1), (1, 500), (500, 500), (3, 4)])
def test_sizes_stay_within_their_limits(articles: int, most: int) -> None:
    assert SMALLEST_PX <= circle_size(articles, most) <= LARGEST_PX


def test_more_articles_make_bigger_circles() -> None:
    sizes = [circle_size(n, 40) for n in (1, 2, 5, 20, 40)]
    assert sizes == sorted(sizes)
    assert sizes[-1] == LARGEST_PX


def test_fit_leaves_out_one_far_place_and_countries() -> None:
    near = [
        ("c", f"P{n}", None, None, "city", "", "LY", 30.0 + n / 10, 20.0, 0.0, 5, 5, 0.9, 1, 0)
        for n in range(9)
    ]
    far = [("f", "Far", None, None, "city", "", "US", 38.9, -77.0, 0.0, 1, 1, 0.9, 1, 0)]
    bounds = fit_bounds(make_frame([*near, *far], PLACE_COLUMNS))
    assert bounds is not None
    assert bounds[0][1] > 0
    assert fit_bounds(make_frame([], PLACE_COLUMNS)) is None


def test_the_map_asks_nobody_outside() -> None:
    html = make_base_map(LIGHT).get_root().render()
    assert "https://" not in html
    assert "http://" not in html
    assert all(address.startswith(ASSETS) for _, address in [*OfflineMap.default_js, *OfflineMap.default_css])
    assert any("cdn" in address for _, address in folium.Map.default_js)  # nobody else's maps are touched


def test_a_hostile_name_can_not_leave_its_string() -> None:
    base = make_base_map(DARK)
    layer = PlacesLayer(map_data(frame(), strings("en")))
    layer.add_to(base)
    html = base.get_root().render()
    assert "Base </script>" not in html
    assert "Base \\u003c/script\\u003e" in html


def test_data_is_json() -> None:
    assert json.loads(json.dumps(map_data(frame(), strings("fr"))))


def test_served_folders_exist() -> None:
    assert all(item.folder.is_dir() for item in asset_folders())
    assert basemap_file().is_file()
    assert fonts_css().count("@font-face") == 6


def test_the_style_sheet_begins_with_the_fonts_and_knows_directions() -> None:
    sheet = stylesheet("dark", rtl=True)
    assert sheet.startswith("@import")
    assert "direction:rtl" in sheet
    assert "</style" not in sheet
    assert palette("nonsense") is LIGHT
    assert len(KIND_COLOURS) == 9

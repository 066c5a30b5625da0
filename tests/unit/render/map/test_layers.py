from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
import pytest

from dashboard.query import PLACE_COLUMNS
from dashboard.query.columns import make_frame
from dashboard.render.assets import FRAME_ASSETS, asset_folders, basemap_file, fonts_css
from dashboard.render.map.basemap import OfflineMap, make_base_map
from dashboard.render.map.layers import (
    COUNTRY_STEPS,
    LARGEST_PX,
    SMALLEST_PX,
    PlacesLayer,
    circle_size,
    country_depth,
    fit_bounds,
    map_data,
)
from dashboard.render.map.written import script_json
from dashboard.render.theme import DARK, KIND_COLOURS, LIGHT, palette, stylesheet
from dashboard.words import strings

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


def by_id(data: dict[str, Any]) -> dict[str, list[Any]]:
    return {row[0]: row for row in data["rows"]}


def test_a_place_is_told_once_and_briefly() -> None:
    data = map_data(frame(), strings("en"), chosen="kh:tobruk")
    kinds = [kind for kind, *_ in data["kinds"]]
    assert by_id(data)["kh:tobruk"] == ["kh:tobruk", "Tobruk", kinds.index("city"), "LY", 32.0, 24.0, 6, 4]
    assert by_id(data)["kh:base"][7:] == [1, 5.0]  # not sure, and its radius
    assert data["kinds"][kinds.index("region")][1] == "area"
    assert data["countries"] == {"LY": "Libya"}
    assert data["counts"]["6"][0] == "6 articles"


def test_ids_of_geonames_are_numbers() -> None:
    rows = [
        ("geonames:2210247", "Tripoli", None, None, "city", "PPLC", "LY", 32.8, 13.1, 0.0, 1, 1, 0.9, 1, 0)
    ]
    assert map_data(make_frame(rows, PLACE_COLUMNS), strings("en"))["rows"][0][0] == 2210247


def test_countries_are_never_more_than_35_percent_opaque() -> None:
    assert [country_depth(n, 16) for n in (1, 2, 4, 8, 16)] == sorted(COUNTRY_STEPS)
    assert country_depth(1, 1) == 0.35
    assert max(COUNTRY_STEPS) == 0.35


def test_an_area_without_extent_is_still_an_area() -> None:
    assert by_id(map_data(frame(), strings("en")))["kh:east"][8] > 0


def test_an_unsure_place_is_faint_and_an_open_article_fades_the_others() -> None:
    data = map_data(frame(), strings("ar"), only={"kh:tobruk"})
    assert {place: row[7] for place, row in by_id(data).items()} == {
        "country:LY": 2,
        "kh:tobruk": 0,
        "kh:base": 3,
        "kh:east": 2,
    }
    assert by_id(data)["kh:tobruk"][1] == "طبرق"
    assert data["rtl"]


def test_coordinates_are_the_same_in_every_language() -> None:
    spots = [
        [(row[0], *row[4:6]) for row in map_data(frame(), strings(language))["rows"]]
        for language in ("ar", "en", "fr")
    ]
    assert spots[0] == spots[1] == spots[2]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_three_thousand_places_weigh_less_than_300_kilobytes(language: str) -> None:
    rows = [
        (
            f"geonames:{2_000_000 + n}",
            f"Al Qasabah {n}",
            f"القصبة الجديدة {n}",
            None,
            "city",
            "PPL",
            "LY",
            20.12345 + n / 300,
            10.98765 + n / 200,
            0.0,
            1 + n % 40,
            3,
            0.9,
            2,
            0,
        )
        for n in range(3000)
    ]
    data = map_data(make_frame(rows, PLACE_COLUMNS), strings(language))
    assert len(script_json(data).encode()) < 300_000


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


def test_fit_keeps_to_the_story_when_several_far_capitals_lie_on_one_side() -> None:
    rows = [
        ("d", "Damascus", None, None, "city", "", "SY", 33.5, 36.3, 0.0, 300, 5, 0.9, 1, 0),
        ("r", "Riyadh", None, None, "city", "", "SA", 24.7, 46.7, 0.0, 300, 5, 0.9, 1, 0),
        ("w", "Washington", None, None, "city", "", "US", 38.9, -77.0, 0.0, 120, 5, 0.9, 1, 0),
        ("n", "New York", None, None, "city", "", "US", 40.7, -74.0, 0.0, 60, 5, 0.9, 1, 0),
    ]
    bounds = fit_bounds(make_frame(rows, PLACE_COLUMNS))
    assert bounds is not None
    assert bounds[0][1] > 30
    assert bounds[1][1] > 46.7


def test_fit_keeps_a_place_of_the_region_that_few_articles_name() -> None:
    rows = [
        ("t", "Tobruk", None, None, "city", "", "LY", 32.1, 24.0, 0.0, 6, 5, 0.9, 1, 0),
        ("c", "Cairo", None, None, "city", "", "EG", 30.0, 31.2, 0.0, 3, 2, 0.9, 1, 0),
        ("j", "Jufra", None, None, "city", "", "LY", 29.1, 16.0, 0.0, 1, 1, 0.9, 1, 0),
        ("s", "Sirte", None, None, "city", "", "LY", 31.2, 16.6, 0.0, 1, 1, 0.9, 1, 0),
    ]
    bounds = fit_bounds(make_frame(rows, PLACE_COLUMNS))
    assert bounds is not None
    assert bounds[0][1] < 16.6
    assert bounds[1][1] > 31.2


def test_the_map_asks_nobody_outside() -> None:
    html = make_base_map(LIGHT).get_root().render()
    assert "https://" not in html
    assert "http://" not in html
    used = [*OfflineMap.default_js, *OfflineMap.default_css]
    assert all(address.startswith(FRAME_ASSETS) for _, address in used)
    assert any("cdn" in address for _, address in folium.Map.default_js)  # nobody else's maps are touched


def test_a_hostile_name_can_not_leave_its_string() -> None:
    base = make_base_map(DARK)
    layer = PlacesLayer(map_data(frame(), strings("en")))
    layer.add_to(base)
    html = base.get_root().render()
    assert "Base </script>" not in html
    assert "Base \\u003c/script\\u003e" in html


def test_data_is_json() -> None:
    assert json.loads(script_json(map_data(frame(), strings("fr"))))["rows"][3][1] == "East"


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

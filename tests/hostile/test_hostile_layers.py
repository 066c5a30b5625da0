"""What a stranger wrote goes to the map as text: nothing of it is compiled, and nothing leaves its string."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hostile import INPUTS
from many_places import many_places
from streamlit_folium import _get_feature_group_string, _get_map_string

from dashboard.core.links import writable
from dashboard.query import PLACE_COLUMNS, Filters
from dashboard.query.columns import AREA_COLUMNS, make_frame
from dashboard.query.compare import compare_frames
from dashboard.render.map.area_layer import AreaLayer, area_data
from dashboard.render.map.basemap import make_base_map
from dashboard.render.map.choropleth import ShadedAreas, shading
from dashboard.render.map.choropleth import area_data as shaded_data
from dashboard.render.map.clusters import cluster_data
from dashboard.render.map.comparison import Sides, comparison_data
from dashboard.render.map.layers import PlacesLayer, map_data
from dashboard.render.map.view_layers import ViewLayer, heat_data
from dashboard.render.map.written import DataLayer, script_json
from dashboard.render.theme import LIGHT
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd


def frame(name: str) -> pd.DataFrame:
    row = ("kh:x", name, name, name, "city", "PPL", "LY", 32.0, 24.0, 0.0, 6, 9, 0.97, 4, 2)
    return make_frame([row], PLACE_COLUMNS)


def _areas(value: str) -> ViewLayer:
    areas = make_frame([("country:LY", 3, 4, 0.9)], AREA_COLUMNS)
    shaded = ShadedAreas(areas, {"country:LY": value}, shading(areas, 5, by_share=False))
    return ViewLayer("areas", shaded_data(shaded, frame("x"), strings("en"), "light"))


def _compared(value: str) -> ViewLayer:
    named = frame(writable(value))  # a frame comes from the store, which holds no half of a surrogate pair
    both = compare_frames(named, named, 4, 5)
    return ViewLayer(
        "compare", comparison_data(both, Sides(value, value, 4, 5), strings("en"), "light", None)
    )


LAYERS: dict[str, Callable[[str], DataLayer]] = {
    "places": lambda value: PlacesLayer(map_data(frame(value), strings("ar"))),
    "clusters": lambda value: ViewLayer("clusters", cluster_data(frame(value), strings("en"), None)),
    "heat": lambda value: ViewLayer("heat", heat_data(frame(value), strings("fr"), "dark", None)),
    "areas": _areas,
    "compare": _compared,
    "lines": lambda value: AreaLayer(area_data(Filters(), None, strings("en")) | {"words": {"x": value}}),
}
CALL = re.compile(r"kharita\.\w+\(.*?(\{.*\})\);", re.DOTALL)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def data_in(script: str) -> list[str]:
    found = CALL.search(script)
    assert found is not None
    assert not set("<>`$'\u2028\u2029") & set(found[1])
    return list(texts(json.loads(found[1])))


@pytest.mark.parametrize("value", INPUTS)
@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_carries_it_as_text(layer: str, value: str) -> None:
    base = make_base_map(LIGHT)
    made = LAYERS[layer](value)
    script = _get_feature_group_string(made, base)  # what the browser is given, after all has been rendered
    assert value in data_in(script)
    rendered = base.get_root().render()
    assert f"{made.json});" in rendered


@pytest.mark.parametrize("value", INPUTS)
def test_the_base_map_carries_it_as_text(value: str) -> None:
    base = make_base_map(LIGHT, tiles=f"https://t.example/{{z}}/{{x}}/{{y}}.png?{value}", attribution=value)
    html = base.get_root().render()
    assert value in data_in(html[html.index("kharita.base(") :].partition("</script>")[0])
    if value != "alert(coords);" and "drawnItems" not in value:  # which the component takes out of scripts
        told = data_in(_get_map_string(base).partition("\nvar drawnItems")[0])
        assert value in told


@pytest.mark.parametrize("value", INPUTS)
def test_json_in_a_script_means_the_same_and_holds_no_sign_of_a_template(value: str) -> None:
    data = {value: [value, {"{": "}"}, "{", '"{', 1.5, None, True], "x{": {}}
    written = script_json(data)
    assert json.loads(written) == data
    inside = re.sub(r'"(?:[^"\\]|\\.)*"', lambda found: re.sub("[{}]", "", found[0]), written)
    assert inside == written  # JSON's own braces only


def test_many_places_are_written_once_and_never_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    import jinja2  # noqa: PLC0415 - the library under watch

    compile_ = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, source, *more, **named: (
            compiled.append(str(source)) or compile_(self, source, *more, **named)
        ),
    )
    base = make_base_map(LIGHT)
    layer = PlacesLayer(map_data(many_places(50, name="Hidden {{7*7}}"), strings("en")))
    _get_feature_group_string(layer, base)
    base.get_root().render()
    assert not [source for source in compiled if "Hidden" in source or "kharita." in source]

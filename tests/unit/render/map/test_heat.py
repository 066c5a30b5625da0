from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from many_places import many_places

from dashboard.render.map.heat import HEAT_RAMPS, MOST_CELLS, heat_cells, heat_places, mercator
from dashboard.render.map.view_layers import NAMED, ViewLayer, heat_data
from dashboard.render.map.view_legends import heat_legend
from dashboard.words import strings


def cells_of(found: dict[str, object]) -> np.ndarray:
    cells = np.array(found["cells"], dtype=float).reshape(-1, 3)
    cells[:, 0] = np.cumsum(cells[:, 0])
    return cells


def test_a_position_on_the_web_map() -> None:
    x, y = mercator(np.array([0.0, 85.0, -85.0]), np.array([-180.0, 0.0, 90.0]))
    assert x.tolist() == [0.0, 0.5, 0.75]
    assert y[0] == pytest.approx(0.5)
    assert y[1] < 0.07
    assert y[1] + y[2] == pytest.approx(1.0)


def test_few_places_keep_their_own_cell_and_weight() -> None:
    places = many_places(3)
    places["kind"] = ["city", "country", "facility"]
    places["articles"] = [10, 900, 3]
    places["confidence"] = [0.5, 1.0, 1.0]
    found = cells_of(heat_cells(places))
    assert sorted(found[:, 2]) == [30.0, 50.0]  # tenths of an article, less where the place is unsure
    assert list(heat_places(places)["kind"]) == ["city", "facility"]


def test_many_places_are_gathered_without_losing_weight() -> None:
    places = many_places(30_000)
    found = heat_cells(places)
    cells = cells_of(found)
    assert 1_000 < len(cells) <= MOST_CELLS
    points = heat_places(places)
    weight = (points["articles"] * points["confidence"]).sum()
    assert cells[:, 2].sum() / found["unit"] == pytest.approx(weight, rel=0.02)


def test_no_places_give_no_cells() -> None:
    assert heat_cells(many_places(0))["cells"] == []


def test_the_heat_of_thirty_thousand_places_is_small_and_harmless() -> None:
    places = many_places(30_000, name="</script><b>${x}`")
    layer = ViewLayer("heat", heat_data(places, strings("ar"), "light", str(places["place_id"].iloc[-1])))
    assert len(layer.json.encode()) < 150_000
    assert "</script" not in layer.json
    data = json.loads(layer.json)
    assert len(data["places"]["rows"]) <= NAMED + 1
    assert sum(1 for row in data["places"]["rows"] if row[7] & 4) == 1  # the chosen one is among them


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_ramp_reads_without_colour(theme: str) -> None:
    light = [
        sum(int(colour[at : at + 2], 16) * share for at, share in ((1, 0.3), (3, 0.59), (5, 0.11)))
        for colour in HEAT_RAMPS[theme]
    ]
    assert light == sorted(light, reverse=theme == "light")
    assert min(abs(np.diff(light))) > 15


def test_the_legend_runs_with_the_writing() -> None:
    assert "to left" in heat_legend(strings("ar"), "dark")
    assert "to right" in heat_legend(strings("fr"), "light")
    assert isinstance(many_places(1), pd.DataFrame)

from __future__ import annotations

import json

import numpy as np
import pandas as pd
from many_places import many_places

from dashboard.query import compare_frames
from dashboard.render.map.comparison import (
    MOST_ALONE,
    MOST_SIGNS,
    SIDE_COLOURS,
    Side,
    Sides,
    comparison_data,
    side_of,
)
from dashboard.render.map.view_layers import ViewLayer
from dashboard.render.map.view_legends import comparison_legend
from dashboard.render.panel.compare_lists import compare_head, compare_hint, compare_lists
from dashboard.words import strings

HOSTILE = '</script><img src=x onerror="a()">${x}`'
SIDES = Sides(f"from {HOSTILE}", "from B", 1000, 500)


def compared(count: int) -> pd.DataFrame:
    first = many_places(count, name=HOSTILE)
    second = many_places(count, name=HOSTILE).iloc[count // 2 :].copy()
    second["articles"] = np.arange(len(second)) % 7 + 1
    extra = many_places(count + 3).iloc[count:]
    return compare_frames(first, pd.concat([second, extra]), 1000, 500)


def test_sides() -> None:
    assert side_of({"first": 2, "second": 0, "lean": 1.0}) is Side.ONLY_FIRST
    assert side_of({"first": 0, "second": 2, "lean": -1.0}) is Side.ONLY_SECOND
    assert side_of({"first": 9, "second": 2, "lean": 0.6}) is Side.MORE_FIRST
    assert side_of({"first": 2, "second": 9, "lean": -0.6}) is Side.MORE_SECOND
    assert side_of({"first": 5, "second": 5, "lean": 0.1}) is Side.ALIKE


def test_thousands_of_places_stay_small_and_harmless() -> None:
    frame = compared(20_000)
    chosen = str(frame["place_id"].iloc[-1])
    layer = ViewLayer("compare", comparison_data(frame, SIDES, strings("ar"), "light", chosen))
    assert len(layer.json.encode()) < 300_000
    assert "</script" not in layer.json
    data = json.loads(layer.json)
    sides = [row[7] for row in data["rows"]]
    assert len(sides) <= MOST_SIGNS + 2 * MOST_ALONE + 1
    assert sides.count(4) == 3  # small, and yet drawn: only the second selection names them
    assert [row[0] for row in data["rows"] if row[9] & 4] == [chosen]


def test_what_is_unsure_or_no_point_is_marked() -> None:
    frame = compared(10)
    frame["kind"] = ["country", "region", *["city"] * (len(frame) - 2)]
    frame["confidence"] = [0.9, 0.4, *[0.9] * (len(frame) - 2)]
    bits = [row[9] for row in comparison_data(frame, SIDES, strings("en"), "dark", None)["rows"]]
    assert bits[:3] == [2, 3, 0]


def test_the_lists_are_ranked_and_harmless() -> None:
    html = compare_lists(compared(60), strings("en"), "light", lambda place: f"?place={place}")
    assert "<img" not in html
    assert html.count("<details") == 3
    only_first, only_second, both = html.split("<details")[1:]
    assert only_first.count("kh-row ") == 30
    assert only_second.count("kh-row ") == 3
    assert both.count("kh-row ") == 30
    assert "Place 60" in only_second
    assert only_first.index(" 0</bdi>") < only_first.index(" 29</bdi>")


def test_long_lists_say_what_they_leave_out() -> None:
    html = compare_lists(compared(400), strings("en"), "light", lambda place: f"?place={place}")
    assert "and 160 more places" in html


def test_head_and_hint() -> None:
    words = strings("en")
    head = compare_head(SIDES, words, "dark", swap="?s=1", stop="?t=1")
    assert "<img" not in head
    assert "1,000 articles" in head
    assert "?s=1" in head
    assert "?t=1" in head
    hint = compare_hint(words, [(f"{HOSTILE} and B", "?x=1")])
    assert "<img" not in hint
    assert "?x=1" in hint
    assert "<ul" not in compare_hint(words, [])


def test_the_legend_tells_sides_apart_without_colour() -> None:
    html = comparison_legend(strings("ar"), lambda by: f"?by={by}", theme="light", by="", drawn=9)
    assert html.count("kh-side-up") == html.count("kh-side-down") == 1
    assert html.count("kh-side-dot") == 3
    assert "?by=second" in html
    alone = comparison_legend(strings("ar"), lambda by: f"?by={by}", theme="light", by="first", drawn=9)
    assert "kh-side-up" not in alone
    assert {len(set(colours.values())) for colours in SIDE_COLOURS.values()} == {5}

from __future__ import annotations

from dashboard.core.text import is_arabic
from dashboard.render.map.towns import town_rows


def test_towns_come_by_the_zoom_from_which_they_are_named(small_gazetteer):
    rows = town_rows(small_gazetteer, "en")
    assert [zoom for *_, zoom in rows] == sorted(zoom for *_, zoom in rows)
    names = {name: zoom for name, _, _, zoom in rows}
    assert (
        names["Paris"] < names["Tripoli"] == names["Tobruk"]
    )  # the capital of a country, the seats of divisions


def test_in_arabic_only_arabic_names_are_shown(small_gazetteer):
    rows = town_rows(small_gazetteer, "ar")
    assert rows
    assert all(is_arabic(name) for name, *_ in rows)

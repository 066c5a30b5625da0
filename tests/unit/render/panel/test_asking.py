from __future__ import annotations

from datetime import date

import pytest
from made_store import HOSTILE, PLACES

from dashboard.query import (
    Box,
    Filters,
    Likeness,
    NamedPlace,
    Near,
    PlaceReading,
    Shape,
    Understood,
    UnnamedPlace,
)
from dashboard.render.map.area_layer import AreaLayer, area_data
from dashboard.render.panel.asking import (
    ReadingLinks,
    SavedRow,
    place_actions,
    saved_row,
    suggestions,
    understood_line,
)
from dashboard.words import strings

EN, AR = strings("en"), strings("ar")
LINKS = ReadingLinks(
    lambda reading: f"?place={reading.place.id}",
    lambda reading: f"?at={reading.place.id}",
    lambda found, km: f"?near={found.place.id}:{km}",
)
TOBRUK = NamedPlace("kh:tobruk", "Tobruk", "طبرق", "Tobrouk", "city", "LY", 12)


def _reading(place: NamedPlace, likeness: Likeness = Likeness.WHOLE) -> PlaceReading:
    return PlaceReading(place, likeness, "x", "")


def test_places_and_words_are_told() -> None:
    said = Understood((_reading(TOBRUK),), (), ("Тобрук", "grain ship"), ("flood",))
    html = understood_line(said, 3, EN, LINKS)
    for part in (
        "Place",
        "Tobruk",
        "طبرق",
        "Libya",
        "12 articles",
        "Words",
        "“grain ship”",
        "without “flood”",
    ):
        assert part in html
    assert 'href="?place=kh:tobruk"' in html
    assert 'href="?at=kh:tobruk"' in html
    assert html.index("12 articles") < html.index("3 articles")
    assert "Tobrouk" in understood_line(said, 3, strings("fr"), LINKS)
    assert understood_line(Understood(), 3, EN, LINKS) == ""


def test_a_misspelling_and_a_place_that_nobody_names_are_said_to_be_so() -> None:
    similar = understood_line(
        Understood((_reading(TOBRUK, Likeness.SIMILAR),), (), ("Tobrok",)), 0, EN, LINKS
    )
    assert "Similar name" in similar
    unnamed = Understood((), (UnnamedPlace(PLACES["Cairo"], ""),), ("cairo",))
    html = understood_line(unnamed, 0, AR, LINKS)
    assert "القاهرة (مصر)" in html
    assert "لا مقال يذكره" in html
    assert 'href="?near=kh:cairo:50"' in html


def test_suggestions_are_options_that_open_the_place() -> None:
    said = Understood((_reading(TOBRUK), _reading(TOBRUK)), (), ("tob",))
    html = suggestions(said, EN, LINKS.opening)
    assert html.count('role="option"') == 2
    assert 'id="kh-suggestion-1"' in html
    assert 'href="?place=kh:tobruk"' in html
    assert suggestions(Understood((), (), ("tob",)), EN, LINKS.opening) == ""


@pytest.mark.parametrize("words", [EN, AR, strings("fr")])
def test_hostile_names_are_text(words) -> None:
    place = NamedPlace("kh:x", HOSTILE, HOSTILE, HOSTILE, "city", None, 1)
    said = Understood((_reading(place),), (), (HOSTILE,), (HOSTILE,))
    row = SavedRow(HOSTILE, True, "?q=x", (HOSTILE,), date(2024, 3, 4), date(2024, 3, 5), HOSTILE, "?q=y")
    actions = place_actions(HOSTILE, 50.0, words, lambda km: f"?near=kh:x:{km}", ("?with=kh:x", True))
    offered = suggestions(said, words, LINKS.opening)
    for html in (understood_line(said, 1, words, LINKS), offered, saved_row(row, words), actions):
        assert "<script" not in html
        assert "<img" not in html
        assert "<svg" not in html
        assert 'onerror="' not in html
    layer = AreaLayer(area_data(Filters(near=Near(5, place="kh:x")), (1.0, 2.0), words))
    assert "</script" not in layer.json


def test_what_is_in_force_can_be_taken_off() -> None:
    html = place_actions("Tobruk", 50.0, EN, lambda km: f"?near={km}", ("?", False))
    assert [f'href="?near={km}"' in html for km in (10, 25, 50, 100, 250)] == [True, True, False, True, True]
    assert html.count('aria-current="true"') == 1
    assert 'href="?near=None"' in html


def test_a_view_that_is_not_watched_has_no_news() -> None:
    row = SavedRow("Coast", False, "?kind=city", (), date(2024, 3, 4), None, "", None)
    html = saved_row(row, EN)
    assert "all articles" in html
    assert "saved on 4 March 2024" in html
    assert "looked at" not in html
    assert "kh-saved-news" not in html


def test_areas_are_drawn_across_the_date_line_at_both_sides() -> None:
    assert area_data(Filters(), None, EN)["frames"] == []
    assert area_data(Filters(box=Box(1, 2, 3, 4)), None, EN)["frames"] == [[1, 2, 3, 4]]
    assert area_data(Filters(box=Box(-20, 170, 0, -170)), None, EN)["frames"] == [
        [-20, 170, 0, 190],
        [-20, -190, 0, -170],
    ]
    drawn = area_data(
        Filters(near=Near(50, point=(32.1, 23.9)), shape=Shape(((1, 2), (3, 4), (5, 0)))), (32.1, 23.9), AR
    )
    assert (drawn["circle"], drawn["shape"]) == ([32.1, 23.9, 50], [[1, 2], [3, 4], [5, 0]])
    assert drawn["words"]["here"] == "ابحث في هذه المنطقة"
    assert area_data(Filters(near=Near(50, place="kh:gone")), None, EN)["circle"] is None

from __future__ import annotations

from datetime import date

import pytest
from many_places import many_places

from dashboard.query import COMPARED_COLUMNS, check_frame, compare_frames, halves


def test_each_place_is_told_with_both_counts() -> None:
    first, second = many_places(4).iloc[[0, 1, 2]], many_places(4).iloc[[1, 3]].copy()
    second["articles"] = [50, 8]
    second["confidence"] = [0.99, 0.2]
    found = compare_frames(first, second, 1000, 100)
    check_frame(found, COMPARED_COLUMNS)
    by_name = {row.name: (row.first, row.second) for row in found.itertuples(index=False)}
    assert by_name["Place 0"] == (20_001, 0)
    assert by_name["Place 1"] == (10_001, 50)
    assert by_name["Place 3"] == (0, 8)
    assert list(found["articles"]) == sorted(found["articles"], reverse=True)
    sure = dict(zip(found["name"], found["confidence"], strict=True))
    assert sure["Place 1"] == 0.99
    assert sure["Place 3"] == 0.2


def test_shares_are_compared_not_numbers() -> None:
    first, second = many_places(1), many_places(1)
    first["articles"], second["articles"] = [100], [10]
    assert compare_frames(first, second, 1000, 100)["lean"].tolist() == [0.0]
    assert compare_frames(first, second, 1000, 1000)["lean"].iloc[0] == pytest.approx(90 / 110)


def test_only_one_side_leans_all_the_way() -> None:
    nothing = many_places(0)
    assert compare_frames(many_places(2), nothing, 5, 0)["lean"].tolist() == [1.0, 1.0]
    assert compare_frames(nothing, many_places(2), 0, 5)["lean"].tolist() == [-1.0, -1.0]
    assert compare_frames(nothing, nothing, 0, 0).empty


def test_halves_of_a_time_share_no_day() -> None:
    early, late = halves(date(2024, 1, 1), date(2024, 1, 4))
    assert early == (date(2024, 1, 1), date(2024, 1, 2))
    assert late == (date(2024, 1, 3), date(2024, 1, 4))
    assert halves(date(2024, 1, 1), date(2024, 1, 1))[1] == (date(2024, 1, 1), date(2024, 1, 1))

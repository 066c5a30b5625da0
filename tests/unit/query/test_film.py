from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.query import Filters, place_bins

if TYPE_CHECKING:
    from dashboard.store import Store

MONTHS = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
PARIS, TOBRUK = "geonames:2988507", "geonames:81302"
IDS = [PARIS, TOBRUK, "country:LY"]


def test_articles_are_counted_by_place_and_bin(world: Store) -> None:
    assert place_bins(world, Filters(), IDS, MONTHS) == {
        PARIS: [(0, 1), (2, 1)],
        TOBRUK: [(1, 1)],
        "country:LY": [(0, 1), (1, 1)],
    }


def test_filters_hold_and_the_undated_are_left_out(world: Store) -> None:
    assert place_bins(world, Filters(min_confidence=0.85), IDS, MONTHS) == {PARIS: [(0, 1)]}
    assert place_bins(world, Filters(until=date(2024, 1, 31)), IDS, MONTHS) == {
        PARIS: [(0, 1)],
        "country:LY": [(0, 1)],
    }
    assert place_bins(world, Filters(since=date(2024, 2, 20)), [TOBRUK], MONTHS) == {TOBRUK: [(1, 1)]}
    assert place_bins(world, Filters(min_confidence=0.0), [PARIS], [date(1990, 1, 1)]) == {PARIS: [(0, 2)]}


def test_each_of_many_bins_begins_on_its_day(world: Store) -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(100)]
    assert place_bins(world, Filters(), IDS, days) == {
        PARIS: [(9, 1), (60, 1)],
        TOBRUK: [(50, 1)],
        "country:LY": [(9, 1), (50, 1)],
    }


def test_nothing_to_count(world: Store) -> None:
    assert place_bins(world, Filters(), [], MONTHS) == {}
    assert place_bins(world, Filters(), IDS, []) == {}
    assert place_bins(world, Filters(until=date(2020, 1, 1)), IDS, MONTHS) == {}

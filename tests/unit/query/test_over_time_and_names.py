from __future__ import annotations

from datetime import date

import pytest

from dashboard.query import DayCounts, Filters, day_counts, dense_span, named_places

DAYS = ((date(2024, 1, 10), 1), (date(2024, 1, 15), 1), (date(2024, 2, 20), 1), (date(2024, 3, 1), 1))


def test_articles_are_counted_by_day_whatever_time_is_chosen(world):
    assert day_counts(world, Filters()) == DayCounts(DAYS, 1)
    assert day_counts(world, Filters(since=date(2024, 3, 1), undated=False)) == DayCounts(DAYS, 1)


@pytest.mark.parametrize(
    ("filters", "days", "undated"),
    [
        ({"sources": ("Wasat",)}, [DAYS[0], DAYS[2]], 0),
        ({"languages": ("en",)}, [DAYS[1]], 1),
        ({"text": "atlantis"}, [DAYS[1]], 0),
        ({"countries": ("LY",)}, [DAYS[0], DAYS[2]], 0),
        ({"text": "zeppelin"}, [], 0),
    ],
)
def test_the_other_filters_count(world, filters, days, undated):
    assert day_counts(world, Filters(**filters)) == DayCounts(tuple(days), undated)


def test_an_empty_store_has_no_days_and_no_names(bare):
    assert day_counts(bare, Filters()) == DayCounts()
    assert named_places(bare, 0.5) == ()


def test_the_places_of_most_articles_come_first_and_the_sure_ones_only(world):
    assert [place.articles for place in named_places(world, 0.5)] == [2, 2, 1, 1]
    assert {place.name for place in named_places(world, 0.9)} == {"Paris", "Mediterranean Sea"}


def test_a_few_wrong_dates_do_not_squeeze_the_others():
    late = [(date(2018, 4, day), 40) for day in range(1, 29)]
    assert dense_span([(date(2013, 1, 1), 2), *late, (date(2030, 1, 1), 1)]) == (late[0][0], late[-1][0])
    assert dense_span([(date(2013, 1, 1), 90), *late]) == (date(2013, 1, 1), late[-1][0])
    assert dense_span([(date(2018, 3, 25), 1), *late]) == (date(2018, 3, 25), late[-1][0])
    assert dense_span([]) is None

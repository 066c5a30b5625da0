"""Copies of one story count once: as a filter, in counts, in what is handed over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles

from dashboard.core.models import Kind
from dashboard.query import Filters, article_frame, place_frame, summary
from dashboard.query.article_list import article_page
from dashboard.query.frames import independent_counts
from dashboard.query.selection import select_all
from dashboard.store.editing import merge_stories

if TYPE_CHECKING:
    from dashboard.store import Store


@pytest.fixture
def told(bare: Store) -> Store:
    """Return a store in which Tobruk has four articles of three stories, Cairo two of one, the others one each."""
    bare.add_many(make_articles())
    ship = [article.id for article, _ in make_articles()][:2]
    merge_stories(bare, ship, "me")
    return bare


def names(store: Store, **more: object) -> set[str]:
    return set(place_frame(store, Filters(**more))["name"])  # type: ignore[arg-type]


def test_copies_of_a_story_count_once(told: Store) -> None:
    counted = independent_counts(told, Filters())
    assert (counted["kh:tobruk"], counted["kh:cairo"], counted["kh:cyrenaica"]) == (3, 1, 1)
    assert dict(select_all(told, Filters()).independent) == counted
    assert (
        independent_counts(told, Filters(since=date(2024, 3, 5), until=date(2024, 4, 1), undated=False))[
            "kh:tobruk"
        ]
        == 2
    )


def test_places_that_too_few_stories_name_are_left_out(told: Store) -> None:
    assert names(told, independent=2) == names(told, independent=3) == {"Tobruk"}
    assert names(told, independent=4) == set()
    assert names(told, independent=2, kinds=(Kind.COUNTRY,)) == set()
    assert names(told, independent=2, since=date(2024, 3, 4), until=date(2024, 3, 5), undated=False) == set()


def test_articles_and_totals_follow(told: Store) -> None:
    for filters in (Filters(independent=2), Filters(independent=4), Filters(independent=2, text="grain")):
        articles = article_frame(told, filters)
        found = summary(told, filters)
        assert found.articles == len(articles)
        assert found.places == len(place_frame(told, filters))
        page = article_page(told, filters, undated=False)
        undated = article_page(told, filters, undated=True)
        assert page.total + undated.total == len(articles)
    assert len(article_frame(told, Filters(independent=2))) == 4
    assert len(article_frame(told, Filters(independent=4))) == 0

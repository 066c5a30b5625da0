from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from dashboard.core.models import Article, Focus, Parse
from dashboard.query import Filters, article_frame, article_page, order_in_force, stored_articles
from dashboard.store import open_store
from dashboard.store.schema import articles
from dashboard.store.search import parse_terms, relevance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.store import Store

FILLER = "الحكومة تعلن خطة جديدة للطرق والمدارس في البلاد هذا العام"
TEXTS = {  # the older an article is, the more it says of حفتر
    "most": (date(2024, 1, 1), "حفتر وحفتر ثم حفتر"),
    "more": (date(2024, 2, 1), f"حفتر وحفتر. {FILLER}"),
    "once": (date(2024, 3, 1), f"حفتر. {FILLER} {FILLER} {FILLER}"),
    "none": (date(2024, 4, 1), FILLER),
    "undated": (None, "حفتر حفتر حفتر حفتر"),
}


@pytest.fixture(scope="module")
def told(database: str) -> Iterator[Store]:
    with open_store(database) as store:
        for ident, (day, text) in TEXTS.items():
            store.add(
                Article(ident, text, "ar", None, None, day, id=ident), Parse("ar", (), Focus(), "p", "g")
            )
        yield store


@pytest.mark.parametrize(
    ("text", "order", "dated"),
    [
        ("حفتر", "", ["most", "more", "once"]),
        ("حفتر", "relevance", ["most", "more", "once"]),
        ("حفتر", "newest", ["once", "more", "most"]),
        ("-حفتر", "", ["none"]),
        ("", "", ["none", "once", "more", "most"]),
        ("", "relevance", ["none", "once", "more", "most"]),
    ],
)
def test_page_api_and_pack_have_one_order(told: Store, text: str, order: str, dated: list[str]) -> None:
    filters = Filters(text=text, min_confidence=0.0)
    assert [one.id for one in article_page(told, filters, order).articles] == dated
    undated = [one.id for one in article_page(told, filters, order, undated=True).articles]
    assert undated == ([] if text.startswith("-") else ["undated"])
    assert list(article_frame(told, filters, order).article_id) == dated + undated
    assert [one.id for one in stored_articles(told, filters, order)] == dated + undated


def test_pages_of_a_ranked_list_hold_every_article_once(told: Store) -> None:
    filters = Filters(text="حفتر", min_confidence=0.0)
    seen = [one.id for at in range(3) for one in article_page(told, filters, first=at, limit=1).articles]
    assert seen == ["most", "more", "once"]


def test_the_order_is_by_relevance_only_where_words_are_looked_for() -> None:
    assert order_in_force(Filters(text="حفتر")) == "relevance"
    assert order_in_force(Filters(text="حفتر"), "newest") == "newest"
    assert order_in_force(Filters(text="-حفتر"), "relevance") == "newest"
    assert order_in_force(Filters(), "relevance") == "newest"


def test_without_bm25_what_says_more_in_fewer_words_comes_first(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with told.engine.connect() as connection:
        monkeypatch.setattr(connection.dialect, "name", "other")
        ranked = relevance(connection, parse_terms("حفتر")).subquery()
        monkeypatch.undo()
        assert "bm25" not in str(ranked.select().compile(dialect=postgresql.dialect()))
        query = select(articles.c.id).join(ranked, ranked.c.key == articles.c.key).order_by(ranked.c.rank)
        assert list(connection.scalars(query)) == ["undated", "most", "more", "once"]

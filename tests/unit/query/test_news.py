from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from made_store import make_articles

from dashboard.query import Filters, Near, News, news_since
from dashboard.store import open_store
from dashboard.store.saved import newest_article

if TYPE_CHECKING:
    from pathlib import Path

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def test_new_articles_and_places_are_told_apart_from_those_known(tmp_path: Path):
    first, second, third, _ = make_articles()
    with open_store(f"sqlite:///{tmp_path}/news.sqlite") as store:
        store.add_many([first])
        seen = newest_article(store)
        assert news_since(store, Filters(), seen) == News()
        store.add_many([second, third])
        assert news_since(store, Filters(), seen) == News(2, 1, ("kh:jufra",))
        assert news_since(store, Filters(at=("kh:cairo",)), seen) == News(1, 0)
        assert news_since(store, Filters(near=Near(50, place="kh:jufra")), seen) == News(1, 1, ("kh:jufra",))
        assert news_since(store, Filters(languages=("fr",)), seen) == News()
        assert news_since(store, Filters(), ALWAYS).articles == 3
        assert news_since(store, Filters(added=seen), ALWAYS) == News(2, 1, ("kh:jufra",))
        assert news_since(store, Filters(), newest_article(store)) == News()

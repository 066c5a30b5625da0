from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.store import open_store
from dashboard.store.editing import remove_articles
from dashboard.store.feeds import (
    Feed,
    add_feeds,
    feeds_of,
    known_links,
    note_failure,
    note_success,
    remove_feeds,
)

if TYPE_CHECKING:
    from dashboard.store import Store

URL = "https://news.example/feed"


def test_feeds_are_listed_once_by_name(store: Store) -> None:
    listed = [
        (URL, "Zed \u202e", "ar"),
        ("https://b.example/rss", "", "fr"),
        (URL, "again", ""),
        ("http://www.news.example/feed/", "the same", ""),
    ]
    assert add_feeds(store, listed[:3]) == 2
    assert add_feeds(store, listed) == 0
    found = feeds_of(store)
    assert [(one.url, one.title, one.language) for one in found] == [
        (URL, "Zed", "ar"),
        ("https://b.example/rss", "https://b.example/rss", "fr"),
    ]
    remove_feeds(store, [URL, "https://none.example/"])
    assert [one.url for one in feeds_of(store)] == ["https://b.example/rss"]


@pytest.mark.parametrize("url", ["", "ftp://a.example/", "javascript:alert(1)", "http://u:p@a.example/"])
def test_what_is_no_address_is_refused_and_nothing_added(store: Store, url: str) -> None:
    with pytest.raises(StoreError, match="no address of a feed"):
        add_feeds(store, [(URL, "a", ""), (url, "b", "")])
    assert feeds_of(store) == []


def test_it_is_noted_how_each_fared(store: Store) -> None:
    add_feeds(store, [(URL, "News", "ar")])
    note_success(store, URL, etag='"1"', modified="then", added=3)
    note_failure(store, URL, "It broke.", "Try again later.", wait_s=600)
    note_failure(store, URL, "It broke again.")
    (one,) = feeds_of(store)
    assert (one.failure, one.step, one.failures) == ("It broke again.", "", 2)
    assert (one.etag, one.modified, one.articles, one.not_before) == ('"1"', "then", 3, None)
    assert one.tried is not None
    assert one.succeeded is not None
    assert one.tried >= one.succeeded
    assert one.tried.tzinfo is UTC
    note_success(store, URL, etag="", modified="", added=2)
    (one,) = feeds_of(store)
    assert (one.failure, one.failures, one.articles) == ("", 0, 5)


def test_failures_make_it_wait_longer() -> None:
    now, hour = datetime(2025, 3, 3, 12, tzinfo=UTC), timedelta(hours=1)

    def due(ago_h: float, **fared: object) -> bool:
        return Feed(URL, "a", tried=now - timedelta(hours=ago_h), **fared).is_due(now, hour)  # type: ignore[arg-type]

    assert Feed(URL, "a").is_due(now, hour)
    assert (due(0.9), due(1)) == (False, True)
    assert (due(3.9, failures=2), due(4, failures=2)) == (False, True)
    assert (due(23, failures=50), due(24, failures=50)) == (False, True)
    assert not due(50, not_before=now + timedelta(minutes=1))
    assert due(50, not_before=now)
    weekly = Feed(URL, "a", tried=now - timedelta(days=2), failures=3)
    assert not weekly.is_due(now, timedelta(days=7))


def test_links_of_stored_and_removed_articles_are_known(store: Store, hand_parser: object) -> None:
    words = ["one words of Tobruk", "two words of Paris"]
    links = [f"https://news.example/{number}" for number in range(2)]
    for text, link in zip(words, links, strict=True):
        store.add(Article(text, text, url=link), hand_parser.parse(text))  # type: ignore[attr-defined]
    asked = [f"{links[0]}/?utm_source=rss", "http://www.news.example/1", "https://news.example/2", "no link"]
    assert known_links(store, asked) == set(asked[:2])
    remove_articles(store, [store.at_address(links[0])[0]], "me")
    assert known_links(store, asked) == set(asked[:2])
    assert known_links(store, []) == set()


def test_an_older_store_gets_a_list(store_url: str) -> None:
    from sqlalchemy import update  # noqa: PLC0415 - this test makes an older store

    from dashboard.store.schema import feeds, meta  # noqa: PLC0415

    with open_store(store_url) as store, store.transaction() as connection:
        feeds.drop(connection)
        connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=7))
    with open_store(store_url) as store:
        assert feeds_of(store) == []
        assert add_feeds(store, [(URL, "News", "")]) == 1

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.store.saved import (
    SavedKind,
    delete_view,
    find_view,
    mark_seen,
    newest_article,
    rename_view,
    save_view,
    saved_views_of,
    watch_view,
)


def _add(store, hand_parser, *texts: str) -> None:
    for text in texts:
        article = Article(text, text, "en")
        store.add(article, hand_parser.parse(text, "en"))


def test_a_view_is_saved_renamed_and_deleted(store):
    before = datetime.now(UTC)
    key = save_view(store, "  The\u202e coast \n", "?kind=city", SavedKind.VIEW)
    view = find_view(store, key)
    assert (view.name, view.query, view.kind) == ("The coast", "kind=city", SavedKind.VIEW)
    assert before <= view.created <= datetime.now(UTC)
    rename_view(store, key, "<b>Coast</b>")
    assert find_view(store, key).name == "<b>Coast</b>"
    delete_view(store, key)
    delete_view(store, key)
    assert (find_view(store, key), saved_views_of(store)) == (None, [])


def test_watched_ones_come_first_then_by_name(store):
    for name, kind in (("b", SavedKind.VIEW), ("c", SavedKind.WATCH), ("a", SavedKind.VIEW)):
        save_view(store, name, "", kind)
    assert [view.name for view in saved_views_of(store)] == ["c", "a", "b"]


@pytest.mark.parametrize("name", ["", " \n\u200b ", "x" * 121])
def test_a_name_is_asked_for(store, name):
    with pytest.raises(StoreError, match="needs a name"):
        save_view(store, name, "")
    key = save_view(store, "good", "")
    with pytest.raises(StoreError, match="needs a name"):
        rename_view(store, key, name)
    assert [view.name for view in saved_views_of(store)] == ["good"]


def test_an_endless_address_is_refused(store):
    with pytest.raises(StoreError, match="can't be saved"):
        save_view(store, "x", "q" * 9000)


def test_seen_means_up_to_the_newest_article_and_not_to_the_clock(store, hand_parser):
    key = save_view(store, "all", "")
    assert find_view(store, key).seen_until.year == 1970
    _add(store, hand_parser, "Tobruk one")
    first = newest_article(store)
    _add(store, hand_parser, "Tobruk two")
    mark_seen(store, key, first)
    seen = find_view(store, key)
    assert (seen.seen_until, seen.looked_at >= newest_article(store)) == (first, True)
    mark_seen(store, key)
    assert find_view(store, key).seen_until == newest_article(store) > first
    assert datetime.now(UTC) - newest_article(store) < timedelta(minutes=1)


def test_a_saved_view_is_watched_later_and_no_longer(store, hand_parser):
    _add(store, hand_parser, "Before it was saved.")
    key = save_view(store, "Coast", "kind=city")
    _add(store, hand_parser, "After it was saved, and before it was watched.")
    watch_view(store, key)
    view = find_view(store, key)
    assert (view.kind, view.seen_until) == (SavedKind.WATCH, newest_article(store))
    _add(store, hand_parser, "New since.")
    watch_view(store, key)  # again: what is new stays new
    assert find_view(store, key).seen_until == view.seen_until < newest_article(store)
    watch_view(store, key, watched=False)
    assert find_view(store, key).kind is SavedKind.VIEW
    watch_view(store, key + 1)
    assert find_view(store, key + 1) is None

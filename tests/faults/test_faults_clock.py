"""The clock of the machine is set back by a year: nothing new is missed, and the last decision is the one in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboard.core.actor_changes import ActorChange
from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import Decision, Scope
from dashboard.core.models import Article
from dashboard.ingest.watching import _asks_to_wait
from dashboard.query import Filters, article_frame
from dashboard.store import open_store
from dashboard.store.actor_trail import actors_in_force, change_actor
from dashboard.store.corrections import Verdict, decide, make_correction, time_to_decide
from dashboard.store.editing import edit_articles
from dashboard.store.feeds import Feed
from dashboard.store.saved import mark_seen, save_view, saved_views_of
from dashboard.store.schema import articles

YEAR = timedelta(days=365)
TODAY = datetime(2026, 5, 1, tzinfo=UTC)


class Clock(datetime):
    """A clock that tests set."""

    told = TODAY

    @classmethod
    def now(cls, tz=None):
        cls.told += timedelta(seconds=1)
        return cls.told.astimezone(tz)


@pytest.fixture
def clock(monkeypatch):
    for module in ("store", "clock", "corrections", "editing", "saved", "actor_trail"):
        monkeypatch.setattr(f"dashboard.store.{module}.datetime", Clock)
    monkeypatch.setattr(Clock, "told", TODAY)
    return Clock


@pytest.fixture
def store(tmp_path, hand_parser):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        opened.add(Article("one", "Paris is far.", id="one"), hand_parser.parse("Paris is far."))
        yield opened


def test_what_comes_after_is_new(clock, store, hand_parser):
    view = save_view(store, "all", "")
    mark_seen(store, view)
    clock.told -= YEAR
    store.add(Article("two", "Tobruk is near."), hand_parser.parse("Tobruk is near."))
    seen = saved_views_of(store)[0].seen_until
    assert list(article_frame(store, Filters(added=seen), limit=9)["title"]) == ["two"]


def test_the_last_correction_is_in_force(clock, store):
    article = store.article("one")
    judged = store.resolutions("one")[0].place
    for decision, place in ((Decision.NOT_A_PLACE, None), (Decision.RIGHT, judged)):
        verdict = Verdict(decision, place, Scope.MENTION, "amal")
        decide(store, make_correction(article, (0, 5), judged, verdict, time_to_decide(store)))
        clock.told -= YEAR
    assert store.resolutions("one")[0].place == judged


def test_the_last_edit_is_in_force(clock, store):
    for title in ("first", "second", "third"):
        edit_articles(store, ["one"], {ArticleField.TITLE: title}, "amal")
        clock.told -= YEAR
    with store.engine.connect() as connection:
        assert connection.scalar(select(articles.c.title)) == "third"


def test_the_last_word_on_an_actor_is_in_force(clock, store):
    for country in ("LY", "EG"):
        change_actor(
            store, ActorChange("haftar", "person", country, (), ("Haftar",), (), (), "amal", "", TODAY)
        )
        clock.told -= YEAR
    with store.engine.connect() as connection:
        assert [one.country for one in actors_in_force(connection)] == ["EG"]


def test_a_feed_is_asked_though_it_was_tried_in_a_year_from_now():
    feed = Feed(
        url="https://feeds.example/1",
        title="one",
        language="",
        etag="",
        modified="",
        tried=TODAY + YEAR,
        succeeded=None,
        failure="",
        step="",
        failures=3,
        not_before=TODAY + YEAR + timedelta(hours=1),
        articles=0,
    )
    assert feed.is_due(TODAY, timedelta(hours=1))
    assert not _asks_to_wait(feed, TODAY)
    assert _asks_to_wait(feed, TODAY + YEAR + timedelta(minutes=1))

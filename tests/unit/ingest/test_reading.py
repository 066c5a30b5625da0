"""Legs are read as articles are stored, in this process or beside it, and again when they must be."""

from __future__ import annotations

from datetime import date

import pytest
from hand_networks import write_weights

from dashboard.core.article_changes import ArticleField
from dashboard.core.models import Article
from dashboard.core.progress import silent
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import ParserPool
from dashboard.ingest import ingest
from dashboard.ingest.reading import LocalReader, PooledReader, journey_parser, read_again
from dashboard.store.editing import edit_articles
from dashboard.store.legs import count_legs, legs_read_otherwise, read_reports

TEXT = "وصل المشير خليفة حفتر إلى باريس أمس قادما من القاهرة."


@pytest.fixture(scope="module")
def geoparser(small_gazetteer, tmp_path_factory):
    return Geoparser(
        small_gazetteer, write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)
    )


def article(text=TEXT, day=date(2018, 4, 18)):
    return Article(text[:20], text, "ar", "Wasat", None, day)


def legs_of(store):
    with store.engine.connect() as connection:
        return [report.leg for report in read_reports(connection, 100)]


def test_legs_are_stored_with_their_articles(store, geoparser):
    ingest([article(), article("لا أحد يتحرك.")], store, LocalReader(geoparser))
    (leg,) = legs_of(store)
    assert (leg.actor.key, leg.to_place.text, leg.date) == ("actor:khalifa-haftar", "باريس", "2018-04-17")
    assert count_legs(store) == (1, 0)
    assert legs_read_otherwise(store, journey_parser(geoparser).id) == []


def test_another_process_reads_the_same(geoparser):
    given = [article(), article("وصل وفد إلى طبرق.")]
    with ParserPool(geoparser, 1) as pool:
        beside = list(PooledReader(pool).read_many(given))
    here = list(LocalReader(geoparser).read_many(given))
    assert [one.legs for one in beside] == [one.legs for one in here]
    assert [one.parse.resolutions for one in beside] == [one.parse.resolutions for one in here]


def test_what_only_finds_places_leaves_legs_for_later(store, geoparser):
    ingest([article()], store, geoparser)
    assert (legs_of(store), count_legs(store)) == ([], (0, 1))
    read_again(store, geoparser, legs_read_otherwise(store, journey_parser(geoparser).id), silent)
    assert len(legs_of(store)) == 1


def test_a_day_put_right_moves_what_was_counted_from_it(store, geoparser):
    ingest([article()], store, LocalReader(geoparser))
    edit_articles(store, [article().id], {ArticleField.PUBLISHED: "2018-05-02"}, "me")
    stale = legs_read_otherwise(store, journey_parser(geoparser).id)
    assert stale == [article().id]
    read_again(store, geoparser, stale, silent)
    assert [leg.date for leg in legs_of(store)] == ["2018-05-01"]

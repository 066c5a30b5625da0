"""Stored articles are read again: places and legs change together, in one process or in several."""

from __future__ import annotations

import pytest
from hand_networks import write_weights
from same_rows import rows_of
from sqlalchemy import text

from dashboard.core.errors import StoreError
from dashboard.core.models import Article
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import ParserPool
from dashboard.ingest import ingest
from dashboard.ingest.again import parse_again
from dashboard.ingest.reading import LocalReader, PooledReader

TEXT = "وصل المشير خليفة حفتر إلى باريس أمس قادما من القاهرة. {n}"


@pytest.fixture(scope="module")
def geoparser(small_gazetteer, tmp_path_factory):
    weights = write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)
    return Geoparser(small_gazetteer, weights)


@pytest.fixture
def filled(store, geoparser):
    ingest([Article("t", TEXT.format(n=n)) for n in range(150)], store, LocalReader(geoparser))
    return store


def spoil(store) -> list[str]:
    """Let everything look as another parser found it, and return the ids."""
    with store.transaction() as connection:
        connection.execute(text("UPDATE parses SET parser_id = 'older'"))
        connection.execute(text("UPDATE mentions SET confidence = 0.1"))
        connection.execute(text("UPDATE legs SET confidence = 0.1"))
        return list(connection.scalars(text("SELECT id FROM articles ORDER BY key")))


def test_several_processes_give_what_one_gives(filled, store_url, geoparser):
    before = rows_of(store_url)
    ids = spoil(filled)
    assert rows_of(store_url) != before
    with ParserPool(geoparser, 2) as pool:
        assert parse_again(filled, PooledReader(pool), ids, ahead=2) == 150
    assert rows_of(store_url) == before


def test_where_legs_fail_the_places_stay_too(filled, store_url, geoparser, monkeypatch):
    ids = spoil(filled)
    before = rows_of(store_url)

    def fail(*_: object) -> None:
        raise StoreError("no room")

    monkeypatch.setattr("dashboard.store.store.replace_legs", fail)
    with pytest.raises(StoreError, match="no room"):
        parse_again(filled, LocalReader(geoparser), ids)
    assert rows_of(store_url) == before


def test_who_is_asked_to_stop_leaves_the_rest_and_passes_over_what_is_gone(filled, geoparser):
    asked = iter([False, True])
    assert (
        parse_again(filled, LocalReader(geoparser), ["gone", *spoil(filled)], stop=lambda: next(asked)) == 63
    )
    assert set(filled.parser_ids()) == {
        ("older", geoparser.gazetteer.id),
        (geoparser.id, geoparser.gazetteer.id),
    }


def test_legs_alone_leave_the_places(filled, geoparser, store_url):
    ids = spoil(filled)
    before = rows_of(store_url)
    assert parse_again(filled, LocalReader(geoparser), ids, legs_only=True) == 150
    after = rows_of(store_url)
    assert after["mentions"] == before["mentions"]
    assert after["legs"] != before["legs"]

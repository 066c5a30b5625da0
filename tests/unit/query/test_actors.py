"""The filter that leaves out places which an article names only as a government or a team."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import (
    Filters,
    area_frame,
    article_frame,
    describe_filters,
    evidence_frame,
    format_filters,
    named_in,
    parse_filters,
    place_frame,
)
from dashboard.query.curves import country_ranks
from dashboard.store import open_store
from dashboard.web.filter_words import filter_labels
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.store import Store

PARIS = Place("p", "Paris", Kind.CITY, 48.9, 2.4, "FR", "PPLC")
LYON = Place("l", "Lyon", Kind.CITY, 45.8, 4.8, "FR", "PPL")
OSLO = Place("o", "Oslo", Kind.CITY, 59.9, 10.8, "NO", "PPLC")
# article: (place, confidence, stands for a government)
ARTICLES = {
    "rejects": [(PARIS, 0.9, True), (LYON, 0.8, False), (OSLO, 0.95, True)],
    "rain": [(PARIS, 0.9, True), (PARIS, 0.7, False), (OSLO, 0.3, False), (OSLO, 0.9, True)],
    "speech": [(OSLO, 0.9, True)],
}
NO_ACTORS = Filters(actors=False)


@pytest.fixture(scope="module")
def store(database: str) -> Iterator[Store]:
    with open_store(database) as opened:
        for name, named in ARTICLES.items():
            found = tuple(
                Resolution(Mention(2 * at, 2 * at + 1, "x"), place, sure, metonymy=acts)
                for at, (place, sure, acts) in enumerate(named)
            )
            article = Article(name, "x. " * 10, "en", "S", None, date(2024, 1, 1), id=name)
            opened.add_many([(article, Parse("en", found, Focus(), "hand", "gaz"))])
        yield opened


def test_by_default_all_count(store: Store) -> None:
    assert dict(zip(*(place_frame(store, Filters())[x] for x in ("place_id", "articles")), strict=True)) == {
        "o": 3,
        "p": 2,
        "l": 1,
    }


def test_places_named_only_as_governments_are_left_out(store: Store) -> None:
    frame = place_frame(store, NO_ACTORS)
    assert list(zip(frame.place_id, frame.articles, frame.mentions, strict=True)) == [
        ("l", 1, 1),
        ("p", 1, 1),
    ]


def test_an_unsure_mention_of_the_place_itself_is_not_enough(store: Store) -> None:
    assert "o" not in set(place_frame(store, NO_ACTORS).place_id)
    low = Filters(actors=False, min_confidence=0.3)
    assert "o" in set(place_frame(store, low).place_id)


def test_articles_stay_in_the_list_and_their_counts_heed_it(store: Store) -> None:
    frame = article_frame(store, NO_ACTORS).set_index("article_id")
    assert frame.places.to_dict() == {"rejects": 1, "rain": 1, "speech": 0}
    assert frame.mentions.to_dict() == {"rejects": 1, "rain": 1, "speech": 0}
    assert set(article_frame(store, Filters(actors=False, at=("p",))).article_id) == {"rain"}
    assert set(article_frame(store, Filters(actors=False, countries=("NO",))).article_id) == set()


def test_sentences_and_names_in_articles_heed_it(store: Store) -> None:
    assert list(evidence_frame(store, "p", NO_ACTORS).confidence) == [0.7]
    assert {place.id for place, _ in named_in(store, NO_ACTORS, ["rejects"])["rejects"]} == {"l"}
    assert {place.id for place, _ in named_in(store, Filters(), ["rejects"])["rejects"]} == {"p", "l", "o"}


def test_an_article_counts_for_a_country_by_the_places_that_are_left(store: Store) -> None:
    """The surest row of the country is that of a government: another one stands for it."""
    frame = area_frame(store, NO_ACTORS, "country")
    assert dict(zip(frame.area_id, frame.articles, strict=True)) == {"country:FR": 2}
    ranks = country_ranks(store, NO_ACTORS, (date(2024, 1, 1), date(2024, 1, 2)))
    assert [(rank.code, rank.articles) for rank in ranks] == [("FR", 2)]


def test_it_is_in_the_address_and_in_words() -> None:
    assert format_filters(NO_ACTORS) == {"actors": "0"}
    assert parse_filters({"actors": "0"})[0] == NO_ACTORS
    assert parse_filters({"actors": "1"}) == (Filters(), [])
    assert [part.name for part in describe_filters(NO_ACTORS)] == ["actors"]
    labels = {ui: filter_labels(NO_ACTORS, strings(ui)) for ui in ("ar", "en", "fr")}
    assert labels["en"] == ("named as places, not as governments or teams",)
    assert len({label for (label,) in labels.values()}) == 3

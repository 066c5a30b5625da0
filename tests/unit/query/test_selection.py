from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dashboard.core.models import Kind
from dashboard.query import Filters, named_in, select_all, selection, stored_articles

if TYPE_CHECKING:
    from dashboard.store import Store


def told(store: Store, filters: Filters, **more: object) -> dict[str, list[str]]:
    evidence = select_all(store, filters).evidence(**more)  # type: ignore[arg-type]
    return {place: [article.id for article in articles] for place, articles in evidence}


def test_places_come_in_their_order_with_their_newest_articles_first(world: Store) -> None:
    found = told(world, Filters())
    assert list(found) == list(select_all(world, Filters()).places["place_id"])
    assert found["country:LY"] == ["tobruk", "paris"]
    assert found["geonames:2988507"] == ["twice", "paris"]  # the undated one is not sure enough


@pytest.mark.parametrize(
    "filters",
    [
        Filters(min_confidence=0.0),
        Filters(min_confidence=0.85),
        Filters(text="باريس"),
        Filters(kinds=(Kind.WATER,)),
        Filters(countries=("LY",), languages=("ar",)),
        Filters(since=date(2024, 2, 1)),
        Filters(sources=("Herald, The",), undated=False),
    ],
)
def test_what_is_told_is_what_the_frames_count(world: Store, filters: Filters) -> None:
    chosen = select_all(world, filters)
    found = {place: list(articles) for place, articles in chosen.evidence()}
    assert {place: len(articles) for place, articles in found.items()} == dict(
        zip(chosen.places["place_id"], chosen.places["articles"], strict=True)
    )
    mentions = {
        place: sum(len(sentence.spans) for article in articles for sentence in article.sentences)
        for place, articles in found.items()
    }
    assert mentions == dict(zip(chosen.places["place_id"], chosen.places["mentions"], strict=True))


def test_sentences_stand_in_the_text_where_they_say(world: Store) -> None:
    count = 0
    for _, articles in select_all(world, Filters(min_confidence=0.0)).evidence():
        for article in articles:
            stored = world.article(article.id)
            assert stored is not None
            for sentence in article.sentences:
                assert stored.text[sentence.start : sentence.end] == sentence.text
                for (start, end), surface in zip(sentence.spans, sentence.surfaces, strict=True):
                    assert stored.text[start:end] == surface
                    count += 1
    assert count == 10


def test_some_places_and_so_many_articles_of_each(world: Store) -> None:
    wanted = ["country:LY", "unknown", "geonames:2988507"]
    found = told(world, Filters(min_confidence=0.0), wanted=wanted, newest=1)
    assert found == {"country:LY": ["tobruk"], "geonames:2988507": ["twice"]}


def test_batches_of_one_pair_tell_the_same(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(world, Filters())
    monkeypatch.setattr(selection, "_PAIRS", 1)
    assert told(world, Filters()) == whole


def test_a_sentence_is_one_however_often_it_names_the_place(world: Store) -> None:
    evidence = select_all(world, Filters()).evidence(["geonames:2988507"])
    articles = {article.id: article for _, found in evidence for article in found}
    assert len(articles["twice"].sentences) == 1
    assert articles["twice"].surest.surfaces == ("Paris", "Paris")
    assert articles["twice"].url == "https://e.org/2"


def test_articles_with_their_places(world: Store) -> None:
    found = named_in(world, Filters(), ["paris", "sea", "nowhere"])
    assert {name: [place.id for place, _ in named] for name, named in found.items()} == {
        "paris": ["geonames:2988507", "country:LY"],
        "sea": ["kh:mediterranean"],
    }
    only = named_in(world, Filters(countries=("LY",)), ["paris"])
    assert [place.id for place, _ in only["paris"]] == ["country:LY"]


def test_stored_articles_are_those_of_the_filters_to_the_letter(
    world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.query.stored._CHUNK", 2)
    found = list(stored_articles(world, Filters()))
    assert [article.id for article in found] == ["twice", "tobruk", "nowhere", "paris", "sea"]
    assert {article.parser_id for article in found} == {"hand"}
    for article in found:
        stored = world.article(article.id)
        assert stored is not None
        assert stored.text == article.text
    assert [article.id for article in stored_articles(world, Filters(countries=("FR",)))] == [
        "twice",
        "paris",
    ]

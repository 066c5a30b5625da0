from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_store import make_articles, make_store
from told_story import FIRST, REPRINT, RETOLD, VERSION, tell_story

from dashboard.query import count_printings, story_of
from dashboard.query.story import MOST_PRINTINGS
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.store import Store


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Store]:
    url = make_store(tmp_path)
    tell_story(url)
    with open_store(url) as store:
        yield store


def test_all_printings_are_there_oldest_first(told: Store) -> None:
    story = story_of(told, RETOLD)
    assert story is not None
    assert [one.id for one in story.printings] == [FIRST, REPRINT, RETOLD, VERSION]
    assert (story.total, story.origins) == (4, 3)
    first, reprint, retold, _ = story.printings
    assert first.is_replaced
    assert not reprint.is_replaced
    assert (reprint.origin, reprint.url, retold.url) == ("Agence Vide", None, None)
    assert first.words == len(first.text.split())


def test_what_one_names_and_another_leaves_out(told: Store) -> None:
    story = story_of(told, FIRST)
    assert story is not None
    named = {place.place.id: place.named_by for place in story.places}
    assert named["kh:tobruk"] == {FIRST, REPRINT, RETOLD, VERSION}
    assert named["kh:cairo"] == {FIRST, REPRINT, VERSION}
    assert story.places[0].place.id == "kh:tobruk"
    assert [place.id for place in story.only_in(FIRST, RETOLD)] == ["kh:cairo"]
    assert [place.id for place in story.only_in(RETOLD, FIRST)] == ["country:LY"]
    assert story.only_in(FIRST, REPRINT) == ()


def test_places_that_are_not_sure_enough_count_as_left_out(told: Store) -> None:
    story = story_of(told, FIRST, 0.95)
    assert story is not None
    assert story.places == ()


def test_an_article_by_itself_and_one_that_is_not_there(told: Store) -> None:
    alone = story_of(told, make_articles()[0][0].id)
    assert alone is not None
    assert (len(alone.printings), alone.total, alone.origins) == (1, 1, 1)
    assert story_of(told, "nowhere") is None
    assert count_printings(told, "nowhere") == 0
    assert count_printings(told, VERSION) == 4


def test_the_article_that_is_asked_for_is_among_the_first(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PRINTINGS >= 100
    monkeypatch.setattr("dashboard.query.story.MOST_PRINTINGS", 2)
    story = story_of(told, VERSION)
    assert story is not None
    assert [one.id for one in story.printings] == [FIRST, VERSION]
    assert story.total == 4

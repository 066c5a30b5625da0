from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from made_store import make_articles
from sqlalchemy import update

from dashboard.core.models import Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.gazetteer.division_names import division_names
from dashboard.query import AREA_COLUMNS, Filters, area_frame, check_frame, places_in_area
from dashboard.store import Store, open_store
from dashboard.store.schema import LEADS_DIVISION, article_places, meta

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUTNAN = Place("adm1:LY-BU", "Butnan", Kind.ADMIN, 31.0, 24.0, "LY", "ADM1")
TOBRUK = Place("t", "Tobruk", Kind.CITY, 32.0, 24.0, "LY", admin1="adm1:LY-BU")
PORT = Place("p", "Port", Kind.FACILITY, 32.1, 24.1, "LY", admin1="adm1:LY-BU")
SEBHA = Place("s", "Sebha", Kind.CITY, 27.0, 14.0, "LY", admin1="adm1:LY-SB")
CAIRO = Place("c", "Cairo", Kind.CITY, 30.0, 31.0, "EG", admin1="adm1:EG-C")
SEA = Place("m", "Sea", Kind.WATER, 35.0, 18.0)
# article: source, day, places with confidences
ARTICLES = {
    "one": ("A", date(2024, 1, 1), {TOBRUK: 0.9, PORT: 0.7, BUTNAN: 0.6, SEA: 0.9}),
    "two": ("B", date(2024, 2, 1), {PORT: 0.8, SEBHA: 0.55}),
    "three": ("A", None, {TOBRUK: 0.3, CAIRO: 0.95}),
    "four": ("B", date(2024, 3, 1), {BUTNAN: 0.52}),
}


def _pair(name: str) -> tuple[Article, Parse]:
    source, day, found = ARTICLES[name]
    resolutions = tuple(
        Resolution(Mention(at, at + 1, "x"), place, sure) for at, (place, sure) in enumerate(found.items())
    )
    article = Article(name, "x" * 20, "en", source, None, day, id=name)
    return article, Parse("en", resolutions, Focus(), "hand", "gaz")


@pytest.fixture(scope="module")
def land(database: str) -> Iterator[Store]:
    with open_store(database) as store:
        store.add_many(_pair(name) for name in ARTICLES)
        yield store


def counted(store: Store, level: str, **changes: object) -> dict[str, tuple[int, int]]:
    frame = area_frame(store, replace(Filters(), **changes), level)
    check_frame(frame, AREA_COLUMNS)
    return {row.area_id: (row.articles, row.places) for row in frame.itertuples()}


def test_an_article_counts_once_for_each_area(land: Store) -> None:
    assert counted(land, "country") == {"country:LY": (3, 4), "country:EG": (1, 1)}
    assert counted(land, "division") == {
        "adm1:LY-BU": (3, 3),
        "adm1:EG-C": (1, 1),
        "adm1:LY-SB": (1, 1),
    }


def test_the_most_named_area_comes_first_with_its_surest_mention(land: Store) -> None:
    frame = area_frame(land, Filters(), "division")
    assert list(frame["articles"]) == [3, 1, 1]
    assert list(frame["confidence"]) == [0.9, 0.95, 0.55]


def test_filters_and_the_threshold_move_the_counts(land: Store) -> None:
    assert counted(land, "country", min_confidence=0.0)["country:LY"] == (4, 4)
    assert counted(land, "country", min_confidence=0.85) == {"country:EG": (1, 1), "country:LY": (1, 1)}
    assert counted(land, "division", sources=("B",)) == {"adm1:LY-BU": (2, 2), "adm1:LY-SB": (1, 1)}
    assert counted(land, "division", countries=("EG",)) == {"adm1:EG-C": (1, 1)}
    assert counted(land, "division", since=date(2024, 2, 1), undated=False)["adm1:LY-BU"] == (2, 2)


def test_a_kind_is_counted_among_its_own_places(land: Store) -> None:
    assert counted(land, "division", kinds=(Kind.FACILITY,)) == {"adm1:LY-BU": (2, 1)}
    assert counted(land, "country", kinds=(Kind.FACILITY, Kind.CITY))["country:LY"] == (2, 3)


def test_the_places_of_an_area(land: Store) -> None:
    assert places_in_area(land, "adm1:LY-BU") == {"adm1:LY-BU", "t", "p"}
    assert places_in_area(land, "country:LY") == {"adm1:LY-BU", "t", "p", "s"}
    assert places_in_area(land, "country:FR") == frozenset()


def test_an_older_store_learns_which_rows_lead_their_division(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'old.sqlite').as_posix()}"
    with open_store(url) as store:
        store.add_many([*(_pair(name) for name in ARTICLES), *make_articles()])
        new = counted(store, "division")
        link = article_places.c
        with store.engine.begin() as connection:
            connection.execute(update(article_places).values(leads=link.leads.bitwise_and(~LEADS_DIVISION)))
            connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=2))
        assert counted(store, "division") == {}
    with open_store(url) as store:
        assert counted(store, "division") == new
        assert new["adm1:LY-BU"] == (3, 3)


def test_divisions_have_names_in_three_languages() -> None:
    assert division_names("en")["adm1:LY-BU"] == "Butnan"
    assert "بطنان" in division_names("ar")["adm1:LY-BU"]
    assert len(division_names("fr")) > 3000

"""What pages and routes share: no view changes it, and both ask the same keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
import pytest
from starlette.requests import Request

from dashboard.render.map.clusters import Bounds, cluster_data
from dashboard.web import answers, handles, keeping
from dashboard.web.api import answer
from dashboard.web.map_data import film_of, nearer_of
from dashboard.web.visit import read_visit

if TYPE_CHECKING:
    from conftest import OpenPage

VISITS: tuple[dict[str, str], ...] = (
    {},
    {"view": "heat"},
    {"view": "countries", "by": "share"},
    {"view": "countries", "area": "country:LY"},
    {"view": "divisions"},
    {"view": "compare", "vs": "lang=en"},
    {"view": "compare", "vs": "lang=en", "by": "second"},
    {"rank": "countries"},
    {"q": "tobruk"},
    {"place": "kh:tobruk"},
    {"page": "review"},
    {"page": "saved"},
)


def frames() -> list[tuple[Any, Any, pd.DataFrame]]:
    return [
        (one, key, value)
        for one in keeping._ALL
        for key, value in one.answers.items()
        if isinstance(value, pd.DataFrame)
    ]


def test_many_places_are_gathered_once_for_all_who_open_a_view(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def gather(*asked: Any) -> dict[str, Any]:
        made.append(asked)
        return cluster_data(*asked)

    monkeypatch.setattr("dashboard.render.map.clusters.PLAIN_PLACES", 1)
    monkeypatch.setattr(answers, "cluster_data", gather)
    open_page()
    for visit in ({}, {"rank": "countries"}, {"kind": "city"}, {}):
        assert not open_page(again=True, **visit).exception
    assert len(made) == 2


def test_no_view_changes_a_frame(open_page: OpenPage) -> None:
    open_page()
    for visit in VISITS:
        page = open_page(again=True, **visit)
        assert not page.exception
    film_of(read_visit({"ui": "en"})[0])
    nearer_of(read_visit({"ui": "en"})[0], Bounds(-90, -180, 90, 180), 5)
    seen = frames()
    assert {one.make.__name__ for one, _, _ in seen} >= {
        "cached_places",
        "cached_evidence",
        "cached_areas",
        "cached_compared",
    }
    for one, key, shown in seen:
        pd.testing.assert_frame_equal(shown, one.make(*key))


def test_page_and_routes_share_what_they_ask(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    open_page()
    monkeypatch.setattr(answers, "place_frame", lambda *_: pytest.fail("asked twice"))
    monkeypatch.setattr(answers, "summary", lambda *_: pytest.fail("asked twice"))
    assert film_of(read_visit({})[0])["bins"]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/articles",
        "query_string": b"",
        "headers": [],
        "server": ("localhost", 80),
        "scheme": "http",
    }
    assert orjson.loads(answer(Request(scope)).body)["total"] > 0


def test_a_written_store_is_asked_anew(open_page: OpenPage) -> None:
    open_page()
    (edition,) = {key[0] for one, key, _ in frames() if one.make.__name__ == "cached_places"}
    older = handles.Edition(edition.url, edition.version - 1)
    filters = read_visit({})[0].filters
    assert answers.cached_places(older, filters) is not answers.cached_places(edition, filters)
    assert answers.cached_places(edition, filters) is answers.cached_places(edition, filters)

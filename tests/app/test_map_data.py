from __future__ import annotations

import asyncio
import gzip
import inspect
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from made_store import make_store
from starlette.requests import Request
from starlette.routing import Route

from dashboard.web import handles
from dashboard.web.server import make_routes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("KHARITA_STORE", make_store(tmp_path))
    handles.clear()
    routes = {route.path: route.endpoint for route in make_routes() if isinstance(route, Route)}

    def asked(address: str) -> Any:
        path, _, query = address.partition("?")
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
        found = routes[path](Request(scope))
        answer = asyncio.run(found) if inspect.isawaitable(found) else found
        assert answer.status_code == 200
        assert answer.headers["content-encoding"] == "gzip"
        return orjson.loads(gzip.decompress(answer.body))

    return asked


def test_time_is_played_under_the_filters(ask: Any) -> None:
    film = ask("/map/play.json?ui=en")
    assert film["bins"][0] == "4 March 2024"
    assert sum(film["totals"]) == 3
    assert {row[1] for row in film["places"]} == {"Tobruk", "Cairo"}
    assert ask("/map/play.json?ui=ar&q=grain")["places"][0][1] in ("طبرق", "القاهرة")
    assert ask("/map/play.json?from=2030-01-01")["bins"] == []


def test_steps_and_bad_values(ask: Any) -> None:
    assert len(ask("/map/play.json?step=week")["bins"]) == 5
    assert ask("/map/play.json?step=eon&kind=moon&sure=9")["bins"]


def test_outlines_of_divisions_are_served(ask: Any) -> None:
    assert "LY-BU" in ask("/assets/basemap/divisions.json")["shapes"]


def test_places_from_near_are_asked_for_by_bounds(ask: Any) -> None:
    found = ask("/map/places.json?ui=en&seen=25.0,10.0,35.0,28.0&zoom=9")
    assert {row[1] for row in found["rows"]} == {"Tobruk", "Jufra base"}
    assert ask("/map/places.json?ui=en&kind=city&seen=25,10,35,28&zoom=9")["levels"]["9"] == [[0, 1, 0]]


@pytest.mark.parametrize(
    "query", ["", "seen=1,2,3&zoom=4", "seen=a,b,c,d&zoom=4", "seen=1,2,3,4&zoom=-1", "seen=1,2,3,4&zoom=999"]
)
def test_a_bad_box_is_answered_with_what_is_needed(query: str) -> None:
    route = next(r for r in make_routes() if isinstance(r, Route) and r.path == "/map/places.json")
    scope = {
        "type": "http",
        "method": "GET",
        "path": route.path,
        "query_string": query.encode(),
        "headers": [],
    }
    answer = asyncio.run(route.endpoint(Request(scope)))
    assert answer.status_code == 400
    assert b"SOUTH,WEST" in answer.body

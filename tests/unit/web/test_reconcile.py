"""OpenRefine's service, asked over a real socket."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import uvicorn
from starlette.applications import Starlette

from dashboard.core.settings import Settings
from dashboard.gazetteer.user_places import UserPlace, add_place
from dashboard.web.server import make_middleware, make_routes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

    Ask = Callable[..., tuple[int, dict[str, str], Any]]


@pytest.fixture
def service(small_gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path))
    monkeypatch.setattr("dashboard.web.reconcile.shared_gazetteer", lambda _settings: small_gazetteer)
    app = Starlette(routes=make_routes(), middleware=make_middleware())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def ask(service: str) -> Ask:
    def asked(
        path: str = "", *, post: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        data = urlencode(post).encode() if post else None
        request = Request(f"{service}/reconcile{path}", data, headers)  # noqa: S310 - our own server
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310 - likewise
                return answer.status, dict(answer.headers), json.loads(answer.read())
        except HTTPError as error:
            return error.code, dict(error.headers), json.loads(error.read())

    return asked


def queries(**asked: object) -> dict[str, str]:
    return {"queries": json.dumps(asked)}


def test_the_manifest_says_what_the_service_does(ask: Ask, service: str) -> None:
    status, _, manifest = ask()
    assert (status, manifest["versions"]) == (200, ["0.1", "0.2"])
    assert {"name", "identifierSpace", "schemaSpace", "view", "defaultTypes"} <= set(manifest)
    assert manifest["view"]["url"] == f"{service}/reconcile/view?id={{{{id}}}}"
    for what in manifest["suggest"].values():
        path = what["service_path"].removeprefix("/reconcile")
        assert what["service_url"] == service
        assert "result" in ask(f"{path}?prefix=a")[2]


@pytest.mark.parametrize("way", ["get", "post"])
def test_a_batch_of_cells_gets_candidates(ask: Ask, way: str) -> None:
    asked = queries(
        q0={"query": "طرابلس", "properties": [{"pid": "country", "v": "LB"}]},
        q1={"query": "Tripoli", "properties": [{"pid": "country", "v": "ليبيا"}], "limit": 1},
        q2={"query": "nothing of this name"},
        q3={"query": "مصر", "type": "country"},
    )
    status, _, found = ask(post=asked) if way == "post" else ask(f"?{urlencode(asked)}")
    assert status == 200
    best = {name: answer["result"][0] for name, answer in found.items() if answer["result"]}
    assert "LB" in best["q0"]["description"] or "Lebanon" in best["q0"]["description"]
    assert best["q0"]["match"]
    assert "Libya" in best["q1"]["description"]
    assert len(found["q1"]["result"]) == 1
    assert found["q2"] == {"result": []}
    assert (best["q3"]["id"], best["q3"]["type"], best["q3"]["match"]) == (
        "country:EG", [{"id": "country", "name": "country"}], True,
    )  # fmt: skip
    scores = [one["score"] for one in found["q0"]["result"]]
    assert scores == sorted(scores, reverse=True)


def test_a_single_query_is_answered_as_older_clients_ask(ask: Ask) -> None:
    plain, full = ask("?query=Tobruk")[2], ask(f"?{urlencode({'query': json.dumps({'query': 'Tobruk'})})}")[2]
    assert plain == full
    assert plain["result"][0]["name"] == "Tobruk"


def test_a_namesake_that_leads_by_little_is_no_match(ask: Ask) -> None:
    found = ask(post=queries(q={"query": "Alexandria"}))[2]["q"]["result"]
    assert len(found) > 1
    far = found[0]["score"] - found[1]["score"] >= 15
    assert found[0]["match"] == far
    assert not any(one["match"] for one in found[1:])


def test_a_point_tells_namesakes_apart(ask: Ask) -> None:
    for lat, lon in ((34.43, 35.84), (32.89, 13.19)):
        point = [{"pid": "latitude", "v": lat}, {"pid": "longitude", "v": str(lon)}]
        best = ask(post=queries(q={"query": "Tripoli", "properties": point}))[2]["q"]["result"][0]
        values = ask(post={"extend": json.dumps({"ids": [best["id"]], "properties": [{"id": "latitude"}]})})[
            2
        ]
        assert values["rows"][best["id"]]["latitude"][0]["float"] == pytest.approx(lat, abs=0.3)


def test_columns_are_filled_from_places(ask: Ask) -> None:
    best = ask("?query=Tobruk")[2]["result"][0]["id"]
    wanted = {
        "ids": [best, "kh:none"],
        "properties": [{"id": "name_ar"}, {"id": "country"}, {"id": "latitude"}],
    }
    found = ask(post={"extend": json.dumps(wanted)})[2]
    assert [one["id"] for one in found["meta"]] == ["name_ar", "country", "latitude"]
    assert found["rows"][best]["name_ar"] == [{"str": "طبرق"}]
    assert found["rows"][best]["country"] == [{"str": "LY"}]
    assert found["rows"]["kh:none"] == {"name_ar": [], "country": [], "latitude": []}
    assert {"id": "name_ar", "name": "Arabic name"} in ask("/properties?type=city")[2]["properties"]


def test_the_user_s_own_places_are_found_first(ask: Ask, service: str) -> None:
    ident = add_place(Settings(), UserPlace(name="Depot <b>9</b>", latitude=30, longitude=20, country="LY"))
    assert ask(post=queries(q={"query": "depot <b>9</b>"}))[2]["q"]["result"][0]["id"] == ident
    with urlopen(f"{service}/reconcile/view?id={ident}", timeout=20) as answer:  # noqa: S310 - our own server
        page = answer.read().decode()
    assert "<b>" not in page
    assert "30.0000, 20.0000" in page


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ({"queries": "{"}, "is no JSON"),
        ({"queries": "[]"}, "must be a JSON object"),
        ({"queries": '{"q": 1}'}, "'q' must be an object"),
        ({"queries": '{"q": {"query": "x", "type": "moon"}}'}, "'moon' is unknown"),
        ({"queries": '{"q": {"query": "x", "limit": "many"}}'}, "whole number"),
        ({"extend": '{"ids": "x"}'}, "needs lists"),
        ({"extend": '{"ids": [], "properties": [{"id": "colour"}]}'}, "'colour' is unknown"),
        ({"queries": json.dumps({str(n): {"query": ""} for n in range(1001)})}, "too many"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(ask: Ask, post: dict[str, str], said: str) -> None:
    status, _, found = ask(post=post)
    assert status == 400
    assert said in found["error"]


def test_too_much_is_refused_before_it_is_read(ask: Ask) -> None:
    assert ask(post={"queries": "x" * 2_100_000})[0] == 413


def test_a_page_of_this_machine_may_read_and_no_other(ask: Ask) -> None:
    refine = "http://127.0.0.1:3333"
    status, headers, _ = ask("?query=Tobruk", Origin=refine)
    assert (status, headers["access-control-allow-origin"]) == (200, refine)
    for origin in ("https://evil.example", "http://127.0.0.1.evil.example", "null"):
        status, headers, found = ask("?query=Tobruk", Origin=origin)
        assert (status, "access-control-allow-origin" in headers) == (403, False)
        assert "own pages" in found["error"]
    assert ask("?query=Tobruk", Host="evil.example")[0] == 421


def test_before_the_gazetteer_is_built_it_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.web.reconcile.shared_gazetteer", lambda _settings: None)
    status, _, found = ask()
    assert status == 503
    assert "kharita gazetteer build" in found["error"]

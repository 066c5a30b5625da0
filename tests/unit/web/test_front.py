"""What a server in front says, from whom it counts, and the prefix under which everything stands."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asking import asker, knock
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from dashboard.core.hosts import is_within
from dashboard.core.settings import Settings
from dashboard.render.assets import FRAME_ROOT, font_addresses, fonts_css
from dashboard.render.theme import FONTS, LIGHT, stylesheet
from dashboard.web.front import Front, path_of
from dashboard.web.launch import address_of, command, environment
from dashboard.web.server import make_middleware, make_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from asking import Answer
    from starlette.requests import Request

    Asking = Callable[..., Answer]

BASE = "/news/maps"
ELSEWHERE = "192.0.2.7"


@pytest.fixture
def ask_below(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return a function that asks a server whose addresses have a prefix."""
    assert ask is not None  # has made the store
    monkeypatch.setenv("KHARITA_BASE_PATH", BASE)
    monkeypatch.setenv("KHARITA_ALLOW_HOST", "maps.example")
    return asker()


def seen(headers: dict[str, str], path: str = "/x", peer: str = "10.0.0.2", base: str = "") -> Any:
    """Return how a request looks behind the front, or the status with which it is refused."""

    async def tell(request: Request) -> JSONResponse:
        found = {name: value for name, value in request.headers.items() if name.startswith("x-forwarded")}
        return JSONResponse(
            {"scheme": request.url.scheme, "client": request.client.host if request.client else "",
             "path": request.url.path, "below": path_of(request.scope), "forwarded": sorted(found)}
        )  # fmt: skip

    front = Middleware(Front, base=base, trusted="10.0.0.2,10.1.0.0/16")
    app = Starlette(routes=[Route("/{path:path}", tell)], middleware=[front])

    async def asked() -> httpx.Response:
        way = httpx.ASGITransport(app, client=(peer, 5))
        async with httpx.AsyncClient(transport=way, base_url="http://localhost") as client:
            return await client.get(f"http://localhost{path}", headers=headers)

    answer = asyncio.run(asked())
    return answer.json() if answer.status_code == 200 else answer.status_code


TOLD = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "maps.example",
    "x-forwarded-prefix": "/maps/",
}


@pytest.mark.parametrize("peer", ["10.0.0.2", "10.1.7.7"])
def test_who_is_trusted_says_how_it_was_asked(peer: str) -> None:
    found = seen(TOLD, peer=peer, base="/maps")
    assert found["scheme"] == "https"
    assert found["client"] == "203.0.113.9"
    assert (found["path"], found["below"]) == ("/maps/x", "/x")
    assert "x-forwarded-host" in found["forwarded"]


@pytest.mark.parametrize("peer", ["10.0.0.3", "10.2.0.1", "unknown"])
def test_nobody_else_says_anything(peer: str) -> None:
    assert seen(TOLD, peer=peer) == {
        "scheme": "http", "client": peer, "path": "/x", "below": "/x", "forwarded": [],
    }  # fmt: skip
    assert seen(TOLD, peer=peer, base="/maps") == 404


def test_only_the_own_prefix_is_given_back() -> None:
    assert seen({"x-forwarded-prefix": "/other"}, base="/maps") == 404
    assert seen({"x-forwarded-prefix": "/maps"}, path="/maps/x", base="/maps")["path"] == "/maps/x"
    assert seen({"x-forwarded-prefix": "/maps"})["path"] == "/x"


@pytest.mark.parametrize("path", ["/", "/x", "/mapsx", "/maps.x", "//maps/x", "/MAPS/x"])
def test_nothing_is_outside_the_prefix(path: str) -> None:
    assert seen({}, path=path, base="/maps") == 404


def test_every_route_is_below_the_prefix_and_there_only(ask_below: Asking) -> None:
    for route in make_routes():
        assert isinstance(route, Route | Mount)
        assert route.path.startswith(f"{BASE}/")
    for path in ("/healthz", "/api", "/api/articles", "/map/play.json", "/assets/kharita/fonts.css"):
        assert ask_below(BASE + path).status == 200
        outside = ask_below(path)
        assert (outside.status, outside.body.decode()) == (404, f"Everything here stands under {BASE}/.")
    assert knock("/_stcore/stream") == 1008
    assert knock(f"{BASE}/_stcore/stream") == 101


def test_addresses_that_are_handed_on_have_the_prefix(ask_below: Asking) -> None:
    following = ask_below(f"{BASE}/api/articles?limit=1").json["next"]
    assert following.startswith(f"{BASE}/api/articles?")
    assert ask_below(following).json["offset"] == 1
    links = ask_below(f"{BASE}/api/places.geojson?limit=1").json["links"]
    assert links[0]["href"].startswith(f"{BASE}/api/places.geojson?")


def test_the_guard_looks_below_the_prefix(ask_below: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask_below is not None
    monkeypatch.setenv("KHARITA_HOST", "10.0.0.7")
    ask = asker()
    assert ask(f"{BASE}/api/articles").status == 401
    assert ask(f"{BASE}/metrics").status == 401
    assert ask(f"{BASE}/map/play.json").status == 200


def test_a_name_told_by_a_server_in_front_is_weighed_beside_the_host(ask_below: Asking) -> None:
    def status(host: str, told: str, peer: str = "127.0.0.1", **more: str) -> int:
        return ask_below(f"{BASE}/healthz", host=host, peer=peer, x_forwarded_host=told, **more).status

    assert status("127.0.0.1:8501", "maps.example") == 200
    assert (
        status("127.0.0.1:8501", "maps.example", origin="https://maps.example", x_forwarded_proto="https")
        == 200
    )
    assert status("127.0.0.1:8501", "maps.example, localhost") == 200  # two servers in front
    assert status("127.0.0.1:8501", "evil.example") == 421
    assert status("evil.example", "localhost") == 421  # what a page elsewhere could send
    assert status("maps.example", "localhost:1", origin="https://evil.example") == 403
    assert status("maps.example", "evil.example", peer=ELSEWHERE) == 200  # not asked, so not heard


def test_a_page_without_its_slash_is_led_to_it_under_the_name_it_was_asked_by(ask_below: Asking) -> None:
    told = {"x_forwarded_host": "maps.example", "x_forwarded_proto": "https"}
    answer = ask_below(f"{BASE}/api/", host="127.0.0.1:8501", **told)
    assert answer.status == 307
    assert answer.headers["location"] == f"https://maps.example{BASE}/api"


def test_files_are_found_from_where_they_are_asked_for() -> None:
    assert FONTS == "assets/kharita/fonts.css"
    assert f'@import url("{FONTS}")' in stylesheet(LIGHT.name, rtl=False)
    assert all(address.startswith("assets/fonts/") for address in font_addresses(arabic=True))
    assert set(re.findall(r'url\("([^/]+/[^/]+)/', fonts_css())) == {"../fonts"}
    assert FRAME_ROOT == "../.."  # from component/NAME/index.html


@pytest.mark.parametrize(
    ("given", "kept"), [("", ""), ("/", ""), ("maps", "/maps"), ("/maps/", "/maps"), ("//a//b.c", "/a/b.c")]
)
def test_a_prefix_is_written_one_way(given: str, kept: str) -> None:
    settings = Settings(base_path=given)
    assert settings.base_path == kept
    assert address_of(settings) == f"http://localhost:8501{kept}"
    assert environment(settings)["KHARITA_BASE_PATH"] == kept
    told = command(settings)
    assert told[told.index("--server.baseUrlPath") + 1] == kept


@pytest.mark.parametrize("given", ["/../x", "/.", "/a b", "/خريطة", "/x?y", "/a#b", "https://x/maps", "/%2e"])
def test_what_is_no_prefix_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="can't stand in a path"):
        Settings(base_path=given)


def test_addresses_within_networks() -> None:
    assert is_within("::1", "127.0.0.1,::1")
    assert is_within("10.1.2.3", "10.1.0.0/16")
    assert not is_within("10.2.2.3", "10.1.0.0/16, ")
    assert not is_within("10.1.2.3", "")
    assert not is_within("localhost", "127.0.0.1")


def test_the_beginning_and_the_end_of_the_server_pass_all_that_is_in_front(ask_below: Asking) -> None:
    assert ask_below is not None
    seen: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        seen.append("begun")
        yield
        seen.append("ended")

    app = Starlette(middleware=make_middleware(), lifespan=lifespan)

    async def whole() -> None:
        told = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

        async def receive() -> Any:
            return next(told)

        async def send(_message: Any) -> None:
            return

        await app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)

    asyncio.run(whole())
    assert seen == ["begun", "ended"]

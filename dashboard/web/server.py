"""The web application round the page: files from this machine, security headers, a health route."""

from __future__ import annotations

import gc
import threading
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard.core.logs import write_json_logs
from dashboard.core.settings import Settings
from dashboard.render.assets import ASSETS, asset_folders, fonts_css
from dashboard.web.basemap import basemap_routes, pack_ahead
from dashboard.web.filling import begin_to_fill, filled
from dashboard.web.front import Front
from dashboard.web.gate import Gate
from dashboard.web.guard import Guard, nobody
from dashboard.web.measuring import Measured, answer_metrics
from dashboard.web.opening import Opening
from dashboard.web.own_tiles import own_tiles_route
from dashboard.web.sharing import Counter
from dashboard.web.watching import watch_parent
from dashboard.words import LANGUAGES, messages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from dashboard.web.handles import Edition

__all__ = [
    "CONTENT_POLICY",
    "SecurityHeaders",
    "make_middleware",
    "make_routes",
    "tiles_origin",
    "warm_up",
]


# Streamlit's page and the map's frame need inline scripts and `eval`; nothing else comes from outside.
CONTENT_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; "
    "img-src 'self' data: blob:{tiles}; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# Loaded ahead of the first visit. Modules that declare components or caches must wait for the page's script.
_HEAVY = (
    "dashboard.query",
    "dashboard.render.map.basemap",
    "dashboard.render.panel.cards",
    "dashboard.render.map.minimap",
    "folium.plugins",
)
_API = ("/api", "/api/places.geojson", "/api/articles", "/api/journeys")
_RECONCILE = ("", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties", "/view")
_ROOMS = ("/api", "/reconcile", "/map")  # asked by programs only
_DAY = "public, max-age=86400"


class SecurityHeaders:
    """Adds headers that keep the page to its own origin."""

    def __init__(self, app: ASGIApp, tiles: str = "") -> None:
        self.app = app
        self.headers = [
            (b"content-security-policy", CONTENT_POLICY.format(tiles=f" {tiles}" if tiles else "").encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in self.headers}
                kept = [pair for pair in message["headers"] if pair[0].lower() not in own]
                message["headers"] = [*kept, *self.headers]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class _CachedFiles(StaticFiles):
    """Files that may be kept by the browser for a day."""

    def file_response(self, *args: object, **keywords: object) -> Response:
        """Return the answer with a time to keep it."""
        answer = super().file_response(*args, **keywords)  # type: ignore[arg-type]
        answer.headers["cache-control"] = _DAY
        return answer


async def _health(request: Request) -> Response:  # noqa: ARG001 - the route's signature
    return PlainTextResponse("ok")


async def _fonts(request: Request) -> Response:  # noqa: ARG001 - the route's signature
    return Response(fonts_css(), media_type="text/css", headers={"cache-control": _DAY})


def _api(request: Request) -> Response:
    from dashboard.web.api import answer  # noqa: PLC0415 - loads the store: not before the page is there

    return answer(request)


async def _no_address(request: Request) -> Response:  # noqa: ARG001 - the route's signature
    """Answer programs that ask for what is not there; the page would answer anything else with itself."""
    told = {"error": "There is nothing at this address; /api says what there is."}
    return JSONResponse(told, HTTPStatus.NOT_FOUND)


def _export(request: Request) -> Response:
    from dashboard.web.exporting import answer_export  # noqa: PLC0415 - as above

    return answer_export(request)


def _reconcile(counter: Counter) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def answer(request: Request) -> Response:
        from dashboard.web.reconcile import answer_reconcile  # noqa: PLC0415 - as above

        return await answer_reconcile(request, counter.alone)

    return answer


def _edition(request: Request) -> Edition:
    """Return the store that a request asks for, as it stands."""
    from dashboard.web.handles import current_edition, settings_for  # noqa: PLC0415 - as above

    return current_edition(settings_for(request.query_params.get("collection", "")))


def _places(request: Request) -> Response:
    from dashboard.web.map_data import answer_places  # noqa: PLC0415 - as above

    return answer_places(request)


def _play(request: Request) -> Response:
    from dashboard.web.map_data import answer_play  # noqa: PLC0415 - as above

    return answer_play(request)


def make_routes() -> list[Route | Mount]:
    """Return what is served beside the page."""
    base, counter = Settings().base_path, Counter(_edition)
    found: list[Route | Mount] = [
        Route("/healthz", _health),
        Route("/metrics", answer_metrics),
        *(Route(path, counter.shared(_api), methods=["GET"]) for path in _API),
        *(Route(f"/reconcile{path}", _reconcile(counter), methods=["GET", "POST"]) for path in _RECONCILE),
        Route(f"{ASSETS}/kharita/fonts.css", _fonts),
        *basemap_routes(),
        Route("/map/places.json", counter.shared(_places)),
        Route("/map/play.json", counter.shared(_play)),
        own_tiles_route(),
        Route("/handover/{token}/{name}", _export),
        *(
            Route(f"{room}{path}", _no_address)
            for room in _ROOMS
            for path in ("/{name}", "/{name}/{rest:path}")
        ),
        *(Mount(item.address, _CachedFiles(directory=item.folder)) for item in asset_folders()),
    ]
    return [_under(base, one) for one in found] if base else found


def _under(base: str, route: Route | Mount) -> Route | Mount:
    """Return a route under a prefix."""
    if isinstance(route, Mount):
        return Mount(base + route.path, route.app)
    return Route(base + route.path, route.endpoint, methods=list(route.methods or ()))


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """Load what the page needs while the first visitor's browser still loads the frame."""
    if Settings().log == "json":
        write_json_logs()
    watch_parent()
    begin_to_fill()
    threading.Thread(target=_load, daemon=True).start()
    yield


def _load() -> None:
    try:
        from dashboard.web.working import fill_untouched  # noqa: PLC0415 - loads the store, as above

        fill_untouched(Settings())
    finally:
        filled()
    for name in _HEAVY:
        import_module(name)
    for language in LANGUAGES:
        messages(language)
    pack_ahead()  # last: the map asks for it after all of these are used
    gc.collect()
    gc.freeze()  # what is loaded stays: it need not be looked through each time that something is freed


def make_middleware(identify: Callable[[Mapping[str, str]], str] = nobody) -> list[Middleware]:
    """Return what every request, websocket and answer passes through; `identify` is that of `Guard`."""
    settings = Settings()
    return [
        Middleware(Front, base=settings.base_path, trusted=settings.trusted_proxies),
        Middleware(Measured),
        Middleware(SecurityHeaders, tiles=tiles_origin(settings.tiles)),
        Middleware(Gate, allowed=settings.allowed_hosts),
        Middleware(Guard, settings=settings, identify=identify),
        Middleware(Opening),
    ]


def tiles_origin(template: str) -> str:
    """Return the outside origin that images may come from, for the content policy; empty without tiles."""
    if not template:
        return ""
    parts = urlsplit(template.replace("{s}.", "*."))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""

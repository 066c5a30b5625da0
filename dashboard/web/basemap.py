"""Serves the base map: shapes of countries, coasts, waters and divisions from files, names of towns."""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.core.settings import Settings, data_path
from dashboard.render.assets import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

__all__ = ["SHAPES", "TOWNS", "basemap_routes", "pack_ahead"]

SHAPES = ("countries", "coasts", "waters", "disputed", "divisions")
TOWNS = "/map/towns.json"
_FILES = {"divisions": "admin1"}  # whose file is called otherwise
_DAY = "public, max-age=86400"


def _divisions(raw: bytes) -> bytes:
    from dashboard.gazetteer.division_names import division_circles  # noqa: PLC0415 - heavy: when it is asked for
    from dashboard.render.map.division_shapes import pack_shapes  # noqa: PLC0415 - likewise

    return pack_shapes(raw, division_circles())


@lru_cache(maxsize=len(SHAPES))
def _packed(name: str, path: Path, changed: int) -> bytes:  # noqa: ARG001 - the time is part of the key
    raw = path.read_bytes()
    return gzip.compress(_divisions(raw) if name == "divisions" else raw, 6, mtime=0)


def _answer(packed: bytes) -> Response:
    headers = {"cache-control": _DAY, "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(packed, media_type="application/json", headers=headers)


def _packed_shapes(name: str) -> bytes:
    path = data_path() / "basemap" / f"{_FILES.get(name, name)}.geojson"
    return _packed(name, path, path.stat().st_mtime_ns)


def pack_ahead() -> None:
    """Pack what every map asks for first, so that the first visitor does not wait for it."""
    with suppress(OSError):  # said when it is asked for
        _packed_shapes("countries")


def _shapes(name: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:  # noqa: ARG001 - the route's signature
        try:
            return _answer(_packed_shapes(name))
        except OSError:
            return PlainTextResponse(f"no {name}", status_code=404)

    return answer


@lru_cache(maxsize=4)
def _packed_towns(path: Path, language: str) -> bytes:
    from dashboard.gazetteer import Gazetteer  # noqa: PLC0415 - heavy: when it is asked for
    from dashboard.render.map.towns import town_rows  # noqa: PLC0415 - likewise

    return gzip.compress(orjson.dumps({"towns": town_rows(Gazetteer.open(path), language)}), 6, mtime=0)


def _towns(request: Request) -> Response:
    from dashboard.gazetteer.locate import index_id, index_path  # noqa: PLC0415 - heavy: when it is asked for

    language = request.query_params.get("ui", "")
    path = index_path(Settings(), index_id())
    if not path.exists():
        return PlainTextResponse("the gazetteer is not built yet", status_code=404)
    return _answer(_packed_towns(path, language if language in ("ar", "fr") else "en"))


def basemap_routes() -> list[Route]:
    """Return the routes under which the map finds what lies under the places."""
    shapes = [Route(f"{ASSETS}/basemap/{name}.json", _shapes(name)) for name in SHAPES]
    return [*shapes, Route(TOWNS, _towns)]

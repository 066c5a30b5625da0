"""The user's own base map: the tiles of one PMTiles file on this machine, pictures or vectors.

Only that one file is read, and a request names a tile of it by three numbers: never a path.
"""

from __future__ import annotations

import gzip
import logging
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import mapbox_vector_tile
import orjson
from google.protobuf.message import DecodeError
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.core.errors import SettingsError
from dashboard.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

__all__ = ["OWN_TILES", "TileFile", "open_tiles", "own_tiles_route", "tiles_problem", "vector_shapes"]

OWN_TILES = "/map/own"
_PICTURES = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
_MOST_BYTES = 16 * 1024 * 1024  # of a tile once it is unpacked
_MOST_TEXT = 500  # code points of what the file says of its makers
_DAY = "public, max-age=86400"
# What a damaged file makes of reading it.
_DAMAGED = (
    OSError, ValueError, KeyError, IndexError, EOFError, OverflowError, TypeError, struct.error, zlib.error,
    DecodeError,
)  # fmt: skip
# Layers of the Protomaps and OpenMapTiles schemas, as what they are drawn as.
_LAYERS = {
    "earth": "land", "landcover": "green", "landuse": "green", "park": "green",
    "water": "water", "waterway": "river", "physical_line": "river",
    "roads": "road", "transportation": "road", "transit": "road",
    "boundaries": "border", "boundary": "border", "buildings": "building", "building": "building",
    "places": "name", "place": "name",
}  # fmt: skip
_ORDER = ("land", "green", "water", "river", "building", "road", "border", "name")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TileFile:
    """An open file of tiles.

    Attributes
    ----------
    vector
        Whether its tiles are vectors; else they are pictures of `media_type`.
    lowest, highest
        Zooms that it holds.
    attribution
        What it says of its makers, as plain text.
    get
        Returns the bytes of a tile (zoom, column, row), as they lie in the file; None where it has none.
    """

    vector: bool
    media_type: str
    zipped: bool
    lowest: int
    highest: int
    attribution: str
    get: Callable[[int, int, int], bytes | None]


def open_tiles(path: str) -> TileFile:
    """Open a file of tiles.

    Raises
    ------
    SettingsError
        There is no such file, or it is no PMTiles file that can be drawn.
    """
    file = Path(path)
    try:
        return _opened(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise SettingsError(
            f"The base map {path!r} can't be read ({error.strerror or error}). "
            "Give a PMTiles file: --basemap region.pmtiles"
        ) from error


def tiles_problem(path: str) -> str:
    """Return what is wrong with a file of tiles, as one sentence; empty for nothing."""
    try:
        open_tiles(path)
    except SettingsError as error:
        return str(error)
    return ""


@lru_cache(maxsize=2)
def _opened(file: Path, changed: int) -> TileFile:  # noqa: ARG001 - the time is part of the key
    try:
        with file.open("rb") as handle:
            reader: Any = cast("Any", Reader)(cast("Any", MmapSource)(handle))
        header, metadata = reader.header(), reader.metadata()
        kind, packed = header["tile_type"], header["tile_compression"]
    except (MagicNumberNotFound, SpecVersionUnsupported, ValueError, *_DAMAGED[2:]) as error:
        raise SettingsError(
            f"The base map {str(file)!r} is no whole PMTiles file of version 3. Make it again, or leave --basemap out."
        ) from error
    if kind is not TileType.MVT and kind not in _PICTURES:
        raise SettingsError(
            f"The base map {str(file)!r} holds tiles of a kind that can't be drawn. "
            "Give one with vector tiles (MVT) or pictures."
        )
    if packed not in (Compression.NONE, Compression.GZIP, Compression.UNKNOWN):
        raise SettingsError(
            f"The tiles of {str(file)!r} are packed with {packed.name.lower()}. Pack them with gzip: pmtiles convert."
        )
    said = metadata.get("attribution") if isinstance(metadata, dict) else ""
    return TileFile(
        vector=kind is TileType.MVT,
        media_type=_PICTURES.get(kind, "application/json"),
        zipped=packed is Compression.GZIP,
        lowest=int(header["min_zoom"]),
        highest=int(header["max_zoom"]),
        attribution=said[:_MOST_TEXT] if isinstance(said, str) else "",
        get=reader.get,
    )


def vector_shapes(tile: bytes, language: str) -> dict[str, Any]:
    """Return what is drawn of a vector tile.

    Returns
    -------
    shapes
        `extent`, the tile's side in its own units, and `shapes`: lists of what it is drawn as (land, green, water,
        river, building, road, border, name), the kind of geometry (GeoJSON's), coordinates in the tile's units from
        its upper left corner, and a name; what lies under the others first.
    """
    layers = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True, "geojson": False})
    shapes, extent = [], 4096
    for layer, content in layers.items():
        drawn = _LAYERS.get(layer)
        if drawn is None:
            continue
        extent = int(content.get("extent", extent))
        for feature in content["features"]:
            geometry, told = feature["geometry"], feature["properties"]
            name = (told.get(f"name:{language}") or told.get("name") or "") if drawn == "name" else ""
            shapes.append([drawn, geometry["type"], geometry["coordinates"], str(name)])
    shapes.sort(key=lambda shape: _ORDER.index(shape[0]))
    return {"extent": extent, "shapes": shapes}


def _unzipped(tile: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    found = unpacker.decompress(tile, _MOST_BYTES)
    if unpacker.unconsumed_tail:
        raise ValueError("a tile unpacks to more than a map can draw")
    return found


def _answer(request: Request) -> Response:
    settings = Settings()
    at = request.path_params
    if not settings.basemap:
        return PlainTextResponse("no base map of one's own", status_code=404)
    try:
        tiles = open_tiles(settings.basemap)
        found = tiles.get(at["z"], at["x"], at["y"]) if tiles.lowest <= at["z"] <= tiles.highest else None
        if not found:
            return Response(status_code=204)
        tile = _unzipped(found) if tiles.zipped else found
        language = request.query_params.get("ui", "")
        body = orjson.dumps(vector_shapes(tile, language)) if tiles.vector else tile
    except SettingsError as error:
        logger.warning("%s", error)
        return PlainTextResponse("the base map can't be read", status_code=503)
    except _DAMAGED:
        logger.warning("A tile of the base map is damaged: %s", at)
        return PlainTextResponse("the tile is damaged", status_code=503)
    if not tiles.vector:
        return Response(body, media_type=tiles.media_type, headers={"cache-control": _DAY})
    headers = {"cache-control": _DAY, "content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(gzip.compress(body, 4, mtime=0), media_type=tiles.media_type, headers=headers)


def own_tiles_route() -> Route:
    """Return the route under which the map finds the tiles of the user's own base map."""
    return Route(f"{OWN_TILES}/{{z:int}}/{{x:int}}/{{y:int}}", _answer)

"""A small still map of an article's places, as SVG: no script, no iframe, ready with the page."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.errors
from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.assets import basemap_file
from dashboard.render.map.layers import AREA_KINDS
from dashboard.render.markup import bdi, element, join
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dashboard.core.models import Place
    from dashboard.render.theme import Palette

__all__ = ["minimap"]

WIDTH, HEIGHT = 400.0, 190.0
_LEAST_DEGREES = 5.0
_MARGIN = 1.45
_HIGHEST = 78.0
_MOST_NAMES = 6
_NAME_WIDTH, _NAME_HEIGHT = 90.0, 14.0  # pixels that a name takes
_LABEL_WIDTH = 16.0  # pixels that a number takes


@lru_cache(maxsize=1)
def _shapes() -> NDArray[np.object_]:
    """Return the country shapes; none when the file is missing, so that the reader still opens."""
    try:
        collection = shapely.from_geojson(basemap_file().read_bytes())
    except (OSError, shapely.errors.GEOSException):
        return np.empty(0, dtype=object)
    return np.asarray(shapely.get_parts(collection))


def _up(latitude: float) -> float:
    """Return the Mercator ordinate of a latitude, in degrees."""
    clipped = max(-_HIGHEST, min(_HIGHEST, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(clipped) / 2)))


def _down(ordinate: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(ordinate))) - math.pi / 2)


@lru_cache(maxsize=64)
def _land(west: float, south: float, east: float, north: float) -> str:
    """Return the land in a window as the data of an SVG path; the window's ordinates are Mercator degrees."""
    scale_x, scale_y = WIDTH / (east - west), HEIGHT / (north - south)
    clipped = shapely.clip_by_rect(_shapes(), west, _down(south), east, _down(north))
    thinned = shapely.simplify(clipped, 0.4 / scale_x, preserve_topology=False)
    pieces = []
    for part in shapely.get_parts(shapely.get_parts(thinned)):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        points = [
            f"{(x - west) * scale_x:.1f} {(north - _up(y)) * scale_y:.1f}" for x, y in part.exterior.coords
        ]
        pieces.append("M" + "L".join(points) + "Z")
    return "".join(pieces)


def _window(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Return a window (west, south, east, north) round the places, in the picture's proportions."""
    across = [place.longitude for place in places]
    along = [_up(place.latitude) for place in places]
    width = max(_LEAST_DEGREES, (max(across) - min(across)) * _MARGIN)
    height = max(_LEAST_DEGREES * HEIGHT / WIDTH, (max(along) - min(along)) * _MARGIN)
    width, height = max(width, height * WIDTH / HEIGHT), max(height, width * HEIGHT / WIDTH)
    x, y = (max(across) + min(across)) / 2, (max(along) + min(along)) / 2
    return (
        round(x - width / 2, 2),
        round(y - height / 2, 2),
        round(x + width / 2, 2),
        round(y + height / 2, 2),
    )


def _picture(body: Markup) -> Markup:
    """Return a drawing as an image, which the page shows without running anything in it."""
    drawing = element(
        "svg", body, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    )
    packed = base64.b64encode(str(drawing).encode()).decode("ascii")
    return element(
        "img", src=f"data:image/svg+xml;base64,{packed}", alt="", width=f"{WIDTH:.0f}", height=f"{HEIGHT:.0f}"
    )


def minimap(
    counted: Sequence[tuple[Place, int]],
    focus: str | None,
    language: str,
    colours: Palette,
    labels: Mapping[str, str] | None = None,
) -> Markup:
    """Draw the places of an article; nothing when it has none.

    Parameters
    ----------
    counted
        Places with their number of mentions.
    focus
        Id of the place that the article is about; it is drawn last and named.
    labels
        What to write beside the places of these ids instead of their names; when given, even empty, countries and
        wide areas are drawn too where there are smaller places.
    """
    points = [
        (place, n) for place, n in counted if place.kind is not Kind.COUNTRY and place.kind not in AREA_KINDS
    ]
    points = list(counted) if labels is not None or not points else points
    if not points:
        return Markup("")
    west, south, east, north = _window([place for place, _ in points])
    scale_x, scale_y = WIDTH / (east - west), HEIGHT / (north - south)
    land = _land(west, south, east, north)
    drawn = [element("path", d=land, fill=colours.land, stroke=colours.border, stroke_width="0.8")]
    spots = []
    for place, n in sorted(points, key=lambda pair: (pair[0].id == focus, pair[1])):
        x, y = (place.longitude - west) * scale_x, (north - _up(place.latitude)) * scale_y
        size = 3.0 + 1.6 * math.sqrt(n) + (1.5 if place.id == focus else 0)
        look = {"fill": KIND_COLOURS[place.kind], "stroke": colours.edge, "stroke_width": "1.2"}
        drawn.append(element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{size:.1f}", **look))
        spots.append(_Spot(place, n, x, y, size))
    names = _names(spots, focus, language, labels or {})
    return element("div", join([_picture(join(drawn)), *names]), class_="kh-mini", dir="ltr")


@dataclass(frozen=True, slots=True)
class _Spot:
    place: Place
    mentions: int
    x: float
    y: float
    size: float


def _names(
    spots: Sequence[_Spot], focus: str | None, language: str, labels: Mapping[str, str]
) -> list[Markup]:
    """Return the names of the chief spots, the focus first; one that would lie on another is left out."""
    names: list[Markup] = []
    taken: list[tuple[float, float]] = []
    for spot in sorted(spots, key=lambda item: (item.place.id != focus, -item.mentions)):
        if len(names) == _MOST_NAMES:
            break
        wide = _LABEL_WIDTH if spot.place.id in labels else _NAME_WIDTH
        if any(abs(spot.x - x) < wide and abs(spot.y - y) < _NAME_HEIGHT for x, y in taken):
            continue
        taken.append((spot.x, spot.y))
        end = spot.x > WIDTH * 0.7
        left = spot.x - spot.size - 4 if end else spot.x + spot.size + 4
        classes = ("kh-mini-end" if end else "kh-mini-start") + (
            " kh-focus" if spot.place.id == focus else ""
        )
        style = f"left:{100 * left / WIDTH:.1f}%;top:{100 * spot.y / HEIGHT:.1f}%"
        name = labels.get(spot.place.id) or spot.place.name_in(language)
        names.append(element("span", bdi(name), style=style, class_=classes))
    return names

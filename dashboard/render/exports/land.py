"""A window on the world in the Mercator projection, and the land that is seen through it, as SVG paths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely
import shapely.errors

from dashboard.render.assets import basemap_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Land", "Window", "land_shapes", "window_round"]

_HIGHEST = 82.0  # degrees; Mercator never reaches the pole
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Land:
    """The shape of one country."""

    code: str
    disputed: bool
    shape: Any


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world and the picture that shows it.

    Attributes
    ----------
    west, east
        Degrees of longitude.
    south, north
        Mercator ordinates, in degrees at the equator.
    width, height
        Of the picture, in pixels; both directions have the same scale.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @property
    def pixels_per_degree(self) -> float:
        """Pixels a degree of longitude."""
        return self.width / (self.east - self.west)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point stands in the picture: pixels from its left and from its top."""
        scale = self.pixels_per_degree
        return (longitude - self.west) * scale, (self.north - _up(latitude)) * scale

    def pixels(self, km: float, latitude: float) -> float:
        """Return how many pixels a distance takes at a latitude."""
        narrow = max(0.05, math.cos(math.radians(latitude)))
        return km / (_KM_PER_DEGREE * narrow) * self.pixels_per_degree

    def shows(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point stands in the picture."""
        x, y = self.place(latitude, longitude)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def middle_latitude(self) -> float:
        """The latitude of the picture's middle."""
        return _down((self.south + self.north) / 2)

    def path(self, shape: Any) -> str:  # noqa: ANN401 - a geometry of shapely
        """Return the part of a shape that is seen, as the data of an SVG path; empty when none is."""
        # a little more than is seen, so that no edge of the cut is drawn as a border
        room = 6 / self.pixels_per_degree
        limits = (self.west - room, _down(self.south - room), self.east + room, _down(self.north + room))
        seen = shapely.clip_by_rect(shape, *limits)
        thinned = shapely.simplify(seen, 0.35 / self.pixels_per_degree, preserve_topology=False)
        pieces = []
        for part in shapely.get_parts(thinned):
            if part.geom_type == "Polygon" and not part.is_empty:
                pieces += [self._ring(ring.coords) for ring in (part.exterior, *part.interiors)]
        return "".join(pieces)

    def _ring(self, coordinates: Sequence[tuple[float, ...]]) -> str:
        points = np.asarray(coordinates)
        scale = self.pixels_per_degree
        x = np.round((points[:, 0] - self.west) * scale, 1)
        y = np.round((self.north - _up_all(points[:, 1])) * scale, 1)
        return "M" + "L".join(f"{a:g} {b:g}" for a, b in zip(x, y, strict=True)) + "Z"


@lru_cache(maxsize=1)
def land_shapes() -> tuple[Land, ...]:
    """Return the countries' shapes; none when their file is missing, so that the rest is still drawn."""
    try:
        collection = orjson.loads(basemap_file().read_bytes())
        return tuple(
            Land(
                str(item["properties"].get("iso2", "")),
                bool(item["properties"].get("disputed")),
                shapely.from_geojson(orjson.dumps(item["geometry"])),
            )
            for item in collection["features"]
        )
    except (OSError, ValueError, KeyError, shapely.errors.GEOSException):
        return ()


def window_round(
    corners: Sequence[Sequence[float]], width: float, height: float, *, margin: float, least: float
) -> Window:
    """Return the window of a picture round two corners.

    Parameters
    ----------
    corners
        South-west and north-east, each `(latitude, longitude)`.
    margin
        How much wider than the corners.
    least
        Degrees of longitude that the picture shows at least.
    """
    (south, west), (north, east) = corners
    low, high = _up(south), _up(north)
    across = max(least, (east - west) * margin)
    across = min(360.0, max(across, (high - low) * margin * width / height))
    along = across * height / width
    x = (west + east) / 2
    top = _up(_HIGHEST)
    y = max(-top + along / 2, min(top - along / 2, (low + high) / 2)) if along < 2 * top else 0.0
    return Window(x - across / 2, y - along / 2, x + across / 2, y + along / 2, width, height)


def _up(latitude: float) -> float:
    """Return the Mercator ordinate of a latitude, in degrees at the equator."""
    return float(_up_all(np.array([latitude]))[0])


def _up_all(latitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.radians(np.clip(latitudes, -_HIGHEST, _HIGHEST))
    return np.degrees(np.log(np.tan(np.pi / 4 + clipped / 2)))


def _down(ordinate: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(ordinate))) - math.pi / 2)

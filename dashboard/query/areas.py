"""Areas on the map, as filters name them: a frame, a circle, a drawn shape.

In a URL:

    box    south,west,north,east         box=30.5,19,33,25.2; west > east crosses the date line
    near   a place's id or lat,lon : km  near=geonames:88319:50, near=32.1,23.9:50
    shape  corners, coded                shape=g-pSg0mMgz6BAAwtrD

Degrees are kept to four decimals, about ten metres.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.errors import FilterError
from dashboard.core.geo import EARTH_RADIUS_KM, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

__all__ = ["MAX_CORNERS", "MAX_KM", "PLACE_ID", "Box", "Near", "Shape", "circle_boxes", "parse_near"]

MAX_KM = 20_000.0  # half round the Earth
MAX_CORNERS = 200
PLACE_ID = re.compile(r"[\w:.\-]{1,120}")
_DECIMALS = 4
_STEP = 10**_DECIMALS
_FEWEST_CORNERS = 3
_KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DIGIT = {letter: value for value, letter in enumerate(_ALPHABET)}
_MORE = 32  # the sixth bit of a letter: another one follows
_LONGEST = 8  # letters of one number

_Degrees = tuple[float, float, float, float]  # south, west, north, east; west <= east


def _degrees(value: float, limit: float, what: str) -> float:
    if not -limit <= value <= limit:
        raise FilterError(f"A {what} lies between -{limit:g} and {limit:g} degrees, not at {value!r}.")
    return round(value, _DECIMALS) + 0.0  # no negative zero


def _plain(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _numbers(text: str, count: int) -> list[float]:
    parts = text.split(",")
    try:
        found = [float(part) for part in parts]
    except ValueError as error:
        raise FilterError(f"{text!r} holds something that is no number.") from error
    if len(found) != count:
        raise FilterError(f"{text!r} is not {count} numbers.")
    return found


def _half_diagonal_km(south: float, north: float, width: float) -> float:
    across = width * math.cos(math.radians((south + north) / 2))
    return math.hypot(north - south, across) * _KM_PER_DEGREE / 2


@dataclass(frozen=True, slots=True)
class Box:
    """A frame between two parallels and two meridians, edges included; `west > east` crosses the date line.

    Raises
    ------
    FilterError
        A degree lies beyond what there is, or south lies north of north.
    """

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        """Round the degrees."""
        for name, limit, what in (
            ("south", 90, "latitude"),
            ("west", 180, "longitude"),
            ("north", 90, "latitude"),
            ("east", 180, "longitude"),
        ):
            object.__setattr__(self, name, _degrees(getattr(self, name), limit, what))
        if self.south > self.north:
            raise FilterError(f"The frame's south, {self.south}, lies north of its north, {self.north}.")

    @classmethod
    def parse(cls, text: str) -> Box:
        """Read `south,west,north,east`."""
        south, west, north, east = _numbers(text, 4)
        return cls(south, west, north, east)

    def __str__(self) -> str:
        """Return what `parse` reads."""
        return ",".join(map(_plain, (self.south, self.west, self.north, self.east)))

    @property
    def boxes(self) -> tuple[_Degrees, ...]:
        """The frame as one or two that don't cross the date line."""
        if self.west <= self.east:
            return ((self.south, self.west, self.north, self.east),)
        return ((self.south, self.west, self.north, 180.0), (self.south, -180.0, self.north, self.east))

    @property
    def reach_km(self) -> float:
        """Half the diagonal."""
        width = self.east - self.west if self.west <= self.east else self.east - self.west + 360
        return _half_diagonal_km(self.south, self.north, width)

    def contains(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell of each point whether it lies within."""
        inside = np.zeros(np.shape(lat), dtype=np.bool_)
        for south, west, north, east in self.boxes:
            inside |= (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
        return inside


@dataclass(frozen=True, slots=True)
class Near:
    """A circle round a place, by its id, or round a point `(lat, lon)`; one of the two is given.

    Raises
    ------
    FilterError
        The distance is none, or the middle is.
    """

    km: float
    place: str | None = None
    point: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Round the numbers."""
        if not 0 < self.km <= MAX_KM:
            raise FilterError(f"A distance lies between 0 and {MAX_KM:g} km, not at {self.km!r}.")
        object.__setattr__(self, "km", max(round(float(self.km), 3), 0.001))
        if (self.place is None) == (self.point is None):
            raise FilterError("A circle has a place or a point as its middle.")
        if self.place is not None and not PLACE_ID.fullmatch(self.place):
            raise FilterError(f"{self.place!r} is no id of a place.")
        if self.point is not None:
            lat, lon = self.point
            object.__setattr__(
                self, "point", (_degrees(lat, 90, "latitude"), _degrees(lon, 180, "longitude"))
            )

    def __str__(self) -> str:
        """Return what `parse_near` reads."""
        middle = self.place if self.point is None else ",".join(map(_plain, self.point))
        return f"{middle}:{_plain(self.km)}"


def parse_near(text: str) -> Near:
    """Read `place:km` or `lat,lon:km`.

    Raises
    ------
    FilterError
        It is neither.
    """
    middle, _, distance = text.rpartition(":")
    (km,) = _numbers(distance, 1)
    if "," not in middle:
        return Near(km, place=middle)
    lat, lon = _numbers(middle, 2)
    return Near(km, point=(lat, lon))


def circle_boxes(lat: float, lon: float, km: float) -> tuple[_Degrees, ...]:
    """Return one or two frames, in none of which the date line lies, that hold all within `km` of a point."""
    reach = km / _KM_PER_DEGREE * (1 + 1e-9) + 1e-9
    south, north = lat - reach, lat + reach
    if south <= -90 or north >= 90:  # noqa: PLR2004 - a pole lies within: every meridian passes
        return ((max(south, -90.0), -180.0, min(north, 90.0), 180.0),)
    across = math.degrees(math.asin(min(1.0, math.sin(math.radians(reach)) / math.cos(math.radians(lat)))))
    west, east = lon - across * (1 + 1e-9), lon + across * (1 + 1e-9)
    if west < -180:  # noqa: PLR2004 - the date line
        return ((south, -180.0, north, east), (south, west + 360, north, 180.0))
    if east > 180:  # noqa: PLR2004 - the date line
        return ((south, west, north, 180.0), (south, -180.0, north, east - 360))
    return ((south, west, north, east),)


def within_km(
    middle: tuple[float, float], km: float, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell of each point whether it lies within `km` of the middle, along the great circle."""
    return np.asarray(distance_km(*middle, lat, lon) <= km, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon by its corners `(lat, lon)`, the last joined to the first; sides are straight in degrees.

    Longitudes may run on beyond the date line, to 540 degrees. Where sides cross, what an odd number of them
    encloses is within.

    Raises
    ------
    FilterError
        It has fewer than three corners or more than `MAX_CORNERS`, or one lies beyond what there is.
    """

    corners: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        """Round the degrees."""
        if not _FEWEST_CORNERS <= len(self.corners) <= MAX_CORNERS:
            raise FilterError(f"A shape has {_FEWEST_CORNERS} to {MAX_CORNERS} corners.")
        rounded = [
            (_degrees(lat, 90, "latitude"), _degrees(lon, 540, "longitude")) for lat, lon in self.corners
        ]
        object.__setattr__(self, "corners", tuple(rounded))

    @classmethod
    def parse(cls, text: str) -> Shape:
        """Read the coded corners: steps from corner to corner in ten-thousandths of a degree.

        A step is doubled, with its sign in the last bit, and written in groups of five bits, the lowest
        first, one letter a group.
        """
        steps = list(_decoded(text))
        if len(steps) % 2:
            raise FilterError(f"{text!r} ends amid a corner.")
        lat = lon = 0
        corners = []
        for down, across in zip(steps[::2], steps[1::2], strict=True):
            lat, lon = lat + down, lon + across
            corners.append((lat / _STEP, lon / _STEP))
        return cls(tuple(corners))

    def __str__(self) -> str:
        """Return what `parse` reads."""
        whole = [(round(lat * _STEP), round(lon * _STEP)) for lat, lon in self.corners]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0, 0), *whole])]
        return "".join(map(_encoded, chain.from_iterable(steps)))

    @property
    def boxes(self) -> tuple[_Degrees, ...]:
        """Frames within one turn of the Earth that hold the shape."""
        south, north = min(lat for lat, _ in self.corners), max(lat for lat, _ in self.corners)
        west, east = min(lon for _, lon in self.corners), max(lon for _, lon in self.corners)
        turns = ((max(west + turn, -180.0), min(east + turn, 180.0)) for turn in (-360, 0, 360))
        return tuple((south, low, north, high) for low, high in turns if low <= high)

    @property
    def reach_km(self) -> float:
        """Half the diagonal of the frame round the shape."""
        lats, lons = [lat for lat, _ in self.corners], [lon for _, lon in self.corners]
        return _half_diagonal_km(min(lats), max(lats), min(360.0, max(lons) - min(lons)))

    def contains(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell of each point whether it lies within."""
        inside = np.zeros(np.shape(lat), dtype=np.bool_)
        for turn in (-360.0, 0.0, 360.0):
            inside |= self._encloses(lat, lon + turn)
        return inside

    def _encloses(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
        odd = np.zeros(np.shape(lat), dtype=np.bool_)
        for (lat_a, lon_a), (lat_b, lon_b) in pairwise([*self.corners, self.corners[0]]):
            if lat_a == lat_b:
                continue
            passes = (lat_a > lat) != (lat_b > lat)
            odd ^= passes & (lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a)
        return odd


def _encoded(step: int) -> str:
    rest = ~(step << 1) if step < 0 else step << 1
    letters = []
    while rest >= _MORE:
        letters.append(_ALPHABET[_MORE | (rest & (_MORE - 1))])
        rest >>= 5
    return "".join([*letters, _ALPHABET[rest]])


def _decoded(letters: Iterable[str]) -> Iterator[int]:
    value = length = 0
    for letter in letters:
        if letter not in _DIGIT or length == _LONGEST:
            raise FilterError(f"{letter!r} can't stand here in a coded shape.")
        value |= (_DIGIT[letter] & (_MORE - 1)) << (5 * length)
        length += 1
        if _DIGIT[letter] < _MORE:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = length = 0
    if length:
        raise FilterError("A coded shape ends amid a number.")

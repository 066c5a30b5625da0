"""Outlines of countries (Natural Earth, public domain): which one a point lies in, how far away one is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely
from shapely.geometry import shape

from dashboard.core.errors import GazetteerSourceError
from dashboard.core.geo import EARTH_RADIUS_KM, distance_km

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CountryShapes", "area_km2", "load_shapes"]

_LARGE_PART = 0.1  # of the area of a country's largest part: no islet stands for the whole


@dataclass(frozen=True)
class CountryShapes:
    """Outlines by country code.

    Attributes
    ----------
    outlines
        `(code, outline in longitude and latitude)`; a country whose land is disputed has more than one. The
        undisputed outline of a country stands before its disputed ones.
    """

    outlines: tuple[tuple[str, Any], ...]

    @cached_property
    def _tree(self) -> Any:  # noqa: ANN401 - shapely is untyped
        return shapely.STRtree([outline for _, outline in self.outlines])

    @cached_property
    def by_country(self) -> dict[str, Any]:
        """The outline of each country, its disputed parts included."""
        parts: dict[str, list[Any]] = {}
        for code, outline in self.outlines:
            parts.setdefault(code, []).append(outline)
        return {code: shapely.union_all(found) for code, found in parts.items()}

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the code of the country that a point lies in; None at sea."""
        found = self._tree.query(shapely.Point(lon, lat), predicate="intersects").tolist()
        # Of two, the smaller is an enclave that the coarse outline of the larger leaves no room for.
        return min((self.outlines[at] for at in found), key=lambda entry: entry[1].area)[0] if found else None

    def distance_to_country_km(self, lat: float, lon: float, iso2: str) -> float:
        """Return the distance from a point to a country's outline: 0 inside, infinite for an unknown country.

        Measured to the nearest point in degrees scaled at the point's latitude: right within a few per cent
        up to some hundred kilometres.
        """
        outline = self.by_country.get(iso2)
        if outline is None:
            return float("inf")
        narrow = max(float(np.cos(np.radians(lat))), 1e-3)
        local = shapely.transform(outline, lambda points: points * [narrow, 1.0])
        here = shapely.Point(lon * narrow, lat)
        if local.intersects(here):
            return 0.0
        nearest = shapely.shortest_line(here, local).coords[1]
        return float(distance_km(lat, lon, nearest[1], nearest[0] / narrow))

    def middle(self, iso2: str, near: tuple[float, float] | None = None) -> tuple[float, float] | None:
        """Return `(lat, lon)` of a point on the land of a country, far from its borders; None for an unknown country.

        Parameters
        ----------
        near
            `(lat, lon)`; of the larger parts of a scattered country the one next to it has the point. None takes
            the largest part.
        """
        outline = self.by_country.get(iso2)
        if outline is None:
            return None
        parts = sorted(getattr(outline, "geoms", [outline]), key=area_km2, reverse=True)
        part = parts[0]
        if near:
            least = _LARGE_PART * area_km2(part)
            here = shapely.Point(near[1], near[0])
            part = min((one for one in parts if area_km2(one) >= least), key=here.distance)
        centre = part.centroid
        point = centre if part.contains(centre) else part.representative_point()
        return round(float(point.y), 4), round(float(point.x), 4)

    def within(self, iso2: str, point: tuple[float, float] | None) -> tuple[float, float] | None:
        """Return a `(lat, lon)` of a country: the given one if it lies in the outline, or else one that does.

        Without an outline the given one is all there is.
        """
        outline = self.by_country.get(iso2)
        if outline is None or (point and outline.covers(shapely.Point(point[1], point[0]))):
            return point
        return self.middle(iso2, point)

    def radius_km(self, iso2: str) -> float:
        """Return the radius of the circle that has a country's area; 0 for an unknown country."""
        outline = self.by_country.get(iso2)
        return 0.0 if outline is None else float(np.sqrt(area_km2(outline) / np.pi))


def area_km2(outline: Any) -> float:  # noqa: ANN401 - shapely is untyped
    """Return the area of an outline in degrees, on the sphere, by the cylinder of equal area."""
    if outline.is_empty:
        return 0.0
    flat = shapely.transform(
        outline, lambda points: np.column_stack((np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))))
    )
    return float(flat.area) * EARTH_RADIUS_KM**2


def load_shapes(path: Path) -> CountryShapes:
    """Read the outlines from a GeoJSON file; none if the file is missing.

    Raises
    ------
    GazetteerSourceError
        The file is no collection of country outlines.
    """
    if not path.exists():
        return CountryShapes(())
    try:
        features = orjson.loads(path.read_bytes())["features"]
        read = [
            (bool(item["properties"].get("disputed")), item["properties"]["iso2"], shape(item["geometry"]))
            for item in features
        ]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GazetteerSourceError(f"{path.name}: no collection of country outlines: {error!r}") from error
    read.sort(key=lambda entry: entry[0])
    return CountryShapes(
        tuple(
            (code, outline if outline.is_valid else shapely.make_valid(outline)) for _, code, outline in read
        )
    )

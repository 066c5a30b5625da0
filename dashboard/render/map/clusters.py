"""Many places on one map: which of them stand for their neighbours at which zoom.

A place of many articles takes in what lies within some pixels of it; what it stands for is told by a number.
The browser gets the zooms of the whole world at once, and asks for nearer ones by bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.core.models import Kind
from dashboard.render.map.heat import mercator
from dashboard.render.map.layers import AREA_KINDS, UNSURE_BELOW, article_peaks, fit_bounds, map_data

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from dashboard.words import Strings

__all__ = [
    "PLAIN_PLACES",
    "Bounds",
    "Node",
    "SplitPlaces",
    "beside",
    "cluster_data",
    "cluster_nodes",
    "detail_data",
    "needs_clusters",
    "split_places",
]

PLAIN_PLACES = 2_000  # up to so many are drawn one by one
REACH_PX = 46  # of a place that stands for others
MOST_NODES = 1_000  # of a level that is sent for the whole world, and of an answer for nearer
MOST_AREAS = 120  # regions and provinces that are drawn with their extent; the others are points like any
FIRST_ZOOM, LAST_ZOOM = 2, 12  # beyond the last, nothing is gathered
_TILE_PX = 256
_ALL_UNSURE = 1
_CELLS_A_NODE = 2  # cells of one reach that hold a place, for each node that gathering leaves at least
_GRIDS = 2  # cells of the first, coarse gathering along one reach


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is in view, WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Node:
    """A place as its row in the frame, how many places it stands for, itself included, and if all are unsure."""

    row: int
    places: int
    unsure: bool


@dataclass(frozen=True, slots=True)
class SplitPlaces:
    """Places drawn by themselves, places that are gathered, and `article_peaks` of all."""

    alone: pd.DataFrame
    points: pd.DataFrame
    peak: dict[str, int]


def needs_clusters(places: pd.DataFrame) -> bool:
    """Tell whether these are too many places to be drawn one by one."""
    return len(places) > PLAIN_PLACES


def beside(places: pd.DataFrame, wanted: Collection[str]) -> pd.DataFrame:
    """Return the wanted places and, of too many others, those of most articles."""
    others = places.head(PLAIN_PLACES // 4)["place_id"]
    return places[places["place_id"].isin([*wanted, *others])]


def cluster_nodes(
    lat: NDArray[np.float64], lon: NDArray[np.float64], unsure: NDArray[np.bool_], zoom: int
) -> list[Node]:
    """Gather places, given in falling importance, at a zoom; nodes in the same order."""
    if zoom > LAST_ZOOM:
        return [Node(row, 1, bool(unsure[row])) for row in range(len(lat))]
    x, y = mercator(lat, lon)
    world = _TILE_PX * 2**zoom
    x, y = x * world, y * world
    cell = REACH_PX / _GRIDS
    keys = np.floor(x / cell).astype(np.int64) << 32 | np.floor(y / cell).astype(np.int64)
    _, leaders, member = np.unique(keys, return_index=True, return_inverse=True)
    places = np.bincount(member, minlength=len(leaders))
    sure = np.bincount(member, weights=~unsure, minlength=len(leaders)).astype(np.int64)
    order = np.argsort(leaders, kind="stable")
    return _gathered(leaders[order], x[leaders[order]], y[leaders[order]], places[order], sure[order])


def _gathered(
    rows: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    places: NDArray[np.int64],
    sure: NDArray[np.int64],
) -> list[Node]:
    """Let each place, the most important first, stand for itself or join one within reach."""
    near: dict[tuple[int, int], list[int]] = {}
    found: list[list[Any]] = []  # row, x, y, places, sure ones
    points = zip(rows.tolist(), x.tolist(), y.tolist(), places.tolist(), sure.tolist(), strict=True)
    for row, across, down, count, certain in points:
        column, line = int(across // REACH_PX), int(down // REACH_PX)
        best, least = -1, float(REACH_PX * REACH_PX)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for at in near.get((column + dx, line + dy), ()):
                    away = (found[at][1] - across) ** 2 + (found[at][2] - down) ** 2
                    if away < least:
                        best, least = at, away
        if best >= 0:
            found[best][3] += count
            found[best][4] += certain
        else:
            near.setdefault((column, line), []).append(len(found))
            found.append([row, across, down, count, certain])
    return [Node(row, count, not certain) for row, _, _, count, certain in found]


def split_places(places: pd.DataFrame) -> SplitPlaces:
    """Tell apart what is drawn by itself, countries and the biggest areas, from what is gathered."""
    countries = places["kind"] == Kind.COUNTRY.value
    areas = places["kind"].isin([kind.value for kind in AREA_KINDS])
    by_itself = countries | (areas & (areas.cumsum() <= MOST_AREAS))
    return SplitPlaces(places[by_itself], places[~by_itself], article_peaks(places))


def _nodes_of(points: pd.DataFrame, zoom: int) -> list[Node]:
    unsure = (points["confidence"] < UNSURE_BELOW).to_numpy()
    return cluster_nodes(points["latitude"].to_numpy(), points["longitude"].to_numpy(), unsure, zoom)


def _levels(points: pd.DataFrame) -> dict[int, list[Node]]:
    """Return the nodes of each zoom at which the whole world has not too many."""
    x, y = mercator(points["latitude"].to_numpy(), points["longitude"].to_numpy())
    levels: dict[int, list[Node]] = {}
    for zoom in range(FIRST_ZOOM, LAST_ZOOM + 1):
        cells = _TILE_PX * 2**zoom / REACH_PX
        keys = np.floor(x * cells).astype(np.int64) << 32 | np.floor(y * cells).astype(np.int64)
        if levels and len(np.unique(keys)) > _CELLS_A_NODE * MOST_NODES:
            break
        levels[zoom] = _nodes_of(points, zoom)[:MOST_NODES]
    return levels


def cluster_data(places: pd.DataFrame, words: Strings, chosen: str | None) -> dict[str, Any]:
    """Return what the browser draws: `map_data` of all places that some level shows, and the levels.

    `levels` holds for each zoom its nodes: position in `rows`, number of places, 1 if all of them are unsure.
    `detail` is the first zoom that the browser must ask for. `more` says in numbers and words how many
    places a node stands for.
    """
    split = split_places(places)
    points = split.points
    levels = _levels(points)
    shown = {node.row for nodes in levels.values() for node in nodes}
    if chosen is not None:
        shown.update(np.flatnonzero(points["place_id"] == chosen).tolist())
    rows = sorted(shown)
    position = {row: len(split.alone) + number for number, row in enumerate(rows)}
    frame = pd.concat([split.alone, points.iloc[rows]])
    packed = {
        str(zoom): [_packed(node, position[node.row]) for node in nodes] for zoom, nodes in levels.items()
    }
    return map_data(frame, words, chosen=chosen, peak=split.peak) | {
        "levels": packed,
        "detail": max(levels) + 1,
        "more": _more([node for nodes in levels.values() for node in nodes], words),
        "fit": fit_bounds(places),
    }


def detail_data(split: SplitPlaces, words: Strings, box: Bounds, zoom: int) -> dict[str, Any]:
    """Return the nodes in a part of the world at a zoom, in the form of `cluster_data` with one level."""
    lat, lon = split.points["latitude"], split.points["longitude"]
    within = (lat >= box.south) & (lat <= box.north) & (lon >= box.west) & (lon <= box.east)
    inside = split.points[within]
    nodes = _nodes_of(inside, zoom)[:MOST_NODES]
    shown = inside.iloc[[node.row for node in nodes]]
    data = map_data(shown, words, peak=split.peak)
    level = [_packed(node, number) for number, node in enumerate(nodes)]
    return data | {"levels": {str(zoom): level}, "more": _more(nodes, words), "fit": None}


def _packed(node: Node, position: int) -> list[int]:
    return [position, node.places, _ALL_UNSURE if node.unsure else 0]


def _more(nodes: Sequence[Node], words: Strings) -> dict[str, list[str]]:
    return {
        str(n): [words.number(n), words("cluster_more", n=n - 1)]
        for n in sorted({node.places for node in nodes})
        if n > 1
    }

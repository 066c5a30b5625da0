"""GeoJSON (RFC 7946): a feature for each place, with its articles."""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import orjson

from dashboard.render.exports.material import article_row, place_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dashboard.render.exports.material import Handover, PlaceRow

__all__ = ["Layer", "feature", "features", "write"]


def feature(place: PlaceRow, articles: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the feature of a place; `articles` as `article_row` tells of each."""
    properties = {
        name: value for name, value in place.items() if name not in ("place_id", "latitude", "longitude")
    }
    return {
        "type": "Feature",
        "id": place["place_id"],
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
        "properties": {
            "id": place["place_id"],
            **properties,
            "articles": list(articles),
        },
    }


def features(
    handover: Handover, *, newest: int | None = None, first: int = 0, count: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a feature for each place, those of most articles first.

    Parameters
    ----------
    newest
        How many articles of each; None = all.
    first, count
        After how many places to begin, and how many to give; None = all.
    """
    rows = list(islice(place_rows(handover), first, None if count is None else first + count))
    if newest == 0:
        yield from (feature(row, ()) for row in rows)
        return
    known = {row["place_id"]: row for row in rows}
    for place_id, articles in handover.selection.evidence(list(known), newest=newest):
        yield feature(known[place_id], map(article_row, articles))


class Layer:
    """Writes the collection to a file, a place a line, as they come.

    Parameters
    ----------
    out
        Binary; left open.
    """

    def __init__(self, out: IO[bytes], handover: Handover) -> None:
        about = {"type": "FeatureCollection", "name": handover.title, "filters": dict(handover.parameters)}
        self._out, self._between = out, b"\n"
        out.write(orjson.dumps(about)[:-1] + b',"features":[')

    def add(self, found: dict[str, Any]) -> None:
        """Write a feature."""
        self._out.write(self._between + orjson.dumps(found))
        self._between = b",\n"

    def end(self) -> None:
        """Write what stands after the last place."""
        self._out.write(b"\n]}\n")


def write(handover: Handover, path: Path) -> None:
    """Write the collection."""
    with path.open("wb") as file:
        layer = Layer(file, handover)
        for found in features(handover):
            layer.add(found)
        layer.end()

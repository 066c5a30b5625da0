"""GeoJSON (RFC 7946): a feature for each place, with its articles."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.render.exports.material import article_row, place_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dashboard.query import NamingArticle
    from dashboard.render.exports.material import Handover, PlaceRow

__all__ = ["features", "geojson", "write"]


def _feature(place: PlaceRow, articles: Iterable[NamingArticle]) -> dict[str, Any]:
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
            "articles": [article_row(article) for article in articles],
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
        yield from (_feature(row, ()) for row in rows)
        return
    known = {row["place_id"]: row for row in rows}
    for place_id, articles in handover.selection.evidence(list(known), newest=newest):
        yield _feature(known[place_id], articles)


def geojson(handover: Handover) -> Iterator[bytes]:
    """Yield the collection piece by piece, a place a line."""
    about = {"type": "FeatureCollection", "name": handover.title, "filters": dict(handover.parameters)}
    yield orjson.dumps(about)[:-1] + b',"features":['
    between = b"\n"
    for feature in features(handover):
        yield between + orjson.dumps(feature)
        between = b",\n"
    yield b"\n]}\n"


def write(handover: Handover, path: Path) -> None:
    """Write the collection."""
    with path.open("wb") as file:
        file.writelines(geojson(handover))

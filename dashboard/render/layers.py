"""Frames to map layers: what is drawn where, how big, in which colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import folium
import numpy as np
from folium.template import Template

from dashboard.core.models import Kind
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from dashboard.render.words import Words

__all__ = ["AREA_KINDS", "UNSURE_BELOW", "PlacesLayer", "fit_bounds", "local_name", "map_data"]

SMALLEST_PX, LARGEST_PX = 6.0, 26.0
FULL_SIZE_ARTICLES = (
    16  # with fewer articles than this at most, the biggest circle stays below the largest size
)
UNSURE_BELOW = 0.6
DEEPEST_COUNTRY = 0.35
DEFAULT_RADIUS_KM = 60.0
AREA_KINDS = frozenset({Kind.REGION, Kind.ADMIN, Kind.WATER})
_MOST_POINTS = 10_000


class PlacesLayer(folium.FeatureGroup):
    """All places of one answer; the browser gets data, and no markup."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.featureGroup();"
        "kharita.places({{ this.get_name() }}, {{ this.data|tojson }});{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(name="places")
        self.data = data


def local_name(row: dict[str, Any], language: str) -> str:
    """Return the name of a place's row for a reader of a language, or its main name."""
    local = row.get(f"name_{language}")
    return local if isinstance(local, str) and local else str(row["name"])


def circle_size(articles: int, most: int) -> float:
    """Return the radius in pixels of a circle whose area grows with the number of articles."""
    share = (articles - 1) / max(most - 1, FULL_SIZE_ARTICLES - 1)
    return round(SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * math.sqrt(max(0.0, min(1.0, share))), 1)


def fit_bounds(places: pd.DataFrame) -> list[list[float]] | None:
    """Return the south-west and north-east corners of where most of the news is; None for no places.

    The outermost tenth on each side, weighed by articles, is left out: one far capital must not shrink
    the story to a dot.
    """
    points = places[~places["kind"].isin([Kind.COUNTRY.value, *AREA_KINDS])]
    if points.empty:
        points = places
    if points.empty:
        return None
    corners = []
    for column in ("latitude", "longitude"):
        ordered = points.sort_values(column)
        weight = np.cumsum(ordered["articles"].to_numpy(dtype=float))
        values = ordered[column].to_numpy(dtype=float)
        low, high = np.searchsorted(weight, [0.1 * weight[-1], 0.9 * weight[-1]])
        corners.append((float(values[low]), float(values[min(high, len(values) - 1)])))
    (south, north), (west, east) = corners
    room = 1.0
    return [[south - room, west - room], [north + room, east + room]]


def map_data(
    places: pd.DataFrame, words: Words, *, chosen: str | None = None, only: Collection[str] | None = None
) -> dict[str, Any]:
    """Turn a place frame into what the browser draws.

    Parameters
    ----------
    chosen
        Id of the place that gets a ring and its name.
    only
        Ids of the places of an open article; the others fade. None fades nothing.
    """
    rows = places.head(_MOST_POINTS).to_dict("records")
    most = int(places["articles"].max()) if len(places) else 1
    groups: dict[str, list[dict[str, Any]]] = {"points": [], "areas": [], "countries": []}
    for row in rows:
        kind = Kind(row["kind"])
        group = "country" if kind is Kind.COUNTRY else "area" if kind in AREA_KINDS else "point"
        item = _item(cast("dict[str, Any]", row), kind, group, words, most)
        item["chosen"] = item["id"] == chosen
        item["dim"] = only is not None and item["id"] not in only
        groups[{"country": "countries", "area": "areas", "point": "points"}[group]].append(item)
    everything = [item for group in groups.values() for item in group]
    picked = next((item for item in everything if item["chosen"]), None)
    groups["points"].sort(key=lambda item: (item["chosen"], -item["articles"]))
    return {
        **groups,
        "rtl": words.rtl,
        "fit": fit_bounds(places if only is None else places[places["place_id"].isin(list(only))]),
        "chosen": {key: picked[key] for key in ("id", "lat", "lon")} if picked else None,
    }


def _item(row: dict[str, Any], kind: Kind, group: str, words: Words, most: int) -> dict[str, Any]:
    articles, country = int(row["articles"]), row["country"]
    code = country if isinstance(country, str) and country else None
    share = math.sqrt(articles / max(most, 1))
    where = "" if kind is Kind.COUNTRY else words.country(code)
    note = " · ".join(filter(None, (words(f"kind_{kind.value}"), where, words("articles", n=articles))))
    item: dict[str, Any] = {
        "id": row["place_id"],
        "name": local_name(row, words.language),
        "note": note,
        "kind": kind.value,
        "group": group,
        "lat": round(float(row["latitude"]), 4),
        "lon": round(float(row["longitude"]), 4),
        "articles": articles,
        "size": 0,
        "radius": round(float(row["radius_km"] or 0.0), 1),
        "colour": KIND_COLOURS[kind],
        "faint": float(row["confidence"]) < UNSURE_BELOW,
    }
    if group == "point":
        size = circle_size(articles, most)
        item["size"] = round(0.75 * size, 1) if kind is Kind.FACILITY else size
    elif group == "area":
        item["radius"] = item["radius"] or DEFAULT_RADIUS_KM
        item["depth"] = round(0.08 + 0.14 * share, 3)
    else:
        item["iso2"] = code or str(row["place_id"]).removeprefix("country:")
        item["depth"] = round(0.08 + (DEEPEST_COUNTRY - 0.08) * share, 3)
    return item

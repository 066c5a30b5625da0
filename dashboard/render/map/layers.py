"""Frames to map layers: what is drawn where, how big, in which colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from folium.template import Template

from dashboard.core.models import Kind
from dashboard.core.romanised import news_spelling
from dashboard.render.map.written import DataLayer
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray

    from dashboard.words import Strings

__all__ = [
    "AREA_KINDS",
    "COUNTRY_STEPS",
    "UNSURE_BELOW",
    "PlacesLayer",
    "article_peaks",
    "country_depth",
    "fit_bounds",
    "local_name",
    "map_data",
]

SMALLEST_PX, LARGEST_PX = 6.0, 26.0
FULL_SIZE_ARTICLES = (
    16  # with fewer articles than this at most, the biggest circle stays below the largest size
)
UNSURE_BELOW = 0.6
COUNTRY_STEPS = (0.05, 0.12, 0.19, 0.27, 0.35)  # opacity of a country's fill, from few articles to most
DEFAULT_RADIUS_KM = 60.0
AREA_KINDS = frozenset({Kind.REGION, Kind.ADMIN, Kind.WATER})
WIDEST_KM = 800.0  # a wider area is drawn as its name alone, until it is chosen or pointed at
_MOST_POINTS = 10_000
_FITTED, _NEARLY_ALL = 0.75, 0.9  # of what the articles name lies in the first frame, along each axis
_MUCH_WIDER = 2.5  # times the shorter stretch, from which on the longer one is not shown
_ONE_COUNTRY = 10.0  # degrees that are no distance for a frame
_FAINT, _DIM, _CHOSEN = 1, 2, 4  # bits of a place's state
_GEONAMES = "geonames:"


class PlacesLayer(DataLayer):
    """All places of one answer; the browser gets data, and no markup."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.featureGroup();"
        "kharita.places({{ this.get_name() }}, {{ this.json }});{% endmacro %}"
    )

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__("places", data)


def local_name(row: dict[str, Any], language: str) -> str:
    """Return the name of a place's row for a reader of a language, or its main name as news spells it."""
    local = row.get(f"name_{language}")
    return local if isinstance(local, str) and local else news_spelling(str(row["name"]))


def circle_size(articles: int, most: int) -> float:
    """Return the radius in pixels of a circle whose area grows with the number of articles."""
    share = (articles - 1) / max(most - 1, FULL_SIZE_ARTICLES - 1)
    return round(SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * math.sqrt(max(0.0, min(1.0, share))), 1)


def fit_bounds(places: pd.DataFrame) -> list[list[float]] | None:
    """Return the south-west and north-east corners of where most of the news is; None for no places.

    Along each axis it is the shortest stretch with nine tenths of what the articles name, or with three quarters
    where that is far shorter: some far capitals must not shrink the story to a dot, nor bring an ocean into the middle.
    """
    points = places[~places["kind"].isin([Kind.COUNTRY.value, *AREA_KINDS])]
    if points.empty:
        points = places
    if points.empty:
        return None
    corners = []
    articles = points["articles"].to_numpy(dtype=float)
    for column in ("latitude", "longitude"):
        values = points[column].to_numpy(dtype=float)
        order = values.argsort()
        values, weight = values[order], np.cumsum(articles[order])
        near, wide = (_densest(values, weight, share) for share in (_FITTED, _NEARLY_ALL))
        apart = max(near[1] - near[0], _ONE_COUNTRY)
        corners.append(wide if wide[1] - wide[0] <= _MUCH_WIDER * apart else near)
    (south, north), (west, east) = corners
    room = 1.0
    return [[south - room, west - room], [north + room, east + room]]


def _densest(values: NDArray[np.float64], weight: NDArray[np.float64], share: float) -> tuple[float, float]:
    """Return the ends of the shortest stretch of rising values that holds a share of the running weight."""
    before = np.concatenate(([0.0], weight[:-1]))
    wanted = before + share * weight[-1]
    within = wanted <= weight[-1] * (1 + 1e-9)
    ends = np.minimum(np.searchsorted(weight, wanted * (1 - 1e-9)), len(values) - 1)
    start = int(np.argmin(np.where(within, values[ends] - values, np.inf)))
    return float(values[start]), float(values[ends[start]])


def country_depth(articles: int, most: int) -> float:
    """Return the opacity of a country's fill: one of `COUNTRY_STEPS`, each for a multiple of the last."""
    last = len(COUNTRY_STEPS) - 1
    return (
        COUNTRY_STEPS[min(last, round(last * math.log(articles) / math.log(most)))]
        if most > 1
        else COUNTRY_STEPS[-1]
    )


def article_peaks(places: pd.DataFrame) -> dict[str, int]:
    """Return the most articles of a point, an area and a country, by which sizes and shades are measured."""
    peaks = {"point": 1, "area": 1, "country": 1}
    for kind, most in places.groupby("kind")["articles"].max().items():
        group = _group(Kind(str(kind)))
        peaks[group] = max(peaks[group], int(most))
    return peaks


def map_data(
    places: pd.DataFrame,
    words: Strings,
    *,
    chosen: str | None = None,
    only: Collection[str] | None = None,
    peak: dict[str, int] | None = None,
) -> dict[str, Any]:
    """Turn a place frame into what the browser draws, as small as it can be said.

    A place is a list: id (digits alone stand for `geonames:…`), name, kind as position in `kinds`, country,
    latitude, longitude, articles, state bits (1 faint, 2 dim, 4 chosen), radius in kilometres if there is
    one. What follows from kind, country or number of articles is told once, in tables.

    Parameters
    ----------
    chosen
        Id of the place that gets a ring and its name.
    only
        Ids of the places of an open article; the others fade. None fades nothing.
    peak
        `article_peaks` of all places, where these are only some of them.
    """
    rows = cast("list[dict[str, Any]]", places.head(_MOST_POINTS).to_dict("records"))
    kinds = [kind for kind in Kind if kind.value in set(places["kind"])]
    at = {kind.value: number for number, kind in enumerate(kinds)}
    countries = {str(row["country"]) for row in rows if _code(row)}
    peak = peak or article_peaks(places)
    return {
        "rows": [_packed(row, at, words, chosen, only) for row in rows],
        "kinds": [
            [kind.value, _group(kind), words(f"kind_{kind.value}"), KIND_COLOURS[kind]] for kind in kinds
        ],
        "countries": {code: words.country(code) for code in sorted(countries)},
        "counts": {str(n): _by_count(n, peak, words) for n in sorted({int(row["articles"]) for row in rows})},
        "wide": WIDEST_KM,
        "rtl": words.rtl,
        "fit": fit_bounds(places if only is None else places[places["place_id"].isin(list(only))]),
    }


def _group(kind: Kind) -> str:
    return "country" if kind is Kind.COUNTRY else "area" if kind in AREA_KINDS else "point"


def _code(row: dict[str, Any]) -> str:
    return row["country"] if isinstance(row["country"], str) else ""


def _by_count(articles: int, peak: dict[str, int], words: Strings) -> list[Any]:
    """Return a number of articles in words, as radius of a circle, as opacity of an area and of a country."""
    area = round(0.08 + 0.14 * math.sqrt(min(1.0, articles / peak["area"])), 3)
    country = country_depth(articles, peak["country"])
    return [words("articles", n=articles), circle_size(articles, peak["point"]), area, country]


def _packed(
    row: dict[str, Any], at: dict[str, int], words: Strings, chosen: str | None, only: Collection[str] | None
) -> list[Any]:
    place, kind = str(row["place_id"]), str(row["kind"])
    digits = place.removeprefix(_GEONAMES)
    state = _FAINT if row["confidence"] < UNSURE_BELOW else 0
    state |= _DIM if only is not None and place not in only else 0
    state |= _CHOSEN if place == chosen else 0
    code = _code(row) or (place.removeprefix("country:") if kind == Kind.COUNTRY else "")
    packed = [
        int(digits) if digits != place and digits.isdecimal() else place,
        local_name(row, words.language),
        at[kind],
        code,
        round(float(row["latitude"]), 4),
        round(float(row["longitude"]), 4),
        int(row["articles"]),
        state,
    ]
    radius = round(float(row["radius_km"] or 0.0), 1)
    if kind == Kind.FACILITY and radius:
        packed.append(radius)
    elif Kind(kind) in AREA_KINDS:
        packed.append(radius or DEFAULT_RADIUS_KM)
    return packed

"""The map itself as SVG: sea, land, shaded countries, soft areas, signs, names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.exports.labels import Sign, place_labels
from dashboard.render.exports.land import land_shapes, window_round
from dashboard.render.exports.material import place_rows
from dashboard.render.map.layers import (
    AREA_KINDS,
    DEFAULT_RADIUS_KM,
    UNSURE_BELOW,
    WIDEST_KM,
    circle_size,
    country_depth,
    fit_bounds,
)
from dashboard.render.markup import element, join, text
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.render.exports.labels import Frame, Label
    from dashboard.render.exports.land import Window
    from dashboard.render.exports.material import Handover, PlaceRow
    from dashboard.render.theme import Palette

__all__ = ["Sizes", "StillMap", "draw_map", "isolated", "sign_shape"]

_LTR, _RTL, _POP = Markup("&#x2066;"), Markup("&#x2067;"), Markup("&#x2069;")
NAMES = {"point": 16, "country": 6, "area": 4}  # at most
NAME_PX = 14.5
_MARGIN, _LEAST_DEGREES = 1.3, 4.0
_WORLD = [[-35.0, -110.0], [60.0, 150.0]]
_MOST_SIGNS = 10_000
_CROWD = 350  # signs, from which on they are drawn smaller
_NAME_LOOK = {
    "point": {"font_weight": "600", "font_size": f"{NAME_PX}"},
    "country": {"font_weight": "600", "font_size": f"{NAME_PX}", "opacity": "0.85"},
    "area": {"font_weight": "500", "font_size": f"{NAME_PX - 1}"},
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How big signs are: `most` articles has the biggest place, and where places are many all are smaller."""

    most: int
    count: int

    def radius(self, articles: int) -> float:
        """Return the radius in pixels of the circle for a number of articles."""
        crowded = math.pow(_CROWD / max(1, self.count), 0.3)
        return circle_size(articles, self.most) * max(0.45, min(1.0, crowded))


@dataclass(frozen=True, slots=True)
class StillMap:
    """A drawn map.

    Attributes
    ----------
    outside
        How many places lie beyond the picture.
    """

    drawing: Markup
    window: Window
    kinds: frozenset[Kind]
    unsure: bool
    outside: int
    sizes: Sizes


def isolated(value: str, *, rtl: bool) -> Markup:
    """Return a text whose order of letters follows the reader's language; SVG has no other way to say so."""
    return (_RTL if rtl else _LTR) + text(value) + _POP


def sign_shape(kind: Kind, x: float, y: float, radius: float, **look: object) -> Markup:
    """Return the outline of a kind's sign: a square for facilities, a diamond for camps, a circle for the others."""
    if kind is Kind.FACILITY:
        half = radius * 0.88
        side = f"{2 * half:.1f}"
        return element(
            "rect", x=f"{x - half:.1f}", y=f"{y - half:.1f}", width=side, height=side, rx="1.5", **look
        )
    if kind is Kind.CAMP:
        half = radius * 1.15
        corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        return element(
            "polygon", points=" ".join(f"{right:.1f},{down:.1f}" for right, down in corners), **look
        )
    return element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", **look)


def _group(row: PlaceRow) -> str:
    kind = Kind(row["kind"])
    return "country" if kind is Kind.COUNTRY else "area" if kind in AREA_KINDS else "point"


def draw_map(handover: Handover, frame: Frame, corners: Sequence[Sequence[float]] | None = None) -> StillMap:
    """Draw the places of a selection.

    Parameters
    ----------
    corners
        South-west and north-east of what the picture shows at least; None = where most of the news is.
    """
    colours = handover.colours
    corners = corners or fit_bounds(handover.selection.places) or _WORLD
    window = window_round(corners, frame.width, frame.height, margin=_MARGIN, least=_LEAST_DEGREES)
    rows = list(place_rows(handover))
    seen = [
        row
        for row in rows
        if row["kind"] == Kind.COUNTRY.value or window.shows(row["latitude"], row["longitude"])
    ]
    groups: dict[str, list[PlaceRow]] = {"country": [], "area": [], "point": []}
    for row in seen:
        groups[_group(row)].append(row)
    points = groups["point"][:_MOST_SIGNS]
    sizes = Sizes(max((row["article_count"] for row in points), default=1), len(points))
    signs = [_sign(row, window, sizes) for row in (*points, *groups["country"], *groups["area"])]
    labels = place_labels(signs, frame, NAMES, NAME_PX, rtl=handover.words.rtl)
    drawing = join(
        [
            element("rect", width=frame.width, height=frame.height, fill=colours.sea),
            *_land(window, groups["country"], colours),
            *(_area(row, window) for row in _wide_first(groups["area"])),
            *(_point(row, window, sizes, colours) for row in points),
            *(_name(label, colours, rtl=handover.words.rtl) for label in reversed(labels)),
        ]
    )
    shown = frozenset(Kind(row["kind"]) for row in seen)
    unsure = any(row["confidence"] < UNSURE_BELOW for row in points)
    return StillMap(drawing, window, shown, unsure, len(rows) - len(seen), sizes)


def _radius(row: PlaceRow, sizes: Sizes) -> float:
    size = sizes.radius(row["article_count"])
    return size * 0.75 if row["kind"] == Kind.FACILITY.value else size


def _sign(row: PlaceRow, window: Window, sizes: Sizes) -> Sign:
    group = _group(row)
    radius = _radius(row, sizes) if group == "point" else 0.0
    return Sign(row["name"], *window.place(row["latitude"], row["longitude"]), radius, group)


def _land(window: Window, named: Sequence[PlaceRow], colours: Palette) -> Iterator[Markup]:
    """Yield the countries, and over those that are named a shade for their number of articles."""
    most = max((row["article_count"] for row in named), default=1)
    depth = {
        row["country"] or row["place_id"].removeprefix("country:"): country_depth(row["article_count"], most)
        for row in named
    }
    for land in land_shapes():
        path = window.path(land.shape)
        if not path:
            continue
        dash = "3 3" if land.disputed else None
        look = {"stroke": colours.border, "stroke_width": "0.8", "stroke_dasharray": dash}
        yield element("path", d=path, fill=colours.land, stroke_linejoin="round", fill_rule="evenodd", **look)
        if land.code in depth:
            yield element(
                "path", d=path, fill=colours.country, fill_opacity=depth[land.code], fill_rule="evenodd",
                stroke=colours.country, stroke_width="0.8", stroke_opacity="0.6", stroke_linejoin="round",
            )  # fmt: skip


def _wide_first(areas: Sequence[PlaceRow]) -> list[PlaceRow]:
    return sorted(
        (row for row in areas if row["radius_km"] <= WIDEST_KM), key=lambda row: -float(row["radius_km"])
    )


def _area(row: PlaceRow, window: Window) -> Markup:
    x, y = window.place(row["latitude"], row["longitude"])
    radius = max(8.0, window.pixels(row["radius_km"] or DEFAULT_RADIUS_KM, row["latitude"]))
    pale = max(0.025, 0.14 * min(1.0, 45 / radius))  # the wider, the paler
    colour = KIND_COLOURS[Kind(row["kind"])]
    return element(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:.1f}", fill=colour, fill_opacity=f"{pale:.3f}",
        stroke=colour, stroke_width="1.2", stroke_dasharray="0.1 5", stroke_linecap="round",
    )  # fmt: skip


def _point(row: PlaceRow, window: Window, sizes: Sizes, colours: Palette) -> Markup:
    x, y = window.place(row["latitude"], row["longitude"])
    kind = Kind(row["kind"])
    colour, faint = KIND_COLOURS[kind], row["confidence"] < UNSURE_BELOW
    look = {
        "fill": colour,
        "fill_opacity": "0.35" if faint else "0.88",
        "stroke": colour if faint else colours.edge,
        "stroke_width": "1.3",
        "stroke_dasharray": "3 3" if faint else None,
    }
    sign = sign_shape(kind, x, y, _radius(row, sizes), **look)
    reach = window.pixels(row["radius_km"], row["latitude"]) if kind is Kind.FACILITY else 0.0
    if not math.isfinite(reach) or reach <= _radius(row, sizes):
        return sign
    ring = element(
        "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{reach:.1f}", fill="none", stroke=colour,
        stroke_opacity="0.4",
    )  # fmt: skip
    return join([ring, sign])


def _name(label: Label, colours: Palette, *, rtl: bool) -> Markup:
    group = label.sign.group
    return element(
        "text", isolated(label.sign.name, rtl=rtl), x=f"{label.x:.1f}", y=f"{label.y:.1f}",
        text_anchor=label.anchor, fill=colours.ink if group == "point" else colours.muted,
        stroke=colours.halo, stroke_width="3.4", stroke_linejoin="round", paint_order="stroke",
        **_NAME_LOOK[group],
    )  # fmt: skip

"""The legend: what a colour, a shape and a size mean, for the kinds that are on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.layers import AREA_KINDS
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.render.words import Words

__all__ = ["legend", "swatch"]


def swatch(kind: Kind) -> Markup:
    """Return a kind's sign: circle, square for facilities, dotted ring for areas, shade for countries."""
    if kind is Kind.COUNTRY:
        shape = "shade"
    elif kind in AREA_KINDS:
        shape = "area"
    else:
        shape = "square" if kind is Kind.FACILITY else "circle"
    return element("span", class_=f"kh-swatch kh-{shape} kh-k-{kind.value}", aria_hidden="true")


def legend(kinds: Collection[Kind], words: Words, *, unsure: bool) -> Markup:
    """Return the legend of the kinds given, in a fixed order; nothing when there are none."""
    items = [join([swatch(kind), words(f"kind_{kind.value}")]) for kind in Kind if kind in kinds]
    if not items:
        return Markup("")
    if unsure:
        items.append(
            join([element("span", class_="kh-swatch kh-unsure", aria_hidden="true"), words("legend_unsure")])
        )
    entries = join(element("li", item) for item in items)
    size = element("p", words("legend_size"), class_="kh-legend-note")
    return element(
        "div",
        join([element("ul", entries), size]),
        class_="kh-legend",
        role="note",
        aria_label=words("legend"),
    )

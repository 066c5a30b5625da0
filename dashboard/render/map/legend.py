"""The legend: what a colour, a shape and a size mean, for the kinds that are on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.render.map.comparison import SIDE_COLOURS, Side
from dashboard.render.map.layers import AREA_KINDS, COUNTRY_STEPS
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.words import Strings

__all__ = ["legend", "side_sign", "swatch"]


def swatch(kind: Kind) -> Markup:
    """Return a kind's sign: a square for facilities, a diamond for camps, else one by its group."""
    if kind is Kind.COUNTRY:
        shape = "shade"
    elif kind in AREA_KINDS:
        shape = "area"
    else:
        shape = {Kind.FACILITY: "square", Kind.CAMP: "diamond"}.get(kind, "circle")
    return element("span", class_=f"kh-swatch kh-{shape} kh-k-{kind.value}", aria_hidden="true")


def legend(kinds: Collection[Kind], words: Strings, *, unsure: bool, gathered: bool = False) -> Markup:
    """Return the legend of the kinds given, in a fixed order; nothing when there are none.

    Parameters
    ----------
    unsure, gathered
        Whether some places are not sure, and whether some stand for their neighbours.
    """
    items = [join([swatch(kind), words(f"kind_{kind.value}")]) for kind in Kind if kind in kinds]
    if not items:
        return Markup("")
    if unsure:
        items.append(
            join([element("span", class_="kh-swatch kh-unsure", aria_hidden="true"), words("legend_unsure")])
        )
    if gathered:
        sign = element("span", words.number(9), class_="kh-swatch kh-gathered", aria_hidden="true")
        items.append(join([sign, words("legend_gathered")]))
    entries = element("ul", join(element("li", item) for item in items))
    parts = [element("summary", words("legend")), entries, element("p", _few_to_many(kinds, words))]
    return element("details", join(parts), class_="kh-legend", open=True)


def _few_to_many(kinds: Collection[Kind], words: Strings) -> Markup:
    """Return the scale from few to many articles: by size for signs, by shade for countries."""
    parts = [element("span", words("legend_few"))]
    if any(kind is not Kind.COUNTRY and kind not in AREA_KINDS for kind in kinds):
        parts += [
            element("i", class_="kh-size", style=f"width:{size}px;height:{size}px") for size in (6, 10, 15)
        ]
    if Kind.COUNTRY in kinds:
        shades = [
            element("i", class_="kh-step", style=f"opacity:{step / COUNTRY_STEPS[-1]:.2f}")
            for step in COUNTRY_STEPS
        ]
        parts.append(element("span", join(shades), class_="kh-steps"))
    parts.append(element("span", words("legend_many")))
    return element("span", join(parts), class_="kh-scale", role="img", aria_label=words("legend_size"))


def side_sign(side: Side, theme: str) -> Markup:
    """Return the sign of a side: a triangle where only one selection names a place, else a dot."""
    shape = {Side.ONLY_FIRST: "up", Side.ONLY_SECOND: "down"}.get(side, "dot")
    colour = SIDE_COLOURS[theme][side]
    return element("span", class_=f"kh-side kh-side-{shape}", style=f"--k:{colour}", aria_hidden="true")

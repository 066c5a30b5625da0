"""The legends of the views: ramps and classes, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.heat import HEAT_RAMPS
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.render.words import Words

__all__ = ["heat_legend", "legend_box"]


def legend_box(words: Words, *parts: Markup) -> Markup:
    """Return a legend that can be folded."""
    return element(
        "details", join([element("summary", words("legend")), *parts]), class_="kh-legend kh-key", open=True
    )


def heat_legend(words: Words, theme: str) -> Markup:
    """Return the legend of the heat view."""
    colours = ",".join(HEAT_RAMPS[theme])
    towards = "left" if words.rtl else "right"
    bar = element("i", class_="kh-ramp", style=f"background:linear-gradient(to {towards},{colours})")
    scale = element(
        "span",
        join([element("span", words("legend_few")), bar, element("span", words("legend_many"))]),
        class_="kh-scale",
    )
    return legend_box(words, element("p", scale), element("p", words("heat_what"), class_="kh-key-note"))

"""The legends of the views: ramps and classes, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.map.choropleth import class_colours
from dashboard.render.map.comparison import Side
from dashboard.render.map.heat import HEAT_RAMPS
from dashboard.render.map.legend import side_sign
from dashboard.render.map.view_switch import segments
from dashboard.render.markup import element, join

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from dashboard.render.map.choropleth import Shading
    from dashboard.words import Strings

__all__ = ["area_legend", "class_labels", "comparison_legend", "heat_legend", "legend_box"]


def legend_box(words: Strings, *parts: Markup) -> Markup:
    """Return a legend that can be folded."""
    return element(
        "details", join([element("summary", words("legend")), *parts]), class_="kh-legend kh-key", open=True
    )


def heat_legend(words: Strings, theme: str) -> Markup:
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


def area_legend(
    shades: Shading, words: Strings, address: Callable[[str], str], *, theme: str, unsure: bool
) -> Markup:
    """Return the legend of shaded areas: its classes in numbers, and the switch to shares.

    Parameters
    ----------
    address
        Makes the query string of `share`, or of none for numbers of articles.
    """
    rows = [
        join([_patch(colour), element("bdi", label)])
        for colour, label in zip(class_colours(shades, theme), class_labels(shades, words), strict=True)
    ]
    if unsure:
        sign = element("span", class_="kh-swatch kh-patch kh-unsure", aria_hidden="true")
        rows.append(join([sign, words("legend_unsure")]))
    options = [("", words("by_articles")), ("share", words("by_share"))]
    switch = segments(options, "share" if shades.by_share else "", words("by"), address, "kh-by")
    note = words("area_share_what" if shades.by_share else "area_what")
    return legend_box(
        words,
        element("div", switch),
        element("ul", join(element("li", row) for row in rows)),
        element("p", note, class_="kh-key-note"),
    )


def class_labels(shades: Shading, words: Strings) -> list[str]:
    """Return the numbers of each class, from the lowest to the highest."""
    labels = []
    for number, start in enumerate(shades.starts):
        after = shades.starts[number + 1] if number + 1 < len(shades.starts) else None
        if shades.by_share:
            labels.append(_share_label(start, after, words))
        elif after is None:
            labels.append(words("class_from", start=words.number(start)))
        elif after - start <= 1:
            labels.append(words.number(start))
        else:
            labels.append(words("class_range", start=words.number(start), end=words.number(after - 1)))
    return labels


def _share_label(start: float, after: float | None, words: Strings) -> str:
    if after is None:
        return words("class_from", start=_per_cent(start, words))
    end = _per_cent(after, words)
    return (
        words("class_range", start=_per_cent(start, words), end=end)
        if start
        else words("class_below", end=end)
    )


def _per_cent(share: float, words: Strings) -> str:
    """Return a share as the language writes it, with a decimal where it is small."""
    if not 0 < share < 0.01:  # noqa: PLR2004 - one per cent
        return words.share(share)
    return words.share(0.01).replace("1", f"{share * 100:.1f}".replace(".", words("decimal")))


def _patch(colour: str) -> Markup:
    return element("span", class_="kh-swatch kh-patch", style=f"background:{colour}", aria_hidden="true")


def comparison_legend(
    words: Strings, address: Callable[[str], str], *, theme: str, by: str, drawn: int
) -> Markup:
    """Return the legend of a comparison, and the switch to either selection alone.

    Parameters
    ----------
    address
        Makes the query string of `first`, `second`, or of none for the difference.
    by
        What is shown, one of these.
    drawn
        Places on the map.
    """
    chosen = by if by in ("first", "second") else ""
    options = [("", words("difference")), ("first", words("side_first")), ("second", words("side_second"))]
    switch = element("div", segments(options, chosen, words("compare_show"), address, "kh-by"))
    if chosen:
        return legend_box(words, switch)
    rows = [join([side_sign(side, theme), words(f"side_{side.value}")]) for side in Side]
    unsure = element("span", class_="kh-swatch kh-unsure", aria_hidden="true")
    region = element("span", class_="kh-swatch kh-area kh-k-none", aria_hidden="true")
    rows += [join([unsure, words("legend_unsure")]), join([region, words("compare_area")])]
    note = element("p", words("compare_drawn", n=drawn), class_="kh-key-note")
    return legend_box(words, switch, element("ul", join(element("li", row) for row in rows)), note)

"""The list of the countries or divisions that the map shades, and the head of one's list of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.render.map.choropleth import class_colours
from dashboard.render.markup import bdi, element, join, visit
from dashboard.render.panel.trend import digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from dashboard.render.map.choropleth import ShadedAreas
    from dashboard.words import Strings

__all__ = ["AreaFigures", "AreaLinks", "area_card", "area_list"]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """How many articles name a place in an area, how many places, and of how many articles in all."""

    articles: int
    places: int
    total: int


@dataclass(frozen=True, slots=True)
class AreaLinks:
    """Query strings that lead on from an area.

    Attributes
    ----------
    back
        The list of all places.
    card
        The area's own card; None where no article names the area itself.
    only
        The filter that keeps to this country; None where there is none.
    """

    back: str
    card: str | None = None
    only: str | None = None


def area_card(name: str, country: str, figures: AreaFigures, words: Strings, links: AreaLinks) -> Markup:
    """Return the head of an area's list; `country` is the one that a division lies in, else empty."""
    share = words("area_share", share=words.share(figures.articles / max(1, figures.total)))
    counts = " · ".join(
        [words("articles", n=figures.articles), share, words("places", n=figures.places)]
        if figures.articles
        else [words("card_none")]
    )
    actions = [
        visit(address, words(key), class_="kh-action")
        for key, address in (("area_itself", links.card), ("area_only", links.only))
        if address
    ]
    parts = [
        visit(links.back, words("back_list"), class_="kh-back"),
        element("h2", join([bdi(name), element("small", bdi(country))] if country else [bdi(name)])),
        element("p", counts, class_="kh-counts"),
        element("p", join(actions, " "), class_="kh-actions") if actions else "",
    ]
    return element("header", join(parts), class_="kh-card")


def area_list(areas: ShadedAreas, words: Strings, theme: str, address: Callable[[str], str]) -> Markup:
    """Return the shaded areas in the order of their frame, each with its shade and its number.

    Parameters
    ----------
    address
        Makes the query string that opens an area from its id.
    """
    colours, shades = class_colours(areas.shades, theme), areas.shades
    rows = []
    for area, articles in zip(areas.frame["area_id"], areas.frame["articles"], strict=True):
        shade = colours[min(shades.of(int(articles)), len(colours) - 1)]
        sign = element("span", class_="kh-swatch kh-patch", style=f"background:{shade}", aria_hidden="true")
        share = int(articles) / max(1, shades.total)
        shown = words.share(share) if shades.by_share else words.number(int(articles))
        name = element("span", bdi(areas.names.get(str(area), str(area))), class_="kh-name")
        number = element("b", shown, title=words("articles", n=int(articles)))
        current = "true" if area == areas.chosen else None
        row = visit(
            address(str(area)),
            join([sign, name, element("span"), number]),
            class_="kh-row kh-row-area",
            aria_current=current,
        )
        rows.append(element("li", row))
    look = digits(words, areas.frame["articles"])
    return element("ol", join(rows), class_="kh-list", style=look)

"""The head of a country's or division's list of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.render.markup import bdi, element, join, visit

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["AreaFigures", "AreaLinks", "area_card"]


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

"""What the map shows in each of its views: a layer and the legend that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.render.actor_words import actor_name
from dashboard.render.map.choropleth import area_data
from dashboard.render.map.clusters import beside, cluster_data, needs_clusters
from dashboard.render.map.comparison import comparison_data
from dashboard.render.map.journey_layer import journey_data, journey_legend
from dashboard.render.map.layers import UNSURE_BELOW, PlacesLayer, map_data
from dashboard.render.map.legend import legend
from dashboard.render.map.view_layers import ViewLayer, heat_data
from dashboard.render.map.view_legends import area_legend, comparison_legend, heat_legend
from dashboard.ui.map_page.area_view import shaded_areas
from dashboard.ui.map_page.compare_view import sides_of
from dashboard.web.answers import (
    cached_clusters,
    cached_compared,
    cached_journeys,
    cached_places,
    journey_book,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    import folium
    import pandas as pd
    from markupsafe import Markup

    from dashboard.query import Filters
    from dashboard.ui.parts.context import Page

__all__ = ["make_layer"]


def make_layer(
    page: Page, only: Collection[str] | None, chosen: str | None
) -> tuple[folium.FeatureGroup, Markup]:
    """Return the layer and legend of the view that the address asks for, with the `chosen` place brought into view."""
    if page.visit.view == "heat":
        theme = page.colours.name
        data = heat_data(page.places, page.words, theme, chosen)
        return ViewLayer("heat", data), heat_legend(page.words, theme)
    if page.visit.view in ("countries", "divisions"):
        return _areas(page)
    if page.visit.view == "compare" and page.visit.other is not None:
        return _comparison(page, page.visit.other, chosen)
    if page.visit.view == "journeys":
        return _journeys(page)
    if only is None and needs_clusters(page.places):
        words = page.words
        clusters = cached_clusters(page.edition, page.visit.filters, words.language, words.numerals, chosen)
        return ViewLayer("clusters", clusters), _legend(page, page.places, gathered=True)
    return _places(page, page.places, only, chosen)


def _journeys(page: Page) -> tuple[folium.FeatureGroup, Markup]:
    visit, words = page.visit, page.words
    names = journey_book(page.edition).names
    data = journey_data(
        cached_journeys(page.edition, visit.filters, visit.moves),
        words,
        lambda key: actor_name(names, key, words),
        opened=visit.journey,
        place=visit.place,
        dark=page.colours.name == "dark",
    )
    return ViewLayer("journeys", data), journey_legend(words)


def _areas(page: Page) -> tuple[folium.FeatureGroup, Markup]:
    visit, words, theme = page.visit, page.words, page.colours.name
    shaded = shaded_areas(page)
    areas, shades = shaded.frame, shaded.shades
    data = area_data(shaded, page.places, words, theme)
    unsure = bool((areas["confidence"] < UNSURE_BELOW).any())
    shown = area_legend(shades, words, lambda by: visit.address(by=by), theme=theme, unsure=unsure)
    return ViewLayer("areas", data), shown


def _comparison(page: Page, other: Filters, chosen: str | None) -> tuple[folium.FeatureGroup, Markup]:
    """Return both selections on one map, or, where the address asks for it, one of them alone."""
    visit, words, theme = page.visit, page.words, page.colours.name
    frame = cached_compared(page.edition, visit.filters, other)
    data = comparison_data(frame, sides_of(page, other), words, theme, chosen)
    shown = comparison_legend(
        words, lambda by: visit.address(by=by), theme=theme, by=visit.by, drawn=len(data["rows"])
    )
    if visit.by in ("first", "second"):
        alone = page.places if visit.by == "first" else cached_places(page.edition, other)
        return _places(page, alone, None, chosen)[0], shown
    return ViewLayer("compare", data), shown


def _places(
    page: Page, places: pd.DataFrame, only: Collection[str] | None, chosen: str | None
) -> tuple[folium.FeatureGroup, Markup]:
    layer: folium.FeatureGroup
    gathered = needs_clusters(places)
    if gathered and only is None:
        layer = ViewLayer("clusters", cluster_data(places, page.words, chosen))
    else:
        drawn = beside(places, only) if gathered and only is not None else places
        layer = PlacesLayer(map_data(drawn, page.words, chosen=chosen, only=only))
        gathered = False
    return layer, _legend(page, places, gathered=gathered)


def _legend(page: Page, places: pd.DataFrame, *, gathered: bool) -> Markup:
    kinds = {Kind(kind) for kind in places["kind"].unique()}
    unsure = bool((places["confidence"] < UNSURE_BELOW).any())
    return legend(kinds, page.words, unsure=unsure, gathered=gathered)

"""What the map shows in each of its views: a layer and the legend that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.render.choropleth import ShadedAreas, area_data, shading
from dashboard.render.layers import UNSURE_BELOW, PlacesLayer, map_data
from dashboard.render.legend import legend
from dashboard.render.view_layers import ViewLayer, heat_data
from dashboard.render.view_legends import area_legend, heat_legend
from dashboard.ui.area_view import area_names
from dashboard.ui.cache import cached_areas

if TYPE_CHECKING:
    from collections.abc import Collection

    import folium
    from markupsafe import Markup

    from dashboard.query import AreaLevel
    from dashboard.ui.context import Page

__all__ = ["make_layer"]


def make_layer(page: Page, only: Collection[str] | None) -> tuple[folium.FeatureGroup, Markup]:
    """Return the layer and legend of the view that the address asks for."""
    if page.visit.view == "heat":
        theme = page.colours.name
        data = heat_data(page.places, page.words, theme, page.visit.place)
        return ViewLayer("heat", data), heat_legend(page.words, theme)
    if page.visit.view in ("countries", "divisions"):
        return _areas(page, "country" if page.visit.view == "countries" else "division")
    return _places(page, only)


def _areas(page: Page, level: AreaLevel) -> tuple[folium.FeatureGroup, Markup]:
    visit, words, theme = page.visit, page.words, page.colours.name
    areas = cached_areas(page.settings.store_url, page.version, visit.filters, level)
    shades = shading(areas, page.summary.articles, by_share=visit.by == "share")
    shaded = ShadedAreas(areas, area_names(list(areas["area_id"]), words), shades, visit.area)
    data = area_data(shaded, page.places, words, theme)
    unsure = bool((areas["confidence"] < UNSURE_BELOW).any())
    shown = area_legend(shades, words, lambda by: visit.address(by=by), theme=theme, unsure=unsure)
    return ViewLayer("areas", data), shown


def _places(page: Page, only: Collection[str] | None) -> tuple[folium.FeatureGroup, Markup]:
    layer = PlacesLayer(map_data(page.places, page.words, chosen=page.visit.place, only=only))
    kinds = {Kind(kind) for kind in page.places["kind"].unique()}
    unsure = bool((page.places["confidence"] < UNSURE_BELOW).any())
    return layer, legend(kinds, page.words, unsure=unsure)

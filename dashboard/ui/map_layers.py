"""What the map shows in each of its views: a layer and the legend that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.render.layers import UNSURE_BELOW, PlacesLayer, map_data
from dashboard.render.legend import legend
from dashboard.render.view_layers import ViewLayer, heat_data
from dashboard.render.view_legends import heat_legend

if TYPE_CHECKING:
    from collections.abc import Collection

    import folium
    from markupsafe import Markup

    from dashboard.ui.context import Page

__all__ = ["make_layer"]


def make_layer(page: Page, only: Collection[str] | None) -> tuple[folium.FeatureGroup, Markup]:
    """Return the layer and legend of the view that the address asks for."""
    if page.visit.view == "heat":
        theme = page.colours.name
        data = heat_data(page.places, page.words, theme, page.visit.place)
        return ViewLayer("heat", data), heat_legend(page.words, theme)
    return _places(page, only)


def _places(page: Page, only: Collection[str] | None) -> tuple[folium.FeatureGroup, Markup]:
    layer = PlacesLayer(map_data(page.places, page.words, chosen=page.visit.place, only=only))
    kinds = {Kind(kind) for kind in page.places["kind"].unique()}
    unsure = bool((page.places["confidence"] < UNSURE_BELOW).any())
    return layer, legend(kinds, page.words, unsure=unsure)

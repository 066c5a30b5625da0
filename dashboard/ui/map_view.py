"""The map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard.core.models import Kind
from dashboard.render.basemap import make_base_map
from dashboard.render.layers import UNSURE_BELOW, PlacesLayer, map_data
from dashboard.render.legend import legend
from dashboard.ui.asking_view import area_layer
from dashboard.ui.state import MAP

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.ui.context import Page

__all__ = ["show_map"]

_HEIGHT = 640  # pixels, before the style sheet gives the map the height that is left


def show_map(page: Page, only: Collection[str] | None) -> None:
    """Draw the places; `only` names those of an open article, and the others fade.

    Everything that changes goes in as a feature group, so that the map itself stays. Clicks come back through
    the page's channel, not through the component, which would wait a quarter of a second to report one.
    """
    settings = page.settings
    layer = PlacesLayer(map_data(page.places, page.words, chosen=page.visit.place, only=only))
    with st.container(key="kh-map"):
        st_folium(
            make_base_map(page.colours, tiles=settings.tiles, attribution=settings.tiles_attribution),
            key=MAP,
            feature_group_to_add=[layer, area_layer(page)],
            returned_objects=[],
            use_container_width=True,
            height=_HEIGHT,
        )
        kinds = {Kind(kind) for kind in page.places["kind"].unique()}
        unsure = bool((page.places["confidence"] < UNSURE_BELOW).any())
        if shown := legend(kinds, page.words, unsure=unsure):
            st.html(str(shown))

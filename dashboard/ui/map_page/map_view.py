"""The map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard.render.assets import FRAME_ROOT
from dashboard.render.map.basemap import make_base_map
from dashboard.render.map.view_switch import view_switch
from dashboard.ui.map_page.map_layers import make_layer
from dashboard.ui.parts.asking_view import area_layer
from dashboard.ui.state import MAP
from dashboard.web.own_tiles import OWN_TILES, open_tiles, tiles_problem
from dashboard.web.visit import VIEWS

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.ui.parts.context import Page

__all__ = ["show_map"]

_HEIGHT = 640  # pixels, before the style sheet gives the map the height that is left


def _own_tiles(basemap: str) -> dict[str, object] | None:
    """Return what the map must know of the user's own base map; None without one that can be read."""
    if not basemap or tiles_problem(basemap):
        return None
    tiles = open_tiles(basemap)
    return {
        "address": f"{FRAME_ROOT}{OWN_TILES}",
        "vector": tiles.vector,
        "lowest": tiles.lowest,
        "highest": tiles.highest,
        "attribution": tiles.attribution,
    }


def show_map(page: Page, only: Collection[str] | None, chosen: str | None) -> None:
    """Draw the view; `only` names the places of an open article, and the others fade; the `chosen` one is in view.

    Everything that changes goes in as a feature group, so that the map itself stays. Clicks come back through
    the page's channel, not through the component, which would wait a quarter of a second to report one.
    """
    settings, visit = page.settings, page.visit
    layer, shown = make_layer(page, only, chosen)
    with st.container(key="kh-map"):
        st_folium(
            make_base_map(
                page.colours,
                tiles=settings.tiles,
                attribution=settings.tiles_attribution,
                own=_own_tiles(settings.basemap),
            ),
            key=MAP,
            feature_group_to_add=[layer, area_layer(page)],
            returned_objects=[],
            use_container_width=True,
            height=_HEIGHT,
        )
        if shown:
            st.html(str(shown))
        switch = view_switch(
            VIEWS, visit.view, page.words, lambda v: visit.address(view=v, area=None, journey=None)
        )
        st.html(str(switch))

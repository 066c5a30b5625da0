"""What Kharita is, what it is made of, and under which licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import __version__
from dashboard.render.markup import element, join, link
from dashboard.ui.parts.top_bar import way_back

if TYPE_CHECKING:
    from dashboard.store import Store
    from dashboard.web.visit import Visit
    from dashboard.words import Strings

__all__ = ["SOURCES", "show_about"]

# What it serves for (key of the string table), name, licence (None: public domain), address.
SOURCES = (
    ("about_places", "GeoNames", "CC BY 4.0", "https://www.geonames.org/"),
    ("about_countries", "Unicode CLDR", "Unicode License v3", "https://cldr.unicode.org/"),
    ("about_shapes", "Natural Earth", None, "https://www.naturalearthdata.com/"),
    ("about_waters", "GSHHG", "LGPL-3.0-or-later", "https://www.soest.hawaii.edu/pwessel/gshhg/"),
    ("about_words", "wordfreq", "CC BY-SA 4.0", "https://github.com/rspeer/wordfreq"),
    ("about_fonts", "IBM Plex", "SIL OFL 1.1", "https://github.com/IBM/plex"),
    ("about_map", "Leaflet", "BSD-2-Clause", "https://leafletjs.com/"),
    ("about_curated", "Kharita", "MIT", None),
)


def show_about(here: Visit, words: Strings, store: Store) -> None:
    """Show the page."""
    counts = store.counts()
    figures = words(
        "about_counts",
        articles=words("articles", n=counts.articles),
        mentions=words("mentions", n=counts.mentions),
        places=words("places", n=counts.places),
    )
    rows = [
        element(
            "tr",
            join(
                [
                    element("td", words(use)),
                    element("td", link(url, name) if url else name),
                    element("td", element("bdi", licence or words("about_public"))),
                ]
            ),
        )
        for use, name, licence, url in SOURCES
    ]
    parts = [
        way_back(here, words),
        element("h2", words("about_title")),
        element("p", words("about_body")),
        element("p", figures),
        element("p", words("about_borders")),
        element("h3", words("about_sources")),
        element("table", join([element("tbody", join(rows))])),
        element("p", element("bdi", f"Kharita {__version__}"), class_="kh-quiet"),
    ]
    st.html(str(element("main", join(parts), class_="kh-about-page")))

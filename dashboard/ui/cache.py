"""All caching of the page: handles once for all, answers keyed by the store's version and the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.settings import Settings
from dashboard.query import (
    AreaLevel,
    DayCounts,
    Facets,
    Filters,
    NamedPlace,
    Summary,
    area_frame,
    compare_frames,
    day_counts,
    evidence_frame,
    facets,
    find_places,
    named_places,
    place_frame,
    places_in_area,
    summary,
)
from dashboard.render.clusters import SplitPlaces, split_places
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "cached_areas",
    "cached_compared",
    "cached_evidence",
    "cached_facets",
    "cached_places",
    "cached_places_in",
    "cached_places_named",
    "cached_summary",
    "cached_timeline",
    "read_settings",
    "shared_places",
    "shared_store",
]

EVIDENCE_ARTICLES = 60


def read_settings() -> Settings:
    """Read the settings from the environment; cheap, so each run does it."""
    return Settings()


@st.cache_resource(max_entries=4, show_spinner=False)
def shared_store(url: str) -> Store:
    """Open a store once for all visitors."""
    return open_store(url)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_places(url: str, version: int, filters: Filters) -> pd.DataFrame:  # noqa: ARG001 - the version is part of the key
    """Return the places to draw."""
    return place_frame(shared_store(url), filters)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_summary(url: str, version: int, filters: Filters) -> Summary:  # noqa: ARG001 - the version is part of the key
    """Return how much the filters let through."""
    return summary(shared_store(url), filters)


@st.cache_data(max_entries=128, show_spinner=False)
def cached_evidence(url: str, version: int, place_id: str, filters: Filters) -> pd.DataFrame:  # noqa: ARG001 - likewise
    """Return the sentences that name a place, of the newest articles."""
    return evidence_frame(shared_store(url), place_id, filters, limit=EVIDENCE_ARTICLES)


@st.cache_data(max_entries=8, show_spinner=False)
def cached_facets(url: str, version: int) -> Facets:  # noqa: ARG001 - the version is part of the key
    """Return what there is to filter by."""
    return facets(shared_store(url))


@st.cache_data(max_entries=64, show_spinner=False)
def cached_timeline(url: str, version: int, filters: Filters) -> DayCounts:  # noqa: ARG001 - the version is part of the key
    """Return the articles by day."""
    return day_counts(shared_store(url), filters)


@st.cache_resource(max_entries=4, show_spinner=False)
def _names(url: str, version: int, min_confidence: float) -> tuple[NamedPlace, ...]:  # noqa: ARG001 - likewise
    """Return the names of all places: shared and never changed, so not copied for each visit."""
    return named_places(shared_store(url), min_confidence)


@st.cache_data(max_entries=128, show_spinner=False)
def cached_places_named(url: str, version: int, filters: Filters) -> list[NamedPlace]:
    """Return the places whose name is looked for in the search box."""
    return find_places(_names(url, version, filters.min_confidence), filters.text) if filters.text else []


@st.cache_data(max_entries=64, show_spinner=False)
def cached_areas(url: str, version: int, filters: Filters, level: AreaLevel) -> pd.DataFrame:  # noqa: ARG001 - likewise
    """Return the countries or divisions to shade."""
    return area_frame(shared_store(url), filters, level)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_places_in(url: str, version: int, area: str) -> frozenset[str]:  # noqa: ARG001 - likewise
    """Return the ids of the places in a country or division."""
    return places_in_area(shared_store(url), area)


@st.cache_data(max_entries=16, show_spinner=False)
def cached_compared(url: str, version: int, first: Filters, second: Filters) -> pd.DataFrame:
    """Return the places of two selections beside each other."""
    one, two = (cached_places(url, version, filters) for filters in (first, second))
    totals = [cached_summary(url, version, filters).articles for filters in (first, second)]
    return compare_frames(one, two, *totals)


@st.cache_resource(max_entries=8, show_spinner=False)
def shared_places(url: str, version: int, filters: Filters) -> SplitPlaces:
    """Return the places to draw, shared and never changed: for answers that take a few rows of many."""
    return split_places(cached_places(url, version, filters))

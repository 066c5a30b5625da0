"""All caching of the page: handles once for all, answers keyed by the store's version and the filters."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.query import (
    CountryRank,
    DayCounts,
    Facets,
    Filters,
    NamedPlace,
    PlaceProfile,
    Question,
    Summary,
    country_ranks,
    day_counts,
    evidence_frame,
    facets,
    find_places,
    named_places,
    place_curves,
    place_frame,
    place_profile,
    review_queue,
    summary,
)
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from dashboard.core.models import Parse
    from dashboard.gazetteer import Gazetteer

__all__ = [
    "SharedParser",
    "cached_country_ranks",
    "cached_curves",
    "cached_evidence",
    "cached_facets",
    "cached_places",
    "cached_places_named",
    "cached_profile",
    "cached_queue",
    "cached_summary",
    "cached_timeline",
    "read_settings",
    "shared_gazetteer",
    "shared_parser",
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


@dataclass(frozen=True, slots=True)
class SharedParser:
    """The geoparser for all visitors, one at a time."""

    parser: Geoparser
    lock: threading.Lock = field(default_factory=threading.Lock)

    def parse(self, text: str, language: str | None = None) -> Parse:
        """Parse a text."""
        with self.lock:
            return self.parser.parse(text, language)


@st.cache_resource(max_entries=1, show_spinner=False)
def shared_parser() -> SharedParser:
    """Open gazetteer and geoparser once, when the first text is pasted."""
    return SharedParser(Geoparser(ensure_index(Settings())))


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


@st.cache_data(max_entries=32, show_spinner=False)
def cached_queue(url: str, version: int, filters: Filters) -> tuple[Question, ...]:  # noqa: ARG001 - likewise
    """Return what is most worth checking."""
    return review_queue(shared_store(url), filters)


@st.cache_resource(max_entries=1, show_spinner=False)
def shared_gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer once for all visitors, when the first of them looks for a place in it."""
    return ensure_index(settings)


@st.cache_data(max_entries=128, show_spinner=False)
def cached_profile(url: str, version: int, place_id: str, filters: Filters) -> PlaceProfile:  # noqa: ARG001 - likewise
    """Return what is counted of the articles that name a place."""
    return place_profile(shared_store(url), place_id, filters)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_curves(
    url: str,
    version: int,  # noqa: ARG001 - likewise
    filters: Filters,
    place_ids: tuple[str, ...],
    span: tuple[date, date],
) -> dict[str, tuple[int, ...]]:
    """Return the curves of places over time."""
    return place_curves(shared_store(url), filters, place_ids, span)


@st.cache_data(max_entries=64, show_spinner=False)
def cached_country_ranks(
    url: str,
    version: int,  # noqa: ARG001 - likewise
    filters: Filters,
    span: tuple[date, date] | None,
) -> tuple[CountryRank, ...]:
    """Return the countries, ranked."""
    return country_ranks(shared_store(url), filters, span)

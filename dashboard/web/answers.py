"""All caching of the page: handles once for all, answers keyed by the store's version and the filters."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.core.settings import Settings
from dashboard.gazetteer import Gazetteer, ensure_index
from dashboard.gazetteer.locate import index_id, index_path
from dashboard.geoparse import Geoparser
from dashboard.query import (
    AreaLevel,
    CountryRank,
    DayCounts,
    Facets,
    Filters,
    News,
    PlaceNames,
    PlaceProfile,
    Question,
    Spellings,
    Summary,
    Understood,
    area_frame,
    compare_frames,
    country_ranks,
    day_counts,
    evidence_frame,
    facets,
    load_names,
    news_since,
    place_curves,
    place_frame,
    place_profile,
    places_in_area,
    review_queue,
    summary,
    understand,
)
from dashboard.render.map.clusters import SplitPlaces, split_places
from dashboard.store import Store, open_store

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    import pandas as pd

    from dashboard.core.models import Parse

__all__ = [
    "SharedParser",
    "built_gazetteer",
    "cached_areas",
    "cached_compared",
    "cached_country_ranks",
    "cached_curves",
    "cached_evidence",
    "cached_facets",
    "cached_news",
    "cached_places",
    "cached_places_in",
    "cached_profile",
    "cached_queue",
    "cached_summary",
    "cached_timeline",
    "cached_understood",
    "read_settings",
    "shared_gazetteer",
    "shared_parser",
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


@st.cache_data(max_entries=256, show_spinner=False)
def cached_news(url: str, version: int, filters: Filters, since: datetime) -> News:  # noqa: ARG001 - likewise
    """Return what came in since a moment."""
    return news_since(shared_store(url), filters, since)


@st.cache_resource(max_entries=2, show_spinner=False)
def _gazetteer_id() -> str:
    """Return which gazetteer goes with this program: working it out reads its tables."""
    return index_id()


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened_gazetteer(path: Path) -> Gazetteer:
    return Gazetteer.open(path)


def shared_gazetteer(settings: Settings) -> Gazetteer | None:
    """Open the gazetteer once for all visitors; None while it is not built, which a page does not wait for."""
    path = index_path(settings, _gazetteer_id())
    return _opened_gazetteer(path) if path.exists() else None


@st.cache_resource(max_entries=4, show_spinner=False)
def _spellings(url: str, gazetteer_id: str) -> Spellings:  # noqa: ARG001 - a store's places, by its address
    return Spellings(shared_gazetteer(read_settings()) if gazetteer_id else None)


@st.cache_resource(max_entries=4, show_spinner=False)
def _names(url: str, version: int, min_confidence: float, gazetteer_id: str) -> PlaceNames:  # noqa: ARG001 - likewise
    """Return the names of all places: shared and never changed, so not copied for each visit."""
    return load_names(shared_store(url), _spellings(url, gazetteer_id), min_confidence)


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


@st.cache_data(max_entries=128, show_spinner=False)
def _understood(url: str, version: int, gazetteer_id: str, filters: Filters, articles: int) -> Understood:
    names = _names(url, version, filters.min_confidence, gazetteer_id)
    gazetteer = shared_gazetteer(read_settings()) if gazetteer_id else None
    return understand(names, gazetteer, filters.text, articles)


def cached_understood(
    settings: Settings, version: int, filters: Filters, articles: int, typed: str | None = None
) -> Understood:
    """Return what the search says, of which so many articles have the words; or what is typed just now."""
    gazetteer = shared_gazetteer(settings)
    ident = gazetteer.id if gazetteer else ""
    asked = Filters(text=filters.text if typed is None else typed, min_confidence=filters.min_confidence)
    return _understood(settings.store_url, version, ident, asked, articles)


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


@st.cache_data(max_entries=32, show_spinner=False)
def cached_queue(url: str, version: int, filters: Filters) -> tuple[Question, ...]:  # noqa: ARG001 - likewise
    """Return what is most worth checking."""
    return review_queue(shared_store(url), filters)


@st.cache_resource(max_entries=1, show_spinner=False)
def built_gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer once for all visitors, when the first of them looks for a place in it."""
    return ensure_index(settings)

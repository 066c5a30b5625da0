"""What pages and routes ask alike: answers kept by the store's edition and the filters.

The frames and tables that come from here are shared: a view takes from them, and changes none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.core.wording import Wording, compare_wording
from dashboard.query import (
    MAX_TEXT,
    ActorCount,
    AreaLevel,
    ArticlePage,
    CountryRank,
    DayCounts,
    Facets,
    FacetValue,
    Filters,
    JourneyBook,
    JourneyFilters,
    News,
    OtherSpelling,
    PlaceNames,
    PlaceProfile,
    Question,
    Selection,
    Spellings,
    Story,
    Summary,
    Understood,
    actor_counts,
    area_frame,
    article_page,
    choose_journeys,
    compare_frames,
    count_printings,
    country_ranks,
    day_counts,
    evidence_by_source,
    evidence_frame,
    facets,
    independent_counts,
    load_journeys,
    load_names,
    news_since,
    other_spellings,
    place_curves,
    place_frame,
    place_profile,
    places_in_area,
    review_queue,
    selected_sources,
    story_of,
    summary,
    understand,
    widen_search,
)
from dashboard.render.map.clusters import SplitPlaces, cluster_data, split_places
from dashboard.render.map.shown_order import shown_order
from dashboard.store.legs import count_legs
from dashboard.web.hand_over import make_handover
from dashboard.web.handles import Edition, read_settings, shared_gazetteer
from dashboard.web.keeping import kept
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    import pandas as pd

    from dashboard.journeys import Journey
    from dashboard.render.exports import Handover

__all__ = [
    "are_journeys_quick",
    "cached_actors",
    "cached_areas",
    "cached_articles",
    "cached_clusters",
    "cached_compared",
    "cached_country_ranks",
    "cached_curves",
    "cached_evidence",
    "cached_evidence_by_source",
    "cached_facets",
    "cached_handover",
    "cached_journeys",
    "cached_news",
    "cached_order",
    "cached_places",
    "cached_places_in",
    "cached_printings",
    "cached_profile",
    "cached_queue",
    "cached_sources",
    "cached_spellings",
    "cached_story",
    "cached_summary",
    "cached_timeline",
    "cached_understood",
    "cached_wording",
    "journey_book",
    "shared_places",
    "widened_text",
]

EVIDENCE_ARTICLES = 60
_QUICK_LEGS = 5_000  # merged in about two seconds
_PLACES_MB = 128  # a frame of 100 000 places takes about a quarter of it


@kept(64, _PLACES_MB)
def cached_places(edition: Edition, filters: Filters) -> pd.DataFrame:
    """Return the places to draw."""
    return place_frame(edition.store, filters)


@kept(64)
def cached_summary(edition: Edition, filters: Filters) -> Summary:
    """Return how much the filters let through."""
    return summary(edition.store, filters)


@kept(64)
def cached_sources(edition: Edition, filters: Filters) -> tuple[FacetValue, ...]:
    """Return the sources of what the filters let through, most frequent first."""
    return selected_sources(edition.store, filters)


@kept(128)
def cached_evidence(edition: Edition, place_id: str, filters: Filters, skip: int = 0) -> pd.DataFrame:
    """Return the sentences that name a place, of the newest articles but the first `skip`."""
    return evidence_frame(edition.store, place_id, filters, limit=EVIDENCE_ARTICLES, offset=skip)


@kept(64)
def cached_evidence_by_source(
    edition: Edition, place_id: str, filters: Filters, source_keys: tuple[int, ...]
) -> pd.DataFrame:
    """Return the sentences that name a place, of the newest articles of some sources."""
    return evidence_by_source(edition.store, place_id, filters, source_keys)


@kept(64)
def cached_articles(
    edition: Edition, filters: Filters, skip: int, *, undated: bool, order: str = ""
) -> ArticlePage:
    """Return a page of the articles, with a date or without."""
    return article_page(edition.store, filters, order, undated=undated, first=skip)


@kept(8)
def cached_facets(edition: Edition) -> Facets:
    """Return what there is to filter by."""
    return facets(edition.store)


@kept(64)
def cached_timeline(edition: Edition, filters: Filters) -> DayCounts:
    """Return the articles by day."""
    return day_counts(edition.store, filters)


@kept(256)
def cached_news(edition: Edition, filters: Filters, since: datetime) -> News:
    """Return what came in since a moment."""
    return news_since(edition.store, filters, since)


@kept(4)
def _spellings(url: str, gazetteer_id: str) -> Spellings:  # noqa: ARG001 - a store's places, by its address
    return Spellings(shared_gazetteer(read_settings()) if gazetteer_id else None)


@kept(4)
def _names(edition: Edition, min_confidence: float, gazetteer_id: str) -> PlaceNames:
    """Return the names of all places: shared and never changed, so not copied for each visit."""
    return load_names(edition.store, _spellings(edition.url, gazetteer_id), min_confidence)


@kept(128)
def cached_profile(edition: Edition, place_id: str, filters: Filters) -> PlaceProfile:
    """Return what is counted of the articles that name a place."""
    return place_profile(edition.store, place_id, filters)


@kept(64)
def cached_curves(
    edition: Edition,
    filters: Filters,
    place_ids: tuple[str, ...],
    span: tuple[date, date],
) -> Mapping[str, tuple[int, ...]]:
    """Return the curves of places over time."""
    return place_curves(edition.store, filters, place_ids, span)


@kept(64)
def cached_country_ranks(
    edition: Edition,
    filters: Filters,
    span: tuple[date, date] | None,
) -> tuple[CountryRank, ...]:
    """Return the countries, ranked."""
    return country_ranks(edition.store, filters, span)


@kept(128)
def _understood(edition: Edition, gazetteer_id: str, filters: Filters, articles: int) -> Understood:
    names = _names(edition, filters.min_confidence, gazetteer_id)
    gazetteer = shared_gazetteer(read_settings()) if gazetteer_id else None
    return understand(names, gazetteer, filters.text, articles)


def cached_understood(
    edition: Edition, filters: Filters, articles: int, typed: str | None = None
) -> Understood:
    """Return what the search says, of which so many articles have the words; or what is typed just now."""
    gazetteer = shared_gazetteer(read_settings())
    ident = gazetteer.id if gazetteer else ""
    asked = Filters(text=filters.text if typed is None else typed, min_confidence=filters.min_confidence)
    return _understood(edition, ident, asked, articles)


@kept(256)
def cached_spellings(edition: Edition, word: str) -> tuple[OtherSpelling, ...]:
    """Return what a word may be in the other script, of the words of the store."""
    return other_spellings(edition.store, word)


@kept(32)
def cached_story(edition: Edition, article_id: str, min_confidence: float) -> Story | None:
    """Return the story that an article tells."""
    return story_of(edition.store, article_id, min_confidence)


@kept(256)
def cached_printings(edition: Edition, article_id: str) -> int:
    """Return how many articles tell the story of an article."""
    return count_printings(edition.store, article_id)


@kept(512)
def cached_wording(first: str, second: str) -> Wording:
    """Return how two texts differ."""
    return compare_wording(first, second)


@kept(64)
def cached_areas(edition: Edition, filters: Filters, level: AreaLevel) -> pd.DataFrame:
    """Return the countries or divisions to shade."""
    return area_frame(edition.store, filters, level)


@kept(64)
def cached_places_in(edition: Edition, area: str) -> frozenset[str]:
    """Return the ids of the places in a country or division."""
    return places_in_area(edition.store, area)


@kept(16)
def cached_compared(edition: Edition, first: Filters, second: Filters) -> pd.DataFrame:
    """Return the places of two selections beside each other."""
    one, two = (cached_places(edition, filters) for filters in (first, second))
    totals = [cached_summary(edition, filters).articles for filters in (first, second)]
    return compare_frames(one, two, *totals)


@kept(8)
def shared_places(edition: Edition, filters: Filters) -> SplitPlaces:
    """Return the places to draw, shared and never changed: for answers that take a few rows of many."""
    return split_places(cached_places(edition, filters))


@kept(16)
def cached_clusters(
    edition: Edition, filters: Filters, language: str, numerals: str, chosen: str | None
) -> Mapping[str, Any]:
    """Return what the map draws of many places: the same for all who open the same view, and never changed."""
    return cluster_data(cached_places(edition, filters), strings(language, numerals), chosen)


@kept(32)
def cached_queue(edition: Edition, filters: Filters) -> tuple[Question, ...]:
    """Return what is most worth checking."""
    return review_queue(edition.store, filters)


@kept(2)
def journey_book(edition: Edition) -> JourneyBook:
    """Return all journeys, merged: shared and never changed."""
    return load_journeys(edition.store)


@kept(32)
def cached_journeys(edition: Edition, filters: Filters, moves: JourneyFilters) -> tuple[Journey, ...]:
    """Return the journeys that the filters let through."""
    return tuple(choose_journeys(edition.store, journey_book(edition), filters, moves))


@kept(64)
def cached_order(edition: Edition, filters: Filters, language: str) -> Sequence[int]:
    """Return the positions of `cached_places` in the order in which a reader of a language expects them."""
    return shown_order(cached_places(edition, filters), strings(language))


@kept(8)
def are_journeys_quick(edition: Edition) -> bool:
    """Tell whether the journeys are so few that they are merged before somebody who types has to wait."""
    return count_legs(edition.store)[0] <= _QUICK_LEGS


@kept(64)
def cached_actors(edition: Edition, search: str) -> tuple[ActorCount, ...]:
    """Return those who move whose name a search may mean, those of most journeys first."""
    book = journey_book(edition)
    found = book.names.find(search) if book.journeys else frozenset()
    return tuple(actor_counts(one for one in book.journeys if one.actor in found)) if found else ()


def widened_text(edition: Edition, filters: Filters) -> str:
    """Return the words to look for: where no article has them, with the other script's spelling, if some has that."""
    if not filters.text or cached_summary(edition, filters).articles:
        return filters.text
    wide = widen_search(filters.text, lambda word: cached_spellings(edition, word))
    if wide == filters.text or len(wide) > MAX_TEXT:
        return filters.text
    return wide if cached_summary(edition, replace(filters, text=wide)).articles else filters.text


@kept(16)
def _independent(edition: Edition, filters: Filters) -> Mapping[str, int]:
    return independent_counts(edition.store, filters)


@kept(16)
def cached_handover(edition: Edition, filters: Filters, language: str) -> Handover:
    """Return what the filters let through, as it is handed over to programs: without corrections."""
    selection = Selection(
        edition.store,
        filters,
        cached_places(edition, filters),
        cached_summary(edition, filters),
        _independent(edition, filters),
    )
    return make_handover(edition.store, filters, strings(language), selection=selection, corrections=b"")

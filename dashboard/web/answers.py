"""What pages and routes ask alike: handles opened once for all, answers kept by the store's edition and the filters.

The frames and tables that come from here are shared: a view takes from them, and changes none.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.errors import CollectionError
from dashboard.core.progress import silent
from dashboard.core.settings import Settings
from dashboard.core.wording import Wording, compare_wording
from dashboard.gazetteer import Gazetteer, ensure_index
from dashboard.gazetteer.locate import index_id, index_path
from dashboard.geoparse import Geoparser
from dashboard.ingest.reading import LocalReader, Reading, journey_parser, read_again
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
from dashboard.render.map.clusters import SplitPlaces, split_places
from dashboard.render.map.shown_order import shown_order
from dashboard.store import Store, open_store
from dashboard.store.legs import count_legs, legs_read_otherwise
from dashboard.web.hand_over import make_handover
from dashboard.web.keeping import forget_all, kept
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    import pandas as pd

    from dashboard.core.models import Article, Parse
    from dashboard.journeys import Journey
    from dashboard.render.exports import Handover

__all__ = [
    "Edition",
    "SharedParser",
    "are_journeys_quick",
    "built_gazetteer",
    "cached_actors",
    "cached_areas",
    "cached_articles",
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
    "clear",
    "current_edition",
    "follow_dates",
    "journey_book",
    "read_settings",
    "settings_for",
    "shared_gazetteer",
    "shared_parser",
    "shared_places",
    "shared_store",
    "widened_text",
]

EVIDENCE_ARTICLES = 60
_QUICK_LEGS = 5_000  # merged in about two seconds
_FOLLOWED = 50  # articles that are read again while a person waits
_PLACES_MB = 128  # a frame of 100 000 places takes about a quarter of it


def clear() -> None:
    """Forget all answers, and let go of the stores."""
    for store in shared_store.answers.values():
        store.close()
    forget_all()


def read_settings() -> Settings:
    """Return the settings that the environment names now."""
    return _settings_of(frozenset(os.environ.items()))


@lru_cache(maxsize=8)
def _settings_of(environment: frozenset[tuple[str, str]]) -> Settings:  # noqa: ARG001 - what it is read from
    """Read the settings: that takes milliseconds, of which a run would spend many."""
    return Settings()


def settings_for(collection: str) -> Settings:
    """Return the settings of a visit: those in force, with the store of the collection that its address names.

    Parameters
    ----------
    collection
        Id or name; empty for the store that the dashboard was opened on.

    Raises
    ------
    CollectionError
        There is no such collection, or the dashboard was opened on one store.
    """
    settings = read_settings()
    if not collection:
        return settings
    if settings.store:
        raise CollectionError(
            "This dashboard was opened on one store, so it shows no collections. Start it without --store, or with "
            "--collection."
        )
    return settings.model_copy(update={"collection": settings.collections.find(collection).id})


@kept(16)
def shared_store(url: str) -> Store:
    """Open a store once for all visitors."""
    return open_store(url)


@dataclass(frozen=True, slots=True)
class Edition:
    """A store as it stands: what is kept of it holds until something is written.

    Attributes
    ----------
    version
        The store's `data_version`.
    """

    url: str
    version: int

    @property
    def store(self) -> Store:
        """The store, opened once for all."""
        return shared_store(self.url)


def current_edition(settings: Settings) -> Edition:
    """Return the store that the settings name, as it stands now."""
    return Edition(settings.store_url, shared_store(settings.store_url).data_version())


@dataclass(frozen=True, slots=True)
class SharedParser:
    """The geoparser for all visitors, one at a time."""

    parser: Geoparser
    lock: threading.Lock = field(default_factory=threading.Lock)

    def parse(self, text: str, language: str | None = None) -> Parse:
        """Parse a text."""
        with self.lock:
            return self.parser.parse(text, language)

    def read(self, article: Article) -> Reading:
        """Read the places and legs of an article."""
        with self.lock:
            return next(LocalReader(self.parser).read_many([article]))

    def read_again(self, store: Store, ids: Sequence[str]) -> None:
        """Read the legs of stored articles again."""
        with self.lock:
            read_again(store, self.parser, ids, silent)


@kept(1)
def shared_parser() -> SharedParser:
    """Open gazetteer and geoparser once, when the first text is pasted."""
    return SharedParser(Geoparser(ensure_index(Settings())))


def follow_dates(store: Store, ids: Sequence[str]) -> None:
    """Read the legs of articles again whose day was put right; many at once wait for `kharita reparse`."""
    if not ids or len(ids) > _FOLLOWED or shared_gazetteer(read_settings()) is None:
        return
    parser = shared_parser()
    stale = set(legs_read_otherwise(store, journey_parser(parser.parser).id))
    parser.read_again(store, [ident for ident in ids if ident in stale])


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


@kept(1)
def _gazetteer_id() -> str:
    """Return which gazetteer goes with this program: working it out reads its tables."""
    return index_id()


@kept(2)
def _opened_gazetteer(path: Path) -> Gazetteer:
    return Gazetteer.open(path)


def shared_gazetteer(settings: Settings) -> Gazetteer | None:
    """Open the gazetteer once for all visitors; None while it is not built, which a page does not wait for."""
    path = index_path(settings, _gazetteer_id())
    return _opened_gazetteer(path) if path.exists() else None


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


@kept(2)
def _built_gazetteer(cache: Path, user_data: Path) -> Gazetteer:
    return ensure_index(Settings(cache=cache, user_data=user_data))


def built_gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer once for all visitors, when the first of them looks for a place in it."""
    return _built_gazetteer(settings.cache, settings.user_data)


@kept(16)
def _independent(edition: Edition, filters: Filters) -> Mapping[str, int]:
    return independent_counts(edition.store, filters)


@kept(16)
def cached_handover(edition: Edition, filters: Filters, language: str) -> Handover:
    """Return what the filters let through, as it is handed over."""
    selection = Selection(
        edition.store,
        filters,
        cached_places(edition, filters),
        cached_summary(edition, filters),
        _independent(edition, filters),
    )
    return make_handover(edition.store, filters, strings(language), selection=selection)

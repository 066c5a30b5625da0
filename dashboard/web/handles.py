"""What is opened once for all visitors: settings, stores as they stand, the gazetteer, the geoparser."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.errors import CollectionError
from dashboard.core.progress import silent
from dashboard.core.settings import Settings
from dashboard.gazetteer import Gazetteer, ensure_index
from dashboard.gazetteer.locate import index_id, index_path
from dashboard.geoparse import Geoparser
from dashboard.ingest.reading import LocalReader, Reading, journey_parser, read_again
from dashboard.store import Store, open_store
from dashboard.store.legs import legs_read_otherwise
from dashboard.web.keeping import forget_all, kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.core.models import Article, Parse

__all__ = [
    "Edition",
    "SharedParser",
    "built_gazetteer",
    "clear",
    "current_edition",
    "follow_dates",
    "read_settings",
    "settings_for",
    "shared_gazetteer",
    "shared_parser",
    "shared_store",
]

_FOLLOWED = 50  # articles that are read again while a person waits


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


@kept(2)
def _built_gazetteer(cache: Path, user_data: Path) -> Gazetteer:
    return ensure_index(Settings(cache=cache, user_data=user_data))


def built_gazetteer(settings: Settings) -> Gazetteer:
    """Open the gazetteer once for all visitors, when the first of them looks for a place in it."""
    return _built_gazetteer(settings.cache, settings.user_data)


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

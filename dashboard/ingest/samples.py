"""The sample articles: put into an empty store, and found again in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Article
from dashboard.core.settings import data_path
from dashboard.intake import read_paths
from dashboard.store.listing import list_removed

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.store import Store

__all__ = ["is_untouched", "sample_folder", "stored_samples"]


def sample_folder() -> Path:
    """Return where the sample articles lie."""
    return data_path() / "articles"


def is_untouched(store: Store) -> bool:
    """Tell whether a store never held anything: a person who emptied theirs wants no samples back."""
    return not store.counts().articles and not list_removed(store)


def stored_samples(store: Store) -> list[str]:
    """Return the ids of the sample articles that are in the store."""
    found = [item for item in read_paths([sample_folder()]) if isinstance(item, Article)]
    return sorted(store.has(article.id for article in found))

"""Articles and what was found in them, in SQL."""

from dashboard.store.store import Store, StoreCounts, open_store

__all__ = ["Store", "StoreCounts", "open_store"]

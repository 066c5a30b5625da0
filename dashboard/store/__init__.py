"""Articles and what was found in them, in SQL; readers of files; ingest."""

from dashboard.store.ingest import IngestReport, TextParser, ingest
from dashboard.store.readers import ReadFailure, parse_article, read_paths
from dashboard.store.store import Store, StoreCounts, open_store

__all__ = [
    "IngestReport",
    "ReadFailure",
    "Store",
    "StoreCounts",
    "TextParser",
    "ingest",
    "open_store",
    "parse_article",
    "read_paths",
]

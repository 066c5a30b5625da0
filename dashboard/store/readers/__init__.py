"""Files to articles; every byte is taken for hostile: sizes are capped, file names are data."""

from dashboard.store.readers.article import MAX_ARTICLE_BYTES, parse_article
from dashboard.store.readers.failure import ReadFailure
from dashboard.store.readers.pasted import MAX_PASTED, clean_pasted, pasted_article
from dashboard.store.readers.paths import ARTICLE_SUFFIXES, read_paths

__all__ = [
    "ARTICLE_SUFFIXES",
    "MAX_ARTICLE_BYTES",
    "MAX_PASTED",
    "ReadFailure",
    "clean_pasted",
    "parse_article",
    "pasted_article",
    "read_paths",
]

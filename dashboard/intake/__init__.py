"""Files to articles; every byte is taken for hostile: sizes are capped, file names are data."""

from dashboard.intake.article import MAX_ARTICLE_BYTES, parse_article
from dashboard.intake.failure import ReadFailure
from dashboard.intake.formats.pasted import MAX_PASTED, clean_pasted, pasted_article
from dashboard.intake.paths import ARTICLE_SUFFIXES, read_paths

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

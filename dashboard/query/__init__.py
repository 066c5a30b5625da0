"""Filters, and the frames that the views need."""

from dashboard.query.areas import Box, Near, Shape
from dashboard.query.columns import (
    ARTICLE_COLUMNS,
    EVIDENCE_COLUMNS,
    PLACE_COLUMNS,
    check_frame,
)
from dashboard.query.filters import (
    DEFAULT_MIN_CONFIDENCE,
    FILTER_NAMES,
    FilterIssue,
    FilterPart,
    FilterProblem,
    Filters,
    describe_filters,
    format_filters,
    parse_filters,
)
from dashboard.query.frames import article_frame, evidence_frame, place_frame
from dashboard.query.news import News, news_since
from dashboard.query.over_time import DayCounts, day_counts
from dashboard.query.place_names import NamedPlace, PlaceNames, Spellings, named_places
from dashboard.query.totals import Facets, FacetValue, Summary, facets, summary
from dashboard.query.understood import (
    Likeness,
    PlaceReading,
    Understood,
    UnnamedPlace,
    load_names,
    understand,
)

__all__ = [
    "ARTICLE_COLUMNS",
    "DEFAULT_MIN_CONFIDENCE",
    "EVIDENCE_COLUMNS",
    "FILTER_NAMES",
    "PLACE_COLUMNS",
    "Box",
    "DayCounts",
    "FacetValue",
    "Facets",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "Likeness",
    "NamedPlace",
    "Near",
    "News",
    "PlaceNames",
    "PlaceReading",
    "Shape",
    "Spellings",
    "Summary",
    "Understood",
    "UnnamedPlace",
    "article_frame",
    "check_frame",
    "day_counts",
    "describe_filters",
    "evidence_frame",
    "facets",
    "format_filters",
    "load_names",
    "named_places",
    "news_since",
    "parse_filters",
    "place_frame",
    "summary",
    "understand",
]

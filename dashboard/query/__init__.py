"""Filters, and the frames that the views need."""

from dashboard.query.areas import COUNTRY_PREFIX, AreaLevel, area_frame, places_in_area
from dashboard.query.columns import (
    AREA_COLUMNS,
    ARTICLE_COLUMNS,
    COMPARED_COLUMNS,
    EVIDENCE_COLUMNS,
    PLACE_COLUMNS,
    check_frame,
)
from dashboard.query.compare import compare_frames, halves
from dashboard.query.film import place_bins
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
from dashboard.query.over_time import DayCounts, day_counts
from dashboard.query.place_names import NamedPlace, find_places, named_places
from dashboard.query.totals import Facets, FacetValue, Summary, facets, summary

__all__ = [
    "AREA_COLUMNS",
    "ARTICLE_COLUMNS",
    "COMPARED_COLUMNS",
    "COUNTRY_PREFIX",
    "DEFAULT_MIN_CONFIDENCE",
    "EVIDENCE_COLUMNS",
    "FILTER_NAMES",
    "PLACE_COLUMNS",
    "AreaLevel",
    "DayCounts",
    "FacetValue",
    "Facets",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "NamedPlace",
    "Summary",
    "area_frame",
    "article_frame",
    "check_frame",
    "compare_frames",
    "day_counts",
    "describe_filters",
    "evidence_frame",
    "facets",
    "find_places",
    "format_filters",
    "halves",
    "named_places",
    "parse_filters",
    "place_bins",
    "place_frame",
    "places_in_area",
    "summary",
]

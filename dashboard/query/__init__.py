"""Filters, and the frames that the views need."""

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
from dashboard.query.over_time import DayCounts, day_counts
from dashboard.query.place_names import NamedPlace, find_places, named_places
from dashboard.query.review import Example, Question, QuestionView, question_view, review_queue
from dashboard.query.totals import Facets, FacetValue, Summary, facets, summary

__all__ = [
    "ARTICLE_COLUMNS",
    "DEFAULT_MIN_CONFIDENCE",
    "EVIDENCE_COLUMNS",
    "FILTER_NAMES",
    "PLACE_COLUMNS",
    "DayCounts",
    "Example",
    "FacetValue",
    "Facets",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "NamedPlace",
    "Question",
    "QuestionView",
    "Summary",
    "article_frame",
    "check_frame",
    "day_counts",
    "describe_filters",
    "evidence_frame",
    "facets",
    "find_places",
    "format_filters",
    "named_places",
    "parse_filters",
    "place_frame",
    "question_view",
    "review_queue",
    "summary",
]

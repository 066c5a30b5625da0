"""Filters, and the frames that the views need."""

from dashboard.query.columns import (
    ARTICLE_COLUMNS,
    EVIDENCE_COLUMNS,
    PLACE_COLUMNS,
    check_frame,
)
from dashboard.query.curves import CountryRank, country_ranks, place_curves
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
from dashboard.query.place_profile import Companion, PlaceProfile, place_profile
from dashboard.query.review import Example, Question, QuestionView, question_view, review_queue
from dashboard.query.selection import NamingArticle, NamingSentence, Selection, named_in, select_all
from dashboard.query.stored import StoredArticle, stored_articles
from dashboard.query.totals import Facets, FacetValue, Summary, facets, summary

__all__ = [
    "ARTICLE_COLUMNS",
    "DEFAULT_MIN_CONFIDENCE",
    "EVIDENCE_COLUMNS",
    "FILTER_NAMES",
    "PLACE_COLUMNS",
    "Companion",
    "CountryRank",
    "DayCounts",
    "Example",
    "FacetValue",
    "Facets",
    "FilterIssue",
    "FilterPart",
    "FilterProblem",
    "Filters",
    "NamedPlace",
    "NamingArticle",
    "NamingSentence",
    "PlaceProfile",
    "Question",
    "QuestionView",
    "Selection",
    "StoredArticle",
    "Summary",
    "article_frame",
    "check_frame",
    "country_ranks",
    "day_counts",
    "describe_filters",
    "evidence_frame",
    "facets",
    "find_places",
    "format_filters",
    "named_in",
    "named_places",
    "parse_filters",
    "place_curves",
    "place_frame",
    "place_profile",
    "question_view",
    "review_queue",
    "select_all",
    "stored_articles",
    "summary",
]

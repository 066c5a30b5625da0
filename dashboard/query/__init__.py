"""Filters, and the frames that the views need."""

from dashboard.query.area_counts import COUNTRY_PREFIX, AreaLevel, area_frame, places_in_area
from dashboard.query.areas import Box, Near, Shape
from dashboard.query.article_list import ARTICLES_A_PAGE, ArticlePage, ListedArticle, article_page
from dashboard.query.columns import (
    AREA_COLUMNS,
    ARTICLE_COLUMNS,
    COMPARED_COLUMNS,
    EVIDENCE_COLUMNS,
    PLACE_COLUMNS,
    check_frame,
)
from dashboard.query.compare import compare_frames, halves
from dashboard.query.curves import CountryRank, country_ranks, place_curves
from dashboard.query.film import place_bins
from dashboard.query.filters import (
    DEFAULT_MIN_CONFIDENCE,
    FILTER_NAMES,
    MAX_INDEPENDENT,
    FilterIssue,
    FilterPart,
    FilterProblem,
    Filters,
    describe_filters,
    format_filters,
    parse_filters,
)
from dashboard.query.frames import (
    article_frame,
    evidence_by_source,
    evidence_frame,
    independent_counts,
    place_frame,
)
from dashboard.query.journey_filters import (
    JOURNEY_FILTER_NAMES,
    UNKNOWN_END,
    JourneyFilters,
    format_journey_filters,
    parse_journey_filters,
)
from dashboard.query.journeys import (
    ActorCount,
    JourneyBook,
    ToldReport,
    actor_counts,
    article_reports,
    choose_journeys,
    is_at,
    journey_days,
    journey_ends,
    load_journeys,
    told_reports,
)
from dashboard.query.news import News, news_since
from dashboard.query.order import ORDERS, order_in_force
from dashboard.query.other_script import OtherSpelling, other_spellings, spelt_otherwise
from dashboard.query.over_time import DayCounts, day_counts, dense_span
from dashboard.query.own_actors import office_roles
from dashboard.query.place_names import NamedPlace, PlaceNames, Spellings, named_places
from dashboard.query.place_profile import Companion, PlaceProfile, SourceReport, place_profile
from dashboard.query.reach import Reach, reach_of
from dashboard.query.review import Example, Question, QuestionView, question_view, review_queue
from dashboard.query.selection import NamingArticle, NamingSentence, Selection, named_in, select_all
from dashboard.query.stored import StoredArticle, stored_articles
from dashboard.query.story import MOST_PRINTINGS, Printing, Story, StoryPlace, count_printings, story_of
from dashboard.query.totals import Facets, FacetValue, Summary, facets, selected_sources, summary
from dashboard.query.typed_dates import TypedDays, edtf_of, read_typed_days
from dashboard.query.understood import (
    Likeness,
    PlaceReading,
    Understood,
    UnnamedPlace,
    load_names,
    understand,
)
from dashboard.query.url_lists import MAX_TEXT

__all__ = [
    "AREA_COLUMNS",
    "ARTICLES_A_PAGE",
    "ARTICLE_COLUMNS",
    "COMPARED_COLUMNS",
    "COUNTRY_PREFIX",
    "DEFAULT_MIN_CONFIDENCE",
    "EVIDENCE_COLUMNS",
    "FILTER_NAMES",
    "JOURNEY_FILTER_NAMES",
    "MAX_INDEPENDENT",
    "MAX_TEXT",
    "MOST_PRINTINGS",
    "ORDERS",
    "PLACE_COLUMNS",
    "UNKNOWN_END",
    "ActorCount",
    "AreaLevel",
    "ArticlePage",
    "Box",
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
    "JourneyBook",
    "JourneyFilters",
    "Likeness",
    "ListedArticle",
    "NamedPlace",
    "NamingArticle",
    "NamingSentence",
    "Near",
    "News",
    "OtherSpelling",
    "PlaceNames",
    "PlaceProfile",
    "PlaceReading",
    "Printing",
    "Question",
    "QuestionView",
    "Reach",
    "Selection",
    "Shape",
    "SourceReport",
    "Spellings",
    "StoredArticle",
    "Story",
    "StoryPlace",
    "Summary",
    "ToldReport",
    "TypedDays",
    "Understood",
    "UnnamedPlace",
    "actor_counts",
    "area_frame",
    "article_frame",
    "article_page",
    "article_reports",
    "check_frame",
    "choose_journeys",
    "compare_frames",
    "count_printings",
    "country_ranks",
    "day_counts",
    "dense_span",
    "describe_filters",
    "edtf_of",
    "evidence_by_source",
    "evidence_frame",
    "facets",
    "format_filters",
    "format_journey_filters",
    "halves",
    "independent_counts",
    "is_at",
    "journey_days",
    "journey_ends",
    "load_journeys",
    "load_names",
    "named_in",
    "named_places",
    "news_since",
    "office_roles",
    "order_in_force",
    "other_spellings",
    "parse_filters",
    "parse_journey_filters",
    "place_bins",
    "place_curves",
    "place_frame",
    "place_profile",
    "places_in_area",
    "question_view",
    "reach_of",
    "read_typed_days",
    "review_queue",
    "select_all",
    "selected_sources",
    "spelt_otherwise",
    "stored_articles",
    "story_of",
    "summary",
    "told_reports",
    "understand",
]

"""The page's state, all of which is in its address; the filters' part of it is read by `query`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qsl, urlencode

from dashboard.core.links import writable
from dashboard.query import (
    FILTER_NAMES,
    JOURNEY_FILTER_NAMES,
    ORDERS,
    FilterProblem,
    Filters,
    JourneyFilters,
    format_filters,
    format_journey_filters,
    parse_filters,
    parse_journey_filters,
)
from dashboard.render.time.time_tools import Step
from dashboard.web.comparing import read_versus, versus_filters
from dashboard.words import LANGUAGES, NUMERALS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CHOICES",
    "GROUPS",
    "MEASURES",
    "PAGES",
    "PARAMETERS",
    "RANKINGS",
    "STEPS",
    "VIEWS",
    "Visit",
    "known_parameters",
    "read_visit",
]

PAGES = ("about", "add", "articles", "collections", "feeds", "paste", "review", "saved", "story")
RANKINGS = ("countries", "articles", "undated")  # beside that of places
VIEWS = ("heat", "countries", "divisions", "compare", "journeys")  # beside the places themselves
MEASURES = ("share", "first", "second")  # what a view may show in the place of its counts
SPANS = ("all",)  # of the timeline, beside the time in which nearly all articles lie
GROUPS = ("source", "first")  # of what is said of a place, beside the newest
STEPS = get_args(Step)  # of the timeline
# Parameters that take one of a few values; the page's buttons are made from the same tables.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "ui": LANGUAGES,
    "page": PAGES,
    "rank": RANKINGS,
    "numerals": NUMERALS,
    "view": VIEWS,
    "by": MEASURES,
    "step": STEPS,
    "span": SPANS,
    "sort": ORDERS,
    "group": GROUPS,
}
_OWN = (
    "ui",
    "collection",
    "place",
    "article",
    "mention",
    "page",
    "rank",
    "numerals",
    "view",
    "by",
    "area",
    "vs",
    "step",
    "skip",
    "span",
    "beside",
    "sort",
    "group",
    "journey",
    "leg",
)
PARAMETERS = (*FILTER_NAMES, *JOURNEY_FILTER_NAMES, *_OWN)
_ALL_JOURNEYS = JourneyFilters()
_ID = re.compile(r"[\w:.\-]{1,120}\Z")
_MENTION = re.compile(r"\d{1,6}\Z")
_JOURNEY = re.compile(r"[0-9a-f]{16}\Z")
_LEG = re.compile(r"\d{1,9}:\d{1,9}\Z")
_SKIP = re.compile(r"[1-9]\d{0,6}\Z")
_LONGEST_NAME = 120  # code points of what names a collection
_AREA = re.compile(r"(country:[A-Z]{2}|adm1:[A-Z]{2}-[A-Z0-9]{1,6})\Z")


@dataclass(frozen=True, slots=True)
class Visit:
    """What the address asks for.

    Attributes
    ----------
    language
        Of the interface; empty when the address does not say, and then the browser's.
    collection
        Id or name of the collection; empty for the one that the dashboard was opened on.
    place, article
        Ids of what is open; None when nothing is.
    mention
        Number of the open mention within the article or the pasted text, from 0.
    page
        One of `PAGES`, or empty for the map.
    rank
        One of `RANKINGS`, or empty for the places.
    numerals
        One of `NUMERALS`, or empty for the usual ones.
    view
        One of `VIEWS`, or empty for the places.
    by
        One of `MEASURES`, or empty for what the view counts.
    area
        Id of the country or division whose places are listed.
    versus
        How the filters of the second selection differ, as a query string; empty when nothing is compared.
    step
        One of `STEPS`, or empty for what fits.
    skip
        How many entries of the open list stand before the page of it that is shown.
    span
        `all` where the timeline shows every day, and not only the time in which nearly all articles lie.
    beside
        Id of the article that the open one is compared with, on the page of a story.
    sort
        One of `ORDERS` for the list of articles; empty for the usual one.
    group
        `source` where a place's card is grouped by source, `first` with those first that reported first.
    moves, journey
        The filters of journeys, and the id of the open one.
    leg
        The leg that is marked in the open article: where its cue and its actor begin, `512:498`.
    """

    filters: Filters
    language: str = ""
    collection: str = ""
    place: str | None = None
    article: str | None = None
    mention: int | None = None
    page: str = ""
    rank: str = ""
    numerals: str = ""
    view: str = ""
    by: str = ""
    area: str | None = None
    versus: str = ""
    step: str = ""
    skip: int = 0
    span: str = ""
    beside: str | None = None
    sort: str = ""
    group: str = ""
    moves: JourneyFilters = _ALL_JOURNEYS
    journey: str | None = None
    leg: str | None = None

    @property
    def other(self) -> Filters | None:
        """The filters of the second selection; None when nothing is compared."""
        return versus_filters(self.filters, self.versus)

    @property
    def opened(self) -> str:
        """Id of what the side panel shows instead of a list: an article, a place, an area, a journey, an actor."""
        actor = self.moves.actors[0] if self.view == "journeys" and len(self.moves.actors) == 1 else None
        return self.article or self.place or self.area or self.journey or actor or ""

    def parameters(self) -> dict[str, str]:
        """Return the parameters of this visit's address, in a stable order."""
        own = {
            "ui": self.language,
            "collection": self.collection,
            "place": self.place or "",
            "article": self.article or "",
            "mention": "" if self.mention is None else str(self.mention),
            "page": self.page,
            "rank": self.rank,
            "numerals": self.numerals,
            "view": self.view,
            "by": self.by,
            "area": self.area or "",
            "vs": self.versus,
            "step": self.step,
            "skip": str(self.skip or ""),
            "span": self.span,
            "beside": self.beside or "",
            "sort": self.sort,
            "group": self.group,
            "journey": self.journey or "",
            "leg": self.leg or "",
        }
        filters = format_filters(self.filters) | format_journey_filters(self.moves)
        return filters | {name: value for name, value in own.items() if value}

    def address(self, **changes: Any) -> str:  # noqa: ANN401 - fields of this class
        """Return the query string of this visit with some fields changed; another list begins at its first page."""
        parameters = replace(self, **{"skip": 0} | changes).parameters()
        return "?" + urlencode(parameters) if parameters else "?"

    def place_address(self, place: str) -> str:
        """Return the query string that opens a place's card."""
        return self.address(place=place, article=None, mention=None, page="", beside=None)

    def journeys_address(self, **moves: Any) -> str:  # noqa: ANN401 - fields of `JourneyFilters`
        """Return the query string of the journeys, some of their filters changed; what is open is closed."""
        shut = {"place": None, "area": None, "article": None, "mention": None, "journey": None, "leg": None}
        return self.address(view="journeys", page="", moves=replace(self.moves, **moves), **shut)

    def journey_address(self, journey: str) -> str:
        """Return the query string that opens a journey."""
        shut = {"place": None, "area": None, "article": None, "mention": None, "leg": None}
        return self.address(view="journeys", page="", journey=journey, **shut)

    def article_address(self, article: str) -> str:
        """Return the query string that opens an article; the place stays, for the way back."""
        return self.address(article=article, mention=None, page="", beside=None, leg=None)

    def story_address(self, article: str, beside: str | None = None) -> str:
        """Return the query string of the story that an article tells, there compared with another printing."""
        return self.address(article=article, beside=beside, mention=None, page="story")

    def collection_address(self, collection: str, page: str | None = None) -> str:
        """Return the query string that opens another collection: nothing stays that is of this one's articles."""
        shown = self.page if page is None and self.page != "story" else page or ""
        return Visit(Filters(), self.language, collection, page=shown, numerals=self.numerals).address()

    def home_address(self) -> str:
        """Return the query string of the list of places, filters kept."""
        return self.address(place=None, article=None, mention=None, page="", beside=None)


def read_visit(parameters: Mapping[str, str]) -> tuple[Visit, list[FilterProblem | tuple[str, str]]]:
    """Read an address; what can't be read is left out and reported, outside filters as `(name, value)`."""
    parameters = {name: writable(value) for name, value in parameters.items()}
    filters, found = parse_filters(parameters)
    problems: list[FilterProblem | tuple[str, str]] = list(found)

    def take(name: str, *, good: bool) -> str:
        value = parameters.get(name, "")
        if value and not good:
            problems.append((name, value[:80]))
            return ""
        return value

    def choose(name: str) -> str:
        return take(name, good=parameters.get(name, "") in CHOICES[name])

    language = choose("ui")
    collection = take("collection", good=len(parameters.get("collection", "")) <= _LONGEST_NAME)
    place = take("place", good=bool(_ID.match(parameters.get("place", ""))))
    article = take("article", good=bool(_ID.match(parameters.get("article", ""))))
    mention = take("mention", good=bool(_MENTION.match(parameters.get("mention", ""))))
    page = choose("page")
    numerals = choose("numerals")
    beside = take("beside", good=bool(page == "story" and _ID.match(parameters.get("beside", ""))))
    area = take("area", good=bool(_AREA.match(parameters.get("area", ""))))
    versus, unread = read_versus(filters, parameters.get("vs", ""))
    problems += unread
    moves, unread_moves = parse_journey_filters(parameters)
    problems += unread_moves
    journey = take("journey", good=bool(_JOURNEY.match(parameters.get("journey", ""))))
    leg = take("leg", good=bool(article and _LEG.match(parameters.get("leg", ""))))
    visit = Visit(
        filters=filters,
        language=language,
        collection=collection,
        place=place or None,
        article=article or None,
        mention=int(mention) if mention and (article or page == "paste") else None,
        page=page,
        rank=choose("rank"),
        numerals=numerals,
        view=choose("view"),
        by=choose("by"),
        area=area or None,
        versus=versus,
        step=choose("step"),
        span=choose("span"),
        beside=beside or None,
        sort=choose("sort"),
        group=choose("group"),
        moves=moves,
        journey=journey or None,
        leg=leg or None,
        skip=int(take("skip", good=bool(_SKIP.match(parameters.get("skip", "")))) or 0),
    )
    return visit, problems


def known_parameters(address: str) -> dict[str, str]:
    """Return the parameters of a query string that this page knows."""
    pairs = parse_qsl(address.removeprefix("?"), max_num_fields=40)
    return {name: value for name, value in pairs if name in PARAMETERS and value}

"""The page's state, all of which is in its address; the filters' part of it is read by `query`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from dashboard.query import FILTER_NAMES, FilterProblem, Filters, format_filters, parse_filters
from dashboard.ui.comparing import read_versus, versus_filters
from dashboard.ui.strings import LANGUAGES, NUMERALS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ADD_KIND",
    "ADD_NAME",
    "ADD_POINT",
    "CHANNEL",
    "CLOCK",
    "DESK",
    "MAP",
    "MEASURES",
    "MISSED",
    "NOTE",
    "PARAMETERS",
    "PASTED",
    "PASTE_PROBLEM",
    "POINT_MAP",
    "POINT_SEEN",
    "SAVE_NAME",
    "SAVE_WATCH",
    "SCOPE",
    "SEARCH",
    "STEPS",
    "TYPING",
    "VIEWS",
    "WHO",
    "WHY",
    "Visit",
    "known_parameters",
    "paste_key",
    "read_visit",
    "saved_key",
    "widget_key",
]

CHANNEL = "channel"  # session key of the component that carries clicks on links
CLOCK = "clock"  # session key of the component that brushes and plays the timeline
MAP = "map"  # session key of the map
PASTED = "pasted"  # session key of the text that was looked at last, with its parse
PASTE_PROBLEM = (
    "paste_problem"  # session key of what is wrong with a file or a field: key of its words, value
)
PAGES = ("about", "paste", "review", "saved")
RANKINGS = ("countries",)  # beside that of places
TYPING = "typing"  # session key of the component that hears what is typed in the search box
NOTE = "note"  # session key of what is to be said once, at the next run
SAVE_NAME, SAVE_WATCH = "save_name", "save_watch"  # session keys of what is typed to save a view
VIEWS = ("heat", "countries", "divisions", "compare")  # beside the places themselves
MEASURES = ("share", "first", "second")  # what a view may show in the place of its counts
STEPS = ("day", "week", "month")  # of the timeline
_OWN = ("ui", "place", "article", "mention", "page", "rank", "numerals", "view", "by", "area", "vs", "step")
PARAMETERS = (*FILTER_NAMES, *_OWN)
# Session keys of checking: the visitor's desk, and the widgets with which a mention is corrected.
DESK, WHO, WHY, SCOPE, SEARCH = "desk", "correct_who", "correct_why", "correct_scope", "correct_search"
ADD_NAME, ADD_KIND, ADD_POINT = "add_name", "add_kind", "add_point"
POINT_MAP, POINT_SEEN = "add_map", "add_clicked"
MISSED = "missed_name"
_ID = re.compile(r"[\w:.\-]{1,120}\Z")
_MENTION = re.compile(r"\d{1,6}\Z")
_AREA = re.compile(r"(country:[A-Z]{2}|adm1:[A-Z]{2}-[A-Z0-9]{1,6})\Z")


def saved_key(what: str, number: int) -> str:
    """Return the session key of a widget that belongs to one saved view."""
    return f"saved_{what}_{number}"


def widget_key(name: str) -> str:
    """Return the session key of a filter's widget."""
    return f"filter_{name}"


def paste_key(name: str) -> str:
    """Return the session key of a widget on the page where a text is pasted."""
    return f"paste_{name}"


@dataclass(frozen=True, slots=True)
class Visit:
    """What the address asks for.

    Attributes
    ----------
    language
        Of the interface; empty when the address does not say, and then the browser's.
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
    """

    filters: Filters
    language: str = ""
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

    @property
    def other(self) -> Filters | None:
        """The filters of the second selection; None when nothing is compared."""
        return versus_filters(self.filters, self.versus)

    def parameters(self) -> dict[str, str]:
        """Return the parameters of this visit's address, in a stable order."""
        own = {
            "ui": self.language,
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
        }
        return format_filters(self.filters) | {name: value for name, value in own.items() if value}

    def address(self, **changes: Any) -> str:  # noqa: ANN401 - fields of this class
        """Return the query string of this visit with some fields changed."""
        parameters = replace(self, **changes).parameters()
        return "?" + urlencode(parameters) if parameters else "?"

    def place_address(self, place: str) -> str:
        """Return the query string that opens a place's card."""
        return self.address(place=place, article=None, mention=None, page="")

    def article_address(self, article: str) -> str:
        """Return the query string that opens an article; the place stays, for the way back."""
        return self.address(article=article, mention=None, page="")

    def home_address(self) -> str:
        """Return the query string of the list of places, filters kept."""
        return self.address(place=None, article=None, mention=None, page="")


def read_visit(parameters: Mapping[str, str]) -> tuple[Visit, list[FilterProblem | tuple[str, str]]]:
    """Read an address; what can't be read is left out and reported, outside filters as `(name, value)`."""
    filters, found = parse_filters(parameters)
    problems: list[FilterProblem | tuple[str, str]] = list(found)

    def take(name: str, *, good: bool) -> str:
        value = parameters.get(name, "")
        if value and not good:
            problems.append((name, value[:80]))
            return ""
        return value

    language = take("ui", good=parameters.get("ui", "") in LANGUAGES)
    place = take("place", good=bool(_ID.match(parameters.get("place", ""))))
    article = take("article", good=bool(_ID.match(parameters.get("article", ""))))
    mention = take("mention", good=bool(_MENTION.match(parameters.get("mention", ""))))
    page = take("page", good=parameters.get("page", "") in PAGES)
    numerals = take("numerals", good=parameters.get("numerals", "") in NUMERALS)
    area = take("area", good=bool(_AREA.match(parameters.get("area", ""))))
    versus, unread = read_versus(filters, parameters.get("vs", ""))
    problems += unread
    visit = Visit(
        filters=filters,
        language=language,
        place=place or None,
        article=article or None,
        mention=int(mention) if mention and (article or page == "paste") else None,
        page=page,
        rank=take("rank", good=parameters.get("rank", "") in RANKINGS),
        numerals=numerals,
        view=take("view", good=parameters.get("view", "") in VIEWS),
        by=take("by", good=parameters.get("by", "") in MEASURES),
        area=area or None,
        versus=versus,
        step=take("step", good=parameters.get("step", "") in STEPS),
    )
    return visit, problems


def known_parameters(address: str) -> dict[str, str]:
    """Return the parameters of a query string that this page knows."""
    pairs = parse_qsl(address.removeprefix("?"), max_num_fields=40)
    return {name: value for name, value in pairs if name in PARAMETERS and value}

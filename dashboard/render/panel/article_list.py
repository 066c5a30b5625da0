"""The list of articles: each with where it comes from, the sentence that shows why, and its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, line, link, marked, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.core.models import Place
    from dashboard.query import ArticlePage, ListedArticle
    from dashboard.words import Strings

__all__ = ["PLACES_A_PAGE", "Paged", "Ways", "article_list", "pages"]

PLACES_A_PAGE = 150  # of a ranked list
_PLACES = 6  # of an article that get a chip


@dataclass(frozen=True, slots=True)
class Ways:
    """What makes the query strings that open an article, a place, and the story that an article tells."""

    article: Callable[[str], str]
    place: Callable[[str], str]
    story: Callable[[str], str]


def article_list(page: ArticlePage, words: Strings, ways: Ways) -> Markup:
    """Return the articles of one page."""
    told = [_article(one, words, ways) for one in page.articles]
    return element("div", join(told), class_="kh-stories kh-articles")


def _article(one: ListedArticle, words: Strings, ways: Ways) -> Markup:
    address = ways.article(one.id)
    about: list[object] = [bdi(one.source) if one.source else "", words.day(one.published)]
    if one.printings > 1:
        said = words("article_printings", n=one.printings, origins=words("origins", n=one.origins))
        about.append(visit(ways.story(one.id), said, class_="kh-printings", title=words("story_compare")))
    parts = [
        element("h3", visit(address, line(one.title)), dir="auto"),
        element("p", join((part for part in about if part), " · "), class_="kh-meta"),
        element("blockquote", marked(one.sentence, one.spans), dir="auto"),
        _chips(one.places, words, ways.place),
    ]
    if one.url:
        parts.append(element("p", link(one.url, class_="kh-out"), class_="kh-actions"))
    return element("article", join(parts), class_="kh-story")


def _chips(places: tuple[Place, ...], words: Strings, address: Callable[[str], str]) -> Markup:
    """Return the surest places as small links; how many more there are is said."""
    if not places:
        return Markup("")
    chips: list[object] = [
        visit(address(one.id), join([swatch(one.kind), bdi(one.name_in(words.language))]), class_="kh-chip")
        for one in places[:_PLACES]
    ]
    if len(places) > _PLACES:
        chips.append(element("small", f"+{words.number(len(places) - _PLACES)}", class_="kh-quiet"))
    return element("div", join(chips), class_="kh-chips")


@dataclass(frozen=True, slots=True)
class Paged:
    """Which entries of a list are on a page.

    Attributes
    ----------
    first, shown, total
        Entries before the page, on it, and in all.
    size
        Entries of a full page.
    """

    first: int
    shown: int
    total: int
    size: int


def pages(here: Paged, words: Strings, address: Callable[[int], str]) -> Markup:
    """Return which entries are shown, and the ways to those before and after; nothing when all are.

    Parameters
    ----------
    address
        Makes the query string of a page from how many entries stand before it.
    """
    if here.total <= here.shown:
        return Markup("")
    first, last, total = map(
        words.number, (min(here.first + 1, here.total), here.first + here.shown, here.total)
    )
    parts: list[object] = [element("span", words("pages_shown", first=first, last=last, total=total))]
    if here.first:
        before = address(max(0, here.first - here.size))
        parts.append(visit(before, words("pages_before"), class_="kh-action", rel="prev"))
    if here.first + here.shown < here.total:
        parts.append(
            visit(address(here.first + here.size), words("pages_after"), class_="kh-action", rel="next")
        )
    return element("nav", join(parts, " "), class_="kh-pages", aria_label=words("pages_of_list"))

"""What a place's card tells below its head: over time, beside which places, by which sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.core.models import Kind
from dashboard.core.text import fold_name
from dashboard.render.map.layers import local_name
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, visit
from dashboard.render.panel.trend import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.core.models import Place
    from dashboard.query import Companion, PlaceProfile
    from dashboard.words import Strings

__all__ = ["companion_links", "found_names", "independent_words", "source_list"]

_SOURCES = 5
_NAMES = 8  # that a place was found under


def independent_words(profile: PlaceProfile, words: Strings) -> Markup:
    """Say of how many stories the articles are, copies of one counted once; nothing of a single article."""
    if profile.articles <= 1:
        return Markup("")
    if profile.independent == profile.articles:
        said = words("card_all_independent")
    else:
        said = words("card_independent", n=profile.independent)
    return element("span", said, title=words("card_independent_hint"), class_="kh-independent")


def companion_links(companions: Sequence[Companion], words: Strings, address: Callable[[str], str]) -> Markup:
    """Return the places named in the same articles as small links, those of most articles first."""
    if not companions:
        return Markup("")
    chips = []
    shown = [
        (
            place,
            local_name(
                {"name": place.name, "name_ar": place.name_ar, "name_fr": place.name_fr}, words.language
            ),
        )
        for place in companions
    ]
    shown.sort(key=lambda pair: (-pair[0].articles, words.sort_key(pair[1])))
    for place, name in shown:
        inside = [swatch(Kind(place.kind)), bdi(name), element("b", words.number(place.articles))]
        said = words("card_both", name=name, articles=words("articles", n=place.articles))
        chips.append(visit(address(place.id), join(inside), class_="kh-chip", title=said))
    return _section("kh-companions", words("card_companions"), element("div", join(chips), class_="kh-chips"))


def found_names(place: Place, profile: PlaceProfile, words: Strings) -> Markup:
    """Say under which other names the articles have the place; nothing when they only write those of the card."""
    shown = {
        fold_name(name) for name in (place.name, place.name_ar, place.name_fr, place.name_in("en")) if name
    }
    others = [(name, n) for name, n in profile.names if fold_name(name) not in shown]
    if not others:
        return Markup("")
    said = [
        element("span", join([bdi(name), element("b", words.number(n))], " "), title=words("articles", n=n))
        for name, n in others[:_NAMES]
    ]
    rest = [words("card_more_names", n=len(others) - _NAMES)] if len(others) > _NAMES else []
    title = element("span", words("card_found_as"), class_="kh-quiet")
    return element("p", join([title, *said, *rest], " "), class_="kh-found-as")


def source_list(
    sources: Sequence[tuple[str | None, int]], words: Strings, address: Callable[[str], str]
) -> Markup:
    """Return the sources of most articles with their numbers, each a link that keeps to it.

    Parameters
    ----------
    sources
        Name and number of articles, most first; None for articles of unknown source.
    """
    if not any(name for name, _ in sources):
        return Markup("")
    most = max(n for _, n in sources)
    rows = []
    for name, count in sources[:_SOURCES]:
        shown = bdi(name) if name else element("span", words("card_no_source"), class_="kh-quiet")
        bar = element("span", style=f"inline-size:{max(2, round(100 * count / most))}%")
        inner = join(
            [
                element("span", shown, class_="kh-source-name"),
                element("span", bar, class_="kh-source-bar", aria_hidden="true"),
                element("b", words.number(count), title=words("articles", n=count)),
            ]
        )
        if name:
            rows.append(
                element(
                    "li",
                    visit(address(name), inner, class_="kh-source", title=words("card_only", source=name)),
                )
            )
        else:
            rows.append(element("li", element("span", inner, class_="kh-source")))
    rest = len(sources) - _SOURCES
    below = element("p", words("card_more_sources", n=rest), class_="kh-quiet") if rest > 0 else ""
    body = element("ul", join(rows), style=digits(words, (most,)))
    return _section("kh-sources", words("card_sources"), join([body, below]))


def _section(class_: str, title: str, body: Markup) -> Markup:
    return element("section", join([element("h3", title), body]), class_=f"kh-section {class_}")

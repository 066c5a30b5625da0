"""One story: who printed it, which places only some of them name, and two of the texts side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.text import is_arabic
from dashboard.core.wording import MOST_WORDS
from dashboard.render.map.legend import swatch
from dashboard.render.markup import bdi, element, join, line, link, marked, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markupsafe import Markup

    from dashboard.core.models import Place
    from dashboard.core.wording import Wording
    from dashboard.query import Printing, Story, StoryPlace
    from dashboard.words import Strings

__all__ = ["Listed", "Pair", "printing_rows", "story_head", "story_places", "story_texts"]

_NAMES = 4  # of printings that leave a place out; more are counted
_LONGEST = 60_000  # code points of a text that is shown


@dataclass(frozen=True, slots=True)
class Pair:
    """Two printings that are compared, the older one first, and how their words differ."""

    first: Printing
    second: Printing
    wording: Wording


@dataclass(frozen=True, slots=True)
class Listed:
    """Printings that are listed.

    Attributes
    ----------
    wordings
        By id, how each differs from the one that is open; which has none.
    shown
        Ids of the two that stand side by side.
    """

    printings: Sequence[Printing]
    wordings: Mapping[str, Wording]
    shown: tuple[str, str]


def story_head(story: Story, words: Strings, back: Markup) -> Markup:
    """Return how many printings there are, of how many sources, from when to when."""
    days = sorted(one.published for one in story.printings if one.published)
    about = [words("origins", n=story.origins)]
    if days and days[0] != days[-1]:
        about.append(words("story_from_to", first=words.day(days[0]), last=words.day(days[-1])))
    elif days:
        about.append(words.day(days[0]))
    parts = [
        back,
        element("h2", words("story_title", n=story.total)),
        element("p", join(about, " · "), class_="kh-facts"),
        element("p", words("story_hint"), class_="kh-quiet"),
    ]
    return element("header", join(parts), class_="kh-story-head")


def printing_rows(
    listed: Listed, words: Strings, read: Callable[[str], str], compare: Callable[[str], str]
) -> Markup:
    """Return the printings as rows.

    Parameters
    ----------
    read, compare
        Make the query strings that open a printing, and that compare the open one with it.
    """
    wordings, shown = listed.wordings, listed.shown
    rows = []
    for one in listed.printings:
        facts = [bdi(one.source) if one.source else words("card_no_source"), *_facts(one, words)]
        facts.append(words("story_words", n=one.words))
        if one.id in wordings:
            facts.append(_likeness(wordings[one.id], words))
        ways: list[object] = [visit(read(one.id), words("read"), class_="kh-action")]
        if one.id in shown:
            ways.append(element("span", words("story_compared"), class_="kh-compared"))
        else:
            ways.append(visit(compare(one.id), words("story_compare"), class_="kh-action"))
        ways.append(link(one.url, class_="kh-out"))
        parts = [
            element("h4", line(one.title), dir="auto"),
            element("p", join(facts, " · "), class_="kh-meta"),
            element("p", join(filter(None, ways), " "), class_="kh-actions"),
        ]
        rows.append(element("li", join(parts), aria_current="true" if one.id in shown else None))
    return _section(words("story_printings"), element("ol", join(rows), class_="kh-printing-rows"))


def _facts(one: Printing, words: Strings) -> list[Markup | str]:
    """Return when it was printed, whom it credits, and whether a newer version took its place."""
    known = one.edtf if one.published is None and one.edtf else ""
    facts: list[Markup | str] = [words.digits(known) if known else words.day(one.published)]
    if one.origin:
        before, _, after = words("story_agency", name="\0").partition("\0")
        facts.append(element("span", join([before, bdi(one.origin), after])))
    if one.is_replaced:
        facts.append(element("b", words("put_older")))
    return facts


def _likeness(wording: Wording, words: Strings) -> str:
    return words("story_same") if wording.same else words("story_common", share=words.share(wording.common))


def story_places(story: Story, words: Strings, address: Callable[[str], str]) -> Markup:
    """Return the places that not all printings name, each with those that leave it out; then the others."""
    everyone = {one.id for one in story.printings}
    apart = [told for told in story.places if told.named_by != everyone]
    by_all = [told.place for told in story.places if told.named_by == everyone]
    names = _names(story.printings, words)
    rows = [_place_row(told, names, words, address) for told in apart]
    body: list[object] = [element("ul", join(rows), class_="kh-apart")] if rows else []
    if not rows:
        body.append(element("p", words("story_places_same"), class_="kh-quiet"))
    if by_all:
        body.append(element("p", words("story_places_all"), class_="kh-quiet"))
        body.append(element("div", join(_chip(one, words, address) for one in by_all), class_="kh-chips"))
    return _section(words("story_places"), join(body))


def _place_row(
    told: StoryPlace, names: Mapping[str, Markup], words: Strings, address: Callable[[str], str]
) -> Markup:
    lacking = [name for ident, name in names.items() if ident not in told.named_by]
    shown: list[object] = list(lacking[:_NAMES])
    if len(lacking) > _NAMES:
        shown.append(words("story_others", n=len(lacking) - _NAMES))
    before, _, after = words("story_left_out", names="\0").partition("\0")
    said = [
        _chip(told.place, words, address),
        element("b", words("story_named_by", n=len(told.named_by), total=words.number(len(names)))),
        element("span", join([before, join(shown, words("comma")), after]), class_="kh-quiet"),
    ]
    return element("li", join(said, " "))


def _names(printings: Sequence[Printing], words: Strings) -> dict[str, Markup]:
    """Name each printing by its source; by its day, too, where the source has several."""
    count = Counter(one.source for one in printings)
    named = {}
    for one in printings:
        shown = bdi(one.source) if one.source else element("span", words("card_no_source"))
        if count[one.source] > 1:
            day = f"{words.day(one.published)}{words('comma')}{words('put_older')}"
            shown = join([shown, f" ({day if one.is_replaced else words.day(one.published)})"])
        named[one.id] = shown
    return named


def story_texts(pair: Pair, story: Story, words: Strings, address: Callable[[str], str]) -> Markup:
    """Return two printings side by side, what only one of them says marked."""
    first, second = pair.first, pair.second
    columns = [
        _column(first, pair.wording.first, story.only_in(first.id, second.id), words, address),
        _column(second, pair.wording.second, story.only_in(second.id, first.id), words, address),
    ]
    said = [element("b", _likeness(pair.wording, words)), words("story_texts_hint")]
    if not pair.wording.whole:
        said.append(words("story_cut", n=MOST_WORDS))
    body = [
        element("p", join(said, " · "), class_="kh-quiet"),
        element("div", join(columns), class_="kh-pair"),
    ]
    return _section(words("story_texts"), join(body))


def _column(
    one: Printing,
    spans: Sequence[tuple[int, int]],
    only: Sequence[Place],
    words: Strings,
    address: Callable[[str], str],
) -> Markup:
    facts = join(_facts(one, words), " · ")
    head = [
        element("h4", bdi(one.source) if one.source else words("card_no_source")),
        element("p", facts, class_="kh-meta"),
    ]
    if only:
        chips = [
            element("small", words("story_only_here"), class_="kh-quiet"),
            *(_chip(place, words, address) for place in only),
        ]
        head.append(element("div", join(chips, " "), class_="kh-chips"))
    script = "kh-arabic" if is_arabic(one.text) else "kh-latin"
    body = element("div", _paragraphs(one, spans), class_=f"kh-text {script}", lang=one.language)
    return element("article", join([element("header", join(head)), body]))


def _paragraphs(one: Printing, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return the text by its paragraphs, the stretches that only it has marked; its title stands out."""
    found: list[Markup] = []
    at = 0
    for raw in one.text[:_LONGEST].split("\n"):
        end = at + len(raw)
        inside = [(max(a, at) - at, min(b, end) - at) for a, b in spans if a < end and b > at]
        if raw.strip():
            is_title = not found and raw.strip() == one.title
            shown = marked(raw, inside, "kh-only")
            found.append(element("p", element("b", shown) if is_title else shown, dir="auto"))
        at = end + 1
    if len(one.text) > _LONGEST:
        found.append(element("p", "…"))
    return join(found)


def _chip(place: Place, words: Strings, address: Callable[[str], str]) -> Markup:
    inside = join([swatch(place.kind), bdi(place.name_in(words.language))])
    return visit(address(place.id), inside, class_="kh-chip")


def _section(title: str, body: Markup) -> Markup:
    return element("section", join([element("h3", title), body]), class_="kh-story-part")

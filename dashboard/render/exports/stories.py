"""Places and articles in the list of a page that is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.render.map.layers import AREA_KINDS, UNSURE_BELOW
from dashboard.render.markup import bdi, element, join, line, link, marked
from dashboard.render.panel.cards import SURE_FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.query import NamingArticle, NamingSentence
    from dashboard.render.exports.material import PlaceRow
    from dashboard.words import Strings

__all__ = ["place_entry", "quote", "story"]

_SENTENCES = 3  # of one article
_LONGEST = 600  # code points of a sentence


def _sign(kind: Kind) -> Markup:
    if kind is Kind.COUNTRY:
        shape = "shade"
    elif kind in AREA_KINDS:
        shape = "area"
    else:
        shape = "square" if kind is Kind.FACILITY else "round"
    return element("i", class_=f"sign {shape} k-{kind.value}", aria_hidden="true")


def place_entry(place: PlaceRow, stories: Sequence[Markup], rest: int, words: Strings) -> Markup:
    """Return a place that opens to its articles; `rest` more of them are not told."""
    kind = Kind(place["kind"])
    other = place["name_en"] if words.language == "ar" else place["name_ar"]
    beside: list[object] = [bdi(other)] if other and other != place["name"] else []
    beside.append(words(f"kind_{kind.value}"))
    if place["country"] and kind is not Kind.COUNTRY:
        beside.append(words.country(place["country"]))
    name = join([bdi(place["name"]), element("small", join(beside, " · "))])
    count = place["article_count"]
    number = element("b", words.number(count), title=words("articles", n=count))
    head = element("summary", join([_sign(kind), element("span", name), number]))
    more = element("p", words("export_more_articles", n=rest), class_="more") if rest > 0 else ""
    return element("details", join([head, *stories, more]))


def story(article: NamingArticle, words: Strings) -> Markup:
    """Return an article: title, source, day, link, and the sentences that name the place."""
    about: list[object] = [bdi(article.source)] if article.source else []
    about.append(words.day(article.published))
    if outside := link(article.url):
        about.append(outside)
    quotes = [quote(sentence) for sentence in article.sentences[:_SENTENCES]]
    sure = round(article.surest.confidence, 2)
    if sure < SURE_FROM:
        level = "middle" if sure >= UNSURE_BELOW else "low"
        about.append(words(f"sure_{level}", share=words.share(sure)))
    parts = [
        element("h2", line(article.title), dir="auto"),
        element("p", join(about, " · ")),
        *quotes,
    ]
    return element("article", join(parts))


def quote(sentence: NamingSentence) -> Markup:
    """Return a sentence with the names in it marked; of a very long one the part about the first."""
    said, spans = sentence.text, sentence.inner_spans
    if len(said) > _LONGEST:
        first = max(0, spans[0][0] - _LONGEST // 3)
        said = said[first : first + _LONGEST]
        spans = tuple((start - first, end - first) for start, end in spans)
        text = join([("…" if first else ""), marked(said, spans), "…"])
    else:
        text = marked(said, spans)
    return element("blockquote", text, dir="auto")

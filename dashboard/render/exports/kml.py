"""KML for Google Earth and its kin: a placemark for each place, in a folder for each kind.

A description is HTML to the programs that read it, so it is made as HTML and then escaped as XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from dashboard.core.links import clean_title
from dashboard.core.models import Kind
from dashboard.render.exports.material import place_rows
from dashboard.render.markup import bdi, element, join, line, link, marked
from dashboard.render.theme import KIND_COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markupsafe import Markup

    from dashboard.query import NamingArticle
    from dashboard.render.exports.material import Handover, PlaceRow
    from dashboard.words import Strings

__all__ = ["ARTICLES_EACH", "kml", "write", "xml_text"]

ARTICLES_EACH = 25  # in one description; a balloon of more can't be read
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: object) -> str:
    """Escape a text for XML; what XML can't hold is left out."""
    return escape(_NO_XML.sub("", str(value)))


def _style(kind: Kind) -> str:
    red, green, blue = (KIND_COLOURS[kind][at : at + 2].lower() for at in (1, 3, 5))
    return (
        f'<Style id="{kind.value}"><IconStyle><color>ff{blue}{green}{red}</color><scale>0.9</scale></IconStyle>'
        "<LabelStyle><scale>0.8</scale></LabelStyle></Style>\n"
    )


def _story(article: NamingArticle, words: Strings) -> Markup:
    about = [bdi(article.source)] if article.source else []
    about.append(line(words.day(article.published)))
    if outside := link(article.url):
        about.append(outside)
    sentence = article.surest
    return element(
        "li",
        join(
            [
                element("b", line(article.title), dir="auto"),
                element("br"),
                element("small", join(about, " · ")),
                element("br"),
                element("span", marked(sentence.text, sentence.inner_spans), dir="auto"),
            ]
        ),
    )


def _placemark(place: PlaceRow, articles: Iterator[NamingArticle], words: Strings) -> str:
    stories = [_story(article, words) for article in articles]
    counted = element("p", words("articles", n=place["article_count"]))
    body = [counted, element("ol", join(stories))]
    if (rest := place["article_count"] - len(stories)) > 0:
        body.append(element("p", words("export_more_articles", n=rest)))
    html = element("div", join(body), dir="rtl" if words.rtl else "ltr")
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{xml_text(value)}</value></Data>"
        for name, value in place.items()
        if value is not None and name not in ("latitude", "longitude", "name")
    )
    return (
        # in the order of the schema, which is part of the standard
        f"<Placemark><name>{xml_text(place['name'])}</name><description>{xml_text(html)}</description>"
        f"<styleUrl>#{place['kind']}</styleUrl><ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{place['longitude']},{place['latitude']},0</coordinates></Point></Placemark>\n"
    )


def kml(handover: Handover) -> Iterator[str]:
    """Yield the document piece by piece."""
    words = handover.words
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
    yield f"<name>{xml_text(clean_title(handover.title))}</name>\n"
    if handover.said:
        yield f"<description>{xml_text(join(handover.said, ' · '))}</description>\n"
    yield from (_style(kind) for kind in Kind)
    rows = list(place_rows(handover))
    for kind in Kind:
        mine = {row["place_id"]: row for row in rows if row["kind"] == kind.value}
        if not mine:
            continue
        yield f"<Folder><name>{xml_text(words(f'kind_{kind.value}'))}</name>\n"
        for place_id, articles in handover.selection.evidence(list(mine), newest=ARTICLES_EACH):
            yield _placemark(mine[place_id], articles, words)
        yield "</Folder>\n"
    yield "</Document></kml>\n"


def write(handover: Handover, path: Path) -> None:
    """Write the document."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(kml(handover))

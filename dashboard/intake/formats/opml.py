"""OPML files: lists of feeds. They hold no articles; what they list is said, and followed when the user asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dashboard.core.links import clean_title, safe_url
from dashboard.intake.draft import Part
from dashboard.intake.formats.markup import content_markup
from dashboard.intake.formats.xml_guard import utf8_xml
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["ListedFeed", "feeds_in", "read"]


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed in a list: what it is called there, its address, the language that is noted."""

    title: str
    url: str
    language: str = ""


def read(content: Content, _options: Options) -> Iterator[Part]:
    """Say which feeds are listed; nobody is asked."""
    feeds = feeds_in(content_markup(content))
    if not feeds:
        raise refusal("no_articles")
    names = ", ".join(feed.title for feed in feeds)
    yield Part(refusal("feeds", count=len(feeds), names=names, file=content.name), kind="note")


def feeds_in(text: str) -> list[ListedFeed]:
    """Find the feeds in a list, each address once, in its order; an entry without a safe address is left out.

    Raises
    ------
    Refusal
        The text is no OPML.
    """
    try:
        root = fromstring(utf8_xml(text))
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise refusal("broken", format="OPML", detail=error) from error
    found: dict[str, ListedFeed] = {}
    for outline in root.iter("outline"):
        url = safe_url(outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url"))
        if url:
            title = clean_title(outline.get("title") or outline.get("text") or url)
            found.setdefault(url, ListedFeed(title, url, outline.get("language") or ""))
    return list(found.values())

"""Lists of feeds: OPML in and out, and the one that comes with the program. Nobody is asked by reading one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dashboard.core.settings import data_path
from dashboard.intake.draft import Content
from dashboard.intake.formats.markup import content_markup
from dashboard.intake.formats.opml import ListedFeed, feeds_in
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ListedFeed", "builtin_feeds", "read_list", "write_list"]

_TITLE = "Feeds of Kharita"


def builtin_feeds() -> list[ListedFeed]:
    """Return the feeds of the region that come with the program, Arabic ones first."""
    data = (data_path() / "feeds" / "region.opml").read_bytes()
    return read_list(data, "region.opml")


def read_list(data: bytes, name: str) -> list[ListedFeed]:
    """Read the bytes of an OPML file, in whatever encoding.

    Raises
    ------
    Refusal
        It is no OPML, or lists no feed.
    """
    feeds = feeds_in(content_markup(Content.of(data, name)))
    if not feeds:
        raise refusal("net_empty_list")
    return feeds


def write_list(feeds: Iterable[ListedFeed]) -> bytes:
    """Write feeds as OPML, for other readers of feeds."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = _TITLE
    body = SubElement(root, "body")
    for feed in feeds:
        known = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url}
        SubElement(body, "outline", known | ({"language": feed.language} if feed.language else {}))
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"

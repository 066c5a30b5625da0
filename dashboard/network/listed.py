"""What a sitemap lists, and which feed a page names as its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dashboard.core.links import safe_url
from dashboard.intake.formats.markup import content_markup
from dashboard.intake.formats.xml_guard import utf8_xml
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from dashboard.intake.draft import Content

__all__ = ["Sitemap", "feed_of_page", "is_sitemap", "read_sitemap"]

_HEAD = 4096
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_LINK = re.compile(r"<link\s[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_PAGE_HEAD = 200_000  # bytes in which a page names its feed


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, the newest first: pages, and other sitemaps."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def is_sitemap(head: bytes) -> bool:
    """Tell whether a file begins as a sitemap does."""
    return bool(_SITEMAP.search(head[:_HEAD]))


def read_sitemap(content: Content) -> Sitemap:
    """Read a sitemap.

    Raises
    ------
    Refusal
        It can't be read.
    """
    try:
        root = fromstring(utf8_xml(content_markup(content)))
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise refusal("broken", format="sitemap", detail=error) from error
    return Sitemap(_listed(root, "url"), _listed(root, "sitemap"))


def _listed(root: Element, name: str) -> tuple[str, ...]:
    """Return the addresses in the entries of one name; what has no date comes last."""
    found: dict[str, str] = {}
    for entry in root:
        if _plain(entry.tag) != name:
            continue
        parts = {_plain(part.tag): (part.text or "").strip() for part in entry.iter()}
        address = safe_url(parts.get("loc"))
        if address:
            found.setdefault(address, parts.get("publication_date") or parts.get("lastmod") or "")
    return tuple(sorted(found, key=found.__getitem__, reverse=True))  # stable: ties keep the sitemap's order


def _plain(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def feed_of_page(data: bytes, url: str) -> str | None:
    """Return the address of the first feed that a page names as its own; None when it names none."""
    head = data[:_PAGE_HEAD].decode("utf-8", "replace")
    for link in _LINK.findall(head):
        said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(link)}
        if "alternate" in said.get("rel", "").lower() and said.get("type", "").lower() in _FEED_TYPES:
            try:
                return safe_url(urljoin(url, said.get("href", "").replace("&amp;", "&")))
            except ValueError:
                continue
    return None

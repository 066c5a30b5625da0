"""What a web page says of itself: title, address, source, language, author, dates.

Dates are given as they stand; `intake.dates` reads them. The libraries that guess a page's date invent some.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue
from dashboard.intake.formats.markup import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["PageHead", "read_head"]

_SAVED = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+)|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE
)
_MAX_LD = 500_000  # code points of structured data that are looked at
_ARTICLE = ("article", "report", "posting", "webpage")
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date.published", "publishdate",
    "publish-date", "publish_date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "article.published",
    "citation_publication_date", "cxenseparse:recs:publishtime", "date", "rnews:datepublished",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself; empty where it says nothing. `body` is its text, where it gives it as data."""

    title: str = ""
    url: str = ""
    source: str = ""
    language: str = ""
    author: str = ""
    body: str = ""
    dates: tuple[DateClue, ...] = ()


def read_head(tree: HtmlElement, text: str, known_url: str = "") -> PageHead:
    """Read what a page says of itself.

    Parameters
    ----------
    text
        The page as it was parsed: a program that saved it left the address in a comment.
    known_url
        Where it was fetched from, if somebody knows.
    """
    named = _named_values(tree)
    data = _structured(tree)
    saved = _SAVED.search(text[:4096])
    base = known_url or (saved and (saved[1] or saved[2])) or ""
    url = _absolute(base, attribute(tree, "//link[translate(@rel,'CANOIL','canoil')='canonical']/@href"))
    url = url or _absolute(base, named.get("og:url", "")) or base
    dates = [data.get("datePublished", ""), *(named.get(name, "") for name in _DATE_NAMES), *_times(tree)]
    language = attribute(tree, "/html/@lang") or attribute(tree, "/html/@xml:lang")
    author = data.get("author", "") or named.get("author", "") or named.get("article:author", "")
    return PageHead(
        title=_title(tree, named, data),
        url=url,
        source=named.get("og:site_name", "") or data.get("publisher", "") or _host(url),
        language=language or named.get("og:locale", "") or data.get("inLanguage", ""),
        author="" if author.startswith("http") else author,
        body=data.get("articleBody", ""),
        dates=tuple(DateClue(DateOrigin.METADATA, one) for one in dict.fromkeys(dates) if one),
    )


def _named_values(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = meta.get("content") or ""
        if name and value.strip():
            found.setdefault(name.strip().lower(), " ".join(value.split()))
    return found


def _title(tree: HtmlElement, named: dict[str, str], data: dict[str, str]) -> str:
    headings = [one for one in (" ".join(h.text_content().split()) for h in tree.iter("h1")) if one]
    title = data.get("headline", "") or named.get("og:title", "") or attribute(tree, "//head/title")
    for heading in headings:  # the title of the window carries the name of the site behind the headline
        if heading == title or (len(heading) > 10 and title.startswith(heading)):  # noqa: PLR2004 - not a word
            return heading
    return title or (headings[0] if headings else "")


def _times(tree: HtmlElement) -> list[str]:
    """Return the moment that the page marks as its own: in the article, or the only one there is."""
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content")
    inside = tree.xpath("//article//time/@datetime | //main//time[@pubdate]/@datetime")
    everywhere = list(dict.fromkeys(tree.xpath("//time/@datetime")))
    found = [*marked, *inside[:1], *(everywhere if len(everywhere) == 1 else [])]
    return [str(one).strip() for one in found]


def _structured(tree: HtmlElement) -> dict[str, str]:
    """Read the JSON-LD of the article in a page."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if not text.strip() or len(text) > _MAX_LD:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, 0):
            kinds = node.get("@type")
            kind = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
            if kind.lower().endswith(_ARTICLE) and (node.get("headline") or node.get("datePublished")):
                return {key: value for key in _LD_KEYS if (value := _plain(node.get(key)))}
    return {}


_LD_KEYS = ("headline", "datePublished", "author", "publisher", "inLanguage", "articleBody")


def _nodes(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 3:  # noqa: PLR2004 - a list in a graph in a list
        return
    if isinstance(data, list):
        for one in data[:50]:
            yield from _nodes(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return _plain(value.get("name"))
    if isinstance(value, list):
        return ", ".join(one for one in map(_plain, value[:5]) if one)
    return ""


def _absolute(base: str, url: str) -> str:
    try:
        return urljoin(base, url) if url else ""
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")

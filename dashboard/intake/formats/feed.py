"""RSS and Atom files: an article an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import feedparser

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.formats.markup import content_markup, fragment_text
from dashboard.intake.formats.xml_guard import utf8_xml
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]

_DATES = ("published", "created", "updated")


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the entries, the feed's order; `path` carries the number of each."""
    data = utf8_xml(content_markup(content))
    feed = feedparser.parse(data, resolve_relative_uris=False, sanitize_html=False)
    if not feed.entries and (feed.bozo or not feed.version):
        detail = str(feed.get("bozo_exception", "it is no feed"))
        raise refusal("broken", format="feed", detail=detail)
    if not feed.entries:
        raise refusal("no_articles")
    language, source = _text(feed.feed, "language"), fragment_text(_text(feed.feed, "title"))
    for number, entry in enumerate(feed.entries, start=1):
        yield Draft(
            text=_body(entry),
            title=fragment_text(_text(entry, "title")),
            language=_text(entry, "language") or language,
            source=fragment_text(_text(entry.get("source", {}), "title")) or source or content.hints.source,
            url=_text(entry, "link") or _address(_text(entry, "id")),
            author=_text(entry, "author"),
            dates=tuple(DateClue(DateOrigin.FEED, value) for name in _DATES if (value := _text(entry, name))),
            place=f"#{number}",
        )


def _text(values: Mapping[str, object], name: str) -> str:
    value = dict.get(dict(values), name)  # its own `get` answers for names that are not there, with a warning
    return value.strip() if isinstance(value, str) else ""


def _address(identifier: str) -> str:
    return identifier if identifier.startswith(("http://", "https://")) else ""


def _body(entry: Mapping[str, object]) -> str:
    """Return the longest text of an entry: the content where there is one, else the summary."""
    contents = entry.get("content")
    parts = [_text(one, "value") for one in contents] if isinstance(contents, list) else []
    return max((fragment_text(part) for part in (*parts, _text(entry, "summary"))), key=len)

"""JSON Feed files: an article an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.formats.markup import fragment_text
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the items in the feed's order."""
    content.data()  # it is read whole: no larger than a document
    try:
        feed = orjson.loads(utf8_stream(content).read())
    except orjson.JSONDecodeError as error:
        raise refusal("broken", format="JSON feed", detail=error) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise refusal("no_articles")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _draft(item, feed, f"#{number}")


def _draft(item: dict[str, object], feed: dict[str, object], place: str) -> Draft:
    def said(name: str, of: dict[str, object] = item) -> str:
        value = of.get(name)
        return value.strip() if isinstance(value, str) else ""

    authors = item.get("authors") or [item.get("author")]
    names = (
        [said("name", one) for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    )
    dates = [said("date_published"), said("date_modified")]
    text = said("content_text") or fragment_text(said("content_html")) or said("summary")
    return Draft(
        text=text,
        title=said("title"),
        language=said("language") or said("language", feed),
        source=said("title", feed),
        url=said("url") or said("external_url") or said("id"),
        author=", ".join(filter(None, names)),
        dates=tuple(DateClue(DateOrigin.FEED, one) for one in dates if one),
        place=place,
    )

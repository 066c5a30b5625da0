"""Text and Markdown files, with front matter or without: one article a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.encodings import read_text
from dashboard.intake.formats.front_matter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["MAX_TEXT", "draft_of_text", "read"]

MAX_TEXT = 5 * 1024 * 1024  # bytes of one article


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article that a text file is."""
    decoded = read_text(content.data(MAX_TEXT), content.hints.charset)
    if decoded.note:
        content.notes.append(decoded.note)
    yield draft_of_text(decoded.text, content.hints.url)


def draft_of_text(text: str, url: str = "") -> Draft:
    """Make a draft of a text that may begin with front matter."""
    head, body = split_front_matter(text)
    dates = (DateClue(DateOrigin.METADATA, head.date),) if head.date else ()
    return Draft(
        text=body,
        title=head.title,
        language=head.language,
        source=head.source,
        url=head.url or url,
        author=head.author,
        dates=dates,
        notes=head.notes,
    )

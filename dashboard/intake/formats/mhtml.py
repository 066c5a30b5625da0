"""Pages that a browser saved as one file (MHTML): the page itself; its pictures and frames are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.intake.formats.html import draft_of_page
from dashboard.intake.formats.mail_parts import header, parse_mail, part_text, walk_parts
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article of the page that the file was saved from."""
    message = parse_mail(content.data())
    url = header(message, "Snapshot-Content-Location") or header(message, "Content-Location")
    for part in walk_parts(message):
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            text = part_text(part)
            if text.strip():
                yield draft_of_page(text, url or header(part, "Content-Location"), content.hints.source)
                return
    raise refusal("no_articles")

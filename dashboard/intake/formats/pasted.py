"""A text that someone pasted, to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title, safe_url, shorten
from dashboard.core.models import Article
from dashboard.intake.article import TITLE_LENGTH, first_title

if TYPE_CHECKING:
    from datetime import date

__all__ = ["MAX_PASTED", "clean_pasted", "pasted_article"]

MAX_PASTED = 200_000  # code points: some fifty long articles


def clean_pasted(text: str) -> str:
    """Return a text without what no store can hold; line ends become line feeds."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return kept.encode("utf-8", "ignore").decode().strip()


def pasted_article(
    text: str, *, title: str = "", source: str = "", url: str = "", published: date | None = None
) -> Article:
    """Make an article of a pasted text and of what was said about it.

    Parameters
    ----------
    text
        As `clean_pasted` returns it.
    title
        Put before a text that does not begin with it; empty takes the first line.

    Raises
    ------
    ArticleFormatError
        There are no words, or the link can't be followed.
    """
    first, given = first_title(text), clean_title(title)
    if not first:
        raise ArticleFormatError("The text holds no words.")
    link = safe_url(url) if url.strip() else None
    if url.strip() and link is None:
        raise ArticleFormatError(f"{url!r} is no web address. It should begin with https:// or http://.")
    own = shorten(first, TITLE_LENGTH)
    return Article(
        title=given or own,
        text=text if given in ("", first, own) else f"{given}\n\n{text}",
        source=clean_title(source) or None,
        url=link,
        published=published,
    )

"""The bytes of one file to an article."""

from __future__ import annotations

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title, shorten
from dashboard.core.models import Article
from dashboard.intake.decode import decode
from dashboard.intake.formats.front_matter import split_front_matter

__all__ = ["MAX_ARTICLE_BYTES", "TITLE_LENGTH", "first_title", "parse_article"]

MAX_ARTICLE_BYTES = 5 * 1024 * 1024
TITLE_LENGTH = 160  # code points of a title taken from the text


def parse_article(data: bytes, path: str | None = None) -> Article:
    """Read an article from the bytes of a text or Markdown file with optional front matter.

    Without a title in the front matter the first line that is not blank is the title. With one, it is put
    before a body that does not begin with it, so that the text always holds the title.

    Parameters
    ----------
    path
        The file's name, kept for messages only.

    Raises
    ------
    ArticleFormatError
        The bytes are no article; the message says why.
    """
    if len(data) > MAX_ARTICLE_BYTES:
        raise ArticleFormatError(f"The file is larger than {MAX_ARTICLE_BYTES // 1024**2} MB.")
    head, body = split_front_matter(decode(data))
    first = first_title(body)
    if not first and not head.title:
        raise ArticleFormatError("The file holds no words.")
    text = body
    if head.title and head.title != first:
        text = f"{head.title}\n\n{body}" if body else head.title
    return Article(
        title=head.title or shorten(first, TITLE_LENGTH),
        text=text,
        language=head.language,
        source=head.source,
        url=head.url,
        published=head.published,
        path=clean_title(path) if path else None,
    )


def first_title(body: str) -> str:
    """Return the first line that holds something once cleaned, without the marks of a Markdown heading."""
    for line in body.splitlines():
        title = clean_title(line).lstrip("#").strip()
        if title:
            return title
    return ""

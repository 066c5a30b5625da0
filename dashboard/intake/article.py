"""The bytes of one text file to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.intake.draft import Content, Options
from dashboard.intake.finish import TITLE_LENGTH, finish, first_title
from dashboard.intake.formats.text import MAX_TEXT, read

if TYPE_CHECKING:
    from dashboard.core.models import Article

__all__ = ["MAX_ARTICLE_BYTES", "TITLE_LENGTH", "first_title", "parse_article"]

MAX_ARTICLE_BYTES = MAX_TEXT


def parse_article(data: bytes, path: str | None = None, options: Options | None = None) -> Article:
    """Read an article from the bytes of a text or Markdown file with optional front matter.

    Without a title in the front matter the first line that is not blank is the title. With one, it is put
    before a body that does not begin with it, so that the text always holds the title.

    Parameters
    ----------
    path
        The file's name, for messages and for a date in it.

    Raises
    ------
    ArticleFormatError
        The bytes are no article; the message says why.
    """
    options = options or Options()
    content = Content.of(data, path or "")
    draft = next(read(content, options))
    return finish(draft, content.name, options, notes=content.notes)

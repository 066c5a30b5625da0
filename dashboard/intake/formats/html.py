"""Web pages, as they were fetched or as a browser saved them: the main text, and what the page says of itself."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import TYPE_CHECKING

import trafilatura

from dashboard.intake.draft import Draft
from dashboard.intake.formats.markup import content_markup, fragment_text, parse_html, text_of
from dashboard.intake.formats.page_head import read_head
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from dashboard.intake.draft import Content, Options

__all__ = ["draft_of_page", "read"]

MAX_PAGE = 20 * 1024 * 1024  # bytes
_SHORT = 250  # code points; a main text that is shorter is looked for once more
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it complains of is in our report


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article of a page."""
    hints = content.hints
    yield draft_of_page(content_markup(content, MAX_PAGE), hints.url, hints.source)


def draft_of_page(text: str, url: str = "", source: str = "") -> Draft:
    """Make a draft of a page's HTML.

    Raises
    ------
    Refusal
        The page holds no words.
    """
    tree = parse_html(text)
    head = read_head(tree, text, url)
    body = main_text(tree) or fragment_text(head.body)
    if not body:
        raise refusal("no_words")
    return Draft(
        text=body,
        title=head.title,
        language=head.language,
        source=head.source or source,
        url=head.url,
        author=head.author,
        dates=head.dates,
    )


def main_text(tree: HtmlElement) -> str:
    """Return the text of a page without menus and footers: quickly, then thoroughly, then all there is."""
    found = ""
    for fast in (True, False):
        # The library works on the tree that it is given, and spoils it.
        document = trafilatura.bare_extraction(
            deepcopy(tree), fast=fast, include_comments=False, with_metadata=False
        )
        better = (getattr(document, "text", None) or "").strip()
        found = max(found, better, key=len)
        if len(found) >= _SHORT:
            return found
    whole = text_of(tree.body) if tree.find("body") is not None else text_of(tree)
    return found or whole

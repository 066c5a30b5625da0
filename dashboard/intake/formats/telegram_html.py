"""Telegram exports as HTML pages (`messages.html`, `messages2.html`, …): an article a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.formats.markup import attribute, content_markup, parse_html, text_of
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]

_MAX_PAGE = 64 * 1024 * 1024  # bytes; an export cuts its pages after 1 000 messages
_DATE_TAIL = re.compile(r"\s\d{2}\.\d{2}\.\d{4}[\s\d:]*(?:UTC[+-]\d{2}:\d{2})?\s*$")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the messages with words, in the order of the page; `path` carries the number of each."""
    tree = parse_html(content_markup(content, _MAX_PAGE))
    chat = attribute(tree, "//div[contains(@class,'page_header')]//div[contains(@class,'text')]")
    given = False
    sender = ""
    for message in tree.xpath("//div[starts-with(@class,'message default')]"):
        # A message that follows another of the same sender does not name him again.
        sender = _own(message, "from_name") or sender
        draft = _draft(message, chat, sender)
        if draft is not None:
            given = True
            yield draft
    if not given:
        raise refusal("no_articles")


def _draft(message: HtmlElement, chat: str, sender: str) -> Draft | None:
    texts = message.xpath(".//div[@class='text']")
    text = "\n".join(filter(None, map(text_of, texts)))
    if not text:
        return None
    date = attribute(message, ".//div[contains(@class,'date')]/@title")
    forwarded = attribute(message, ".//div[contains(@class,'forwarded')]//div[contains(@class,'from_name')]")
    number = (message.get("id") or "").removeprefix("message")
    return Draft(
        text=text,
        source=chat or sender,
        author=sender if sender != chat else "",
        origin=_DATE_TAIL.sub("", forwarded),
        dates=(DateClue(DateOrigin.METADATA, _DAY.sub(r"\3-\2-\1", date, count=1)),) if date else (),
        place=f"#{number}",
    )


def _own(message: HtmlElement, name: str) -> str:
    """Return the sender that a message names itself, not the one that it was forwarded from."""
    return attribute(message, f"./div[contains(@class,'body')]/div[contains(@class,'{name}')]")

"""The optional block of YAML at the head of a file: title, url, source, published, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import yaml
from frontmatter.default_handlers import YAMLHandler

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title, safe_url, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FrontMatter", "split_front_matter"]

MAX_FRONT_MATTER = 64 * 1024  # code points
_MAX_TITLE = 500
_MAX_SOURCE = 200
_SHOWN = 60  # code points of a bad value in a message
# Every value a text. The parser in C, where there is one, is ten times as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")
_LANGUAGE = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says of its article; None where it says nothing."""

    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: date | None = None
    language: str | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Part a text into its front matter and its body, both free of outer white space.

    Keys stand in any order, unknown ones are ignored, and a link that is not safe is left out.

    Raises
    ------
    ArticleFormatError
        The block is no YAML, or a value is none of the kind that its key asks for.
    """
    text = text.strip()
    handler = YAMLHandler()
    if not handler.detect(text):
        return FrontMatter(), text
    try:
        head, body = handler.split(text)
    except ValueError:  # one line of dashes only: an ornament
        return FrontMatter(), text
    values = _load(handler, head)
    if values is None:
        return FrontMatter(), text
    title, source = _line(values, "title", _MAX_TITLE), _line(values, "source", _MAX_SOURCE)
    url, published, language = (_scalar(values, key) for key in ("url", "published", "language"))
    found = FrontMatter(title, safe_url(url), source, _date(published), _language(language))
    return found, body.strip()


def _load(handler: YAMLHandler, head: str) -> Mapping[object, object] | None:
    """Read the block, each value as text, so that nothing in it can grow; None when it is ordinary text."""
    if len(head) > MAX_FRONT_MATTER:
        raise ArticleFormatError(f"The front matter is longer than {MAX_FRONT_MATTER} characters.")
    try:
        values = handler.load(head, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ArticleFormatError(f"The front matter is not YAML{where}.") from error
    except (RecursionError, ValueError, TypeError) as error:
        raise ArticleFormatError("The front matter is not YAML that can be read.") from error
    return values if isinstance(values, dict) else None


def _scalar(values: Mapping[object, object], key: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleFormatError(f"The value of {key!r} must be a single text.")
    value = value.strip()
    return None if value in _NOTHING else value


def _line(values: Mapping[object, object], key: str, limit: int) -> str | None:
    value = _scalar(values, key)
    return shorten(clean_title(value), limit) or None if value else None


def _date(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError as error:
        shown = shorten(clean_title(value), _SHOWN)
        raise ArticleFormatError(f"The date {shown!r} of 'published' is not like 2024-05-31.") from error


def _language(value: str | None) -> str | None:
    if value is None:
        return None
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        shown = shorten(clean_title(value), _SHOWN)
        raise ArticleFormatError(f"The language {shown!r} is not a code such as 'ar', 'en' or 'fr'.")
    return match.group(1).lower()

"""References as RIS: titles with their links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rispy

from dashboard.intake.formats.references import edtf_of, reference
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["read"]

_TITLES = ("title", "primary_title", "short_title", "secondary_title")
_SOURCES = ("journal_name", "alternate_title3", "secondary_title", "publisher", "name_of_database")


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the references, numbered."""
    content.data()
    text = utf8_stream(content).read().decode("utf-8", "replace")
    try:
        entries = rispy.loads(text, skip_unknown_tags=True)
    except (ValueError, OSError, KeyError, IndexError, TypeError) as error:
        raise refusal("broken", format="RIS", detail=error) from error
    if not entries:
        raise refusal("no_articles")
    for number, entry in enumerate(entries, start=1):
        date = (_first(entry, "date") or _first(entry, "year") or _first(entry, "publication_year")).split(
            "/"
        )
        yield reference(
            next((title for name in _TITLES if (title := _first(entry, name))), ""),
            f"#{number}",
            abstract=_first(entry, "abstract"),
            url=_first(entry, "urls") or _first(entry, "url"),
            doi=_first(entry, "doi"),
            source=next((name for key in _SOURCES if (name := _first(entry, key))), ""),
            authors=_all(entry, "authors") or _all(entry, "first_authors"),
            language=_first(entry, "language"),
            dates=(edtf_of(*date[:3]) or date[0],),
        )


def _all(entry: Mapping[str, object], name: str) -> list[str]:
    value = entry.get(name)
    values = value if isinstance(value, list) else [value]
    return [str(one).strip() for one in values if one]


def _first(entry: Mapping[str, object], name: str) -> str:
    return next(iter(_all(entry, name)), "")

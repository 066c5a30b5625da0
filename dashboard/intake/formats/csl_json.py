"""References as CSL JSON, which Zotero and its like write: titles with their links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from dashboard.intake.formats.references import edtf_of, reference
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the references, numbered."""
    content.data()
    try:
        found = orjson.loads(utf8_stream(content).read())
    except orjson.JSONDecodeError as error:
        raise refusal("broken", format="CSL JSON", detail=error) from error
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        raise refusal("no_articles")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _draft(item, f"#{number}")


def _draft(item: dict[str, object], place: str) -> Draft:
    def said(name: str) -> str:
        value = item.get(name)
        return value.strip() if isinstance(value, str) else ""

    return reference(
        said("title"),
        place,
        abstract=said("abstract"),
        url=said("URL"),
        doi=said("DOI"),
        source=said("container-title") or said("publisher"),
        authors=_names(item.get("author")),
        language=said("language"),
        dates=_dates(item.get("issued")),
    )


def _names(authors: object) -> list[str]:
    names = []
    for one in authors if isinstance(authors, list) else []:
        if isinstance(one, dict):
            parts = [one.get("given"), one.get("family"), one.get("literal")]
            names.append(" ".join(part for part in parts if isinstance(part, str)))
    return names


def _dates(issued: object) -> list[str]:
    """Return a date as it is written: parts, or a text."""
    if not isinstance(issued, dict):
        return []
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    known = [str(part) for part in first[:3]]
    made = edtf_of(*known) if known else ""
    texts = [issued.get(name) for name in ("raw", "literal")]
    return [one for one in (made, *texts) if isinstance(one, str)]

"""References as BibTeX: titles with their links."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from dashboard.intake.formats.references import edtf_of, reference
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["read"]

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: str(number) for number, name in enumerate(_MONTH_NAMES, start=1)}
_SOURCES = ("journaltitle", "journal", "newspaper", "booktitle", "publisher", "organization", "howpublished")
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it complains of is in our report


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the references, with their keys."""
    content.data()
    text = utf8_stream(content).read().decode("utf-8", "replace")
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    if not library.entries:
        raise refusal("no_articles")
    for entry in library.entries:
        known = {name.lower(): str(field.value).strip() for name, field in entry.fields_dict.items()}
        month = known.get("month", "").lower()
        made = edtf_of(known.get("year", ""), _MONTHS.get(month[:3], month), known.get("day", ""))
        yield reference(
            known.get("title", "").replace("{", "").replace("}", ""),
            f"#{entry.key}",
            abstract=known.get("abstract", ""),
            url=known.get("url", ""),
            doi=known.get("doi", ""),
            source=next((value for name in _SOURCES if (value := known.get(name))), ""),
            authors=known.get("author", "").split(" and "),
            language=known.get("langid", "") or known.get("language", ""),
            dates=(known.get("date", ""), made),
        )

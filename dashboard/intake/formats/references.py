"""What the formats of references share: a title, an address and what else is known make a short article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["edtf_of", "reference"]


def edtf_of(year: str, month: str = "", day: str = "") -> str:
    """Write as much of a date as is known; empty without a year."""
    parts = []
    for part, width in ((year, 4), (month, 2), (day, 2)):
        if not part.strip().isdecimal():
            break
        parts.append(part.strip().zfill(width))
    return "-".join(parts)


def reference(  # noqa: PLR0913 - what a reference says
    title: str,
    place: str,
    *,
    abstract: str = "",
    url: str = "",
    doi: str = "",
    source: str = "",
    authors: Iterable[str] = (),
    language: str = "",
    dates: Iterable[str] = (),
) -> Draft:
    """Make a draft of a reference."""
    return Draft(
        text=abstract,
        title=title,
        url=url or (f"https://doi.org/{doi}" if doi else ""),
        source=source,
        author=", ".join(authors),
        language=language,
        dates=tuple(DateClue(DateOrigin.METADATA, one) for one in dates if one),
        place=place,
    )

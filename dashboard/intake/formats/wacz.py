"""Web archives packed as WACZ: the WARC files inside; indexes and page lists are passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.intake.formats.zip_archive import members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Member, Options, Part

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Member | Part]:
    """Give the WARC files of the archive."""
    yield from members(content, prefix="archive/")

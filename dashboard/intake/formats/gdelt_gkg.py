"""GDELT's Global Knowledge Graph 2.1: each record a reference, with the title, address, site and day of an article.

Its places are left out: Kharita finds its own, and `kharita gdelt` sets the two beside each other (`intake.gkg`).
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from dashboard.intake.draft import Part
from dashboard.intake.formats.references import reference
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import limited_lines, utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Draft, Options

__all__ = ["read"]

_MAX_LINE = 8 * 1024 * 1024  # bytes
_COLUMNS = 27
_DATE, _SOURCE, _ADDRESS, _EXTRAS = 1, 3, 4, 26
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)


def read(content: Content, _options: Options) -> Iterator[Draft | Part]:
    """Give the records, with the number of each line."""
    given = False
    for number, line in enumerate(limited_lines(utf8_stream(content), _MAX_LINE), start=1):
        place = f"#{number}"
        if line is None:
            yield Part(refusal("long_row", limit=_MAX_LINE // 1024**2), place)
            continue
        cells = line.decode("utf-8", "replace").split("\t")
        if cells[0] == "GKGRECORDID" or not line.strip():
            continue
        if len(cells) < _COLUMNS:
            yield Part(refusal("bad_row", detail=f"it has {len(cells)} columns, not {_COLUMNS}"), place)
            continue
        title = _TITLE.search(cells[_EXTRAS])
        given = True
        if title is None:
            yield Part(refusal("no_text"), place, "ignored")
            continue
        words = unescape(title[1]).strip()
        yield reference(words, place, url=cells[_ADDRESS], source=cells[_SOURCE], dates=(cells[_DATE][:8],))
    if not given:
        raise refusal("no_articles")

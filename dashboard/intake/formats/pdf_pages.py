"""The pages of a PDF as lines of glyphs, put together to paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTAnno, LTChar, LTTextBox, LTTextLine

from dashboard.intake.formats.pdf_text import is_turned, repair, turned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import IOBase
    from typing import BinaryIO

__all__ = ["paragraphs"]

_SAME_ROW = 0.6  # of the height that two pieces of one row share
_GAP = 0.9  # of the height between two lines of one paragraph, at most
_SHORT = 0.85  # of the column's width; a line that is shorter ends its paragraph


@dataclass(slots=True)
class _Row:
    """A line: what its glyphs stand for from left to right, and where it is, in points."""

    units: list[str]
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def stands_beside(self, other: _Row) -> bool:
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        apart = self.right <= other.left or other.right <= self.left
        return apart and shared > _SAME_ROW * min(self.height, other.height)

    def take(self, other: _Row) -> None:
        first, second = (self, other) if self.left <= other.left else (other, self)
        self.units = [*first.units, " ", *second.units]
        self.left, self.right = first.left, max(self.right, other.right)
        self.bottom, self.top = min(self.bottom, other.bottom), max(self.top, other.top)


def paragraphs(stream: BinaryIO, max_pages: int) -> list[str]:
    """Read the paragraphs of a PDF in the order of its layout, each on one line."""
    stream.seek(0)
    pages = extract_pages(cast("IOBase", stream), maxpages=max_pages, laparams=LAParams())
    boxes = [box for page in pages for box in _boxes(page)]
    turn = is_turned(row.units for box in boxes for row in box)
    found: list[str] = []
    for box in boxes:
        width = max(row.right for row in box) - min(row.left for row in box)
        parts: list[str] = []
        for row in box:
            text = repair(turned(row.units) if turn else "".join(row.units))
            parts.append(" ".join(text.split()))
            if row.right - row.left < _SHORT * width:
                found.append(" ".join(parts))
                parts = []
        found.append(" ".join(parts))
    return [one for one in found if one.strip()]


def _boxes(page: object) -> Iterator[list[_Row]]:
    """Give the rows of each box of text; boxes of one line that stand beside one another are one row."""
    boxes: list[list[_Row]] = []
    for box in page if hasattr(page, "__iter__") else ():
        if not isinstance(box, LTTextBox):
            continue
        rows = [_row(line) for line in box if isinstance(line, LTTextLine)]
        rows = [row for row in rows if "".join(row.units).strip()]
        if len(rows) == 1 and boxes and len(boxes[-1]) == 1 and boxes[-1][0].stands_beside(rows[0]):
            boxes[-1][0].take(rows[0])
        elif rows:
            boxes.append(rows)
    yield from boxes


def _row(line: LTTextLine) -> _Row:
    units = [
        glyph.get_text() if isinstance(glyph, LTChar) else " "
        for glyph in line
        if isinstance(glyph, LTChar) or (isinstance(glyph, LTAnno) and glyph.get_text() == " ")
    ]
    return _Row(units, line.x0, line.x1, line.y0, line.y1)

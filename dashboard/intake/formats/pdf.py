"""PDF: several readers, the best text by its score; a scan is said to be a scan.

No library reads Arabic PDFs right by itself: what one prints backwards another does not. The quick reader is asked
first, and its text is taken when nearly all its words are words; else the thorough one is asked too.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.formats.pdf_pages import paragraphs
from dashboard.intake.formats.pdf_text import repair, score
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]

_MAX_PDF = 200 * 1024 * 1024  # bytes
_MAX_PAGES = 500
_FINE = 0.97  # of words that are words, from which on the quick reader's text is taken
_LEAST = 0.45  # below this nobody can read it
_DOUBTFUL = 0.8
_SCAN = 20  # characters a page on average, up to which a PDF holds no text
_TITLE_LETTERS = 6
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it complains of is in our report
_BROKEN = (PDFException, PSException, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError,
           AssertionError, OverflowError, ZeroDivisionError, NotImplementedError)  # fmt: skip


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article that a document is; what is doubtful about its text is noted."""
    data = content.data(_MAX_PDF)
    text, pages, said = _quickly(data)
    share = score(text)
    if share < _FINE:
        thorough = _thoroughly(content)
        better = score(thorough)
        if better >= share:
            text, share = thorough, better
    if len(text) <= _SCAN * pages:
        raise refusal("scan", pages=pages)
    if share < _LEAST:
        raise refusal("unreadable_pdf", score=round(100 * share))
    notes = [] if share >= _DOUBTFUL else [str(refusal("doubtful_pdf", score=round(100 * share)))]
    title = said.get("Title", "")
    made = said.get("CreationDate", "")
    yield Draft(
        text=text,
        title=title
        if len(title) >= _TITLE_LETTERS and " ".join(title.split()) in " ".join(text.split())
        else "",
        author=said.get("Author", ""),
        url=content.hints.url,
        source=content.hints.source,
        made=(DateClue(DateOrigin.FILE, made),) if made else (),
        notes=tuple(notes),
    )


def _quickly(data: bytes) -> tuple[str, int, dict[str, str]]:
    """Return text, number of pages and what the file says of itself, as PDFium reads it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refusal("locked") from error
        raise refusal("broken", format="PDF", detail=error) from error
    try:
        count = len(document)
        texts = [_page_text(document, number) for number in range(min(count, _MAX_PAGES))]
        said = {name: value for name, value in document.get_metadata_dict().items() if value}
    finally:
        document.close()
    lines = (" ".join(line.split()) for line in repair("\n".join(texts)).splitlines())
    return "\n".join(line for line in lines if line), max(count, 1), said


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded())
        finally:
            text_page.close()
            page.close()
    except pypdfium2.PdfiumError:  # one broken page
        return ""


def _thoroughly(content: Content) -> str:
    """Return the text as pdfminer reads it, turned and put together by us; empty when it can't."""
    try:
        return "\n".join(paragraphs(content.stream, _MAX_PAGES))
    except PDFPasswordIncorrect as error:
        raise refusal("locked") from error
    except _BROKEN:
        return ""

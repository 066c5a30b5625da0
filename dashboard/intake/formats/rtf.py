"""RTF documents: their plain text, and the title in their head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from striprtf.striprtf import rtf_to_text

from dashboard.intake.draft import Draft
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]

_DEEP = 500  # groups in one another
_GROUP = re.compile(rb"\\[\\{}]|[{}]")
_PICTURE = re.compile(r"\{\\\*?\\?(?:pict|objdata|datastore|themedata)[^{}]*\}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article that a document is."""
    data = content.data()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise refusal("broken", format="RTF", detail="it does not begin as one")
    _check_depth(data)
    page = _CODE_PAGE.search(data[:2000])
    encoding = f"cp{page[1].decode()}" if page else "cp1256"
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "cp1252"
    source = _PICTURE.sub("", data.decode("latin-1"))
    try:
        text: str = rtf_to_text(source, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise refusal("broken", format="RTF", detail=error) from error
    # It writes letters beyond the first plane as halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if not text.strip():
        raise refusal("no_words")
    yield Draft(text=text, url=content.hints.url, source=content.hints.source)


def _check_depth(data: bytes) -> None:
    depth = 0
    for match in _GROUP.finditer(data):
        depth += (match[0] == b"{") - (match[0] == b"}")
        if depth > _DEEP:
            raise refusal("too_deep")

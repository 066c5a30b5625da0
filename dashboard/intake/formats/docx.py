"""Word documents (DOCX): paragraphs and tables in their order; headers, footers and deleted text are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.intake.draft import Draft
from dashboard.intake.formats.packed_xml import open_parts, parse_xml
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from dashboard.intake.draft import Content, Options

__all__ = ["read"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KIND = "Word"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
# Text boxes stand twice in a file, once for old programs; what was deleted is not the text any more.
_LEFT_OUT = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}del",
    f"{_W}moveFrom",
}


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article that a document is."""
    with open_parts(content) as part:
        body = part("word/document.xml")
        if not body:
            raise refusal("broken", format=_KIND, detail="word/document.xml is missing")
        paragraphs = list(_paragraphs(parse_xml(body, _KIND)))
        core = part("docProps/core.xml")
    said = parse_xml(core, _KIND) if core else None
    text = "\n".join(paragraphs)
    if not text.strip():
        raise refusal("no_words")
    yield Draft(
        text=text,
        title=_title(_said(said, f"{_DC}title"), text),
        author=_said(said, f"{_DC}creator"),
        language=_said(said, f"{_DC}language"),
        url=content.hints.url,
        source=content.hints.source,
    )


def _title(title: str, text: str) -> str:
    """Return the document's title if it is one of the text's: programs fill in `Document1`, or the last text's."""
    return title if title and title in text[:2000] else ""


def _said(core: _Element | None, tag: str) -> str:
    found = core.find(tag) if core is not None else None
    return (found.text or "").strip() if found is not None else ""


def _paragraphs(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        if any(above.tag in _LEFT_OUT for above in paragraph.iterancestors()):
            continue
        text = "".join(_runs(paragraph)).strip()
        if text:
            yield text


def _runs(paragraph: _Element) -> Iterator[str]:
    """Give the text of a paragraph, without that of paragraphs inside it (text boxes), which come by themselves."""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _BREAKS:
            yield _BREAKS[node.tag]
        elif node.tag not in _LEFT_OUT and node.tag != f"{_W}p":
            waiting.extend(reversed(node))

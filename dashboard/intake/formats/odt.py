"""OpenDocument texts (ODT, and FODT as one XML file): headings and paragraphs in their order."""

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

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KIND = "OpenDocument"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = {f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes"}
_MAX_SPACES = 1000


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the article that a document is."""
    if content.head(2) == b"PK":
        with open_parts(content) as part:
            body, meta = part("content.xml"), part("meta.xml")
        if not body:
            raise refusal("broken", format=_KIND, detail="content.xml is missing")
        roots = [parse_xml(one, _KIND) for one in (body, meta) if one]
    else:
        roots = [parse_xml(content.data(), _KIND)]
    text = "\n".join(_paragraphs(roots[0]))
    if not text.strip():
        raise refusal("no_words")
    title = _said(roots[-1], f"{_DC}title")
    yield Draft(
        text=text,
        title=title if title in text[:2000] else "",
        author=_said(roots[-1], f"{_DC}creator"),
        language=_said(roots[-1], f"{_DC}language"),
        url=content.hints.url,
        source=content.hints.source,
    )


def _said(root: _Element, tag: str) -> str:
    found = root.find(f".//{_OFFICE}meta/{tag}")
    return (found.text or "").strip() if found is not None else ""


def _paragraphs(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(*_PARAGRAPHS):
        if any(above.tag in _LEFT_OUT for above in paragraph.iterancestors()):
            continue
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield text


def _pieces(paragraph: _Element) -> Iterator[str]:
    yield paragraph.text or ""
    waiting: list[_Element | str] = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        waiting.append(node.tail or "")
        if node.tag == f"{_TEXT}s":
            count = node.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES)
        elif node.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield "\t" if node.tag.endswith("tab") else "\n"
        elif node.tag not in _LEFT_OUT and node.tag not in _PARAGRAPHS:
            waiting.extend(reversed(node))
            yield node.text or ""

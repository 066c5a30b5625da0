"""Helpers of the formats that hold HTML: bytes to a tree, a fragment to text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

from dashboard.intake.draft import MAX_DOCUMENT
from dashboard.intake.encodings import Decoded, read_text
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from dashboard.intake.draft import Content

__all__ = ["attribute", "content_markup", "decode_markup", "fragment_text", "parse_html", "text_of"]

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{3,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{3,40})["']""", re.IGNORECASE)
_HEAD = 8192  # bytes in which a page must declare its encoding
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object"])
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def content_markup(content: Content, limit: int = MAX_DOCUMENT) -> str:
    """Return the text of a page or feed; how it was found is noted where that was no matter of course."""
    decoded = decode_markup(content.data(limit), content.hints.charset)
    if decoded.note:
        content.notes.append(decoded.note)
    return decoded.text


def decode_markup(data: bytes, charset: str = "") -> Decoded:
    """Return the text of bytes that may be a page: by what the server said, what it declares, or by guess."""
    head = data[:_HEAD]
    declared = _DECLARED.search(head) or _META.search(head)
    for name in (charset, declared[1].decode("ascii") if declared else ""):
        if name and _is_known(name):
            return read_text(data, _web_name(name))
    return read_text(data)


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def _web_name(name: str) -> str:
    """Return the encoding that browsers take a name for."""
    known = codecs.lookup(name).name
    return {"iso8859-1": "windows-1252", "ascii": "utf-8"}.get(known, known)


def parse_html(text: str) -> HtmlElement:
    """Parse a page.

    Raises
    ------
    Refusal
        There is no element in it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise refusal("no_words") from error
    return tree


def text_of(element: HtmlElement) -> str:
    """Return the text below an element, a line for each block; scripts and styles say nothing."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                parts.append("\n")
            if tag not in _SILENT and not _is_silent(node) and node.text:
                parts.append(node.text.replace("\n", " "))
        else:
            if tag in _BLOCKS:
                parts.append("\n")
            if node is not element and node.tail and not _is_silent(node):
                parts.append(node.tail.replace("\n", " "))
    return _BREAKS.sub("\n", _SPACES.sub(" ", "".join(parts))).strip()


def _is_silent(node: HtmlElement) -> bool:
    return any(above.tag in _SILENT for above in node.iterancestors())


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML, such as the body of a feed's entry; plain text comes back as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    if not fragment.strip():
        return ""
    return text_of(parse_html(f"<html><body><div>{fragment}</div></body></html>"))


def attribute(tree: HtmlElement, path: str) -> str:
    """Return the first value that an XPath finds, stripped; empty when it finds none."""
    found = tree.xpath(path)
    for one in found if isinstance(found, list) else []:
        value = one if isinstance(one, str) else text_of(one)
        if value.strip():
            return " ".join(value.split())
    return ""

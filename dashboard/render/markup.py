"""The one maker of HTML: what comes from an article, a file name or a gazetteer is text here, not markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from dashboard.core.links import clean_title, safe_url, url_host, writable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["bdi", "element", "join", "line", "link", "marked", "script_safe", "text", "visit"]

_TEMPLATE_CHARACTERS = re.compile(r"[&<>\"'`\\${}]")
# Embeddings, overrides, isolates and marks that turn the order of what follows.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VOID = frozenset({"img", "br", "hr", "input", "link", "meta"})
_NAME = re.compile(r"[a-z][a-zA-Z0-9-]*\Z")


def _plain(value: object) -> str:
    return writable(_CONTROLS.sub("", _BIDI_CONTROLS.sub("", str(value))))


def text(value: object) -> Markup:
    """Escape a text; control characters, among them those that turn the order of letters, are left out."""
    return escape(_plain(value))


def line(value: str) -> Markup:
    """Escape a title or another text of one line: white space folded, invisible characters left out."""
    return text(clean_title(value))


def script_safe(value: object) -> str:
    """Escape a text for a JavaScript template string that becomes HTML: entities for what either reads."""
    plain = _plain(value)
    return _TEMPLATE_CHARACTERS.sub(lambda found: f"&#{ord(found.group())};", plain)


def element(tag: str, content: object = "", /, **attributes: object) -> Markup:
    """Make one element; strings are escaped, `Markup` is kept.

    Attribute names: a trailing underscore is dropped (`class_`), others become hyphens; None and False leave
    the attribute out, True gives it without a value.
    """
    parts = []
    for given, value in attributes.items():
        name = given.rstrip("_").replace("_", "-")
        if not _NAME.match(name):
            raise ValueError(f"{given!r} is no attribute name")
        if value is None or value is False:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{text(value)}"')
    start = f"<{tag}{''.join(parts)}>"
    inner = content if isinstance(content, Markup) else text(content)
    return Markup(start if tag in _VOID else f"{start}{inner}</{tag}>")  # noqa: S704 - all parts are escaped


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Join pieces; strings are escaped, `Markup` is kept."""
    escaped = (str(part if isinstance(part, Markup) else text(part)) for part in parts)
    return Markup(str(text(between)).join(escaped))  # noqa: S704 - all parts are escaped


def bdi(value: str, **attributes: object) -> Markup:
    """Isolate a name whose script may differ from its surroundings."""
    return element("bdi", line(value), dir="auto", **attributes)


def visit(address: str, content: object, **attributes: object) -> Markup:
    """Link to another view of this page; `address` is a query string that the interface made."""
    if not address.startswith("?"):
        raise ValueError(f"{address!r} is no query string")
    return element("a", content, href=address, data_visit="1", **attributes)


def link(url: str | None, label: str | None = None, **attributes: object) -> Markup:
    """Link to a source outside, with its host shown; a link that isn't safe gives nothing."""
    checked = safe_url(url)
    if checked is None:
        return Markup("")
    shown = label or url_host(checked)
    return element(
        "a", bdi(shown), href=checked, target="_blank", rel="noopener noreferrer nofollow", **attributes
    )


def marked(value: str, spans: Iterable[tuple[int, int]], class_: str = "kh-mark") -> Markup:
    """Mark stretches `(start, end)` of a text, in code points; those that overlap or leave it are skipped."""
    parts: list[object] = []
    at = 0
    for start, end in sorted(spans):
        if start < at or end <= start or end > len(value):
            continue
        parts += [value[at:start], element("mark", value[start:end], class_=class_)]
        at = end
    parts.append(value[at:])
    return join(parts)

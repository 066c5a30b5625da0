"""What every reader of XML asks first: no entities of the file's own, which are only ever used to attack."""

from __future__ import annotations

import re

from dashboard.intake.sentences import refusal

__all__ = ["guarded", "utf8_xml"]

_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def guarded(text: str) -> str:
    """Return a text of XML unless it defines entities.

    Raises
    ------
    Refusal
        It does.
    """
    if _ENTITY.search(text):
        raise refusal("entities")
    return text


def utf8_xml(text: str) -> bytes:
    """Return XML as UTF-8 that says so, without the characters that XML forbids."""
    body = _NOT_XML.sub("", _DECLARATION.sub("", guarded(text), count=1)).lstrip()
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode("utf-8", "ignore")

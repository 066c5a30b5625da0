"""Bytes of unknown encoding to text."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from dashboard.core.errors import ArticleFormatError

__all__ = ["decode"]

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_CONTROL_SHARE = 0.01  # control characters in a text that is still one
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[a-zA-Z]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """Return the text that the bytes hold; line ends become line feeds.

    UTF-8 with or without its mark, UTF-16 with its mark. What is neither is read in the old encoding of
    Arabic, Windows-1256, or in that of Western Europe if most of its letters are Latin.

    Raises
    ------
    ArticleFormatError
        The bytes are empty or no text.
    """
    if not data.strip():
        raise ArticleFormatError("The file is empty.")
    text = _decode(data)
    if not text.strip():
        raise ArticleFormatError("The file is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return _checked(data.decode("utf-16"), _MAX_CONTROL_SHARE)
        except UnicodeDecodeError as error:
            raise ArticleFormatError("The file begins as UTF-16, but is not.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _checked(_decode_old(data), 0.0)
    return _checked(text, _MAX_CONTROL_SHARE)


def _decode_old(data: bytes) -> str:
    arabic = data.decode("cp1256")
    if len(_LATIN.findall(arabic)) > len(_ARABIC.findall(arabic)):
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    return arabic


def _checked(text: str, control_share: float) -> str:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\0" in text or controls > control_share * len(text):
        raise ArticleFormatError("The file holds no text: it is binary.")
    return text

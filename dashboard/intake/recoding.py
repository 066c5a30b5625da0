"""The encoding of a file: which one it is read in, and another when its user says so."""

from __future__ import annotations

import codecs
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from dashboard.core.errors import ArticleFormatError
from dashboard.intake.encodings import read_text
from dashboard.intake.formats.markup import decode_markup

if TYPE_CHECKING:
    from dashboard.intake.draft import Content
    from dashboard.intake.registry import Format

__all__ = ["ENCODINGS", "encoding_of", "recoded"]

ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "windows-1252", "utf-16")
_PAGES = ("html", "feed", "opml", "telegram_html")  # may say which encoding they are in
_TEXTS = (
    *_PAGES,
    *("text", "csv_table", "json_lines", "json_table", "json_feed", "telegram_json"),
    *("gdelt_gkg", "ris", "bibtex", "csl_json"),
)
_ALPHABETS = (b"\x00", b"\x06")  # upper bytes of Latin and of Arabic letters
_HEAD = 1 << 16  # bytes by which an encoding is told
_CHUNK = 1 << 20
_IN_MEMORY = 8 * 1024 * 1024  # bytes; more goes to the disk


def encoding_of(content: Content, kind: Format, said: str = "") -> str | None:
    """Return the encoding that a file is read in; empty where none makes sense of it, None for what is no text.

    Parameters
    ----------
    said
        What its user says, one of `ENCODINGS`.
    """
    if kind.id not in _TEXTS:
        return None
    if said:
        return said
    head = content.head(_HEAD)
    if len(head) == _HEAD and b"\n" in head:  # no letter is cut in two
        head = head[: head.rindex(b"\n") + 1]
    read = decode_markup if kind.id in _PAGES else read_text
    try:
        return read(head, content.hints.charset).encoding
    except ArticleFormatError:
        return ""


def recoded(content: Content, kind: Format, said: str) -> Content:
    """Return a content as its user says that it must be read: in UTF-8, marked, so that nobody guesses.

    What can't be read in the encoding becomes `�`; what is no text, or nothing said, is returned as it is.
    """
    if not said or kind.id not in _TEXTS:
        return content
    decoder = codecs.getincrementaldecoder(_order(content, said))("replace")
    out = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the content owns it
    size = out.write(codecs.BOM_UTF8)
    content.stream.seek(0)
    while chunk := content.stream.read(_CHUNK):
        size += out.write(decoder.decode(chunk).removeprefix("\ufeff").encode())
    size += out.write(decoder.decode(b"", final=True).encode())
    return replace(content, stream=out, size=size)


def _order(content: Content, said: str) -> str:
    """Return UTF-16 with the order of its bytes, where no mark says it: by those that tell the alphabet."""
    head = content.head(_HEAD)
    if said != "utf-16" or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return said
    first, second = (sum(map(part.count, _ALPHABETS)) for part in (head[::2], head[1::2]))
    return "utf-16-be" if first > second else "utf-16-le"

"""What DOCX and ODT share: XML parts in a zip archive, read with bounds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from lxml import etree

from dashboard.intake.formats.zip_archive import BAD_ZIP, opened_zip
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.intake.draft import Content

__all__ = ["open_parts", "parse_xml"]

_MAX_PART = 64 * 1024 * 1024  # bytes of one part


@contextmanager
def open_parts(content: Content) -> Iterator[Callable[[str], bytes]]:
    """Give a function that reads a part by its name; it gives nothing for a part that is not there.

    Raises
    ------
    Refusal
        There is no such archive, it is locked, or it unpacks to far too much.
    """
    bounds = Unpacking(content.size)
    with opened_zip(content) as packed:

        def part(name: str) -> bytes:
            try:
                info = packed.getinfo(name)
            except KeyError:
                return b""
            if info.flag_bits & 0x1:
                raise refusal("locked")
            if info.file_size > _MAX_PART:
                raise refusal("too_large", limit=_MAX_PART // 1024**2)
            try:
                with packed.open(info) as stream:
                    kept, _ = bounds.unpack(cast("BinaryIO", stream))
            except Refusal:
                raise
            except BAD_ZIP as error:
                raise refusal("broken", format="document", detail=error) from error
            with kept:
                return kept.read()

        yield part


def parse_xml(data: bytes, kind: str) -> etree._Element:
    """Parse XML without entities, network or huge trees.

    Raises
    ------
    Refusal
        It is none, or nested too deeply.
    """
    if b"<!ENTITY" in data[: 1 << 20]:
        raise refusal("entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        detail = str(error).partition("\n")[0]
        raise refusal("broken", format=kind, detail=detail) from error

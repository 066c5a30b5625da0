"""Files packed with gzip: the one file inside."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from dashboard.intake.draft import Content, Member
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Options

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Member]:
    """Give the file that is packed."""
    content.stream.seek(0)
    try:
        with gzip.GzipFile(fileobj=content.stream, mode="rb") as packed:
            kept, size = Unpacking(content.size).unpack(cast("BinaryIO", packed))
    except (OSError, EOFError, zlib.error) as error:
        raise refusal("broken", format="gzip", detail=error) from error
    name = content.name
    for suffix in (".gz", ".gzip"):
        name = name[: -len(suffix)] if name.lower().endswith(suffix) else name
    name = name.rpartition("/")[2]
    with kept:
        yield Member(Content(name, kept, size, content.hints), name)

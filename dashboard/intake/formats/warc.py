"""Web archives (WARC, packed or not): the page of each answer, with its own address, date and encoding."""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from dashboard.intake.draft import MAX_DOCUMENT, Content, Hints, Member, Part
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord

    from dashboard.intake.draft import Options

__all__ = ["read"]

_READ = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain", "application/rss+xml",
         "application/atom+xml")  # fmt: skip
_KINDS = ("response", "resource")


def read(content: Content, _options: Options) -> Iterator[Member | Part]:
    """Give what the archive holds of kinds that are read: pages, PDFs, feeds; pictures and scripts are passed over."""
    content.stream.seek(0)
    if content.size == 0:
        raise refusal("empty")
    bounds = Unpacking(content.size)
    seen = False
    try:
        for record in ArchiveIterator(content.stream):
            bounds.part()
            seen = seen or record.rec_type is not None
            member = _member(record, bounds)
            if member is not None:
                yield member
    except Refusal:
        raise
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        raise refusal("broken", format="WARC", detail=str(error).strip().partition("\n")[0]) from error
    if not seen:
        raise refusal("broken", format="WARC", detail="it holds no record")


def _member(record: ArcWarcRecord, bounds: Unpacking) -> Member | Part | None:
    if record.rec_type not in _KINDS:
        return None
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    media_type, charset = _content_type(record)
    if status != "200" or media_type not in _READ:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    data = record.content_stream().read(MAX_DOCUMENT + 1)
    bounds.count(len(data))
    place = url.strip("<>") or "?"
    if len(data) > MAX_DOCUMENT:
        return Part(refusal("too_large", limit=MAX_DOCUMENT // 1024**2), f" › {place}")
    if not data.strip():
        return None
    seen = record.rec_headers.get_header("WARC-Date") or ""
    return Member(Content.of(data, "", Hints(place, charset, media_type, seen=seen)), place)


def _content_type(record: ArcWarcRecord) -> tuple[str, str]:
    headers = record.http_headers or record.rec_headers
    message = Message()
    message["content-type"] = headers.get_header("Content-Type") or ""
    charset = message.get_content_charset() or ""
    return message.get_content_type(), charset

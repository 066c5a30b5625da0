"""What the formats built like e-mail share: headers to text, parts to text."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from typing import TYPE_CHECKING

from dashboard.intake.encodings import read_text
from dashboard.intake.formats.markup import decode_markup
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

__all__ = ["header", "parse_mail", "part_bytes", "part_charset", "part_text", "walk_parts"]

_MAX_PARTS = 1000
_MAX_HEADER = 2000  # characters


def parse_mail(data: bytes) -> EmailMessage:
    """Parse a message.

    Raises
    ------
    Refusal
        It is none.
    """
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except (MessageError, ValueError, RecursionError) as error:
        raise refusal("broken", format="e-mail", detail=error) from error


def header(message: EmailMessage, name: str) -> str:
    """Return a header as text; empty when there is none, or none that can be read."""
    try:
        value = message.get(name)
        text = str(value)[:_MAX_HEADER] if value is not None else ""
    except (
        ValueError,
        LookupError,
        IndexError,
        AttributeError,
        TypeError,
        MessageError,
    ):  # bugs of the library
        return ""
    if any("\udc80" <= char <= "\udcff" for char in text):  # bytes that were sent as they are
        text = read_text(text.encode("utf-8", "surrogateescape")).text
    return " ".join(text.split())


def walk_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Give the parts of a message that hold no others.

    Raises
    ------
    Refusal
        There are absurdly many.
    """
    try:
        for count, part in enumerate(message.walk()):
            if count > _MAX_PARTS:
                raise refusal("too_many", limit=_MAX_PARTS)
            if not part.is_multipart():
                yield part
    except RecursionError as error:
        raise refusal("too_deep") from error


def part_bytes(part: EmailMessage) -> bytes:
    """Return what a part holds, without its transfer encoding."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def part_charset(part: EmailMessage) -> str:
    """Return the encoding that a part declares."""
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def part_text(part: EmailMessage) -> str:
    """Return the text of a part."""
    data = part_bytes(part)
    return decode_markup(data, part_charset(part)).text if data.strip() else ""

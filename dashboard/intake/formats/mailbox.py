"""Mailboxes (mbox): one message after the other, streamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.intake.draft import MAX_DOCUMENT, Content, Hints, Member, Part
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Options

__all__ = ["read"]

_BEGIN = re.compile(rb"From [^\n]{3,200}\d{4}\s*$")
_ESCAPED = re.compile(rb">+From ")
_LINE = 1 << 20


def read(content: Content, _options: Options) -> Iterator[Member | Part]:
    """Give the messages, numbered."""
    content.stream.seek(0)
    number, size = 0, 0
    lines: list[bytes] = []
    blank = True  # a message begins after an empty line
    while line := content.stream.readline(_LINE):
        if blank and _BEGIN.match(line):
            if number:
                yield _message(lines, size, number)
            number, size, lines = number + 1, 0, []
        elif number:
            size += len(line)
            if size <= MAX_DOCUMENT:  # the rest of an absurd one is counted, not kept
                lines.append(line[1:] if _ESCAPED.match(line) else line)
        elif line.strip():
            raise refusal("broken", format="mailbox", detail="it does not begin with a message")
        blank = not line.strip()
    if not number:
        raise refusal("empty" if content.size == 0 else "no_articles")
    yield _message(lines, size, number)


def _message(lines: list[bytes], size: int, number: int) -> Member | Part:
    if size > MAX_DOCUMENT:
        return Part(refusal("too_large", limit=MAX_DOCUMENT // 1024**2), f"#{number}")
    hints = Hints(media_type="message/rfc822")
    return Member(Content.of(b"".join(lines), f"{number}.eml", hints), f"#{number}")

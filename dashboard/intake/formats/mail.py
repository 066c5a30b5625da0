"""E-mail messages: the text of the message, its subject, sender and date; attached articles one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import Content, DateClue, Draft, Hints, Member
from dashboard.intake.formats.mail_parts import (
    header,
    parse_mail,
    part_bytes,
    part_charset,
    part_text,
    walk_parts,
)
from dashboard.intake.formats.markup import parse_html, text_of
from dashboard.intake.kinds import format_of_name
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from dashboard.intake.draft import Options

__all__ = ["read"]


def read(content: Content, _options: Options) -> Iterator[Draft | Member]:
    """Give the message, then what is attached to it and is of a kind that is read."""
    message = parse_mail(content.data())
    plain, marked, attached = _sorted(message)
    text = "\n\n".join(part_text(part).strip() for part in plain).strip()
    if not text:
        text = "\n\n".join(
            text_of(parse_html(part_text(part))) for part in marked if part_bytes(part).strip()
        )
    subject = header(message, "Subject")
    if text.strip() or subject:
        address = header(message, "Archived-At").strip("<>") or header(message, "List-Archive").strip("<>")
        date = header(message, "Date")
        yield Draft(
            text=text,
            title=subject,
            language=header(message, "Content-Language"),
            source=_sender(message),
            url=address,
            dates=(DateClue(DateOrigin.METADATA, date),) if date else (),
        )
    elif not attached:
        raise refusal("no_words")
    for number, part in enumerate(attached, start=1):
        name = _file_name(part) or f"{number}"
        hints = Hints(charset=part_charset(part), media_type=part.get_content_type())
        data = part_bytes(part)
        if data:
            yield Member(Content.of(data, name, hints), name)


def _sorted(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage], list[EmailMessage]]:
    """Part a message into plain texts, HTML, and attached files of kinds that are read."""
    plain: list[EmailMessage] = []
    marked: list[EmailMessage] = []
    attached: list[EmailMessage] = []
    for part in walk_parts(message):
        name, kind = _file_name(part), part.get_content_type()
        if name or part.get_content_disposition() == "attachment":
            if format_of_name(name) is not None:
                attached.append(part)
        elif kind == "text/plain":
            plain.append(part)
        elif kind == "text/html":
            marked.append(part)
    return plain, marked, attached


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):  # bugs of the library
        return ""


def _sender(message: EmailMessage) -> str:
    """Return the list or the sender by name."""
    sender = header(message, "From")
    name = sender.partition("<")[0].strip().strip('"')
    return name or sender.strip("<>")

"""Telegram exports as JSON, of one chat or of all: an article a message, streamed, whatever their size.

A channel may change its name and its owner; its number stays, and stands in the address of each message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ijson import ObjectBuilder

from dashboard.core.models import DateOrigin
from dashboard.intake.draft import DateClue, Draft
from dashboard.intake.formats.json_table import checked_events
from dashboard.intake.sentences import refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake.draft import Content, Options

__all__ = ["message_draft", "read"]

_CHATS = ("chats.list.item", "left_chats.list.item")
_PUBLIC = ("public_channel", "private_channel", "public_supergroup", "private_supergroup")


def read(content: Content, _options: Options) -> Iterator[Draft]:
    """Give the messages with words, in the order of the file; `path` carries the number of each."""
    chat: dict[str, str] = {}
    builder: ObjectBuilder | None = None
    base = ""
    given = False
    for prefix, event, value in checked_events(utf8_stream(content)):
        if builder is not None:
            builder.event(event, value)
            if prefix == base and event == "end_map":
                for draft in _drafts(builder.value, chat):
                    given = True
                    yield draft
                builder = None
        elif event == "start_map" and prefix.endswith("messages.item"):
            base = prefix
            builder = ObjectBuilder()
            builder.event(event, value)
        elif event == "start_map" and prefix in ("", *_CHATS):
            chat = {"home": prefix}
        elif event in ("string", "number"):
            home, _, key = prefix.rpartition(".")
            if key in ("name", "type", "id") and home in ("", *_CHATS):
                chat[key] = str(value)
    if not given:
        raise refusal("no_articles")


def _drafts(message: object, chat: dict[str, str]) -> Iterator[Draft]:
    if isinstance(message, dict) and message.get("type", "message") == "message":
        draft = message_draft(message, chat)
        if draft.text.strip():
            yield draft


def message_draft(message: dict[str, object], chat: dict[str, str]) -> Draft:
    """Make a draft of a message.

    Parameters
    ----------
    chat
        `name`, `type` and `id` of the chat that it stands in, and `home`, where in an export of many it stands.
    """
    number = str(message.get("id", ""))
    date = str(message.get("date_unixtime") or message.get("date") or "")
    forwarded = message.get("forwarded_from")
    is_channel = chat.get("type", "") in _PUBLIC
    sender = str(message.get("from") or "")
    return Draft(
        text=_plain(message.get("text")),
        source=chat.get("name", "") or sender,
        url=_address(chat, number) if is_channel else "",
        author=str(message.get("author") or "") or (sender if sender != chat.get("name") else ""),
        origin=str(forwarded) if forwarded else "",
        dates=(DateClue(DateOrigin.METADATA, date),) if date else (),
        place=f"#{chat.get('id', '')}/{number}" if chat.get("home") else f"#{number}",
    )


def _plain(text: object) -> str:
    """Write the text of a message, which is a text, or a list of texts and of objects that hold one."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(_plain(one) for one in text)
    if isinstance(text, dict):
        return _plain(text.get("text"))
    return ""


def _address(chat: dict[str, str], number: str) -> str:
    """Return the address of a message of a channel by the channel's own number, which never changes."""
    channel = chat.get("id", "").removeprefix("-100")
    return f"https://t.me/c/{channel}/{number}" if channel.isdecimal() and number.isdecimal() else ""

"""What stands in the frame of the page before its script runs: style, letters, and the word that it opens.

Streamlit serves one fixed document and fills it once its scripts are loaded. What is put into its head here is shown
at once, and keeps the page from jumping: nothing is seen before its style, and the letters come with it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders

from dashboard.render.opening import opening_head
from dashboard.web.front import path_of
from dashboard.words import LANGUAGES, strings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Opening", "language_of", "with_opening"]

_STALE = ("etag", "last-modified", "accept-ranges")  # of the document as it lies on the disk


class Opening:
    """Puts the opening into the documents that a browser asks for as a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; one for a page is answered with the opening in it."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_page(scope):
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []
        parts: list[bytes] = []

        async def send_with_opening(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                if not _is_document(message):
                    await send(message)
                return
            if not _is_document(begun[0]):
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = with_opening(b"".join(parts), language_of(scope))
            headers = MutableHeaders(scope=begun[0])
            headers["content-length"] = str(len(body))
            headers["vary"] = "accept-language"
            for name in _STALE:
                if name in headers:
                    del headers[name]
            await send(begun[0])
            await send({"type": "http.response.body", "body": body})

        # the whole document, plain: what stands in it depends on who asks
        kept = [pair for pair in scope["headers"] if pair[0] not in _CONDITIONAL]
        await self.app({**scope, "headers": kept}, receive, send_with_opening)


_CONDITIONAL = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")


def _asks_for_page(scope: Scope) -> bool:
    accepted = Headers(scope=scope).get("accept", "")
    return "text/html" in accepted and "." not in path_of(scope).rpartition("/")[2]


def _is_document(message: Message) -> bool:
    found = Headers(raw=message["headers"])
    return found.get("content-type", "").startswith("text/html") and "content-encoding" not in found


def language_of(scope: Scope) -> str:
    """Return the language in which a page will speak: that of its address, else the browser's, else English."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=60).get("ui", [""])[-1]
    if asked in LANGUAGES:
        return asked
    preferred = Headers(scope=scope).get("accept-language", "")
    first = preferred.partition(",")[0].partition(";")[0].partition("-")[0].strip().lower()
    return first if first in LANGUAGES else "en"


@lru_cache(maxsize=16)
def with_opening(document: bytes, language: str) -> bytes:
    """Return a document with the opening in its head and body; one without a head is returned as it is."""
    words = strings(language)
    head, body = opening_head(words)
    if b"</head>" not in document or b"<body>" not in document:
        return document
    direction = "rtl" if words.rtl else "ltr"
    made = document.replace(
        b'<html lang="en">', f'<html lang="{language}" data-kh-dir="{direction}">'.encode(), 1
    )
    made = made.replace(b"<title>Streamlit</title>", f"<title>{words('brand')}</title>".encode(), 1)
    # before Streamlit's own, so that it is asked for first
    made = made.replace(b"<head>", b"<head>" + head.encode(), 1)
    return made.replace(b"<body>", b"<body>" + body.encode(), 1)

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import streamlit

from dashboard.web.filling import begin_to_fill, filled, wait_for_filling
from dashboard.web.opening import Opening, language_of, with_opening
from dashboard.words import LANGUAGES, strings

DOCUMENT = b'<html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


def answer(
    path: str = "/", query: str = "", *, document: bytes = DOCUMENT, media: str = "text/html", **headers: str
) -> tuple[dict[str, str], bytes, dict[bytes, bytes]]:
    seen: dict[bytes, bytes] = {}

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        seen.update(dict(scope["headers"]))
        head = [(b"content-type", media.encode()), (b"content-length", str(len(document)).encode())]
        head.append((b"etag", b'"x"'))
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": document[:20], "more_body": True})
        await send({"type": "http.response.body", "body": document[20:]})

    told = {"accept": "text/html,*/*", **headers}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()],
    }
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Opening(app)(scope, None, send))  # type: ignore[arg-type]
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return head, b"".join(part.get("body", b"") for part in sent[1:]), seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_at_once_that_it_opens_in_the_reader_s_language(language: str) -> None:
    head, body, _ = answer(query=f"ui={language}")
    assert strings(language)("opening").encode() in body
    assert f'<html lang="{language}"'.encode() in body
    assert b"<title>Streamlit</title>" not in body
    assert int(head["content-length"]) == len(body)
    assert "etag" not in head
    assert body.index(b"kh-opening") < body.index(b'id="root"')


def test_letters_are_asked_for_early_and_from_here() -> None:
    body = answer(query="ui=ar")[1].decode()
    assert body.count('rel="preload"') == 3
    assert 'as="font"' in body
    assert "http" not in body.split("</head>")[0]


def test_the_language_is_that_of_the_address_then_of_the_browser() -> None:
    def told(query: str, accept: str) -> str:
        headers = [(b"accept-language", accept.encode())]
        return language_of({"query_string": query.encode(), "headers": headers})

    assert told("ui=fr", "ar") == "fr"
    assert told("ui=xx", "ar-LY,ar;q=0.9,en;q=0.5") == "ar"
    assert told("", "de,fr") == "en"
    assert told("", "") == "en"


def test_a_page_is_asked_for_whole_and_plain() -> None:
    seen = answer(accept_encoding="gzip", if_none_match='"x"', range="bytes=0-1", cookie="a=b")[2]
    assert set(seen) == {b"accept", b"cookie"}


@pytest.mark.parametrize(
    ("path", "media", "accept"),
    [
        ("/static/js/index.js", "text/javascript", "*/*"),
        ("/assets/x/y.html", "text/html", "text/html"),
        ("/api/articles", "application/json", "text/html"),
        ("/", "text/html", "*/*"),
    ],
)
def test_everything_else_is_left_as_it_is(path: str, media: str, accept: str) -> None:
    head, body, _ = answer(path, media=media, accept=accept)
    assert body == DOCUMENT
    assert head["etag"] == '"x"'


def test_the_document_of_streamlit_takes_it() -> None:
    document = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    made = with_opening(document, "ar")
    assert made.count(b'id="kh-opening"') == 1
    assert b'<html lang="ar" data-kh-dir="rtl">' in made
    assert b"<title>Streamlit" not in made
    assert with_opening(b"<p>other</p>", "ar") == b"<p>other</p>"


def test_an_empty_page_waits_for_a_server_that_is_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    begin_to_fill()
    monkeypatch.setattr("dashboard.web.filling._looked.wait", waited.append)
    wait_for_filling(3.0)
    assert waited == [3.0]
    monkeypatch.undo()
    filled()
    wait_for_filling(60.0)  # at once

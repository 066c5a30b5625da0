"""The real server, asked with requests written by hand: under which names, and from whose pages, it answers."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.e2e

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
PATHS = [
    "/", "/healthz", "/api/articles", "/map/play.json", "/map/places.json", "/_stcore/health", "/_stcore/host-config",
    "/_stcore/metrics", "/component/streamlit_folium.st_folium/index.html", "/media/x.png", "/_stcore/upload_file/a/b",
    "/assets/kharita/map.js", "/assets/basemap/countries.json", "/static/js/x.js", "/favicon.png", "/no/such/page",
]  # fmt: skip


def ask(server: str, lines: list[str]) -> int:
    """Send a request line and headers, and return the status of the answer."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(connection.recv(65536).split(b" ", 2)[1])


def socket_lines(host: str, origin: str | None, path: str = "/_stcore/stream") -> list[str]:
    told = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
    told += [f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: streamlit"]
    return told + ([f"Origin: {origin}"] if origin is not None else [])


@pytest.mark.parametrize("path", PATHS)
def test_no_route_answers_under_another_s_name(server: str, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        assert (
            ask(server, [f"{method} {path} HTTP/1.1", "Host: evil.example:8501", "Content-Length: 0"]) == 421
        )
    own = urlsplit(server).netloc
    head = [f"GET {path} HTTP/1.1", f"Host: {own}"]
    assert ask(server, [*head, "Origin: https://evil.example"]) == 403
    assert ask(server, [*head, "Origin: http://localhost:1"]) == 403
    assert ask(server, head) not in (403, 421)
    assert ask(server, [*head, f"Origin: {server}"]) not in (403, 421)


def test_the_websocket_opens_to_its_own_page_only(server: str) -> None:
    own = urlsplit(server).netloc
    assert ask(server, socket_lines(own, server)) == 101
    assert ask(server, socket_lines(own, None)) == 101  # a program, no browser
    assert ask(server, socket_lines("evil.example", "http://evil.example")) == 403
    assert ask(server, socket_lines(own, "http://evil.example")) == 403
    assert ask(server, socket_lines(own, "null")) == 403
    assert ask(server, socket_lines("evil.example", None)) == 403
    assert ask(server, socket_lines(own, "http://evil.example", "/no/such/socket")) == 403


def test_a_request_that_names_no_host_is_refused(server: str) -> None:
    assert ask(server, ["GET / HTTP/1.0"]) in (400, 421)

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from dashboard.core.hosts import is_loopback, split_authority
from dashboard.core.settings import Settings
from dashboard.web.server import CONTENT_POLICY, make_middleware, make_routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    Asked = Callable[..., int]

OWN = "localhost:8501"
PATHS = [
    "/healthz",
    "/api",
    "/map/play.json",
    "/reconcile",
    "/assets/kharita/fonts.css",
    "/",
    "/_stcore/health",
    "/none",
]


async def greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def ask(path: str, headers: list[tuple[str, str]], kind: str = "http", scheme: str = "") -> int:
    """Return the status of an answer; for a websocket 101 when it is accepted, else the code it is closed with."""
    app = Starlette(
        routes=[*make_routes(), WebSocketRoute("/_stcore/stream", greet)], middleware=make_middleware()
    )
    scope = {
        "type": kind, "http_version": "1.1", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(name.encode(), value.encode()) for name, value in headers],
        "scheme": scheme or ("http" if kind == "http" else "ws"), "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 5), "root_path": "", "subprotocols": [],
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""} if kind == "http" else {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    first = sent[0]
    return (
        first["status"] if kind == "http" else 101 if first["type"] == "websocket.accept" else first["code"]
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example:8501", "10.0.0.7",
     "[2001:db8::1]:8501", "user@localhost", "localhost:8501@evil.example", "localhost evil", "", "localhost:port",
     "localhost/evil", "0.0.0.0", "127.0.0.1,evil.example", "xn--lcalhost-1cf.example"],  # noqa: S104 - a name to refuse
)  # fmt: skip
def test_another_s_name_is_refused_everywhere(path: str, host: str) -> None:
    assert ask(path, [("host", host)]) == 421


@pytest.mark.parametrize(
    "host", ["localhost", OWN, "LOCALHOST:9", "127.0.0.1:8501", "127.8.9.1", "[::1]:8501", "localhost."]
)
def test_the_machine_s_own_names_are_answered(host: str) -> None:
    assert ask("/healthz", [("host", host)]) == 200
    assert ask("/_stcore/stream", [("host", host)], "websocket") == 101


def test_one_host_is_named_exactly_once() -> None:
    assert ask("/healthz", []) == 421
    assert ask("/healthz", [("host", OWN), ("host", "evil.example")]) == 421


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://evil.example:8501", "null", "http://localhost:3000", "http://localhost",
     "http://127.0.0.1:8501", "file://", "chrome-extension://abc", "http://localhost:8501.evil.example", "", "http://",
     "http://[::1", "https://localhost:8502", "http://evil@localhost:8501"],
)  # fmt: skip
def test_another_site_s_page_is_refused(origin: str) -> None:
    assert ask("/healthz", [("host", OWN), ("origin", origin)]) == 403
    assert ask("/_stcore/stream", [("host", OWN), ("origin", origin)], "websocket") == 1008


def test_its_own_page_is_answered() -> None:
    assert ask("/healthz", [("host", OWN), ("origin", "http://localhost:8501")]) == 200
    assert ask("/_stcore/stream", [("host", OWN), ("origin", "http://localhost:8501")], "websocket") == 101
    assert ask("/healthz", [("host", "localhost"), ("origin", "http://localhost:80")]) == 200


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.7:8501"])
def test_a_websocket_under_another_s_name_is_refused(host: str) -> None:
    assert ask("/_stcore/stream", [("host", host), ("origin", f"http://{host}")], "websocket") == 1008
    assert ask("/_stcore/stream", [("host", host)], "websocket") == 1008


def test_a_server_for_others_answers_under_the_names_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_HOST", "0.0.0.0")  # noqa: S104 - a server for others
    monkeypatch.setenv("KHARITA_INSECURE", "true")
    assert ask("/api", [("host", "maps.newsroom.example")]) == 421
    assert ask("/api", [("host", "0.0.0.0:8501")]) == 421
    monkeypatch.setenv("KHARITA_ALLOW_HOST", "maps.newsroom.example, 10.0.0.7,fd00::7")
    for host in (
        "maps.newsroom.example",
        "MAPS.newsroom.example:8501",
        "10.0.0.7:8501",
        "[fd00::7]:8501",
        OWN,
    ):
        assert ask("/healthz", [("host", host), ("origin", f"http://{host}")]) == 200
    assert ask("/healthz", [("host", "10.0.0.8:8501")]) == 421
    # a server in front of this one, which encrypts
    front = [("host", OWN), ("origin", "https://maps.newsroom.example")]
    assert ask("/healthz", front) == 200
    assert ask("/_stcore/stream", [("host", "maps.newsroom.example"), front[1]], "websocket") == 101
    assert ask("/healthz", [("host", "10.0.0.7:8501"), ("origin", "http://10.0.0.7:3000")]) == 403


def test_the_host_that_it_listens_on_is_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_HOST", "10.0.0.7")
    assert ask("/healthz", [("host", "10.0.0.7:8501")]) == 200
    assert ask("/healthz", [("host", "10.0.0.8:8501")]) == 421


def test_pages_connect_to_their_own_server_only() -> None:
    rules = dict(
        rule.strip().split(" ", 1) for rule in CONTENT_POLICY.format(tiles="").split(";") if rule.strip()
    )
    assert rules["connect-src"] == "'self'"


def test_what_only_this_machine_reaches() -> None:
    assert all(map(is_loopback, ("localhost", "::1", "127.1.2.3", "LOCALHOST.", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "", "::", "a", "localhost.evil.example")))  # noqa: S104


def test_an_authority_is_split() -> None:
    assert split_authority("[::1]:80") == ("::1", "80")
    assert split_authority("Name.example.") == ("name.example", "")
    assert split_authority("[0:0::1]") == ("::1", "")
    assert split_authority("a:b:c") is None


@pytest.mark.parametrize("host", ["", " "])
def test_an_empty_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="empty would mean every address"):
        Settings(host=host)


def test_an_allowed_host_is_a_name() -> None:
    with pytest.raises(ValueError, match="'http://x' is no name of a machine"):
        Settings(allow_host="ok.example,http://x")
    assert Settings(allow_host="A.example, [fd00::7]").allowed_hosts == {"a.example", "fd00::7"}

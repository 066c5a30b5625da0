"""What is asked, refused and bounded, against servers of the tests' own."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from local_sites import Site, bomb, local_fetcher, local_site, packed, reply

from dashboard import __version__
from dashboard.core.settings import Settings
from dashboard.network import Fetcher, Unfetched
from dashboard.network.fetch import MAX_REDIRECTS, user_agent
from dashboard.network.manners import Pauses

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

QUICK_S = 0.6
OPENSSL = shutil.which("openssl")


def refused(fetcher: Fetcher, url: str) -> Unfetched:
    with pytest.raises(Unfetched) as why:
        fetcher.fetch(url)
    return why.value


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, fetcher: Fetcher) -> None:
    site.run(
        "/a",
        lambda handler: reply(
            handler,
            200,
            "<p>ليبيا</p>".encode("cp1256"),
            Content_Type='text/HTML; Charset="windows-1256"',
            ETag='"7"',
            Last_Modified="Mon, 03 Mar 2025 10:00:00 GMT",
        ),
    )
    answer = fetcher.fetch(f"{site.address}/a#part")
    assert answer.data.decode("cp1256") == "<p>ليبيا</p>"
    assert (answer.media_type, answer.charset, answer.etag) == ("text/html", "windows-1256", '"7"')
    assert answer.url == f"{site.address}/a"
    _, headers = site.asked[-1]
    assert headers["user-agent"] == f"Kharita/{__version__} (reader of news feeds)"
    assert headers["host"] == site.address.removeprefix("http://")
    assert "cookie" not in headers


def test_the_user_can_say_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHARITA_CONTACT", "desk@news.example")
    assert user_agent(Settings().contact) == f"Kharita/{__version__} (+desk@news.example)"
    monkeypatch.setenv("KHARITA_CONTACT", "two words\r\nX: y")
    with pytest.raises(ValueError, match="one word"):
        Settings()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "http://user:pw@news.example/",
        "http:///a",
        "news.example",
        "https://news.example:99999/",
        "http://[::1/",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("nobody is asked")

    assert refused(Fetcher(resolve=never), url).code == "net_address"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "127.1"]
)
def test_this_machine_is_never_asked_by_itself(site: Site, host: str) -> None:
    why = refused(Fetcher(), f"http://{host}:{site.port}/")
    assert why.code in ("net_private", "net_unknown", "net_address")
    assert site.asked == []


def test_names_lead_where_they_were_looked_at(site: Site) -> None:
    """A name that leads elsewhere at the second question is asked for once a request."""
    answers = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]
    fetcher = local_fetcher(resolve=lambda _host, _port: answers.pop(0))
    site.give("/a", "words")
    assert fetcher.fetch(f"http://news.example:{site.port}/a").data == b"words"
    assert site.asked[-1][1]["host"] == f"news.example:{site.port}"
    assert len(answers) == 1  # one question for robots.txt, one for the page
    assert refused(fetcher, f"http://news.example:{site.port}/a").code == "net_private"


def test_each_redirect_is_looked_at_anew(site: Site) -> None:
    hosts = {"news.example": ["127.0.0.1"], "inside.example": ["192.168.1.1"]}
    fetcher = local_fetcher(resolve=lambda host, _port: hosts.get(host) or [host])
    for number, target in enumerate(
        ("http://inside.example/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/")
    ):
        url = site.answer(f"/{number}", 302, Location=target)
        why = refused(fetcher, url.replace("127.0.0.1", "news.example"))
        assert why.code == "net_private", target
    for number, target in enumerate(("file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "")):
        assert refused(fetcher, site.answer(f"/x{number}", 301, Location=target)).code == "net_address"


def test_redirects_are_followed_but_not_for_ever(site: Site, fetcher: Fetcher) -> None:
    site.answer("/a", 301, Location="b?x=1")
    site.answer("/b?x=1", 307, Location="/%D8%A7")
    site.give("/%D8%A7", "there")
    assert fetcher.fetch(f"{site.address}/a").url == f"{site.address}/%D8%A7"
    site.answer("/arabic", 302, Location="/ا".encode().decode("latin-1"))
    assert fetcher.fetch(f"{site.address}/arabic").data == b"there"
    site.answer("/round", 302, Location="/round")
    assert refused(fetcher, f"{site.address}/round").code == "net_redirects"
    assert site.paths().count("/round") == MAX_REDIRECTS + 1


def test_packed_answers_are_unpacked(site: Site, fetcher: Fetcher) -> None:
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    for number, (packing, data) in enumerate(
        {
            "gzip": packed("words"),
            "deflate": zlib.compress(b"words"),
            "Deflate": bare.compress(b"words") + bare.flush(),
        }.items()
    ):
        assert fetcher.fetch(site.answer(f"/{number}", 200, data, Content_Encoding=packing)).data == b"words"
    assert refused(fetcher, site.answer("/br", 200, b"x", Content_Encoding="br")).code == "net_packed"
    for name, data in {"half": packed("words")[:-6], "none": b"not packed at all"}.items():
        why = refused(fetcher, site.answer(f"/{name}", 200, data, Content_Encoding="gzip"))
        assert why.code == "net_broken"


def test_a_bomb_does_not_go_off(site: Site) -> None:
    fetcher = local_fetcher(limit=1 << 20)
    url = site.answer("/bomb", 200, bomb(), Content_Encoding="gzip")
    assert refused(fetcher, url).code == "net_large"


def test_an_endless_answer_ends(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not site.over.is_set():
            handler.wfile.write(bytes(1 << 16))

    fetcher = local_fetcher(limit=1 << 20)
    assert refused(fetcher, site.run("/endless", endless)).code == "net_large"
    said = site.answer("/said", 200, b"", Content_Length=str(1 << 30))
    assert refused(fetcher, said).code == "net_large"


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_slow_drip_is_cut_off(site: Site, where: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not site.over.wait(0.02):
            handler.wfile.write(b"a")
            handler.wfile.flush()

    site.answer("/robots.txt", 404)
    url = site.run("/drip", drip)
    fetcher = local_fetcher(seconds=QUICK_S)
    began = time.monotonic()
    assert refused(fetcher, url).code == "net_slow"
    assert time.monotonic() - began < QUICK_S * 20


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    never = threading.Event()

    def hang(_host: str, _port: int) -> list[str]:
        never.wait(60)
        return []

    assert refused(local_fetcher(seconds=0.1, resolve=hang), "http://a.example/").code == "net_slow"
    never.set()


def test_what_breaks_off_is_said_to(site: Site, fetcher: Fetcher) -> None:
    half = site.answer("/half", 200, b"half", Content_Length="400")
    assert refused(fetcher, half).code == "net_broken"

    def rubbish(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\x01 no http at all\r\n\r\n")

    assert refused(fetcher, site.run("/rubbish", rubbish)).code == "net_broken"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert refused(fetcher, f"http://127.0.0.1:{port}/").code == "net_unreachable"


@pytest.mark.parametrize(
    ("status", "code", "passing"),
    [
        (404, "net_status", False),
        (403, "net_status", False),
        (451, "net_status", False),
        (500, "net_trouble", True),
    ],
)
def test_what_a_server_refuses_is_said(
    site: Site, fetcher: Fetcher, status: int, code: str, *, passing: bool
) -> None:
    why = refused(fetcher, site.answer("/a", status))
    assert (why.code, why.passing) == (code, passing)
    assert str(status) in str(why)
    assert "127.0.0.1" in str(why)


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def told(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then":
            reply(handler, 304)
        else:
            reply(handler, 200, b"words", ETag='"1"', Last_Modified="then")

    url = site.run("/feed", told)
    first = fetcher.fetch(url)
    again = fetcher.fetch(url, etag=first.etag, modified=first.modified)
    assert (first.unchanged, again.unchanged, again.data) == (False, True, b"")


def test_a_busy_server_is_left_alone(site: Site) -> None:
    now = [1000.0]
    fetcher = local_fetcher(pauses=Pauses(clock=lambda: now[0], sleep=lambda _: None))
    url = site.answer("/a", 429, Retry_After="120")
    why = refused(fetcher, url)
    assert (why.code, why.wait_s, why.passing) == ("net_busy", 120.0, True)
    site.give("/b", "words")
    asked = len(site.asked)
    assert refused(fetcher, f"{site.address}/b").code == "net_busy"
    assert len(site.asked) == asked
    now[0] += 121
    assert fetcher.fetch(f"{site.address}/b").data == b"words"
    assert refused(fetcher, site.answer("/c", 503)).wait_s == 900


def test_no_proxy_of_the_environment_is_asked(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with local_site() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        assert fetcher.fetch(site.give("/a", "words")).data == b"words"
        assert proxy.asked == []


@pytest.mark.skipif(OPENSSL is None, reason="no openssl to make a certificate with")
def test_a_certificate_must_be_that_of_the_name(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
            "-days", "2", "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    names = []
    tls.set_servername_callback(lambda _socket, name, _context: names.append(name))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with local_site() as site:
        site.give("/a", "words")
        server = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                try:
                    accepted, _ = server.accept()
                except OSError:
                    return
                try:
                    with tls.wrap_socket(accepted, server_side=True) as safe:
                        safe.recv(4096)
                        safe.sendall(
                            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nwords"
                        )
                except OSError:
                    continue

        threading.Thread(target=serve, daemon=True).start()
        port = server.getsockname()[1]
        fetcher = local_fetcher(resolve=lambda _host, _port: ["127.0.0.1"])
        assert refused(fetcher, f"https://news.example:{port}/a").code == "net_tls"
        fetcher = local_fetcher(resolve=lambda _host, _port: ["127.0.0.1"], _tls=trusting)
        assert fetcher.fetch(f"https://news.example:{port}/a").data == b"words"
        assert refused(fetcher, f"https://other.example:{port}/a").code == "net_tls"
        assert set(names) == {"news.example", "other.example"}
        server.close()


def test_closing_breaks_off_what_is_asked(site: Site) -> None:
    fetcher = local_fetcher()
    begun = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:  # noqa: ARG001 - it says nothing
        begun.set()
        site.over.wait(30)

    url = site.run("/silent", silent)
    found: list[Unfetched] = []
    asking = threading.Thread(target=lambda: found.append(refused(fetcher, url)))
    asking.start()
    assert begun.wait(20)
    fetcher.close()
    asking.join(20)
    assert [why.code for why in found] == ["net_stopped"]
    assert refused(fetcher, url).code == "net_stopped"

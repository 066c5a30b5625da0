"""A real server in front (nginx): encrypted, under a prefix, with a log-in; nothing that is asked for is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from conftest import PATIENCE_MS, _free_port, serving
from login_provider import ADDRESS, provider, write_login
from many_places import make_many_store
from small_tiles import write_tiles

from dashboard.core.access import Role
from dashboard.core.settings import Settings
from dashboard.web.login import check_login
from dashboard.web.visit import PAGES, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, WebSocket

pytestmark = pytest.mark.e2e

SAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
NAME, BASE = "maps.newsroom.example", "/maps"
AS_IT_IS = "proxy_pass http://127.0.0.1:8501;"
# Another way to set it up: the server in front takes the prefix away and asks under the address of this machine.
TAKEN_AWAY = {
    AS_IT_IS: "proxy_pass http://127.0.0.1:8501/;",
    "proxy_set_header Host $http_host;": "",
    'X-Forwarded-Host ""': "X-Forwarded-Host $http_host",
    'X-Forwarded-Prefix ""': f"X-Forwarded-Prefix {BASE}",
}
STILL = ".stApp[data-test-script-state='notRunning']"


def settled(folder: Path, port: int, upstream: int, changes: dict[str, str]) -> Path:
    """Write the sample as it would be set up, with a certificate of the test's own; return the file."""
    openssl = shutil.which("openssl")
    assert openssl
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={NAME} -keyout key.pem -out cert.pem"
    subprocess.run([openssl, *asked.split()], cwd=folder, check=True, capture_output=True)
    site = SAMPLE.read_text(encoding="utf-8")
    own = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        f"/etc/ssl/certs/{NAME}.pem": str(folder / "cert.pem"),
        f"/etc/ssl/private/{NAME}.key": str(folder / "key.pem"),
    }
    for said, instead in (*own.items(), *changes.items(), ("127.0.0.1:8501", f"127.0.0.1:{upstream}")):
        assert said in site
        site = site.replace(said, instead)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"daemon off;\npid {folder / 'pid'};\nerror_log {folder / 'error.log'};\nevents {{}}\n"
    file = folder / "nginx.conf"
    file.write_text(f"{whole}http {{\naccess_log off;\n{temporary}{site}}}\n", encoding="utf-8")
    return file


@contextmanager
def fronting(folder: Path, port: int, upstream: int, changes: dict[str, str]) -> Iterator[None]:
    """Run nginx before a server."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        say = pytest.fail if os.environ.get("KHARITA_REQUIRE_BROWSER") else pytest.skip
        say("no nginx: install it")
    folder.mkdir()
    file = settled(folder, port, upstream, changes)
    told = [str(nginx), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(file)]
    process = subprocess.Popen(told)
    try:
        end = time.monotonic() + 30
        while not (folder / "pid").exists():
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            assert time.monotonic() < end
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def watched(browser: Browser, server: str) -> Iterator[Page]:
    """Open a browser's page; whatever it asks for must come from under the prefix, and be there."""
    context = browser.new_context(locale="en-GB", ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    odd: list[str] = []

    def look(answer: Response) -> None:
        at = answer.url
        without_gazetteer = at.startswith(f"{server}/map/towns.json?")
        if (
            at.startswith(("data:", "blob:"))
            or "/authorize?" in at
            or without_gazetteer
            or at == f"{server}?ui=en"
        ):
            return
        if not at.startswith(f"{server}/") or answer.status >= 400:
            odd.append(f"{answer.status} {at}")

    def failed(asked: Request) -> None:
        if asked.failure and "ERR_ABORTED" not in asked.failure:  # what a page that was left had asked for
            odd.append(f"{asked.failure} {asked.url}")

    def opened(socket: WebSocket) -> None:
        if not socket.url.startswith(f"{server.replace('https', 'wss', 1)}/"):
            odd.append(socket.url)

    def complained(said: ConsoleMessage) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:  # `look` has seen it
            odd.append(said.text)

    page.on("response", look)
    page.on("requestfailed", failed)
    page.on("websocket", opened)
    page.on("pageerror", lambda error: odd.append(str(error)))
    page.on("console", complained)
    try:
        yield page
        assert odd == []
    finally:
        context.close()


@pytest.mark.parametrize("changes", [{}, TAKEN_AWAY], ids=["kept", "taken away"])
def test_everything_is_found_through_a_server_in_front(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    port, front = _free_port(), _free_port()
    server = f"https://localhost:{front}{BASE}"
    monkeypatch.setenv("KHARITA_BASEMAP", str(write_tiles(tmp_path / "own.pmtiles")))
    told = {"login": True, "port": port, "base_path": BASE}
    Settings(user_data=tmp_path).access.add_person(ADDRESS, Role.ADMINISTER)
    with provider() as issuer, fronting(tmp_path / "front", front, port, changes):
        write_login(tmp_path, issuer, f"{server}/oauth2callback")
        check_login(Settings(user_data=tmp_path, **told))
        with serving(make_many_store(tmp_path), tmp_path, **told), watched(browser, server) as page:
            page.goto(f"{server}?ui=en")
            assert page.url == f"{server}/?ui=en"
            page.get_by_role("button", name="Log in").click()
            _map_is_there(page)
            assert page.url.startswith(f"{server}/")
            _every_page(page, server)
            _what_programs_ask(page, server)
            page.goto(f"{server}/?ui=en")
            page.get_by_role("button", name="Log out").click()
            page.get_by_role("button", name="Log in").wait_for()
            assert page.url.startswith(f"{server}/")


def _map_is_there(page: Page) -> None:
    page.frame_locator("iframe").locator("body[data-view]").wait_for()
    page.locator(STILL).wait_for()


def _every_page(page: Page, server: str) -> None:
    """Look at all that there is to see, and press what asks the server for more."""
    for view in VIEWS:
        compared = "&source=Harbour Post&vs=source%3D" if view == "compare" else ""
        page.goto(f"{server}/?ui=ar&view={view}{compared}")
        _map_is_there(page)
    for name in PAGES:
        page.goto(f"{server}/?ui=fr&page={name}")
        page.locator(STILL).wait_for()
    page.goto(f"{server}/?ui=en")
    _map_is_there(page)
    page.locator("[data-play='start']").click()  # the film comes beside the page
    page.locator(".kh-time.kh-playing").wait_for()
    page.locator("[data-play='stop']").click()
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.evaluate(
        "() => { kharita.state.map.setView([27, 14], 9, { animate: false }); }"
    )  # places nearer by
    frame.wait_for_function("() => document.body.dataset.nearer === '9'")
    link = page.locator(".st-key-kh-panel a[data-visit]", has=page.locator("bdi")).first
    assert urlsplit(str(link.evaluate("link => link.href"))).path == f"{BASE}/"
    page.locator(".st-key-kh-export button").click()
    page.locator(STILL).wait_for()
    with page.expect_download() as told:
        page.locator("[data-testid=stDownloadButton] button").click()
    assert Path(told.value.path()).stat().st_size > 1000


def _what_programs_ask(page: Page, server: str) -> None:
    root = server.removesuffix(BASE)
    for path in ("/healthz", "/_stcore/health", "/api", "/metrics", "/map/own/0/0/0"):
        assert page.request.get(server + path).status == 200, path
    first = page.request.get(f"{server}/api/articles?limit=1").json()
    assert page.request.get(root + first["next"]).json()["offset"] == 1
    assert page.request.get(f"{server}/reconcile").status in (200, 503)  # without a gazetteer

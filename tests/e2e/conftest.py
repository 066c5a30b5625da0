"""A real server on a store made by hand, and a browser that may not leave it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from made_store import make_store

from dashboard.core.settings import Settings
from dashboard.web.launch import address_of, command, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

CHROMIUM = os.environ.get("KHARITA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"]
PATIENCE_MS = 60_000  # a machine at work on other things takes its time


@dataclass(slots=True)
class Visited:
    """An open page, and what it asked of other hosts or said in error."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def map_ready(self) -> None:
        self.page.frame_locator("iframe").locator("body[data-points]").wait_for()

    def on_map(self, script: str, argument: object = None) -> object:
        frame = next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)
        return frame.evaluate(script, argument)

    def click_place(self, place: str) -> None:
        at = self.on_map(
            "(id) => { const d = kharita.data;"
            "const p = [...d.points, ...d.areas, ...d.countries].find((x) => x.id === id);"
            "const c = kharita.state.map.latLngToContainerPoint([p.lat, p.lon]); return [c.x, c.y]; }",
            place,
        )
        box = self.page.locator("iframe").bounding_box()
        assert box is not None
        assert isinstance(at, list)
        self.page.mouse.click(box["x"] + at[0], box["y"] + at[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the dashboard and return its address."""
    folder = tmp_path_factory.mktemp("e2e")
    with serving(make_store(folder), folder) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[[str, Path], AbstractContextManager[str]]:
    """Return what starts the dashboard on a store of the test's own."""
    return serving


@contextmanager
def serving(store: str, folder: Path, **more: Any) -> Iterator[str]:
    """Start the dashboard on a store, with a cache in a folder and more settings, and return its address."""
    told = {"port": _free_port(), "cache": folder, "user_data": folder, **more}
    settings = Settings(store=store, **told)
    log = folder / "server.log"
    with log.open("wb") as out:
        own = environment(settings) | {"LOGNAME": "amal"}  # a person's account, whoever runs the tests
        process = subprocess.Popen(command(settings), env=own, stdout=out, stderr=out)
        try:
            _wait(f"{address_of(settings)}/healthz", process, log)
            yield address_of(settings)
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes], log: object) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended; see {log}"
        try:
            with urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not answer; see {log}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    if CHROMIUM is None:
        say = pytest.fail if os.environ.get("KHARITA_REQUIRE_BROWSER") else pytest.skip
        say("no Chromium: install it, or name it in KHARITA_CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Visited]]:
    """Return a function that opens the page at an address; no page may ask another host for anything."""
    with visiting(browser, server) as opened:
        yield opened


@pytest.fixture
def browse(browser: Browser) -> Callable[[str], AbstractContextManager[Callable[..., Visited]]]:
    """Return what gives a `visit` of a server of the test's own."""
    return lambda server: visiting(browser, server)


@contextmanager
def visiting(browser: Browser, server: str) -> Iterator[Callable[..., Visited]]:
    """Return a function that opens the page of a server, and check at the end that nobody else was asked."""
    contexts, pages = [], []

    def opened(
        query: str = "?ui=en", *, width: int = 1400, height: int = 900, scheme: str = "light"
    ) -> Visited:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB"
        )
        contexts.append(context)
        visited = Visited(context.new_page())

        def guard(route: Route) -> None:
            if route.request.url.startswith((server, "data:", "blob:")):
                route.continue_()
            else:
                visited.outside.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        visited.page.on("pageerror", lambda error: visited.errors.append(str(error)))
        visited.page.set_default_timeout(PATIENCE_MS)
        visited.page.goto(f"{server}/{query}")
        pages.append(visited)
        return visited

    yield opened
    for context in contexts:
        context.close()
    assert [page.outside for page in pages] == [[] for _ in pages]
    assert [page.errors for page in pages] == [[] for _ in pages]

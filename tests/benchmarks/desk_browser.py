"""How long a visitor waits, in Chromium: for the markers, and for the card after a click on one."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from dashboard.core.settings import Settings
from dashboard.web.launch import address_of, command, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Frame, Page

__all__ = ["ARGUMENTS", "Waited", "chromium", "memory_mb", "serving", "wait_as_a_visitor"]

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
)
_PATIENCE_MS = 60_000
_CLICKS = 12
_TRIES = 10
_REST_MS = 400  # between two steps, so that one is not measured with the rest of the other
_FILLED = """(before) => document.querySelector(".kh-card .kh-counts") && document.querySelector(".kh-story")
  && document.querySelector(".kh-card h2").textContent !== before"""
_NEARER = "() => { kharita.state.map.setView([33.2, 36.4], 9, { animate: false }); }"  # where most places lie
_SPOT = """() => {
  const map = kharita.state.map, frame = map.getSize(), seen = window.seen = window.seen || new Set();
  const spots = kharita.data.points.map((place) => [place, map.latLngToContainerPoint([place.lat, place.lon])]);
  for (const [place, at] of spots) {
    const inside = at.x > 60 && at.y > 60 && at.x < frame.x * 0.6 && at.y < frame.y - 60;
    if (!inside || seen.has(place.id)) continue;
    if (spots.some(([other, there]) => other !== place && there.distanceTo(at) < other.size + 4)) continue;
    seen.add(place.id);
    return [at.x, at.y];
  }
  return null;
}"""


@dataclass(slots=True)
class Waited:
    """Seconds and megabytes.

    Attributes
    ----------
    first, again
        From navigation to markers drawn: by the first visitor after the start, and by one after that.
    cards
        From a click on a marker to the card filled.
    changes
        From a changed filter to the page that shows it.
    page_mb, changes_mb
        Sent over the page's socket: for the first page, and for each changed filter.
    memory_mb, mapped_mb
        Of the server's process at the end: its own, and what it has mapped of the store and the gazetteer,
        which the system takes back when others need it (Linux).
    """

    first: float = 0.0
    again: float = 0.0
    cards: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    page_mb: float = 0.0
    changes_mb: list[float] = field(default_factory=list)
    memory_mb: float = 0.0
    mapped_mb: float = 0.0


@dataclass(slots=True)
class _Visitor:
    """An open page, and how many bytes its socket received."""

    page: Page
    received: int = 0

    def listen(self) -> None:
        """Count what comes from now on."""
        self.page.on("websocket", lambda opened: opened.on("framereceived", lambda data: self._count(data)))  # noqa: PLW0108 - Playwright marks what it is given, and a method can't be marked

    def _count(self, data: str | bytes) -> None:
        self.received += len(data)


def chromium() -> str:
    """Return where Chromium is."""
    found = os.environ.get("KHARITA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise SystemExit("No Chromium: install it, or name it in KHARITA_CHROMIUM, or give --no-browser.")
    return found


@contextmanager
def serving(url: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Start the dashboard on a store, and return its address and the server's process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = Settings(store=url, port=port, user_data=folder)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command(settings), env=environment(settings), stdout=log, stderr=log)
        try:
            _wait(f"{address_of(settings)}/healthz")
            yield address_of(settings), process.pid
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("The server did not answer.")


def memory_mb(pid: int, kind: str) -> float:
    """Return the resident memory of a process: its own (`RssAnon`) or that of mapped files (`RssFile`)."""
    found = re.search(rf"{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) / 1000 if found else 0.0


def _drawn(page: Page) -> None:
    """Wait until markers are on the map and the list is filled."""
    page.frame_locator("iframe").first.locator("body[data-points]").wait_for()
    page.locator(".kh-list .kh-row").first.wait_for()


def _open(browser: Browser, address: str) -> tuple[_Visitor, float]:
    visitor = _Visitor(browser.new_page(viewport={"width": 1400, "height": 900}))
    visitor.listen()
    visitor.page.set_default_timeout(_PATIENCE_MS)
    began = time.perf_counter()
    visitor.page.goto(address)
    visitor.page.frame_locator("iframe").first.locator("body[data-points]").wait_for()
    visitor.page.locator(".kh-list .kh-row").first.wait_for()
    seconds = time.perf_counter() - began
    visitor.page.wait_for_timeout(_REST_MS)
    return visitor, seconds


def _next_spot(page: Page, frame: Frame) -> list[float] | None:
    """Return where a marker lies that was not clicked yet; None when there is none left in view."""
    for _ in range(_TRIES):  # what is seen from near is still on its way
        spot: list[float] | None = frame.evaluate(_SPOT)
        if spot is not None:
            return spot
        page.wait_for_timeout(_REST_MS)
    return None


def _click_cards(page: Page) -> list[float]:
    """Click on markers not clicked before, and wait until each card has its sentences."""
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    box = page.locator("iframe").first.bounding_box()
    assert box
    taken, name = [], None
    frame.evaluate(_NEARER)
    page.wait_for_timeout(5 * _REST_MS)
    for _ in range(_CLICKS):
        spot = _next_spot(page, frame)
        if spot is None:
            break
        began = time.perf_counter()
        page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
        page.wait_for_function(_FILLED, arg=name, polling=10)
        taken.append(time.perf_counter() - began)
        name = page.locator(".kh-card h2").text_content()
        page.wait_for_timeout(_REST_MS)
    return taken


def _change(visitor: _Visitor, address: str) -> tuple[float, float]:
    """Follow a link to another filter; return the seconds until the page shows it, and the megabytes sent."""
    before = visitor.received
    began = time.perf_counter()
    visitor.page.evaluate("(address) => window.khVisit(address)", address)
    visitor.page.wait_for_function("() => !document.documentElement.dataset.khBusy", polling=10)
    seconds = time.perf_counter() - began
    visitor.page.wait_for_timeout(_REST_MS)
    return seconds, (visitor.received - before) / 1e6


def wait_as_a_visitor(url: str, addresses: Sequence[str], folder: Path) -> Waited:
    """Start the dashboard on a store, visit it and click; `addresses` are query strings with a filter each."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    waited = Waited()
    with serving(url, folder) as (address, pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        visitor, waited.first = _open(browser, f"{address}/?ui=en")
        visitor.page.close()
        visitor, waited.again = _open(browser, f"{address}/?ui=en")
        waited.page_mb = visitor.received / 1e6
        for query in addresses:
            seconds, sent = _change(visitor, query)
            waited.changes.append(seconds)
            waited.changes_mb.append(sent)
        visitor.page.close()
        visitor, _ = _open(browser, f"{address}/?ui=en")
        waited.cards = _click_cards(visitor.page)
        waited.memory_mb, waited.mapped_mb = memory_mb(pid, "RssAnon"), memory_mb(pid, "RssFile")
        browser.close()
    return waited

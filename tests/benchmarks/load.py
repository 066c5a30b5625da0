"""How a server answers many at once, on 100 000 articles: `python tests/benchmarks/load.py`.

Programs ask the API without a pause, each another view of a list in its own order; browsers open the page anew and
change a filter; all the while the health route is asked ten times a second.

--store ADDRESS  where the store is made, or found again, as for desk.py
--articles N     how many articles a new store gets
--clients N      how many programs ask at once
--browsers N     how many browsers are open at once (0: none)
--views N        how many different views are asked for
--seconds N      how long
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
from desk import ARTICLES, address, make_store
from desk_browser import ARGUMENTS, chromium, memory_mb, serving
from desk_frames import percentile, try_filters
from desk_store import fill_store

from dashboard.query import facets, format_filters
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from playwright.async_api import Browser

_ASKED = (
    "/api/places.geojson?limit=100",
    "/api/articles?limit=50",
    "/map/places.json?seen=10,-20,40,60&zoom=6&ui=en",
    "/map/play.json?ui=en",
)
_PATIENCE_S = 120.0
_PAUSE_S = 0.1  # between two questions to the health route
_BUSY = 503
_READING_S = 5.0  # how long a visitor looks at what is shown


@dataclass(slots=True)
class Seen:
    """Seconds that answers took, by what was asked; how often each status came."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def add(self, what: str, began: float) -> None:
        """Note an answer that has come."""
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class Load:
    """A load under way: whom it asks, for which views (query strings), until when (seconds of the monotonic clock)."""

    base: str
    views: Sequence[str]
    end: float
    seen: Seen

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.end


async def ask(client: httpx.AsyncClient, path: str, what: str, seen: Seen) -> None:
    """Ask once, and read the answer to its end; who is told to come again later does, and the wait counts."""
    began = time.perf_counter()
    try:
        while True:
            async with client.stream("GET", path) as answer:
                async for _ in answer.aiter_raw():
                    pass
            seen.statuses[answer.status_code] += 1
            if answer.status_code != _BUSY:
                break
            await asyncio.sleep(float(answer.headers["retry-after"]))
    except httpx.HTTPError as error:
        seen.failed.append(f"{path}: {type(error).__name__}")
        return
    seen.add(what, began)


async def program(load: Load, number: int) -> None:
    """Ask for one view after the other."""
    order = Random(number)  # noqa: S311 - the same load each time
    async with httpx.AsyncClient(base_url=load.base, timeout=_PATIENCE_S) as client:
        while load.goes_on:
            path = order.choice(_ASKED)
            await ask(client, f"{path}&{order.choice(load.views)}", path.partition("?")[0], load.seen)


async def doctor(load: Load) -> None:
    """Ask whether the server is alive."""
    async with httpx.AsyncClient(base_url=load.base, timeout=_PATIENCE_S) as client:
        while load.goes_on:
            await ask(client, "/healthz", "/healthz", load.seen)
            await asyncio.sleep(_PAUSE_S)


async def visitor(browser: Browser, load: Load, number: int) -> None:
    """Open the page anew, look at it, change the filter, and look again."""
    order = Random(1000 + number)  # noqa: S311 - as above
    await asyncio.sleep(number)  # nobody comes at the very same moment
    while load.goes_on:
        context = await browser.new_context(viewport={"width": 1400, "height": 900})
        page = await context.new_page()
        page.set_default_timeout(1000 * _PATIENCE_S)
        began = time.perf_counter()
        await page.goto(f"{load.base}/?ui=en")
        await page.frame_locator("iframe").first.locator("body[data-points]").wait_for()
        await page.locator(".kh-list .kh-row").first.wait_for()
        load.seen.add("first page, markers drawn", began)
        await asyncio.sleep(_READING_S)
        began = time.perf_counter()
        await page.evaluate("(address) => window.khVisit(address)", f"?ui=en&{order.choice(load.views)}")
        await page.wait_for_function("() => !document.documentElement.dataset.khBusy", polling=50)
        load.seen.add("a changed filter, page shown", began)
        await asyncio.sleep(_READING_S)
        await context.close()


async def put_on(base: str, views: Sequence[str], chosen: argparse.Namespace) -> Seen:
    """Put the whole load on a server."""

    def begin() -> list[Coroutine[Any, Any, None]]:
        return [*(program(load, number) for number in range(chosen.clients)), doctor(load)]

    if not chosen.browsers:
        load = Load(base, views, time.monotonic() + chosen.seconds, Seen())
        await asyncio.gather(*begin())
        return load.seen
    from playwright.async_api import async_playwright  # noqa: PLC0415 - only where a browser is

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        load = Load(base, views, time.monotonic() + chosen.seconds, Seen())
        visitors = [visitor(browser, load, number) for number in range(chosen.browsers)]
        await asyncio.gather(*begin(), *visitors)
        await browser.close()
    return load.seen


def bustle() -> str:
    """Return how busy the machine is with other work, and how much of a processor is left to one program."""
    began, worked = time.perf_counter(), time.process_time()
    sum(range(30_000_000))
    share = (time.process_time() - worked) / (time.perf_counter() - began)
    return f"load average {os.getloadavg()[0]:.1f}, one program gets {share:.0%} of a processor"


def report(seen: Seen, seconds: float) -> None:
    """Print the table."""
    print("\n| asked | answers | median | 95th percentile | slowest |\n|---|---|---|---|---|")
    asked = {name: values for name, values in seen.seconds.items() if name.startswith(("/api", "/map"))}
    every = sorted(value for values in asked.values() for value in values)
    rows = {**asked, "all that programs asked": every} | {
        name: values for name, values in seen.seconds.items() if name not in asked
    }
    for name, values in sorted(rows.items()):
        told = [f"{1000 * percentile(values, share):.0f} ms" for share in (0.5, 0.95, 1)]
        print(f"| {name} | {len(values)} | {' | '.join(told)} |")
    print(
        f"\n{len(every) / seconds:.0f} answers a second; statuses {dict(seen.statuses)}; failed {len(seen.failed)}"
    )
    for line in seen.failed[:5]:
        print(line)


def main() -> None:
    """Make the store, put the load on, and say what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--store")
    options.add_argument("--articles", type=int, default=ARTICLES)
    options.add_argument("--clients", type=int, default=20)
    options.add_argument("--browsers", type=int, default=5)
    options.add_argument("--views", type=int, default=40)
    options.add_argument("--seconds", type=float, default=60)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = address(chosen.store or f"{folder}/desk.sqlite")
        make_store(url, partial(fill_store, count=chosen.articles), times=1)
        with open_store(url) as store:
            views = [urlencode(format_filters(one)) for one in try_filters(facets(store), chosen.views)]
        print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores; before: {bustle()}")
        with serving(url, Path(folder)) as (base, pid):
            seen = asyncio.run(put_on(base, views, chosen))
            memory = memory_mb(pid, "RssAnon"), memory_mb(pid, "VmHWM")
        report(seen, chosen.seconds)
        print(f"memory of the server {memory[0]:.0f} MB, with mapped files at most {memory[1]:.0f} MB")
        print(f"after: {bustle()}")


if __name__ == "__main__":
    main()

"""How fast the desk is on 100 000 articles with 1 000 000 mentions: `python tests/benchmarks/desk.py`.

--store ADDRESS  where the store is made, or found again: a file, or the URL of an empty PostgreSQL database;
                 without it, one is made for this run alone
--articles N     how many articles a new store gets
--filters N      how many filters are tried
--make           only make the store
--at-once        make it by rows as they are and indexes at the end
--times N        set each article that was made beside itself under other numbers: 10 gives a store of a million
--no-browser     leave out what Chromium measures
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from desk_browser import Waited, wait_as_a_visitor
from desk_bulk import fill_at_once, multiply
from desk_frames import CHANGE, browser_data, median, percentile, plain_folium, time_frames, try_filters
from desk_store import fill_store

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.query import Facets, Filters, facets, format_filters, place_frame
from dashboard.store import Store, open_store
from dashboard.store.opening import shown_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.gazetteer import Gazetteer

ARTICLES = 100_000
FILTERS = 60
IN_BROWSER = 15  # of the filters


def address(store: str) -> str:
    """Return the URL of a store that is named by a URL or as a file."""
    return store if "://" in store else f"sqlite:///{Path(store).as_posix()}"


def make_store(url: str, fill: Callable[[Store, Gazetteer], float], times: int) -> None:
    """Fill the store at a URL, unless it is there already, and say what it holds."""
    with open_store(url) as store:
        if not store.counts().articles:
            seconds = fill(store, ensure_index(Settings()))
            if times > 1:
                seconds += multiply(store, times)
            print(f"store made in {seconds:.0f} s: {shown_address(url)}")
        counts = store.counts()
        database = store.engine.dialect.name
    print(
        f"{counts.articles:,} articles, {counts.mentions:,} mentions of {counts.places:,} places, in {database}"
    )


def row(name: str, values: list[float], aim: str = "") -> str:
    """Return a line of the table: milliseconds, median and 95th percentile."""
    return f"| {name} | {1000 * median(values):.0f} ms | {1000 * percentile(values, 0.95):.0f} ms | {aim} |"


def report_frames(store: Store, offer: Facets, count: int) -> None:
    """Print the server's part of the table."""
    taken = time_frames(store, offer, try_filters(offer, count))
    print(
        f"\n| server, {count} filters | median | 95th percentile | of the processor | aim |\n|---|---|---|---|---|"
    )
    for name, values in taken.items():
        worked = f"{1000 * percentile([one.worked for one in values], 0.95):.0f} ms"
        aim = f"{worked} | {'250 ms' if name == CHANGE else ''}"
        print(row(name, [one.seconds for one in values], aim))
    data = browser_data(place_frame(store, Filters())).encode()
    print(f"\nData of the map of all places: {len(data) / 1000:.0f} kB")
    seconds, size = plain_folium(store)
    print(f"The plain folium way, 10 000 mentions: {seconds:.1f} s to build, {size / 1e6:.1f} MB of page")


def report_browser(waited: Waited) -> None:
    """Print Chromium's part of the table."""
    print("\n| in Chromium | median | 95th percentile | aim |\n|---|---|---|---|")
    print(f"| first visit after the start, markers drawn | {waited.first:.2f} s | | |")
    print(f"| the next visit, markers drawn | {waited.again:.2f} s | | 2 s |")
    print(row("a changed filter, page shown", waited.changes))
    print(row("a click on a marker, card filled", waited.cards, "400 ms"))
    kilobytes = [1000 * megabytes for megabytes in waited.changes_mb]
    print(f"| sent for the first page | {1000 * waited.page_mb:.0f} kB | | 300 kB |")
    often, most = median(kilobytes), percentile(kilobytes, 0.95)
    print(f"| sent for a changed filter | {often:.0f} kB | {most:.0f} kB | 300 kB |")
    print(f"| memory of the server | {waited.memory_mb:.0f} MB | | 600 MB |")
    print(f"| files that it has mapped, mostly the store | {waited.mapped_mb:.0f} MB | | |")


def measure(url: str, count: int, *, browser: bool) -> None:
    """Print the whole table for a store."""
    machine = f"{os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    with open_store(url) as store:
        offer = facets(store)
        report_frames(store, offer, count)
        tried = try_filters(offer, count)
    if browser:
        addresses = [  # after the plain one, which the first page shows
            "?" + urlencode(format_filters(filters) | {"ui": "en"}) for filters in tried[1 : 1 + IN_BROWSER]
        ]
        with tempfile.TemporaryDirectory() as folder:
            report_browser(wait_as_a_visitor(url, addresses, Path(folder)))


def main() -> None:
    """Make the store, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--store")
    options.add_argument("--articles", type=int, default=ARTICLES)
    options.add_argument("--filters", type=int, default=FILTERS)
    options.add_argument("--make", action="store_true")
    options.add_argument("--at-once", action="store_true")
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--no-browser", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = address(chosen.store or f"{folder}/desk.sqlite")
        fill = fill_at_once if chosen.at_once else fill_store
        make_store(url, partial(fill, count=chosen.articles), chosen.times)
        if not chosen.make:
            measure(url, chosen.filters, browser=not chosen.no_browser)


if __name__ == "__main__":
    main()

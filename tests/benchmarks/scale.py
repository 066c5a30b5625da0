"""How reading grows with processes and with machines: `python tests/benchmarks/scale.py`.

The same made articles go into an empty store by 1 and by 2 processes, and by 1 and by 2 workers of a Dask cluster on
this machine, in one run. Says articles a second and how each compares with one process; the ratios hold from one
machine to another, the seconds do not. Each store is compared with the first, row for row.

--articles N     how many articles
--warc N         instead: a made web archive of so many records, by 2 processes and by 2 workers
--store URL      an empty database in which to do it, such as one of PostgreSQL; else files of SQLite
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from made_articles import dense_articles, english_articles, ordinary_articles

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

from format_samples import Told, warc
from same_rows import rows_of

from dashboard.core.models import Article
from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import AHEAD, ParserPool
from dashboard.ingest import ingest
from dashboard.ingest.reading import LocalReader, PooledReader
from dashboard.intake import read_paths
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dashboard.ingest import IngestReport
    from dashboard.intake import ReadFailure

_ARTICLES = 1200
_IN_ARCHIVE = 2000  # records of one file, as in Common Crawl's news rather more
_SENTENCES = 6  # of a record: pages of news are short
_FIRST = date(2024, 1, 1)


def made(count: int) -> Iterator[Article]:
    """Yield articles of ordinary density, an eighth of them English, an eighth dense."""
    kinds = (
        ordinary_articles(count - count // 4, None),
        english_articles(count // 8),
        dense_articles(count // 8),
    )
    for number, text in enumerate(text for kind in kinds for text in kind):
        day = _FIRST + timedelta(number % 365)
        yield Article(text[:40], f"{text}\n{number}", None, f"Paper {number % 7}", None, day)


def write_archives(folder: Path, count: int) -> float:
    """Write web archives of so many records in all; return their megabytes."""
    size = 0
    articles = made(count)
    for at in range(0, count, _IN_ARCHIVE):
        some = islice(articles, min(_IN_ARCHIVE, count - at))
        data = warc([_told(at + number, one) for number, one in enumerate(some)], first=1 + at)
        (folder / f"{at:06d}.warc.gz").write_bytes(data)
        size += len(data)
    return size / 1e6


def _told(number: int, article: Article) -> Told:
    sentences = article.text.split("\n")[:_SENTENCES]
    title = f"{sentences[0][:60]} {number}"
    return Told(title, "\n".join([*sentences, f"({number})"]))


def by_processes(parser: Geoparser, jobs: int) -> Callable[[Any, Any], IngestReport]:
    """Return what ingests with so many processes of this machine."""

    def work(articles: Any, store: Any) -> IngestReport:
        if jobs == 1:
            return ingest(articles, store, LocalReader(parser))
        with ParserPool(parser, jobs) as pool:
            return ingest(articles, store, PooledReader(pool), ahead=AHEAD * jobs)

    return work


def by_workers(parser: Geoparser, jobs: int) -> Callable[[Any, Any], IngestReport]:
    """Return what ingests with so many workers of a cluster on this machine."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra, and heavy

    from dashboard.geoparse.cluster import ClusterPool  # noqa: PLC0415 - likewise

    def work(articles: Any, store: Any) -> IngestReport:
        cluster = LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None)
        with cluster, ClusterPool(parser, cluster.scheduler_address) as pool:
            return ingest(articles, store, PooledReader(pool), ahead=AHEAD * pool.jobs)

    return work


def report(
    ways: dict[str, Callable[[Any, Any], IngestReport]],
    given: Callable[[], Iterable[Article | ReadFailure]],
    address: Callable[[int], str],
) -> None:
    """Ingest the same by each way into a store of its own, and print the table."""
    print(
        "| read by | articles a second | times one process | of the processors | store |\n|---|---|---|---|---|"
    )
    first, rows = 0.0, None
    for number, (name, work) in enumerate(ways.items()):
        url = address(number)
        with open_store(url) as store:
            began, worked = time.perf_counter(), _worked()
            done = work(given(), store)
            seconds, busy = time.perf_counter() - began, _worked() - worked
        found = rows_of(url)
        same = "the first" if rows is None else "the same, row for row" if found == rows else "ANOTHER"
        rows, speed = rows or found, done.added / seconds
        first = first or speed
        print(
            f"| {name} | {speed:.0f} ({done.added:,} in {seconds:.0f} s) | {speed / first:.2f} | {busy / seconds:.2f} "
            f"| {same} |",
            flush=True,
        )


def _worked() -> float:
    """Return the processor's seconds of this process and of those that it waited for."""
    own, others = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--articles", type=int, default=_ARTICLES)
    options.add_argument("--warc", type=int, default=0)
    options.add_argument("--store")
    chosen = options.parse_args()
    parser = Geoparser(ensure_index(Settings()))
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, load before: {load}")
    with TemporaryDirectory() as kept:
        folder = Path(kept)

        def address(number: int) -> str:
            return chosen.store or f"sqlite:///{folder / str(number)}.sqlite"

        if chosen.warc:
            archives = folder / "archives"
            archives.mkdir()
            print(f"{chosen.warc:,} records, {write_archives(archives, chosen.warc):.1f} MB packed")
            ways = {"2 processes": by_processes(parser, 2), "2 workers": by_workers(parser, 2)}
            report(ways, lambda: read_paths([str(archives)]), address)
            return
        articles = list(made(chosen.articles))
        ways = {
            "1 process": by_processes(parser, 1),
            "2 processes": by_processes(parser, 2),
            "1 worker": by_workers(parser, 1),
            "2 workers": by_workers(parser, 2),
        }
        report(ways, lambda: articles, address)


if __name__ == "__main__":
    main()

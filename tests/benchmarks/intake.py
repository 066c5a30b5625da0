"""How fast news gets from files into a searchable store: `python tests/benchmarks/intake.py [NEWS.jsonl.gz]`.

Writes articles as text files with front matter into a folder of its own, and ingests them in one run: with one
process, with two, and once more when all is known. Says articles a second and, with `--profile`, where the time
of one process goes. NEWS is a file of JSON lines {title, text, date?, source?, url?}; without one, articles are
made. The ratios hold from one machine to another, the seconds do not.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import pstats
import resource
import time
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from made_articles import dense_articles, english_articles, ordinary_articles

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.geoparse.pool import AHEAD, ParserPool
from dashboard.ingest import ingest
from dashboard.intake import read_paths
from dashboard.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.ingest import IngestReport

_SHOWN = 35  # lines of a profile


def _news(path: Path, count: int) -> Iterator[dict[str, str]]:
    """Yield articles of a file, evenly spread over it."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [line for line in data.decode().split("\n") if line.strip()]
    step = max(1, len(rows) // count)
    for line in islice(rows, 0, None, step):
        yield json.loads(line)


def _made(count: int) -> Iterator[dict[str, str]]:
    kinds = (ordinary_articles(count), english_articles(count // 8 or 1), dense_articles(count // 8 or 1))
    for kind in kinds:
        for number, text in enumerate(kind):
            yield {"title": text[:40], "text": text, "source": f"Paper {number % 7}"}


def _day(written: str) -> str:
    """Return an ISO date, or nothing."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return ""


def write_files(articles: Iterator[dict[str, str]], folder: Path, count: int) -> None:
    """Write articles as Markdown with front matter, a few hundred to a folder."""
    for number, article in enumerate(islice(articles, count)):
        head = {name: article[name] for name in ("title", "url", "source") if article.get(name)}
        if day := _day(article.get("date", "")):
            head["published"] = day
        lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items())
        path = folder / f"{number // 500:03d}" / f"{number:06d}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{lines}---\n\n{article['text']}\n", encoding="utf-8")


def _run(folder: Path, url: str, parser: Geoparser, jobs: int) -> IngestReport:
    with open_store(url) as store:
        if jobs == 1:
            return ingest(read_paths([folder]), store, parser)
        with ParserPool(parser, jobs) as pool:
            return ingest(read_paths([folder]), store, pool, ahead=AHEAD * jobs)


def _say(what: str, report: IngestReport, seconds: float) -> None:
    total = report.added + report.known
    print(
        f"{what:34} {total / seconds:7.0f} articles/s   {seconds:6.1f} s   {report.added} added, "
        f"{report.copies} of them copies, {report.known} known, {len(report.failures)} failed"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("news", nargs="?", type=Path)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    parser = Geoparser(ensure_index(Settings()))
    with TemporaryDirectory() as place:
        folder = Path(place) / "news"
        folder.mkdir()
        write_files(_news(given.news, given.count) if given.news else _made(given.count), folder, given.count)
        if given.profile:
            profile = cProfile.Profile()
            profile.enable()
            _run(folder, f"sqlite:///{place}/profiled.sqlite", parser, 1)
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(_SHOWN)
            pstats.Stats(profile).sort_stats("tottime").print_stats(_SHOWN)
            return
        for what, store, jobs in (
            ("one process", "one", 1),
            (f"{given.jobs} processes", "more", given.jobs),
            ("all known", "one", 1),
        ):
            began = time.perf_counter()
            report = _run(folder, f"sqlite:///{place}/{store}.sqlite", parser, jobs)
            _say(what, report, time.perf_counter() - began)
        size = (Path(place) / "one.sqlite").stat().st_size
        print(f"store: {size / given.count / 1000:.1f} kB an article")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of one process: {peak / 1000:.0f} MB")


if __name__ == "__main__":
    main()

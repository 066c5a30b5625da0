"""How fast news gets from files into a searchable store: `python tests/benchmarks/intake.py [NEWS.jsonl.gz]`.

Writes the same articles as text files with front matter, web pages, a web archive and PDFs, and ingests each kind in
one run as `kharita ingest` does: read, parsed, copies found, stored. Text goes in with one process, with several, and
once more when all is known. Says articles a second, the processor's time, how each kind compares with text, and the
most memory that all processes held together (where Linux tells); with `--profile`, where the time of one process goes.
NEWS is a file of JSON lines {title, text, date?, source?, url?}; without one, articles are made. The ratios hold from
one machine to another, the seconds do not.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import os
import pstats
import resource
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from made_articles import dense_articles, english_articles, ordinary_articles

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

from format_samples import Told, page, pdf, warc

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
_LONG_AGO = 1_000_000_000  # when files say that they were changed: none is waited for as just being written
_EVERY_S = 0.2  # how often the memory is looked at
_IN_ARCHIVE = 500  # pages in a web archive
_PDF_ALPHABET = 99  # different letters that the PDFs made here can hold
_PDF_LETTERS = 1500  # of an article that becomes a PDF, which has one page


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
        os.utime(path, (_LONG_AGO, _LONG_AGO))


def write_kind(kind: str, articles: Iterator[dict[str, str]], folder: Path, count: int) -> None:
    """Write articles as web pages, web archives or PDFs."""
    told = [Told(one["title"], one["text"]) for one in islice(articles, count)]
    if kind == "HTML":
        files = {f"{number:06d}.html": page(one, number) for number, one in enumerate(told)}
    elif kind == "WARC":
        parts = range(0, len(told), _IN_ARCHIVE)
        files = {f"{at:06d}.warc.gz": warc(told[at : at + _IN_ARCHIVE]) for at in parts}
    else:
        short = [Told(one.title, one.body[:_PDF_LETTERS]) for one in told]
        short = [one for one in short if len(set(one.title + one.body)) < _PDF_ALPHABET]
        files = {f"{number:06d}.pdf": pdf(one, turned=True) for number, one in enumerate(short)}
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
        os.utime(folder / name, (_LONG_AGO, _LONG_AGO))


class Memory:
    """Looks now and then how much memory this process and those it started hold together, in megabytes."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def end(self) -> float:
        """Stop looking; return the most that was seen."""
        self._over.set()
        return self.most

    def _look(self) -> None:
        while not self._over.wait(_EVERY_S):
            self.most = max(self.most, sum(map(_held_mb, _processes(os.getpid()))))


def _processes(root: int) -> list[int]:
    """Return the ids of a process and of all that it started, directly or not; only of itself beyond Linux."""
    found = [root]
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _processes(int(child))
    return found


def _held_mb(process: int) -> float:
    """Return the memory of a process that is no part of a file, its share of what others hold too; 0 if unknown."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) / 1000


def _run(folder: Path, url: str, parser: Geoparser, jobs: int) -> IngestReport:
    with open_store(url) as store:
        if jobs == 1:
            return ingest(read_paths([folder]), store, parser)
        with ParserPool(parser, jobs) as pool:
            return ingest(read_paths([folder]), store, pool, ahead=AHEAD * jobs)


def _used_s() -> float:
    """Return the processor's time of this process and of those that it started and that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _measure(  # noqa: PLR0913, PLR0917 - what is read, where it goes, how, and what it is compared with
    what: str, folder: Path, url: str, parser: Geoparser, jobs: int, text_rate: float
) -> float:
    """Ingest a folder, print how fast that was, and return articles a second."""
    memory, began, used = Memory(), time.perf_counter(), _used_s()
    report = _run(folder, url, parser, jobs)
    seconds, used = time.perf_counter() - began, _used_s() - used
    total = report.added + report.known
    rate = total / seconds
    compared = f"{rate / text_rate:5.2f} of text" if text_rate else " " * 13
    print(
        f"{what:18} {rate:6.0f} articles/s {compared} {seconds:6.1f} s, processor {1000 * used / total:5.1f} ms an "
        f"article, {memory.end():4.0f} MB   {report.added} added, {report.copies} copies, {report.known} known, "
        f"{len(report.failures)} failed"
    )
    return rate


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("news", nargs="?", type=Path)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()

    def articles() -> Iterator[dict[str, str]]:
        return _news(given.news, given.count) if given.news else _made(given.count)

    parser = Geoparser(ensure_index(Settings()))
    with TemporaryDirectory() as place:
        folder = Path(place) / "news"
        folder.mkdir()
        write_files(articles(), folder, given.count)
        if given.profile:
            profile = cProfile.Profile()
            profile.enable()
            _run(folder, f"sqlite:///{place}/profiled.sqlite", parser, 1)
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(_SHOWN)
            pstats.Stats(profile).sort_stats("tottime").print_stats(_SHOWN)
            return
        jobs = given.jobs
        text = _measure(f"text, {jobs} processes", folder, f"sqlite:///{place}/more.sqlite", parser, jobs, 0)
        for kind, count in (
            ("HTML", given.count // 2),
            ("WARC", given.count // 2),
            ("PDF", given.count // 20),
        ):
            write_kind(kind, articles(), Path(place) / kind, count)
            _measure(kind, Path(place) / kind, f"sqlite:///{place}/{kind}.sqlite", parser, jobs, text)
        for what in ("text, one process", "all known"):
            _measure(what, folder, f"sqlite:///{place}/one.sqlite", parser, 1, text)
        size = (Path(place) / "one.sqlite").stat().st_size
        print(f"store: {size / given.count / 1000:.1f} kB an article")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of one process: {peak / 1000:.0f} MB")


if __name__ == "__main__":
    main()

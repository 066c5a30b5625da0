"""How fast the geoparser is, beside others on the same texts in the same run: `python tests/benchmarks/geoparse.py`.

Reports articles a second on one core and on two, start-up, peak memory, and the same for a bare pass that only
looks the names up. One core is measured in processor time, so that other work on the machine counts little; the
best of several rounds holds. The ratios hold from one machine to another, the seconds do not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from made_articles import dense_articles, english_articles, ordinary_articles
from rivals import arabic_rivals, english_rivals

from dashboard.core.settings import Settings, data_path
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.geoparse.documents import find_spans, read_batch
from dashboard.geoparse.lexicon import load_lexicon
from dashboard.geoparse.pool import ParserPool
from dashboard.geoparse.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.gazetteer.index import Gazetteer

_BATCH = 64
_START_UP = """
import time
began = time.perf_counter()
from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
parser = Geoparser(ensure_index(Settings()))
parser.parse('وصل إلى باريس')
started = time.perf_counter() - began
import resource, sys
articles = [(text, 'ar') for text in sys.stdin.read().split('\\0')]
first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in parser.parse_many(articles):
    pass
print(started, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def best_rate(work: Callable[[], object], count: int, rounds: int) -> float:
    """Return articles a second of processor time, the best of so many rounds."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return count / min(seconds)


def start_up_and_memory(articles: list[str], rounds: int) -> tuple[float, float, float]:
    """Return seconds to the first answer, and peak memory in MB after it and after all articles."""
    text = "\0".join(articles)
    runs = [
        subprocess.run(
            [sys.executable, "-c", _START_UP], input=text, capture_output=True, text=True, check=True
        )
        for _ in range(rounds)
    ]
    seconds, first, peak = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return min(seconds), min(first) / 1000, max(peak) / 1000


def _count(parser: Geoparser, texts: list[str]) -> int:
    return sum(len(x.resolutions) for x in parser.parse_many([(t, "ar") for t in texts], explain=False))


def on_cores(parser: Geoparser, articles: list[str], cores: int, rounds: int) -> float:
    """Return articles a second of wall time with so many processes."""
    pieces = [articles[at : at + _BATCH] for at in range(0, len(articles), _BATCH)]
    seconds = []
    with ParserPool(parser, cores) as pool:
        for _ in range(rounds + 1):
            began = time.perf_counter()
            list(pool.map(_count, pieces))
            seconds.append(time.perf_counter() - began)
    return len(articles) / min(seconds[1:])  # in the first round they start, and learn the words


def measure(kind: str, articles: list[str], gazetteer: Gazetteer, rounds: int) -> None:
    """Print the rates of the bare pass and of the geoparser."""
    count = len(articles)
    vocabulary = Vocabulary(gazetteer, load_lexicon(data_path() / "lexicon"))
    parser = Geoparser(gazetteer)
    pairs = [(text, "ar") for text in articles]

    def bare() -> None:
        for at in range(0, count, _BATCH):
            some = articles[at : at + _BATCH]
            find_spans(vocabulary, read_batch(vocabulary, some, ["ar"] * len(some)))

    def parse(*, explain: bool = False) -> int:
        return sum(len(x.resolutions) for x in parser.parse_many(pairs, explain=explain))

    new = best_rate(bare, count, 1), best_rate(parse, count, 1)
    rates = {
        "bare pass": best_rate(bare, count, rounds),
        "geoparser": best_rate(parse, count, rounds),
        "geoparser, with reasons": best_rate(lambda: parse(explain=True), count, rounds),
        "bare pass, words new": new[0],
        "geoparser, words new": new[1],
    }
    kilobytes = sum(len(x.encode()) for x in articles) / count / 1000
    print(f"{kind}: {count} articles of {kilobytes:.1f} kB, {parse() / count:.1f} places each; one core")
    for name, rate in rates.items():
        print(f"  {name:50} {rate:8.0f} articles/s   {rates['bare pass'] / rate:5.1f} x the bare pass's time")
    one, two = (on_cores(parser, articles, cores, rounds) for cores in (1, 2))
    print(f"  wall time: one process {one:.0f} articles/s, two {two:.0f}, {two / one:.2f} times as many")


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--anercorp", type=Path, help="words and tags, for sentences that name no place")
    options.add_argument("--alone", action="store_true", help="leave the others out")
    given = options.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":  # read when numpy is loaded, so begin again
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606 - itself
    gazetteer = ensure_index(Settings())
    ordinary, dense = ordinary_articles(given.articles, given.anercorp), dense_articles(given.articles)
    seconds, first, peak = start_up_and_memory(ordinary, given.rounds)
    mapped = gazetteer.path.stat().st_size / 1e6
    print(f"start-up, first text included: {seconds:.2f} s")
    print(f"peak memory: {first:.0f} MB then, {peak:.0f} MB after {given.articles} articles;")
    print(f"  of this the mapped gazetteer, up to {mapped:.0f} MB, is shared by all processes")
    measure("ordinary density", ordinary, gazetteer, given.rounds)
    measure("dense", dense, gazetteer, given.rounds)
    if given.alone:
        return
    some = ordinary[: max(1, given.articles // 5)]
    for texts, passes in ((some, arabic_rivals(gazetteer)), (english_articles(20), english_rivals())):
        for name, find in passes:
            rate = best_rate(
                lambda texts=texts, find=find: [find(text) for text in texts], len(texts), given.rounds
            )
            print(f"  {name:50} {rate:8.0f} articles/s")


if __name__ == "__main__":
    main()

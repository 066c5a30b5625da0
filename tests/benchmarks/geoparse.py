"""How fast the geoparser is, beside others on the same texts in the same run: `python tests/benchmarks/geoparse.py`.

Reports articles a second on one core and on two, start-up, peak memory, and the same for a bare pass that only
looks the names up. The ratios hold from one machine to another, the seconds do not.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from dashboard.core.settings import Settings, data_path
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser
from dashboard.geoparse.documents import find_spans, read_batch
from dashboard.geoparse.gold import read_texts
from dashboard.geoparse.lexicon import load_lexicon
from dashboard.geoparse.vocabulary import Vocabulary

SIZE = 4600  # bytes of an article


def make_articles(count: int) -> list[str]:
    """Return articles of about 4.6 kB made of the annotated Arabic briefs, each set in another order."""
    gold = data_path() / "gold"
    texts = [
        text
        for part in ("train", "dev", "test")
        for ident, text in read_texts(gold / f"{part}.texts.jsonl").items()
        if ident.startswith("ar")
    ]
    articles, at = [], 0
    step = 1
    for number in range(count):
        pieces, size = [], 0
        while size < SIZE:
            text = texts[at % len(texts)]
            pieces.append(text)
            size += len(text.encode())
            at += step
        articles.append("\n".join(pieces))
        step = 1 + (number * 7) % 89
    return articles


_PARSER: list[Geoparser] = []


def _start() -> None:
    _PARSER.append(Geoparser(ensure_index(Settings())))


def _work(texts: list[str]) -> int:
    return sum(len(x.resolutions) for x in _PARSER[0].parse_many([(t, "ar") for t in texts], explain=False))


def on_two_cores(articles: list[str]) -> float:
    """Return articles a second with two processes, each fed half."""
    halves = [articles[::2], articles[1::2]]
    with ProcessPoolExecutor(2, initializer=_start) as pool:
        list(pool.map(_work, halves))  # words are learned before the clock starts, as below
        began = time.perf_counter()
        list(pool.map(_work, halves))
        return len(articles) / (time.perf_counter() - began)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=1000)
    count = options.parse_args().articles
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    articles = make_articles(count)
    kilobytes = sum(len(x.encode()) for x in articles) / len(articles) / 1000
    gazetteer = ensure_index(Settings())
    code = (
        "import time; b = time.perf_counter(); from dashboard.geoparse import Geoparser;"
        "from dashboard.gazetteer import ensure_index; from dashboard.core.settings import Settings;"
        "Geoparser(ensure_index(Settings())).parse('وصل إلى باريس'); print(time.perf_counter() - b)"
    )
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print(f"start-up, first text included: {float(started.stdout):.2f} s")

    vocabulary = Vocabulary(gazetteer, load_lexicon(data_path() / "lexicon"))
    rates = {}
    for name in ("bare pass, words new", "bare pass"):
        began = time.perf_counter()
        for at in range(0, count, 32):
            some = articles[at : at + 32]
            find_spans(vocabulary, read_batch(vocabulary, some, ["ar"] * len(some)))
        rates[name] = count / (time.perf_counter() - began)
    parser = Geoparser(gazetteer)
    for name in ("geoparser, words new", "geoparser"):
        began = time.perf_counter()
        found = sum(
            len(x.resolutions) for x in parser.parse_many([(t, "ar") for t in articles], explain=False)
        )
        rates[name] = count / (time.perf_counter() - began)
    print(f"{count} articles of {kilobytes:.1f} kB, {found / count:.1f} places each, one core:")
    for name, rate in rates.items():
        print(f"  {name:24} {rate:8.0f} articles/s   {rates['bare pass'] / rate:5.1f} x the bare pass's time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    mapped = gazetteer.path.stat().st_size / 1e6
    print(f"peak memory {peak:.0f} MB, of which the mapped gazetteer, {mapped:.0f} MB, is shared")
    two = on_two_cores(articles)
    print(f"  {'geoparser, two cores':24} {two:8.0f} articles/s   {two / rates['geoparser']:5.2f} x one core")


if __name__ == "__main__":
    main()

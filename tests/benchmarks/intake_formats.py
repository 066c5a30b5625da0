"""How fast pages, web archives and PDFs are read: `python tests/benchmarks/intake_formats.py [PROCESSES]`.

Reading only, in worker processes, from bytes in memory to articles; the first file of each kind, which loads the
libraries, is not counted.
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

from format_samples import TOLD, Told, page, pdf, warc

from dashboard.core.models import Article
from dashboard.intake.draft import Options
from dashboard.intake.pool import ReaderPool
from dashboard.intake.worker import Task

LONG = [Told(one.title, "\n".join(f"{one.body} {number}" for number in range(4))) for one in TOLD]
SHORT = TOLD[:1]


def rate(name: str, processes: int, files: list[tuple[bytes, str]]) -> None:
    """Print articles a second of one kind."""
    tasks = [Task(data, file_name, Options()) for data, file_name in files]
    with ReaderPool(processes) as pool:
        warm = [tasks[0]] * processes
        items = pool.read([*warm, *tasks])
        for _ in islice(items, len(warm)):
            pass
        began = time.perf_counter()
        articles = sum(isinstance(item, Article) for item in items)
        seconds = time.perf_counter() - began
    print(f"{name:6} {articles:6} articles {seconds:7.2f} s {articles / seconds:7.0f} a second")


def main() -> None:
    """Measure."""
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    rate("HTML", processes, [(page(LONG[number % 2], number), f"{number}.html") for number in range(600)])
    rate("WARC", processes, [(warc(LONG * 150), f"{number}.warc.gz") for number in range(2)])
    rate("PDF", processes, [(pdf(SHORT[0], turned=True), f"{number}.pdf") for number in range(60)])


if __name__ == "__main__":
    main()

"""How fast the desk is on 100 000 articles with 1 000 000 mentions: `python tests/benchmarks/desk.py`.

--store PATH     where the store is made, or found again; without it, one is made for this run alone
--articles N     how many articles a new store gets
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from desk_store import fill_store

from dashboard.core.settings import Settings
from dashboard.gazetteer import ensure_index
from dashboard.store import open_store

ARTICLES = 100_000


def make_store(path: Path, count: int) -> None:
    """Fill the store at a path, unless it is there already, and say what it holds."""
    with open_store(f"sqlite:///{path.as_posix()}") as store:
        if not store.counts().articles:
            seconds = fill_store(store, ensure_index(Settings()), count)
            print(f"store made in {seconds:.0f} s: {path}")
        counts = store.counts()
    size = path.stat().st_size / 1e6
    print(
        f"{counts.articles:,} articles, {counts.mentions:,} mentions of {counts.places:,} places, {size:,.0f} MB"
    )


def main() -> None:
    """Make the store."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--store", type=Path)
    options.add_argument("--articles", type=int, default=ARTICLES)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_store(chosen.store or Path(folder) / "desk.sqlite", chosen.articles)


if __name__ == "__main__":
    main()

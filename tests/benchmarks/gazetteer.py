"""What the gazetteer of all of GeoNames costs: `python tests/benchmarks/gazetteer.py`.

Makes dumps of a million features and more than a million names (or takes real ones: --geonames,
--alternate-names), builds from them in a process of its own, and sets the result beside the default
gazetteer in the same run: look-ups and articles a second, as ratios, since seconds differ between machines.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER.parent / "fixtures"), str(FOLDER)]

from made_dumps import write_dumps  # noqa: E402 - found by the line above

from dashboard.core.settings import Settings, data_path  # noqa: E402
from dashboard.gazetteer import Gazetteer, ensure_index  # noqa: E402
from dashboard.gazetteer.locate import full_index_path  # noqa: E402
from dashboard.gazetteer.user_places import UserPlace, add_place  # noqa: E402
from dashboard.geoparse import Geoparser  # noqa: E402
from dashboard.geoparse.gold import read_texts  # noqa: E402

ROUNDS = 3


def build(settings: Settings, places: Path, names: Path | None) -> None:
    """Build from dumps in a process of its own; tell its time, memory and the size of the file."""
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "gazetteer", "build"]
    command += ["--geonames", str(places)] + (["--alternate-names", str(names)] if names else [])
    folders = {"KHARITA_CACHE": str(settings.cache), "KHARITA_USER_DATA": str(settings.user_data)}
    began = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, **folders})
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    full = Gazetteer.open(full_index_path(settings))
    size = full.path.stat().st_size / 1e6
    print(f"build: {full.meta['made_from']['read']:,} features read, {len(full):,} places kept")
    print(f"  {seconds:.0f} s, peak memory {peak:.0f} MB, file {size:.0f} MB")


def read_texts_of_gold() -> list[tuple[str, str]]:
    """Return the annotated briefs, which are dense in places."""
    gold = data_path() / "gold"
    return [
        (text, ident[:2])
        for part in ("train", "dev", "test")
        for ident, text in read_texts(gold / f"{part}.texts.jsonl").items()
    ]


def lookups_a_second(gazetteer: Gazetteer, names: list[str]) -> float:
    """Return how many names are looked up in a second."""
    began = time.perf_counter()
    for name in names:
        gazetteer.lookup(name)
    return len(names) / (time.perf_counter() - began)


def articles_a_second(parser: Geoparser, texts: list[tuple[str, str]]) -> tuple[float, int]:
    """Return texts parsed in a second, and how many places were found."""
    began = time.perf_counter()
    found = sum(len(parse.resolutions) for parse in parser.parse_many(texts, explain=False))
    return len(texts) / (time.perf_counter() - began), found


def compare(small: Gazetteer, big: Gazetteer) -> None:
    """Print look-up and parse speed of both, the best of some rounds taken in turn."""
    texts = read_texts_of_gold()
    names = [name for row in range(0, len(small), 50) for name in small.names(row)[:2]]
    parsers = {"default": Geoparser(small), "from dumps": Geoparser(big)}
    rates = {name: [0.0, 0.0, 0.0] for name in parsers}
    found: dict[str, int] = {}
    for number in range(ROUNDS + 1):  # the first round learns the words
        for name, parser in parsers.items():
            rate, found[name] = articles_a_second(parser, texts)
            rates[name][1 if number else 2] = max(rates[name][1 if number else 2], rate)
            looked_up = lookups_a_second(small if name == "default" else big, names)
            rates[name][0] = max(rates[name][0], looked_up)
    print(f"{'':12} {'look-ups/s':>12} {'articles/s':>12} {'words new':>12} {'places found':>14}")
    for name, (lookups, articles, fresh) in rates.items():
        print(f"{name:12} {lookups:12,.0f} {articles:12,.0f} {fresh:12,.0f} {found[name]:14,}")
    ratios = [rates["from dumps"][at] / rates["default"][at] for at in range(3)]
    print(f"{'ratio':12} " + " ".join(f"{ratio:12.2f}" for ratio in ratios))


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--geonames", type=Path)
    options.add_argument("--alternate-names", type=Path)
    options.add_argument("--keep", type=Path, help="folder for the dumps and the index, kept")
    chosen = options.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        places, names = chosen.geonames, chosen.alternate_names
        if places is None:
            places, names = folder / "allCountries.zip", folder / "alternateNamesV2.zip"
            if not places.exists():
                write_dumps(folder, chosen.rows, chosen.rows)
        settings = Settings(cache=folder / "cache", user_data=folder / "data")
        build(settings, places, names)
        big = ensure_index(settings)
        compare(ensure_index(Settings(user_data=folder / "none")), big)
        began = time.perf_counter()
        add_place(settings, UserPlace("Qasr al Wadi Post", 30.0, 15.0, country="LY"))
        ensure_index(settings)
        print(f"a place added by hand: {time.perf_counter() - began:.1f} s until it is there")


if __name__ == "__main__":
    main()

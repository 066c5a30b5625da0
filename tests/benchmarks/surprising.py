"""Which pins over a body of news are surprising: small places, far from what else their articles name, spelt one way?

    python tests/benchmarks/surprising.py ant_2018.jsonl.gz --articles 3000 --show 100

A pin is surprising if its place has few inhabitants and is no curated one of the beat, if it lies far from every
other place of its article (countries count by their own outline's extent), and if the whole sample knows the place
by one spelling only. Most of them are wrong, and the same ones come back: `docs/surprising.md` tells what they were.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.core.settings import Settings
from dashboard.core.text import fold_name
from dashboard.gazetteer import ensure_index
from dashboard.geoparse import Geoparser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.core.models import Parse, Place

_SMALL = 100_000
_FAR_KM = 1000.0
_SURE = 0.5
_CONTEXT = 40


class Pin(NamedTuple):
    """One mention that is drawn."""

    place: Place
    surface: str
    around: str
    alone: bool


def texts(path: Path, wanted: int) -> Iterator[str]:
    """Yield texts spread evenly over a file of JSON lines, packed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        lines = file.readlines()
    step = max(len(lines) // wanted, 1)
    for line in lines[::step][:wanted]:
        row: dict[str, Any] = orjson.loads(line)
        yield row["text"]


def pins_of(text: str, parse: Parse) -> list[Pin]:
    """Return the pins of one article; `alone` are those far from all others."""
    shown = [one for one in parse.resolutions if one.place and one.confidence >= _SURE]
    found = []
    for one in shown:
        place = one.place
        assert place is not None
        others = [other.place for other in shown if other.place and other.place.id != place.id]
        near = any(
            other.country == place.country
            or distance_km(place.latitude, place.longitude, other.latitude, other.longitude)
            <= _FAR_KM + other.radius_km
            for other in others
        )
        start, end = one.mention.start, one.mention.end
        around = f"{text[max(start - _CONTEXT, 0) : start]}[{text[start:end]}]{text[end : end + _CONTEXT]}"
        found.append(Pin(place, one.mention.text, " ".join(around.split()), not near))
    return found


def main() -> None:
    """Print the surprising pins, those of most articles first, and their share."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path, help="JSON lines with `text`, perhaps packed")
    parser.add_argument("--articles", type=int, default=3000, help="how many, spread over the file")
    parser.add_argument("--show", type=int, default=100, help="how many places to print")
    asked = parser.parse_args()
    geoparser = Geoparser(ensure_index(Settings()))
    sample = list(texts(asked.news, asked.articles))
    surfaces: defaultdict[str, set[str]] = defaultdict(set)
    odd: defaultdict[str, list[Pin]] = defaultdict(list)
    drawn: Counter[str] = Counter()
    parses = geoparser.parse_many(((text, None) for text in sample), explain=False)
    for text, parse in zip(sample, parses, strict=True):
        seen = set()
        for pin in pins_of(text, parse):
            surfaces[pin.place.id].add(fold_name(pin.surface))
            drawn[pin.place.id] += 1
            small = pin.place.kind is Kind.CITY and pin.place.population < _SMALL
            if small and pin.alone and pin.place.id not in seen:
                seen.add(pin.place.id)
                odd[pin.place.id].append(pin)
    listed = sorted((pins for ident, pins in odd.items() if len(surfaces[ident]) == 1), key=len, reverse=True)
    share = np.sum([len(pins) for pins in listed]) / max(drawn.total(), 1)
    print(
        f"{len(sample)} articles, {drawn.total()} pins; {len(listed)} surprising places, {share:.2%} of the pins"
    )
    for pins in listed[: asked.show]:
        place = pins[0].place
        print(
            f"{len(pins):3} {pins[0].surface} = {place.name}, {place.country} {place.population} {place.id}"
        )
        print(f"      {pins[0].around}")


if __name__ == "__main__":
    main()

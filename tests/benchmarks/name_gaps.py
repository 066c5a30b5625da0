"""Which names of a corpus does the gazetteer lack altogether? Shares by type, and the frequent ones that are lacking.

    python tests/benchmarks/name_gaps.py idrisi_ar_train.jsonl aqmar_dev.jsonl --news ant_2018.jsonl.gz

A name counts as known if the gazetteer holds it as it stands, or behind a particle (و ف ب ل ك, لل); a name that
only sounds alike does not count. `within 161 km` is of the known ones whose point the corpus tells. From news
without labels come the words behind place heads and prepositions of place that are rare as words; most of them
are places, not all.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.core.geo import distance_km
from dashboard.core.settings import Settings
from dashboard.core.text import fold_name
from dashboard.gazetteer import Gazetteer, ensure_index
from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.clitics import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR_KM = 161.0
_HEADS = (
    "مدينة بلدة قرية ناحية قضاء مديرية محافظة ولاية بلدية مخيم حي منطقة معبر مطار ميناء دوار عزلة وادي جبل "
    "إقليم مركز هجرة ضيعة حاجز سد جسر"
)
_BEHIND = re.compile(rf"(?<!\w)[وفبلك]?(?:ال)?(?:{'|'.join(_HEADS.split())}) (\w+(?: \w+)?)")


def hits(gazetteer: Gazetteer, name: str) -> list[int]:
    """Return the rows of the places that bear a name, also behind a particle."""
    folded = fold_name(name.replace("_", " ").strip("#"))
    first, _, rest = folded.partition(" ")
    found: list[int] = []
    for form in forms(first) if first else ():
        whole = f"{form.name} {rest}" if rest else form.name
        found += [hit.row for hit in gazetteer.lookup(whole) if not hit.flags & NameFlag.VARIANT]
    return found


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON lines, packed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield from map(orjson.loads, file)


def report_gold(gazetteer: Gazetteer, path: Path, listed: int) -> None:
    """Print the shares of one gold file, and the names that are lacking."""
    total: Counter[str] = Counter()
    known: Counter[str] = Counter()
    pointed: Counter[str] = Counter()
    near: Counter[str] = Counter()
    lacking: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in rows(path):
        for name in line["toponyms"]:
            kind = name.get("type") or "LOC"
            total[kind] += 1
            found = hits(gazetteer, name["text"])
            if not found:
                lacking[kind][name["text"]] += 1
                continue
            known[kind] += 1
            if name.get("lat") is not None:
                pointed[kind] += 1
                near[kind] += any(
                    distance_km(
                        name["lat"],
                        name["lon"],
                        float(gazetteer.latitude[row]),
                        float(gazetteer.longitude[row]),
                    )
                    <= max(_NEAR_KM, float(gazetteer.radius_km[row]))
                    for row in found
                )
    print(f"{path.name}: {total.total()} names, {known.total() / total.total():.1%} known")
    for kind, count in total.most_common():
        share = f"{near[kind] / pointed[kind]:.0%} of {pointed[kind]}" if pointed[kind] else "-"
        print(f"  {kind:5} {count:5}  known {known[kind] / count:6.1%}  within 161 km {share}")
        if listed:
            print("     ", "، ".join(f"{text} {times}" for text, times in lacking[kind].most_common(listed)))


def report_news(gazetteer: Gazetteer, path: Path, listed: int) -> None:
    """Print how often what stands behind a place head is known, and the frequent unknown ones."""
    known = total = 0
    lacking: Counter[str] = Counter()
    for line in rows(path):
        for match in _BEHIND.finditer(line["text"]):
            two = match.group(1)
            one = two.partition(" ")[0]
            total += 1
            if hits(gazetteer, two) or hits(gazetteer, one):
                known += 1
            else:
                lacking[one] += 1
    print(f"{path.name}: {total} words behind a place head, {known / max(total, 1):.1%} begin a known name")
    if listed:
        print("     ", "، ".join(f"{text} {times}" for text, times in lacking.most_common(listed)))


def main() -> None:
    """Print all that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, help="JSON lines with `text` and `toponyms`")
    parser.add_argument("--news", type=Path, help="JSON lines with `text`, perhaps packed")
    parser.add_argument("--list", type=int, default=0, help="how many lacking names to print of each type")
    asked = parser.parse_args()
    gazetteer = ensure_index(Settings())
    print(gazetteer.id)
    for path in asked.gold:
        report_gold(gazetteer, path, asked.list)
    if asked.news:
        report_news(gazetteer, asked.news, asked.list)


if __name__ == "__main__":
    main()

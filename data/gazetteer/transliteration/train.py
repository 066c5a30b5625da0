"""Fits the model to the places whose Arabic name is known."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from transliteration.align import best_alignment, learn_units
from transliteration.latin import ARAB, GROUPS, plain, prepare
from transliteration.model import Aligned, Model, Settings
from transliteration.towns import clean_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from transliteration.towns import Town

_CLEAN = 2.0  # weight of a pair of the project's own tables
_OTHER = 0.3  # weight of an Arabic name that is not the likeliest
_DOUBTFUL = 0.3
_SAMPLE = 8_000  # pairs that expectations are taken over
_WORST = -5.5  # mean log probability of a unit below which two names are no transliterations
_RARE = 8  # a marked letter met less often is taken for the plain one
_LARGEST = 3  # Arabic names of one place
# Of the countries whose small towns were spelt by machine and would outnumber all others: every n-th town.
_THINNED = {"US": 4}
_ARABIC_SIGNS = re.compile("[يكةأإؤئىء]")  # none of them: it may as well be Persian or Urdu
_HARD_G = re.compile("g(?![eiyéèh])")
_SOFT = re.compile("j|g[eiyéè]|ch|dj|zh|ž|c[ei]")


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
        if town.id % _THINNED.get(town.country, 1):
            continue
        for place, arabic in enumerate(town.arabic[:_LARGEST]):
            for latin, own in town.latin:
                weight = min(1.0, own) * (_OTHER if place else 1.0) * _trust(latin, arabic, town.country)
                if weight:
                    found.append(Example(latin, arabic.replace("-", " "), town.country, weight))
    for latin, arabic, country in clean_pairs(tables):
        spelt = prepare(latin, country)
        if spelt:
            found.append(Example(spelt, arabic.replace("-", " "), country, _CLEAN))
    return found


def _trust(latin: str, arabic: str, country: str) -> float:
    """Return how far a spelling is that of Arabic news, and not Persian or that of one country."""
    if country in ARAB or country in GROUPS["persian"]:
        return 1.0
    if is_persian(latin, arabic):
        return 0.0
    trust = 1.0 if _ARABIC_SIGNS.search(arabic) else _DOUBTFUL
    return trust * _DOUBTFUL if is_egyptian(latin, arabic) else trust


def is_persian(latin: str, arabic: str) -> bool:
    """Tell whether v is written و, as Persian does."""
    return "v" in latin and "ف" not in arabic and "و" in arabic


def is_egyptian(latin: str, arabic: str) -> bool:
    """Tell whether a hard g is written ج, as only Egypt does."""
    return "ج" in arabic and _HARD_G.search(latin) is not None and not _SOFT.search(latin)


def simplify(latin: str, known: frozenset[str]) -> str:
    """Return a name whose letters are all known, where that can be."""
    return "".join(letter if letter in known else plain(letter) for letter in latin)


def fit(found: list[Example], settings: Settings) -> tuple[Model, frozenset[str]]:
    """Return the model, and the Latin letters it knows."""
    letters = Counter(letter for example in found for letter in example.latin)
    known = frozenset(letter for letter, count in letters.items() if count >= _RARE)
    pairs: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    for latin, arabic, country, weight in found:
        pairs[simplify(latin, known), arabic, country] += weight
    distinct = list(dict.fromkeys((latin, arabic) for latin, arabic, _ in pairs))
    weights = learn_units(distinct[:: max(1, len(distinct) // _SAMPLE)])
    logs = {unit: math.log(weight) for unit, weight in weights.items()}
    aligned = {pair: best_alignment(*pair, logs) for pair in distinct}
    names = [
        Aligned(tuple(aligned[latin, arabic][1]), country, weight)
        for (latin, arabic, country), weight in pairs.items()
        if aligned[latin, arabic][0] > _WORST
    ]
    model = Model(settings)
    model.fit(names)
    return model, known

"""Many-to-many alignment of Latin and Arabic letters by expectation maximisation.

References
----------
Jiampojamarn, Kondrak, Sherif: Applying many-to-many alignments and hidden Markov models to
letter-to-phoneme conversion, NAACL 2007.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Unit = tuple[str, str]  # some Latin letters, and the Arabic ones that stand for them
Pair = tuple[str, str]

# How many Latin letters may stand for how many Arabic ones.
SHAPES = ((1, 1), (1, 0), (2, 1), (1, 2), (2, 0), (3, 1), (2, 2), (3, 2))
# Two Arabic letters that two or three Latin ones write together (ch); others are aligned one by one.
TOGETHER = frozenset({"تش", "دج"})
ARTICLE = "@"
_EITHER = frozenset("hwy")
_VOWELS = frozenset("aeiouāīūáàâäãåéèêëíîïóòôöøúùûüýıəơ") | _EITHER
_CONSONANTS = frozenset("bcdfgjklmnpqrstvxzßçćčđğħłńňřşšţţžżḏḑḩṟẕẖʐʐñ’‘") | _EITHER
# What each shape is worth before anything is learned: one letter for one is the rule.
_PRIOR = {(1, 1): 1.0, (1, 0): 0.2, (2, 1): 0.05, (1, 2): 0.02, (2, 0): 0.002, (3, 1): 0.005, (2, 2): 0.05,
          (3, 2): 0.05}  # fmt: skip
# What it stays worth: without this, long units win, as a name then has fewer of them.
_WORTH = {(1, 1): 1.0, (1, 0): 1.0, (2, 1): 0.2, (1, 2): 0.1, (2, 0): 0.05, (3, 1): 0.05, (2, 2): 0.2,
          (3, 2): 0.1}  # fmt: skip
_LEAST = 2e-7


def is_unit(latin: str, arabic: str) -> bool:
    """Tell whether these letters may be aligned with each other."""
    if ARTICLE in latin:
        return latin == ARTICLE and arabic in ("ال", "ا", "")
    if " " in latin:
        return latin == " " and arabic in (" ", "")
    if " " in arabic:
        return False
    if len(latin) == 1:
        return True
    if len(arabic) > 1 and arabic not in TOGETHER:
        return False
    # Of one kind, vowels or consonants; h, w and y are both.
    letters = set(latin)
    return letters <= _VOWELS or letters <= _CONSONANTS


def _arcs(latin: str, arabic: str) -> list[list[tuple[int, Unit]]]:
    """Return, for each node `i * (len(arabic) + 1) + j`, the nodes it leads to with the units between."""
    n, m = len(latin), len(arabic)
    arcs: list[list[tuple[int, Unit]]] = []
    slack = 3 + abs(n - m)
    for i in range(n + 1):
        for j in range(m + 1):
            out: list[tuple[int, Unit]] = []
            arcs.append(out)
            if abs(i - j) > slack:
                continue
            for a, b in SHAPES:
                if i + a <= n and j + b <= m:
                    unit = (latin[i : i + a], arabic[j : j + b])
                    if is_unit(*unit):
                        out.append(((i + a) * (m + 1) + j + b, unit))
    return arcs


def _first_guess(pairs: Iterable[Pair]) -> dict[Unit, float]:
    """Weigh units by how often their letters stand at about the same place of both names."""
    counts: defaultdict[Unit, float] = defaultdict(float)
    for latin, arabic in pairs:
        for out in _arcs(latin, arabic):
            for _, unit in out:
                shape = (len(unit[0]), len(unit[1]))
                counts[unit] += _PRIOR[shape]
    left: defaultdict[str, float] = defaultdict(float)
    right: defaultdict[str, float] = defaultdict(float)
    for (latin, arabic), count in counts.items():
        left[latin] += count
        right[arabic] += count
    # Letters that meet more often than chance would have it.
    return {
        (a, b): _PRIOR[len(a), len(b)] * count / math.sqrt(left[a] * right[b])
        for (a, b), count in counts.items()
    }


def learn_units(pairs: Sequence[Pair], rounds: int = 5) -> dict[Unit, float]:
    """Return the probability of each unit.

    Parameters
    ----------
    pairs
        Latin and Arabic names; those that cannot be aligned are passed over.
    rounds
        How often expectations are taken.
    """
    weights = _first_guess(pairs)
    for _ in range(rounds):
        counts: defaultdict[Unit, float] = defaultdict(float)
        for latin, arabic in pairs:
            _expect(latin, arabic, weights, counts)
        total = sum(counts.values())
        weights = {
            unit: count / total * _WORTH[len(unit[0]), len(unit[1])]
            for unit, count in counts.items()
            if count > _LEAST * total
        }
    return weights


def _expect(latin: str, arabic: str, weights: Mapping[Unit, float], counts: defaultdict[Unit, float]) -> None:
    """Add to `counts` how often each unit is expected in one pair."""
    arcs = _arcs(latin, arabic)
    weigh = weights.get
    forward = [0.0] * len(arcs)
    forward[0] = 1.0
    live: list[tuple[int, int, Unit, float]] = []
    for node, out in enumerate(arcs):
        mass = forward[node]
        if mass:
            for to, unit in out:
                weight = weigh(unit)
                if weight:
                    forward[to] += mass * weight
                    live.append((node, to, unit, weight))
    total = forward[-1]
    if not total:
        return
    backward = [0.0] * len(arcs)
    backward[-1] = 1.0 / total
    for node, to, unit, weight in reversed(live):
        mass = backward[to] * weight
        if mass:
            backward[node] += mass
            counts[unit] += forward[node] * mass


def best_alignment(latin: str, arabic: str, logs: Mapping[Unit, float]) -> tuple[float, list[Unit]]:
    """Return the mean log probability of a unit in the best alignment, and its units; empty for none.

    Parameters
    ----------
    logs
        Natural logarithm of each unit's probability.
    """
    arcs = _arcs(latin, arabic)
    best = [-math.inf] * len(arcs)
    best[0] = 0.0
    came: list[tuple[int, Unit] | None] = [None] * len(arcs)
    for node, out in enumerate(arcs):
        if best[node] == -math.inf:
            continue
        for to, unit in out:
            score = best[node] + logs.get(unit, -math.inf)
            if score > best[to]:
                best[to], came[to] = score, (node, unit)
    units: list[Unit] = []
    node = len(arcs) - 1
    while came[node] is not None:
        step = came[node]
        assert step is not None
        node, unit = step
        units.append(unit)
    if not units or node:
        return -math.inf, []
    return best[-1] / len(units), units[::-1]

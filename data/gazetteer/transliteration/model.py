"""A maximum-entropy Markov model: the Arabic letters of each Latin one, from the letters around it.

For each Latin letter a logistic regression weighs the units that may begin there, by the letters on both
sides, the units chosen before, and the country. A beam search finds the likeliest whole spellings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from transliteration.latin import GROUP_OF, is_romanised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from transliteration.align import Unit

_EDGE = "_"
_REACH = 4  # letters looked at on either side
_VOWELS = frozenset("aeiouāīūáàâäãåéèêëíîïóòôöøúùûüýıəơy")


class Settings(NamedTuple):
    """What was tuned on the names held out.

    Attributes
    ----------
    strength
        Inverse of the regularisation.
    least_unit, least_feature
        How often a unit or feature must be seen to count.
    beam
        Beginnings kept at each Latin letter.
    """

    strength: float = 1.0
    least_unit: float = 2.0
    least_feature: int = 3
    beam: int = 12
    iterations: int = 40


class Aligned(NamedTuple):
    """One name in units, to learn from."""

    units: tuple[Unit, ...]
    country: str
    weight: float


class _Letter(NamedTuple):
    """What was learned of one Latin letter: weights of features (rows) for units (columns)."""

    units: list[Unit]
    rows: dict[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def _around(padded: str, at: int, country: str, style: str) -> Iterator[str]:
    """Give the features of one letter that hang on the Latin name and the country alone."""
    b3, b2, b1 = padded[at - 3], padded[at - 2], padded[at - 1]
    a1, a2, a3 = padded[at + 1], padded[at + 2], padded[at + 3]
    group = GROUP_OF.get(country, "")
    shape = "".join(
        "_" if one == _EDGE else " " if one == " " else "v" if one in _VOWELS else "c"
        for one in padded[at - 3 : at + 4]
    )
    near = (
        f"b{b1}", f"a{a1}", f"n{b1}{a1}", f"f{a1}{a2}", f"g{b2}{b1}", f"h{b1}{a1}{a2}", f"i{b2}{b1}{a1}",
    )  # fmt: skip
    yield from near
    yield from (
        f"c{b2}", f"d{a2}", f"e{a3}", f"E{b3}", f"j{b2}{b1}{a1}{a2}", f"k{a1}{a2}{a3}", f"l{b3}{b2}{b1}",
        f"m{b1}{a1}{a2}{a3}", f"o{b3}{b2}{b1}{a1}", f"p{b3}{b2}{b1}{a1}{a2}{a3}", f"q{shape}", f"r{shape[1:6]}",
        f"s{shape[3:]}", f"t{shape[:4]}", f"u{padded[at + 1 : at + 5]}", f"v{padded[at - 4 : at]}",
    )  # fmt: skip
    start, end = _word(padded, at)
    yield f"w{padded[start:end]}{at - start}"
    for feature in ("", *near, f"q{shape}"):
        yield f"G{group}{feature}"
    yield f"G{group}w{padded[start:end]}{at - start}"
    for feature in ("", f"b{b1}", f"a{a1}", f"n{b1}{a1}", f"h{b1}{a1}{a2}"):
        yield f"C{country}{feature}"
        yield f"S{style}{feature}"


def _word(padded: str, at: int) -> tuple[int, int]:
    start = end = at
    while padded[start - 1] not in " _":
        start -= 1
    while padded[end] not in " _":
        end += 1
    return start, end


def _before(last: str, previous: str, following: str, group: str) -> tuple[str, ...]:
    """Return the features of one letter that hang on the units chosen before it."""
    return (
        f"H{last}", f"I{last}{following}", f"J{previous}|{last}", f"K{last[-1:]}", f"L{group}{last}",
        f"M{group}{last}{following}",
    )  # fmt: skip


def _style(name: str, country: str) -> str:
    """Return whether the name is romanised with marks, and in French fashion."""
    french = any(sign in name for sign in ("ou", "ch", "dj", "é", "è", "aï"))
    return f"{'R' if is_romanised(name) else ''}{'F' if french else ''}{GROUP_OF.get(country, '')}"


def _written(unit: Unit) -> str:
    return f"{unit[0]}>{unit[1]}"


class Model:
    """What was learned of all Latin letters."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._letters: dict[str, _Letter] = {}

    def fit(self, names: Sequence[Aligned]) -> None:
        """Learn from aligned names."""
        seen: defaultdict[str, list[tuple[list[str], Unit, float]]] = defaultdict(list)
        for name in names:
            for features, unit in _steps(name):
                seen[unit[0][0]].append((features, unit, name.weight))
        self._letters = {letter: self._learn(steps) for letter, steps in sorted(seen.items())}

    def _learn(self, steps: list[tuple[list[str], Unit, float]]) -> _Letter:
        counts: Counter[Unit] = Counter()
        for _, unit, weight in steps:
            counts[unit] += weight  # type: ignore[assignment]
        units = [unit for unit, count in counts.most_common() if count >= self.settings.least_unit]
        units = units or [counts.most_common(1)[0][0]]
        number = {unit: place for place, unit in enumerate(units)}
        steps = [step for step in steps if step[1] in number]
        if len(units) == 1:
            return _Letter(units, {}, np.zeros((0, 1), np.float32), np.zeros(1, np.float32))
        often = Counter(feature for features, _, _ in steps for feature in features)
        rows: dict[str, int] = {}
        for feature, count in often.items():
            if count >= self.settings.least_feature:
                rows[feature] = len(rows)
        indices: list[int] = []
        ends = [0]
        for features, _, _ in steps:
            indices += [rows[feature] for feature in features if feature in rows]
            ends.append(len(indices))
        x = csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=(len(steps), len(rows)))
        y = [number[unit] for _, unit, _ in steps]
        regression = LogisticRegression(C=self.settings.strength, max_iter=self.settings.iterations, tol=1e-3)
        regression.fit(x, y, sample_weight=[weight for _, _, weight in steps])
        weights, bias = regression.coef_, regression.intercept_
        if len(units) == 2:  # noqa: PLR2004 - then only the second has weights
            weights, bias = np.vstack([-weights / 2, weights / 2]), np.hstack([-bias / 2, bias / 2])
        return _Letter(units, rows, np.ascontiguousarray(weights.T, np.float32), bias.astype(np.float32))

    def spell(self, latin: str, country: str) -> dict[str, float]:
        """Return Arabic spellings with their probabilities, which add up to one or less; may be empty."""
        padded = _EDGE * _REACH + latin + _EDGE * _REACH
        style, group = _style(latin, country), GROUP_OF.get(country, "")
        beams: list[dict[tuple[str, str, str], float]] = [{} for _ in range(len(latin) + 1)]
        beams[0]["", "", ""] = 1.0
        for place, beam in enumerate(beams[:-1]):
            letter = self._letters.get(latin[place])
            if not beam or letter is None:
                continue
            at = place + _REACH
            base = letter.bias + _sum(letter, _around(padded, at, country, style))
            fits = np.array([latin.startswith(unit[0], place) for unit in letter.units])
            base[~fits] = -np.inf
            known: dict[tuple[str, str], list[tuple[int, float]]] = {}
            kept = sorted(beam.items(), key=lambda item: (-item[1], item[0]))[: self.settings.beam]
            for (previous, last, written), mass in kept:
                if (previous, last) not in known:
                    score = base + _sum(letter, _before(last, previous, padded[at + 1], group))
                    known[previous, last] = _likeliest(score)
                for number, probability in known[previous, last]:
                    unit = letter.units[number]
                    reached = beams[place + len(unit[0])]
                    key = (last, _written(unit), written + unit[1])
                    reached[key] = reached.get(key, 0.0) + mass * probability
        found: defaultdict[str, float] = defaultdict(float)
        for (_, _, written), mass in beams[-1].items():
            found[written] += mass
        return dict(found)


def _steps(name: Aligned) -> Iterator[tuple[list[str], Unit]]:
    latin = "".join(unit[0] for unit in name.units)
    padded = _EDGE * _REACH + latin + _EDGE * _REACH
    style, group = _style(latin, name.country), GROUP_OF.get(name.country, "")
    at, previous, last = _REACH, "", ""
    for unit in name.units:
        features = list(_around(padded, at, name.country, style))
        features += _before(last, previous, padded[at + 1], group)
        yield features, unit
        at, previous, last = at + len(unit[0]), last, _written(unit)


def _sum(letter: _Letter, features: Iterable[str]) -> NDArray[np.float32]:
    rows = letter.rows
    found = [rows[feature] for feature in features if feature in rows]
    total: NDArray[np.float32] = letter.weights[found].sum(axis=0)
    return total


def _likeliest(score: NDArray[np.float32], least: float = 0.004) -> list[tuple[int, float]]:
    top = score.max()
    if not np.isfinite(top):
        return []
    shares = np.exp(score - top)
    shares /= shares.sum()
    return [(int(number), float(shares[number])) for number in np.flatnonzero(shares > least)]

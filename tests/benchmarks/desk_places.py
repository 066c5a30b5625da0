"""Which places the benchmark's articles name, how often, and what stands behind a mention of each."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Candidate, Kind, Reason
from dashboard.geoparse.reasons import PLACE_REASONS, TOPONYM_REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from numpy.typing import NDArray

    from dashboard.core.models import Place
    from dashboard.gazetteer import Gazetteer

__all__ = ["Atlas", "Picker"]

# How often news of each country comes, relatively; the others share what is left.
_ARAB = {
    "SY": 16, "PS": 14, "LB": 9, "IQ": 11, "YE": 9, "EG": 9, "LY": 9, "SD": 7, "SA": 6, "JO": 4, "TN": 5,
    "DZ": 4, "MA": 5, "AE": 3, "QA": 3, "KW": 2, "BH": 1, "OM": 1, "SO": 2, "MR": 1, "DJ": 1, "KM": 0.3,
}  # fmt: skip
_ABROAD = {"US": 7, "IL": 6, "IR": 5, "TR": 5, "RU": 4, "FR": 4, "GB": 3, "UA": 3, "DE": 2, "CN": 2, "IT": 1}
_ELSEWHERE = 6.0
_BIG_CITY = 80_000  # inhabitants, from which a city outside the Arab world is in the news at all
_SKEW = 1.05  # of Zipf's law among the places of a country
_VARIANTS = 4  # of the candidates of one name, so that not all mentions are alike
_MOST_RIVALS = 4


class Picker:
    """Draws one of several values, each as often as its weight says."""

    def __init__(self, values: Sequence[object], weights: Sequence[float]) -> None:
        self._values = values
        self._sums = list(accumulate(weights))

    def draw(self, random: Random) -> object:
        """Return one of the values."""
        return self._values[bisect(self._sums, random.random() * self._sums[-1])]


class Atlas:
    """The places of a real gazetteer, with how often each is in the news.

    Attributes
    ----------
    countries
        Draws the code of a country.
    in_country
        For each code, draws the row of a place in it.
    """

    def __init__(self, gazetteer: Gazetteer, random: Random) -> None:
        self._gazetteer, self._random = gazetteer, random
        self._known: dict[tuple[int, str], tuple[str, float, list[tuple[Candidate, ...]]]] = {}
        self.in_country: dict[str, Picker] = {}
        self.country_row: dict[str, int] = {}
        for code, rows in self._rows().items():
            ranked = sorted(rows, key=self._importance, reverse=True)
            weights = [1 / (rank + 2) ** _SKEW for rank in range(len(ranked))]
            self.in_country[code] = Picker(ranked, weights)
        weights = {code: _ELSEWHERE / len(self.in_country) for code in self.in_country} | {
            code: weight for code, weight in (_ARAB | _ABROAD).items() if code in self.in_country
        }
        self.countries = Picker(list(weights), list(weights.values()))
        reasons = [Reason(code, 0.0) for code in TOPONYM_REASONS]
        self._why = [
            tuple(Reason(r.code, round(random.uniform(-1.2, 3.0), 2)) for r in random.sample(reasons, 4))
            for _ in range(500)
        ]
        self._place_codes = list(PLACE_REASONS)

    def _rows(self) -> dict[str, list[int]]:
        """Return the rows of the places of each country: all in the Arab world, big cities elsewhere."""
        gaz = self._gazetteer
        arab = {gaz.countries.index(code) for code in _ARAB if code in gaz.countries}
        country: NDArray[np.int64] = gaz.country.astype(np.int64)
        near = np.isin(country, list(arab))
        chosen = np.flatnonzero(
            (country > 0)
            & (near | (gaz.population >= _BIG_CITY) | (gaz.kind == list(Kind).index(Kind.COUNTRY)))
        )
        found: dict[str, list[int]] = {}
        for row in chosen.tolist():
            code = gaz.countries[country[row]]
            if gaz.kinds[gaz.kind[row]] is Kind.COUNTRY:
                self.country_row[code] = row
            else:
                found.setdefault(code, []).append(row)
        return {code: rows for code, rows in found.items() if code in self.country_row}

    def _importance(self, row: int) -> float:
        gaz = self._gazetteer
        people = float(np.log10(1 + int(gaz.population[row])))
        if gaz.kinds[gaz.kind[row]] is not Kind.CITY:
            people += self._random.uniform(0, 4.5)  # a base or a camp is in the news for what happens there
        return people + self._random.gauss(0, 0.8)

    def place(self, row: int) -> Place:
        """Return a place."""
        return self._gazetteer.place(row)

    def named(self, row: int, language: str) -> tuple[str, float, list[tuple[Candidate, ...]]]:
        """Return a place's name in a language, how easily it is told, and what its candidates may be."""
        known = self._known.get((row, language))
        if known is None:
            place = self._gazetteer.place(row)
            name = place.name_in(language)
            rows = {hit.row for hit in self._gazetteer.lookup(name)} - {row}
            rivals = sorted(rows, key=lambda at: -int(self._gazetteer.population[at]))[:_MOST_RIVALS]
            ease = self._random.betavariate(9, 1.4) - 0.04 * len(rivals)
            variants = [self._candidates(place, rivals) for _ in range(_VARIANTS)]
            known = self._known[row, language] = (name, ease, variants)
        return known

    def why(self) -> tuple[Reason, ...]:
        """Return what a mention was taken for a toponym for."""
        return self._random.choice(self._why)

    def _candidates(self, place: Place, rivals: Sequence[int]) -> tuple[Candidate, ...]:
        places = [place, *(self._gazetteer.place(row) for row in rivals)]
        shares = [self._random.uniform(4, 12), *(self._random.uniform(0, 1.5) for _ in rivals)]
        return tuple(
            Candidate(each, share / sum(shares), self._reasons())
            for each, share in sorted(zip(places, shares, strict=True), key=lambda pair: -pair[1])
        )

    def _reasons(self) -> tuple[Reason, ...]:
        codes = self._random.sample(self._place_codes, 4)
        return tuple(Reason(code, round(self._random.uniform(-2, 2.5), 2)) for code in codes)

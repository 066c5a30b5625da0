"""The names of the gazetteer as the geoparser sees them: the places behind each, and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.gazetteer.names import NameFlag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["COUNTRIES_OF_A_NAME", "MAX_PLACES", "NAME_FEATURES", "ToponymTable"]

COUNTRIES_OF_A_NAME = 5
MAX_PLACES = 40  # of a name that very many places bear, the most prominent
_WORLD_CITY = 7.0  # log10 of the people that a country or macro-region is worth as a name
_BY_KIND = {
    Kind.COUNTRY: _WORLD_CITY,
    Kind.REGION: 5.5,
    Kind.WATER: 5.0,
    Kind.ADMIN: 5.2,
    Kind.FACILITY: 4.0,
    Kind.CAMP: 4.0,
    Kind.NEIGHBOURHOOD: 3.5,
}
NAME_FEATURES = (
    *(f"may_be_{kind.value}" for kind in Kind),
    "prominence",
    "prominence_squared",
    "capital",
    "main_name",
    "curated",
    "only_generated",
    "only_bare",
    "only_short",
    "only_variant",
    "only_alternate",
    "country_form",
    "namesakes",
)


class ToponymTable:
    """Names met so far, numbered; for each its places, most prominent first."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ids: dict[int, int] = {}
        self._variants: dict[str, int] = {}
        self.rows: list[NDArray[np.int32]] = []
        self.flags: list[NDArray[np.uint16]] = []
        self._weights: list[float] = []
        self._features = np.zeros((1024, len(NAME_FEATURES)), np.float32)
        self._countries = np.zeros((1024, COUNTRIES_OF_A_NAME), np.uint16)
        self._is_country = np.zeros(1024, bool)
        self._kind_weight = np.array([_BY_KIND.get(kind, 0.0) for kind in gazetteer.kinds], np.float32)
        capital = gazetteer.feature_codes.index("PPLC") if "PPLC" in gazetteer.feature_codes else -1
        self._capital = capital
        self.kind_bits: list[int] = []
        self.headed: list[bool] = []

    def prominence(self, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """Log10 of the inhabitants, or what a place of its kind is worth when that is more."""
        people = np.log10(self._gazetteer.population[rows].astype(np.float32) + 1.0)
        worth: NDArray[np.float32] = np.maximum(people, self._kind_weight[self._gazetteer.kind[rows]])
        return worth

    def weight(self, toponym: int) -> float:
        """Return the prominence of a name's most prominent place."""
        return self._weights[toponym]

    def headed_rows(self, toponym: int) -> list[int]:
        """Return the places whose full form, with its generic head noun, a name is."""
        chosen = self.flags[toponym] & NameFlag.HEADED != 0
        return [int(row) for row in self.rows[toponym][chosen]]

    def is_country_form(self, toponym: int) -> bool:
        """Tell whether a name is that of a country."""
        return bool((self.flags[toponym] & NameFlag.COUNTRY_FORM).any())

    @property
    def countries(self) -> NDArray[np.uint16]:
        """Countries of the most prominent places of the names, one row a toponym; 0 for none."""
        return self._countries

    @property
    def only_bare(self) -> NDArray[np.bool_]:
        """Whether a name is that of no place but with its generic head noun, one entry a toponym."""
        return self._features[:, NAME_FEATURES.index("only_bare")] > 0

    @property
    def is_country(self) -> NDArray[np.bool_]:
        """Whether the most prominent place of each name is a country."""
        return self._is_country

    @property
    def features(self) -> NDArray[np.float32]:
        """Features of the names, one row a toponym, columns as `NAME_FEATURES`."""
        return self._features

    def intern(self, posting: int) -> int:
        """Return the number of a name, given its position in the index."""
        found = self._ids.get(posting)
        if found is None:
            found = self._ids[posting] = len(self.rows)
            of_name = slice(int(self._gazetteer.starts[posting]), int(self._gazetteer.starts[posting + 1]))
            self._append(
                np.asarray(self._gazetteer.rows[of_name]), np.asarray(self._gazetteer.flags[of_name])
            )
        return found

    def intern_variant(self, name: str, rows: Sequence[int]) -> int:
        """Return the number of a spelling that no place bears, given the places with a name that sounds so."""
        found = self._variants.get(name)
        if found is None:
            found = self._variants[name] = len(self.rows)
            flags = np.full(len(rows), NameFlag.VARIANT, np.uint16)
            self._append(np.array(rows, np.int32), flags)
        return found

    def _append(self, rows: NDArray[np.int32], flags: NDArray[np.uint16]) -> None:
        gazetteer, count = self._gazetteer, len(rows)
        worth = self.prominence(rows)
        order = np.argsort(-worth, kind="stable")[:MAX_PLACES]
        rows, flags, worth = rows[order], flags[order], worth[order]
        if len(self.rows) == len(self._features):
            self._features = np.concatenate([self._features, np.zeros_like(self._features)])
            self._countries = np.concatenate([self._countries, np.zeros_like(self._countries)])
            self._is_country = np.concatenate([self._is_country, np.zeros_like(self._is_country)])
        kinds = gazetteer.kind[rows]
        first_countries = gazetteer.country[rows[:COUNTRIES_OF_A_NAME]]
        self._countries[len(self.rows), : len(first_countries)] = first_countries
        self._is_country[len(self.rows)] = gazetteer.kinds[kinds[0]] is Kind.COUNTRY
        present = np.bincount(kinds, minlength=len(gazetteer.kinds))[: len(gazetteer.kinds)] > 0
        every = int(np.bitwise_and.reduce(flags))
        some = int(np.bitwise_or.reduce(flags))
        self._features[len(self.rows)] = (
            *present,
            worth[0] / _WORLD_CITY,
            (worth[0] / _WORLD_CITY) ** 2,
            bool((gazetteer.feature_code[rows] == self._capital).any()),
            bool(some & NameFlag.MAIN),
            bool(some & NameFlag.CURATED),
            bool(every & NameFlag.GENERATED),
            bool(every & NameFlag.BARE),
            bool(every & NameFlag.SHORT),
            bool(every & NameFlag.VARIANT),
            not some & (NameFlag.MAIN | NameFlag.CURATED | NameFlag.COUNTRY_FORM),
            bool(some & NameFlag.COUNTRY_FORM),
            np.log10(count),
        )
        self.rows.append(rows)
        self.flags.append(flags)
        self._weights.append(float(worth[0]))
        # A name is a full form only when nobody bears it as such: "City of London" is one, "New York" is not.
        full_forms = (flags & NameFlag.HEADED != 0) | (flags & NameFlag.BARE != 0)
        self.headed.append(bool(full_forms.all()) and bool(some & NameFlag.HEADED))
        self.kind_bits.append(int((1 << np.flatnonzero(present)).sum()))

"""The names of the gazetteer as the geoparser sees them: the places behind each, and what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.models import Kind
from dashboard.gazetteer.names import NameFlag
from dashboard.geoparse.arrays import Growing, rows_of_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

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
# Features that a name has when these hold for all its places.
_UNANIMOUS = (NameFlag.GENERATED, NameFlag.BARE, NameFlag.SHORT, NameFlag.VARIANT)
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
        self._place, self._flags = Growing(np.int64), Growing(np.int64)
        self._starts, self._counts = Growing(np.int64), Growing(np.int64)
        self._weights = Growing(np.float32)
        self._features = Growing(np.float32, len(NAME_FEATURES))
        self._countries = Growing(np.uint16, COUNTRIES_OF_A_NAME)
        self._is_country, self._headed = Growing(bool), Growing(bool)
        self._kind_bits = Growing(np.int64)
        self._abbreviates, self._only_abbreviates = Growing(bool), Growing(bool)
        self._same_place: dict[tuple[int, int], bool] = {}
        self._kind_weight = np.array([_BY_KIND.get(kind, 0.0) for kind in gazetteer.kinds], np.float32)
        self._capital = gazetteer.feature_codes.index("PPLC") if "PPLC" in gazetteer.feature_codes else -1

    def prominence(self, rows: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Log10 of the inhabitants, or what a place of its kind is worth when that is more."""
        people = np.log10(self._gazetteer.population[rows].astype(np.float32) + 1.0)
        worth: NDArray[np.float32] = np.maximum(people, self._kind_weight[self._gazetteer.kind[rows]])
        return worth

    @property
    def weights(self) -> NDArray[np.float32]:
        """The prominence of each name's most prominent place."""
        return self._weights.values

    def weight(self, toponym: int) -> float:
        """Return the prominence of a name's most prominent place."""
        return float(self._weights.values[toponym])

    def places(self, toponym: int) -> NDArray[np.int64]:
        """Return the rows of the places of a name, most prominent first."""
        start = self._starts.values[toponym]
        found: NDArray[np.int64] = self._place.values[start : start + self._counts.values[toponym]]
        return found

    def divisions(self, toponym: int) -> NDArray[np.integer[Any]]:
        """Return the rows of the first-level divisions in which the places of a name lie, -1 for none."""
        return np.asarray(self._gazetteer.admin1[self.places(toponym)])

    def options(
        self, toponyms: NDArray[np.integer[Any]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the places of many names, name after name: how many each has, their rows, their flags."""
        counts = self._counts.values[toponyms]
        rows = rows_of_runs(self._starts.values[toponyms], counts)
        return counts, self._place.values[rows], self._flags.values[rows]

    def headed_places(self, toponym: int) -> NDArray[np.int64]:
        """Return the places whose full form, with its generic head noun, a name is."""
        start = self._starts.values[toponym]
        flags = self._flags.values[start : start + self._counts.values[toponym]]
        headed: NDArray[np.int64] = self.places(toponym)[flags & NameFlag.HEADED != 0]
        return headed

    def is_full_form(self, toponym: int, full: int) -> bool:
        """Tell whether the name `full` is the full form of a place that `toponym` names."""
        known = self._same_place.get((toponym, full))
        if known is None:
            known = bool(np.isin(self.places(toponym), self.headed_places(full)).any())
            self._same_place[toponym, full] = known
        return known

    def is_country_form(self, toponym: int) -> bool:
        """Tell whether a name is that of a country."""
        return bool(self._features.values[toponym, NAME_FEATURES.index("country_form")])

    @property
    def countries(self) -> NDArray[np.uint16]:
        """Countries of the most prominent places of the names, one row a toponym; 0 for none."""
        return self._countries.values

    @property
    def only_bare(self) -> NDArray[np.bool_]:
        """Whether a name is that of no place but with its generic head noun, one entry a toponym."""
        return self._features.values[:, NAME_FEATURES.index("only_bare")] > 0

    @property
    def is_country(self) -> NDArray[np.bool_]:
        """Whether the most prominent place of each name is a country."""
        return self._is_country.values

    @property
    def headed(self) -> NDArray[np.bool_]:
        """Whether a name is but the full form of places, with their generic head noun."""
        return self._headed.values

    @property
    def kind_bits(self) -> NDArray[np.int64]:
        """The kinds of the places of each name, as bits."""
        return self._kind_bits.values

    @property
    def abbreviates(self) -> NDArray[np.bool_]:
        """Whether each name is short for a division."""
        return self._abbreviates.values

    @property
    def only_abbreviates(self) -> NDArray[np.bool_]:
        """Whether each name is short for divisions, and nothing else."""
        return self._only_abbreviates.values

    @property
    def features(self) -> NDArray[np.float32]:
        """Features of the names, one row a toponym, columns as `NAME_FEATURES`."""
        return self._features.values

    def intern(self, postings: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of names, given their positions in the index."""
        wanted = postings.tolist()
        new = [posting for posting in dict.fromkeys(wanted) if posting not in self._ids]
        if new:
            known = len(self._counts)
            first = self._gazetteer.starts[new].astype(np.int64)
            counts = self._gazetteer.starts[np.array(new) + 1].astype(np.int64) - first
            rows = rows_of_runs(first, counts)
            self._append(counts, self._gazetteer.rows[rows], self._gazetteer.flags[rows])
            self._ids.update(zip(new, range(known, known + len(new)), strict=True))
        return np.fromiter(map(self._ids.__getitem__, wanted), np.int64, len(wanted))

    def intern_variants(self, spellings: Mapping[str, Sequence[int]]) -> dict[str, int]:
        """Return the numbers of spellings that no place bears, given for each the places with a name that sounds so."""
        new = {name: rows for name, rows in spellings.items() if name not in self._variants}
        if new:
            known = len(self._counts)
            self._variants.update(zip(new, range(known, known + len(new)), strict=True))
            places = np.array([row for rows in new.values() for row in rows], np.int64)
            borne = np.array([len(rows) for rows in new.values()])
            self._append(borne, places, np.full(len(places), NameFlag.VARIANT, np.int64))
        return {name: self._variants[name] for name in spellings}

    def _append(
        self, borne: NDArray[np.int64], places: NDArray[np.integer[Any]], flags: NDArray[np.integer[Any]]
    ) -> None:
        """Append names.

        Parameters
        ----------
        borne
            By how many places each name is borne.
        places, flags
            These places, name after name, and the flags of the name for each.
        """
        gazetteer, size = self._gazetteer, len(borne)
        name = np.repeat(np.arange(size), borne)
        order = np.lexsort((-self.prominence(places), name))
        rank = np.arange(len(places)) - np.repeat(np.cumsum(borne) - borne, borne)
        kept = order[rank < MAX_PLACES]
        name, rank = name[kept], rank[rank < MAX_PLACES]
        places, flags = places[kept].astype(np.int64), flags[kept].astype(np.int64)
        counts = np.minimum(borne, MAX_PLACES)
        starts = np.cumsum(counts) - counts
        worth = self.prominence(places[starts])
        every, some = (what.reduceat(flags, starts) for what in (np.bitwise_and, np.bitwise_or))
        kinds = gazetteer.kind[places].astype(np.int64)
        present = np.zeros((size, len(gazetteer.kinds)), bool)
        present[name, kinds] = True
        capital = np.bincount(name, gazetteer.feature_code[places] == self._capital, size) > 0
        leading = rank < COUNTRIES_OF_A_NAME
        countries = np.zeros((size, COUNTRIES_OF_A_NAME), np.uint16)
        countries[name[leading], rank[leading]] = gazetteer.country[places[leading]]
        self._features.extend(
            np.column_stack(
                (
                    present,
                    worth / _WORLD_CITY,
                    (worth / _WORLD_CITY) ** 2,
                    capital,
                    *(some & flag != 0 for flag in (NameFlag.MAIN, NameFlag.CURATED)),
                    *(every & flag != 0 for flag in _UNANIMOUS),
                    some & (NameFlag.MAIN | NameFlag.CURATED | NameFlag.COUNTRY_FORM) == 0,
                    some & NameFlag.COUNTRY_FORM != 0,
                    np.log10(borne),
                )
            )
        )
        self._starts.extend(len(self._place) + starts)
        self._counts.extend(counts)
        self._place.extend(places)
        self._flags.extend(flags)
        self._weights.extend(worth)
        self._countries.extend(countries)
        self._is_country.extend(kinds[starts] == gazetteer.kinds.index(Kind.COUNTRY))
        short = flags & NameFlag.ABBREVIATION != 0
        self._abbreviates.extend(np.bincount(name, short, size) > 0)
        self._only_abbreviates.extend(np.bincount(name, ~short, size) == 0)
        # A name is a full form only when nobody bears it as such: "City of London" is one, "New York" is not.
        full = np.bincount(name, flags & (NameFlag.HEADED | NameFlag.BARE) == 0, size) == 0
        self._headed.extend(full & (some & NameFlag.HEADED != 0))
        self._kind_bits.extend(present @ (1 << np.arange(len(gazetteer.kinds))))

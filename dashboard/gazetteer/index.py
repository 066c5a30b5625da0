"""The compiled gazetteer as everything else uses it: read-only, shared by threads, mapped from one file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from dashboard.core.models import Kind, Place
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.container import read_container
from dashboard.gazetteer.misspelling import is_slip, slip_names
from dashboard.gazetteer.names import keys_of, name_key
from dashboard.gazetteer.spelling import heard_name, skeleton_name, sounds_alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any, Self

    from numpy.typing import NDArray

    from dashboard.gazetteer.container import Container

__all__ = ["ZIPF_STEPS", "Gazetteer", "NameHit"]

ZIPF_STEPS = 20  # parts of one Zipf unit that the index keeps
_PLACES_KEPT = 1 << 16
_Small = TypeVar("_Small", np.uint8, np.uint16)
_TEXT_HEAD = 4  # id, name, Arabic name, French name; further names follow


class NameHit(NamedTuple):
    """A place that bears a name; `flags` are those of `NameFlag`."""

    row: int
    flags: int


class Gazetteer:
    """Places by name and by row.

    Attributes
    ----------
    id
        Content key of the sources, such as `gaz-3f2a91c0d4e5`.
    latitude, longitude, radius_km, population
        One entry a row; degrees WGS84, kilometres (0 unknown), inhabitants (0 unknown).
    kind, feature_code, country
        Positions in `kinds`, `feature_codes`, `countries`; country 0 stands for none.
    admin1
        Row of the first-level division, -1 for none.
    keys, starts, rows, flags
        Name postings: the places of `keys[i]` are `rows[starts[i]:starts[i + 1]]`, with their flags.
        `keys` is sorted.
    prefixes
        Sorted keys of the proper prefixes, cut at words, of all names of several words.
    demonym_keys
        Sorted keys of adjectives and words for people of a country.
    arrays
        All arrays of the file, by their names there.
    """

    def __init__(self, path: Path, container: Container) -> None:
        arrays = container.arrays
        self.path = path
        self.arrays = arrays
        self.meta: Mapping[str, Any] = container.meta
        self.id: str = container.meta["id"]
        self.kinds: tuple[Kind, ...] = tuple(Kind)
        self.feature_codes: tuple[str, ...] = tuple(container.meta["feature_codes"])
        self.countries: tuple[str, ...] = tuple(container.meta["countries"])
        self.languages: tuple[str, ...] = tuple(container.meta["languages"])
        self.latitude: NDArray[np.float32] = arrays["latitude"]
        self.longitude: NDArray[np.float32] = arrays["longitude"]
        self.radius_km: NDArray[np.float32] = arrays["radius_km"]
        self.population: NDArray[np.uint32] = arrays["population"]
        self.kind: NDArray[np.uint8] = arrays["kind"]
        self.feature_code: NDArray[np.uint16] = arrays["feature_code"]
        self.country: NDArray[np.uint16] = arrays["country"]
        self.admin1: NDArray[np.int32] = arrays["admin1"]
        self.keys: NDArray[np.uint64] = arrays["keys"]
        self.starts: NDArray[np.uint32] = arrays["starts"]
        self.rows: NDArray[np.int32] = arrays["rows"]
        self.flags: NDArray[np.uint16] = arrays["flags"]
        self.prefixes: NDArray[np.uint64] = arrays["prefixes"]
        self.demonym_keys: NDArray[np.uint64] = arrays["demonym_keys"]
        self._demonym_country: NDArray[np.uint16] = arrays["demonym_countries"]
        self._words = {
            code: (arrays[f"word_keys.{code}"], arrays[f"word_zipf.{code}"]) for code in self.languages
        }
        self._texts: NDArray[np.uint8] = arrays["texts"]
        self._text_end: NDArray[np.uint64] = arrays["text_end"]
        self._id_keys: NDArray[np.uint64] = arrays["id_keys"]
        self._id_rows: NDArray[np.int32] = arrays["id_rows"]
        self.place = lru_cache(maxsize=_PLACES_KEPT)(self._read_place)
        self._heard_names = lru_cache(maxsize=_PLACES_KEPT)(self._hear_names)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a compiled index.

        Raises
        ------
        GazetteerIndexError
            The file is missing, unfinished, foreign or of another version; the message says the remedy.
        """
        return cls(path, read_container(path))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as the path of the file."""
        return (type(self).open, (self.path,))

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.kind)

    def _text(self, row: int) -> list[str]:
        if not 0 <= row < len(self):
            raise IndexError(f"no row {row} in a gazetteer of {len(self)} places")
        return (
            self._texts[int(self._text_end[row]) : int(self._text_end[row + 1])]
            .tobytes()
            .decode()
            .split("\n")
        )

    def _read_place(self, row: int) -> Place:
        ident, name, name_ar, name_fr = self._text(row)[:_TEXT_HEAD]
        admin1 = int(self.admin1[row])
        return Place(
            id=ident,
            name=name,
            kind=self.kinds[self.kind[row]],
            latitude=round(float(self.latitude[row]), 5),
            longitude=round(float(self.longitude[row]), 5),
            country=self.countries[self.country[row]] or None,
            feature_code=self.feature_codes[self.feature_code[row]],
            name_ar=name_ar or None,
            name_fr=name_fr or None,
            radius_km=round(float(self.radius_km[row]), 3),
            population=int(self.population[row]),
            admin1=self._text(admin1)[0] if admin1 >= 0 else None,
        )

    def row(self, place_id: str) -> int | None:
        """Return the row of a place by its id, or an id merged into it; None for an unknown one."""
        at = _position(self._id_keys, name_key(place_id))
        return int(self._id_rows[at]) if at >= 0 else None

    def names(self, row: int) -> list[str]:
        """Return all names of a place in their original spelling, the main, Arabic and French ones first."""
        return list(dict.fromkeys(filter(None, self._text(row)[1:])))

    def lookup(self, name: str) -> list[NameHit]:
        """Return the places that bear a name, however it is spelt, by row; may be empty."""
        at = _position(self.keys, name_key(fold_name(name)))
        if at < 0:
            return []
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return [
            NameHit(*hit) for hit in zip(self.rows[span].tolist(), self.flags[span].tolist(), strict=True)
        ]

    def sounding_like(self, folded: str, least: float) -> list[int]:
        """Return the places that have an Arabic name which sounds like a folded word, by row; may be empty.

        Parameters
        ----------
        least
            Likeness, 0 to 1, that a name of the place must have to the word.
        """
        sound = skeleton_name(folded)
        at = _position(self.keys, name_key(sound)) if sound else -1
        if at < 0:
            return []
        rows = self.rows[int(self.starts[at]) : int(self.starts[at + 1])].tolist()
        return [row for row in rows if sounds_alike(folded, self._heard_names(row), least)]

    def misspelt(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Return for folded words the rows of the well-known places whose name they are with one letter wrong.

        Words that are no slip in any such name are left out.
        """
        slips = [(word, slip) for word in words for slip in slip_names(word)]
        at = self.find(keys_of(slip for _, slip in slips))
        rows: dict[str, set[int]] = {}
        for number in np.flatnonzero(at >= 0).tolist():
            run = slice(int(self.starts[at[number]]), int(self.starts[at[number] + 1]))
            rows.setdefault(slips[number][0], set()).update(self.rows[run].tolist())
        found = {
            word: [
                row for row in sorted(some) if is_slip(word, map(fold_name, self._text(row)[1:_TEXT_HEAD]))
            ]
            for word, some in rows.items()
        }
        return {word: some for word, some in found.items() if some}

    def _hear_names(self, row: int) -> tuple[str, ...]:
        """Return how the Arabic names of one word of a place sound."""
        names = (name for name in self.names(row) if " " not in name and is_arabic(name))
        return tuple(dict.fromkeys(map(heard_name, names)))

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the position of each key in `keys`, -1 where it is no name."""
        return _positions(self.keys, keys)

    def is_prefix(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell of each key whether a longer name begins with it."""
        return _positions(self.prefixes, keys) >= 0

    def demonym_countries(self, keys: NDArray[np.uint64]) -> NDArray[np.uint16]:
        """Return for each key the position in `countries` of the country whose adjective it is, or 0."""
        return _values(self.demonym_keys, self._demonym_country, keys)

    def zipf(self, keys: NDArray[np.uint64], language: str) -> NDArray[np.float32]:
        """Return the Zipf frequency of each word in a language; 0 for unknown words and languages."""
        if language not in self._words:
            return np.zeros(len(keys), dtype=np.float32)
        word_keys, steps = self._words[language]
        return _values(word_keys, steps, keys).astype(np.float32) / np.float32(ZIPF_STEPS)


def _position(table: NDArray[np.uint64], key: int) -> int:
    at = int(np.searchsorted(table, np.uint64(key)))
    return at if at < len(table) and int(table[at]) == key else -1


def _positions(table: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    wanted = np.asarray(keys, dtype=np.uint64)
    if not len(table):
        return np.full(wanted.shape, -1, dtype=np.int64)
    at = np.searchsorted(table, wanted)
    inside = np.minimum(at, len(table) - 1)
    return np.where(table[inside] == wanted, inside, -1).astype(np.int64)


def _values(table: NDArray[np.uint64], values: NDArray[_Small], keys: NDArray[np.uint64]) -> NDArray[_Small]:
    at = _positions(table, keys)
    found = np.zeros(at.shape, dtype=values.dtype)
    found[at >= 0] = values[at[at >= 0]]
    return found

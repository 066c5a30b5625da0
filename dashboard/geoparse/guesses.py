"""Words that are no name as they stand, and may be one nevertheless: joined, heard otherwise, misspelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dashboard.gazetteer.names import keys_of
from dashboard.gazetteer.spelling import skeleton_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.clitics import Form
    from dashboard.geoparse.phrases import PhraseTable
    from dashboard.geoparse.toponyms import ToponymTable

__all__ = ["Guesses"]

# A word is looked for by its sound when it is at least this long, and then only names as alike as this count; chosen
# on the training part of our gold.
_SHORTEST_VARIANT, _LEAST_LIKENESS = 5, 0.85
_SHORTEST_JOINED, _LEAST_PART = 6, 2
_ARTICLE = re.compile("ال(?=...)")


class Guesses:
    """Finds the toponyms that unknown words may be, for the forms of many words at once.

    Parameters
    ----------
    forms
        All readings of all words, those of a word together.
    word_of
        Which word each is of.
    toponym
        The number of the name that each is, -1 for none; guesses are written here.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        toponyms: ToponymTable,
        forms: Sequence[Form],
        word_of: NDArray[np.int64],
        toponym: NDArray[np.int32],
    ) -> None:
        self._gazetteer, self._toponyms = gazetteer, toponyms
        self._names = [form.name for form in forms]
        self._word_of, self._toponym = word_of, toponym

    def find_joined(self, phrases: PhraseTable, rows: NDArray[np.int64]) -> None:
        """Take forms that are a name of two words without its space (حفرالباطن) for that name."""
        cuts = [
            (row, f"{name[: mark.start()]} {name[mark.start() :]}")
            for row in rows.tolist()
            if len(name := self._names[row]) >= _SHORTEST_JOINED
            for mark in _ARTICLE.finditer(name, _LEAST_PART)
        ]
        nodes = phrases.intern([name for _, name in cuts])
        for (row, _), found in zip(cuts, phrases.toponym[nodes].tolist(), strict=True):
            if found >= 0:
                self._toponym[row] = found

    def find_heard(self, rows: NDArray[np.int64]) -> None:
        """Take forms that are an unknown spelling of a known name (ياقوتسك for ياكوتسك) for that name."""
        rows = rows[self._toponym[rows] < 0]
        names = [(row, self._names[row]) for row in rows.tolist()]
        sounds = [(row, name, skeleton_name(name)) for row, name in names if len(name) >= _SHORTEST_VARIANT]
        known = self._gazetteer.find(keys_of(sound for _, _, sound in sounds)) >= 0
        heard = dict.fromkeys(sounds[place][1] for place in np.flatnonzero(known).tolist())
        places = {name: self._gazetteer.sounding_like(name, _LEAST_LIKENESS) for name in heard}
        self._take([(row, name) for row, name, _ in sounds], places)

    def find_misspelt(self, rows: NDArray[np.int64]) -> None:
        """Take forms that are a well-known name with one letter wrong (دمسق for دمشق) for that name."""
        rows = rows[self._toponym[rows] < 0]
        names = [(row, self._names[row]) for row in rows.tolist()]
        self._take(names, self._gazetteer.misspelt(list(dict.fromkeys(name for _, name in names))))

    def _take(self, names: Sequence[tuple[int, str]], places: dict[str, list[int]]) -> None:
        """Write the guesses; a word that means the same places with and without its particle has one only."""
        numbers = self._toponyms.intern_variants({name: rows for name, rows in places.items() if rows})
        taken: dict[tuple[int, tuple[int, ...]], int] = {}
        for row, name in names:
            if name not in numbers:
                continue
            same = (int(self._word_of[row]), tuple(places[name]))
            if (before := taken.get(same)) is not None:
                self._toponym[before] = -1
            taken[same] = row
            self._toponym[row] = numbers[name]

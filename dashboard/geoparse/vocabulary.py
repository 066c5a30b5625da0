"""What is known of a word, worked out once when it is first met and kept in arrays.

News repeats its words: after a few hundred articles nearly every token is a dictionary hit, and the features
of a whole batch of articles are gathered from these arrays by numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dashboard.core.text import fold, is_arabic
from dashboard.gazetteer.names import name_key
from dashboard.geoparse.clitics import USAGE_FEATURES, forms, particle_of, word_forms
from dashboard.geoparse.lexicon import LANGUAGES, Lexicon, WordClass
from dashboard.geoparse.toponyms import ToponymTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.clitics import Form

__all__ = ["BOUNDARY_WORD", "Reading", "Vocabulary"]

BOUNDARY_WORD = 0  # stands between articles
_SHORTEST_LATIN = 2
_HAMZA = "ؤ"
# A word is looked for by its sound when it is at most this frequent and at least this long, and then only names
# as alike as this count; chosen on the training part of our gold.
_RARE_ZIPF, _SHORTEST_VARIANT, _LEAST_LIKENESS = 2.5, 5, 0.85
_LOOKED_AT = 5  # places of a name whose spellings are looked at
_MAX_WORDS = 1_000_000  # then all is forgotten, so that memory stays bounded
_FIELDS: dict[str, type] = {
    "key": np.uint64,  # of the folded word; 0 stands between articles
    "classes": np.uint32,
    "capital": np.uint8,  # 0 none, 1 first letter, 2 all letters (two or more)
    "demonym": np.uint16,  # country of an adjective, 0 none
    "head_kinds": np.uint16,
    "head_set": np.uint16,  # row of `head_code_sets`
    # bits: 1 begins with ال, 2 ends in ة or ه, 4 adjective in ي or ية after ال, 8 digits, 16 Arabic
    "shape": np.uint8,
    # how strongly the word alone is a place: log population of a name that is a rare word
    "named": np.bool_,  # has a reading
    "begins_organisation": np.bool_,  # first word of a name in `Lexicon.names`
    "strong": np.float32,
}


class Reading(NamedTuple):
    """One reading of a word.

    `clitic` is the length of its particle and `particle` its class (1 for و and ف, 2 for ب, ل and ك, 3 for
    both); `toponym` numbers the name, -1 if there is none; `begins` tells whether a longer name begins so;
    `usage` is the row of the word's forms in `Vocabulary.usage`, 0 for none.
    """

    clitic: int
    particle: int
    name: str
    toponym: int
    begins: bool
    usage: int


class Vocabulary:
    """Words met so far; not shared between threads."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self.lexicon = lexicon
        self._sets = {codes: 1 + row for row, codes in enumerate(dict.fromkeys(lexicon.head_codes.values()))}
        self.head_code_sets = np.zeros((len(self._sets) + 1, len(gazetteer.feature_codes)), bool)
        for codes, row in self._sets.items():
            self.head_code_sets[row] = [code in codes for code in gazetteer.feature_codes]
        self._forget()

    def _forget(self) -> None:
        self.toponyms = ToponymTable(self._gazetteer)
        self._ids: dict[str, int] = {}
        self._phrases: dict[str, tuple[int, bool]] = {}
        self.folded: list[str] = []
        self.readings: list[tuple[Reading, ...]] = []
        self._size = 0
        self._columns: dict[str, NDArray[Any]] = {n: np.zeros(4096, t) for n, t in _FIELDS.items()}
        self._zipf = np.zeros((4096, len(LANGUAGES)), np.float32)
        self._usage_ids: dict[str, int] = {}
        self._usage = np.zeros((1, len(USAGE_FEATURES)), np.float32)
        self._append("", (), {"classes": int(WordClass.BOUNDARY)}, np.zeros(len(LANGUAGES), np.float32))

    def column(self, name: str) -> NDArray[Any]:
        """Return one column, an entry a word."""
        return self._columns[name]

    @property
    def zipf(self) -> NDArray[np.float32]:
        """Zipf frequency of each word, a column a language of `LANGUAGES`; 0 for unknown."""
        return self._zipf

    @property
    def usage(self) -> NDArray[np.float32]:
        """How names of one word are used as words, a row each, columns `USAGE_FEATURES`; row 0 is empty."""
        return self._usage

    def intern(self, words: Iterable[str]) -> list[int]:
        """Return the ids of words as written, taking new ones in."""
        words = list(words)
        known = self._ids
        missing = {word for word in words if word not in known}
        if missing:
            if len(known) + len(missing) > _MAX_WORDS:
                self._forget()
                known, missing = self._ids, set(words)
            self._learn(sorted(missing))
        return [known[word] for word in words]

    def phrase(self, name: str) -> tuple[int, bool]:
        """Return the toponym of a folded name of several words (-1 none), and whether a longer begins so."""
        found = self._phrases.get(name)
        if found is None:
            key = np.array([name_key(name)], np.uint64)
            posting = int(self._gazetteer.find(key)[0])
            toponym = self.toponyms.intern(posting) if posting >= 0 else -1
            found = self._phrases[name] = (toponym, bool(self._gazetteer.is_prefix(key)[0]))
        return found

    def _learn(self, words: list[str]) -> None:
        """Work out everything about new words, with one look-up for all."""
        folded = [fold(word) for word in words]
        read = [forms(word) if word else [] for word in folded]
        flat = [form for reading in read for form in reading]
        keys = np.fromiter((name_key(form.name) for form in flat), np.uint64, len(flat))
        postings = self._gazetteer.find(keys)
        begins = self._gazetteer.is_prefix(keys)
        whole = np.fromiter((name_key(word) for word in folded), np.uint64, len(folded))
        zipf = np.stack([self._gazetteer.zipf(whole, language) for language in LANGUAGES], axis=1)
        demonyms = self._gazetteer.demonym_countries(keys)
        self._learn_usage({form.name for form, posting in zip(flat, postings, strict=True) if posting >= 0})
        at = 0
        for place, word in enumerate(words):
            readings = []
            demonym = 0
            for form in read[place]:
                toponym = self.toponyms.intern(int(postings[at])) if postings[at] >= 0 else -1
                demonym = demonym or int(demonyms[at])
                if toponym >= 0 and self._misread(word, toponym, demonym):
                    toponym = -1
                if toponym >= 0 or begins[at]:
                    usage = self._usage_ids.get(form.name, 0)
                    particle = particle_of(form.clitic)
                    readings.append(
                        Reading(len(form.clitic), particle, form.name, toponym, bool(begins[at]), usage)
                    )
                at += 1
            if not demonym and self._may_be_variant(folded[place], readings, zipf[place]):
                readings += self._variants(read[place])
            values = self._describe(word, folded[place], demonym)
            values["key"] = int(whole[place])
            values["named"] = bool(readings)
            values["strong"] = self._strength(readings, zipf[place])
            self._ids[word] = self._append(folded[place], tuple(readings), values, zipf[place])

    @staticmethod
    def _may_be_variant(folded: str, readings: list[Reading], zipf: NDArray[np.float32]) -> bool:
        """Tell whether a word is rare enough, and no name as it stands, to be looked for by its sound."""
        rare = float(zipf.max()) < _RARE_ZIPF and len(folded) >= _SHORTEST_VARIANT
        return rare and is_arabic(folded) and all(reading.toponym < 0 for reading in readings)

    def _variants(self, read: list[Form]) -> list[Reading]:
        """Return the readings of a word as an unknown spelling of a known name (ياقوتسك for ياكوتسك)."""
        found = []
        for form in read:
            if len(form.name) < _SHORTEST_VARIANT:
                continue
            if rows := self._gazetteer.sounding_like(form.name, _LEAST_LIKENESS):
                self._learn_usage({form.name})
                toponym = self.toponyms.intern_variant(form.name, rows)
                usage = self._usage_ids[form.name]
                found.append(
                    Reading(
                        len(form.clitic),
                        particle_of(form.clitic),
                        form.name,
                        toponym,
                        begins=False,
                        usage=usage,
                    )
                )
        return found

    def _misread(self, word: str, toponym: int, demonym: int) -> bool:
        """Tell whether a word is no such name by itself, although they fold alike.

        A Latin one is none as an adjective of a country, of two letters, or in small letters. An Arabic one is none
        when it has a hamza on و and no spelling of the name has any: لقاؤه is not لقاوة.
        """
        if is_arabic(word):
            rows = self.toponyms.rows[toponym][:_LOOKED_AT].tolist()
            return _HAMZA in word and not any(
                _HAMZA in name for row in rows for name in self._gazetteer.names(row)
            )
        if self.toponyms.is_country_form(toponym):
            return word.islower()
        return demonym > 0 or len(word) <= _SHORTEST_LATIN or word.islower()

    def _learn_usage(self, names: set[str]) -> None:
        """Look up how often each name is met in the forms that nouns take and places don't."""
        new = sorted(names - self._usage_ids.keys())
        if not new:
            return
        keys = np.fromiter((name_key(form) for name in new for form in word_forms(name)), np.uint64)
        rows = np.stack([self._gazetteer.zipf(keys, language) for language in LANGUAGES]).max(axis=0)
        self._usage_ids.update(zip(new, range(len(self._usage), len(self._usage) + len(new)), strict=True))
        self._usage = np.concatenate([self._usage, rows.reshape(len(new), -1)])

    def _strength(self, readings: list[Reading], zipf: NDArray[np.float32]) -> float:
        """Log population (or 7 for a country) of the best single-word name, less what a common word loses."""
        best = max(
            (self.toponyms.weight(r.toponym) - r.clitic for r in readings if r.toponym >= 0), default=0.0
        )
        return max(0.0, best - 2.0 * max(0.0, float(zipf.max()) - 4.0))

    def _describe(self, word: str, folded: str, demonym: int) -> dict[str, float]:
        classes, stem = self.lexicon.word_class(folded)
        if demonym:
            classes |= WordClass.DEMONYM
        if folded.isdigit():
            classes |= WordClass.NUMBER
        arabic = is_arabic(word)
        shape = 16 * arabic + 8 * folded.isdigit()
        if arabic:
            defined = folded.startswith(("ال", "وال", "بال", "لل"))
            shape += defined + 2 * folded.endswith("ه") + 4 * (defined and folded.endswith(("ي", "يه")))
        capital = 2 if word.isupper() and len(word) > 1 else int(word[0].isupper())
        kinds = self.lexicon.head_kinds.get(stem, 0)
        codes = self._sets.get(self.lexicon.head_codes.get(stem, frozenset()), 0)
        return {
            "classes": classes,
            "capital": capital,
            "demonym": demonym,
            "head_kinds": kinds,
            "head_set": codes,
            "shape": shape,
            "begins_organisation": bool(self.lexicon.rests_of_names(folded)),
        }

    def _append(
        self, folded: str, readings: tuple[Reading, ...], values: dict[str, float], zipf: NDArray[np.float32]
    ) -> int:
        if self._size == len(self._zipf):
            self._zipf = np.concatenate([self._zipf, np.zeros_like(self._zipf)])
            for name, column in self._columns.items():
                self._columns[name] = np.concatenate([column, np.zeros_like(column)])
        for name, value in values.items():
            self._columns[name][self._size] = value
        self._zipf[self._size] = zipf
        self.folded.append(folded)
        self.readings.append(readings)
        self._size += 1
        return self._size - 1

"""What is known of a word, worked out once when it is first met and kept in arrays.

News repeats its words: after a few hundred articles nearly every token is a dictionary hit, and the features
of a whole batch of articles are gathered from these arrays by numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.core.settings import data_path
from dashboard.core.text import fold, is_arabic
from dashboard.gazetteer.names import keys_of
from dashboard.geoparse.arrays import Growing
from dashboard.geoparse.chunks import ChunkTable, fold_word
from dashboard.geoparse.clitics import USAGE_FEATURES, forms, particle_of, word_forms
from dashboard.geoparse.company import load_company
from dashboard.geoparse.guesses import Guesses
from dashboard.geoparse.lexicon import LANGUAGES, Lexicon, WordClass
from dashboard.geoparse.phrases import PhraseTable
from dashboard.geoparse.toponyms import ToponymTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.clitics import Form
    from dashboard.geoparse.company import Company

__all__ = ["BOUNDARY_WORD", "Vocabulary"]

BOUNDARY_WORD = 0  # stands between articles
_COMMON_ZIPF = 4.0  # from which a word is less of a place the more often it is met
_SHORTEST_LATIN = 2
# Letters of a word that may be a name: a longer one is not guessed at, since it has as many slips as letters, squared.
_LONGEST_NAME = 60
_LEAST_SMALL = 4.0  # log10 of the people of a town whose name is looked for in small letters too
_HAMZA = "ؤ"
# Zipf frequencies below which a word may be a spelling that nobody lists, and one that is but a slip.
_RARE_ZIPF, _SLIP_ZIPF = 2.5, 2.0
# Log10 of the inhabitants from which a town is written with ه for ة, and how frequent the noun before an owner is.
_SPELT_EITHER_WAY, _NOUN_ZIPF = 4.3, 3.0
_LOOKED_AT = 5  # places of a name whose spellings are looked at
# Then all is forgotten, so that memory stays bounded: a word with the chunks that hold it takes some 1.1 kB. News needs
# 3 000 articles to come so far.
_MAX_WORDS = 80_000
_MAX_LETTERS = 3_000_000  # likewise, of chunks of text
_FIELDS: dict[str, type] = {
    "frequency": np.float32,  # Zipf frequency in the language that has it most, 0 for unknown
    "key": np.uint64,  # of the folded word; 0 stands between articles
    "fold": np.int64,  # number of the folded word
    "letters": np.int32,  # of the folded word
    "classes": np.uint32,
    "capital": np.uint8,  # 0 none, 1 first letter, 2 all letters (two or more)
    "demonym": np.uint16,  # country of an adjective, 0 none
    "head_kinds": np.uint16,
    "head_set": np.uint16,  # row of `head_code_sets`
    # bits: 1 begins with ال, 2 ends in ة or ه, 4 adjective in ي or ية after ال, 8 digits, 16 Arabic
    "shape": np.uint8,
    # how strongly the word alone is a place: log population of a name that is a rare word
    "strong": np.float32,
    "company": np.int32,  # row in the tables of `Company`
    "glued": np.bool_,  # carries ب, ل or ك before a name
    "look": np.int32,  # row of `looks`
    "readings": np.int64,  # how many
    "first_reading": np.int64,  # row of the first one
    "organisation": np.bool_,  # the whole of a name of `Lexicon.names`
    "organisation_first": np.int32,  # row of the word in the table of such names of several words, 0 for none
    "organisation_second": np.int32,  # column of the word in it, 0 for none
}
_DEMONYM, _NUMBER = int(WordClass.DEMONYM), int(WordClass.NUMBER)  # flags take their time
_DESCRIBED = (  # of a word by itself
    *("look", "fold", "letters", "classes", "capital", "demonym", "head_kinds", "head_set", "shape"),
    *("organisation", "organisation_first", "organisation_second"),
)
# A reading of a word: `clitic` is the length of its particle and `particle` its class (1 for و and ف, 2 for ب,
# ل and ك, 3 for both); `toponym` numbers the name, -1 if there is none; `node` is the name's place in
# `Vocabulary.phrases`; `begins` tells whether a longer name begins so; `usage` is the row of the word's forms in
# `Vocabulary.usage`, 0 for none; `small`: written in small letters, which counts only where all is written so.
_READING_FIELDS: dict[str, type] = {
    "clitic": np.int32,
    "particle": np.int32,
    "toponym": np.int32,
    "node": np.int64,
    "begins": np.bool_,
    "usage": np.int32,
    "small": np.bool_,
}


class Vocabulary:
    """Words met so far; not shared between threads."""

    def __init__(
        self, gazetteer: Gazetteer, lexicon: Lexicon, company: Company | None = None, *, forgets: bool = True
    ) -> None:
        self._gazetteer = gazetteer
        self._forgets = forgets  # training holds on to the numbers of words until its end
        self.lexicon = lexicon
        self.company = company or load_company(data_path() / "model" / "words.npz")
        self._sets = {codes: 1 + row for row, codes in enumerate(dict.fromkeys(lexicon.head_codes.values()))}
        self.head_code_sets = np.zeros((len(self._sets) + 1, len(gazetteer.feature_codes)), bool)
        for codes, row in self._sets.items():
            self.head_code_sets[row] = [code in codes for code in gazetteer.feature_codes]
        self._homograph_ids = {name: place for place, name in enumerate(lexicon.homographs)}
        rests_of_all = dict.fromkeys(lexicon.names.values())
        self._organisation_rows = {rests: row for row, rests in enumerate(rests_of_all, 1)}
        seconds = dict.fromkeys(rest[0] for rests in rests_of_all for rest in rests if rest)
        self._organisation_columns = {word: column for column, word in enumerate(seconds, 1)}
        self._organisations = np.zeros((len(rests_of_all) + 1, len(seconds) + 1), bool)
        for rests, row in self._organisation_rows.items():
            self._organisations[row, [self._organisation_columns[rest[0]] for rest in rests if rest]] = True
        self._forget()

    def _forget(self) -> None:
        self.toponyms = ToponymTable(self._gazetteer)
        self.phrases = PhraseTable(self._gazetteer, self.toponyms)
        self.chunks = ChunkTable(self.intern)
        self._ids: dict[str, int] = {}
        self._folds = {"": 0}
        self.folded: list[str] = []
        self._columns = {name: Growing(kind) for name, kind in _FIELDS.items()}
        self._readings = {name: Growing(kind) for name, kind in _READING_FIELDS.items()}
        self._look_ids = {(int(WordClass.BOUNDARY), 0, 0): 0}
        self._looks = Growing(np.int64, 3)
        self._looks.extend(list(self._look_ids))
        self._zipf = Growing(np.float32, len(LANGUAGES))
        self._usage_ids: dict[str, int] = {}
        self._usage = Growing(np.float32, len(USAGE_FEATURES))
        self._usage.extend(np.zeros((1, len(USAGE_FEATURES))))
        self._usage_company = Growing(np.int32)
        self._usage_company.extend([0])
        self._homograph = Growing(np.int32)
        self._homograph.extend([-1])
        for name, column in self._columns.items():  # the boundary word
            column.extend([int(WordClass.BOUNDARY) if name == "classes" else 0])
        self._zipf.extend(np.zeros((1, len(LANGUAGES))))
        self.folded.append("")

    def column(self, name: str) -> NDArray[Any]:
        """Return one column, an entry a word."""
        return self._columns[name].values

    def reading(self, name: str) -> NDArray[Any]:
        """Return one column of the readings of all words; those of a word stand together."""
        return self._readings[name].values

    @property
    def looks(self) -> NDArray[np.int64]:
        """The combinations met of the columns `classes`, `capital` and `shape`, a row each."""
        return self._looks.values

    @property
    def zipf(self) -> NDArray[np.float32]:
        """Zipf frequency of each word, a column a language of `LANGUAGES`; 0 for unknown."""
        return self._zipf.values

    @property
    def usage(self) -> NDArray[np.float32]:
        """How names of one word are used as words, a row each, columns `USAGE_FEATURES`; row 0 is empty."""
        return self._usage.values

    @property
    def usage_company(self) -> NDArray[np.int32]:
        """Row in `company` of each name of one word, rows as those of `usage`."""
        return self._usage_company.values

    @property
    def homograph(self) -> NDArray[np.int32]:
        """Place of each name of one word in `Lexicon.homographs`, -1 for none; rows as those of `usage`."""
        return self._homograph.values

    def begins_organisation(self, word: NDArray[np.int32], following: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Tell which words may begin, with the following one, a name of several words of `Lexicon.names`."""
        rows, columns = self.column("organisation_first")[word], self.column("organisation_second")[following]
        begins: NDArray[np.bool_] = self._organisations[rows, columns]
        return begins

    def make_room(self) -> None:
        """Forget everything when it is very much; ids and numbers given before are void then."""
        if not self._forgets:
            return
        if len(self.folded) > _MAX_WORDS or self.chunks.letters > _MAX_LETTERS:
            self._forget()

    def intern(self, words: Sequence[str]) -> list[int]:
        """Return the ids of words as written, taking new ones in."""
        known = self._ids
        missing = [word for word in dict.fromkeys(words) if word not in known]
        if missing:
            self._learn(missing)
        return [known[word] for word in words]

    def _learn(self, words: list[str]) -> None:
        """Work out everything about new words, with one look-up for all."""
        # Of two equal strings one is let go: most words are folded as they stand.
        folded = [word if (name := fold_word(word)) == word else name for word in words]
        read = [forms(word) if word else [] for word in folded]
        flat = [form for some in read for form in some]
        word_of = np.repeat(np.arange(len(words)), [len(some) for some in read])
        countries = self._gazetteer.demonym_countries(keys_of(form.name for form in flat))
        demonym = np.zeros(len(words), np.int64)
        for row in np.flatnonzero(countries)[::-1].tolist():  # the first reading that is one counts
            demonym[word_of[row]] = countries[row]
        whole = keys_of(folded)
        zipf = np.stack([self._gazetteer.zipf(whole, language) for language in LANGUAGES], axis=1)
        frequency = zipf.max(axis=1, initial=0)
        rarity = ((frequency < _RARE_ZIPF) & (demonym == 0)) * (1 + (frequency < _SLIP_ZIPF))
        counts, best, glued = self._learn_readings(words, flat, word_of, demonym, rarity)
        common = np.maximum(0, frequency.astype(np.float64) - _COMMON_ZIPF)
        values = [self._describe(*one) for one in zip(words, folded, demonym.tolist(), strict=True)]
        columns: dict[str, ArrayLike] = dict(zip(_DESCRIBED, zip(*values, strict=True), strict=True))
        columns["frequency"] = frequency
        columns["key"] = whole
        columns["company"] = self.company.rows(whole)
        columns["glued"] = glued
        columns["strong"] = np.maximum(0, best - 2 * common)
        columns["readings"] = counts
        columns["first_reading"] = len(self._readings["node"]) - np.cumsum(counts[::-1])[::-1]
        for name, column in columns.items():
            self._columns[name].extend(column)
        self._zipf.extend(zipf)
        self._ids.update(zip(words, range(len(self.folded), len(self.folded) + len(words)), strict=True))
        self.folded += folded

    def _learn_readings(
        self,
        words: list[str],
        forms_of_all: list[Form],
        word_of: NDArray[np.int64],
        demonym: NDArray[np.int64],
        rarity: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
        """Append the readings of new words that are names or begin some.

        Parameters
        ----------
        word_of
            Which of `words` each form is of.
        rarity
            For each word 1 when it is rare enough to be looked for by its sound when it is no name as it stands, 2
            when hardly anybody writes it, so that it may be a slip; 0 for other words.

        Returns
        -------
        counts, best, glued
            For each word the number of its readings; the weight of the weightiest name it is by itself, less
            the letters of its particle, 0 for none; and whether it is such a name with ب, ل or ك.
        """
        nodes = self.phrases.intern([form.name for form in forms_of_all])
        toponym, begins = self.phrases.toponym[nodes], self.phrases.begins[nodes]
        small = np.zeros(len(toponym), bool)
        for row in np.flatnonzero(toponym >= 0).tolist():
            at = int(word_of[row])
            name = forms_of_all[row].name
            if self._misread(words[at], int(toponym[row]), int(demonym[at])) or self._is_possessive(
                words[at], name, int(toponym[row])
            ):
                toponym[row] = -1
            else:
                small[row] = words[at].islower()
        known = np.bincount(word_of, toponym >= 0, len(words)) > 0
        short = np.array([len(form.name) <= _LONGEST_NAME for form in forms_of_all], bool)
        unknown = np.flatnonzero(((rarity > 0) & ~known)[word_of] & short)
        guesses = Guesses(self._gazetteer, self.toponyms, forms_of_all, word_of, toponym)
        guesses.find_joined(self.phrases, unknown)
        guesses.find_heard(unknown)
        slips = [
            row for row in unknown.tolist() if rarity[word_of[row]] > 1 and not words[word_of[row]].islower()
        ]
        guesses.find_misspelt(np.array(slips, np.int64))
        named = np.flatnonzero(toponym >= 0)
        self._learn_usage(list(dict.fromkeys(forms_of_all[row].name for row in named.tolist())))
        best = np.zeros(len(words))
        particles = np.array([len(form.clitic) for form in forms_of_all], np.int64)
        weights = self.toponyms.weights[toponym[named]].astype(np.float64)
        np.maximum.at(best, word_of[named], weights - particles[named])
        glued = np.zeros(len(words), bool)
        glued[word_of[named][[particle_of(forms_of_all[row].clitic) >= 2 for row in named.tolist()]]] = True  # noqa: PLR2004
        kept = np.flatnonzero((toponym >= 0) | begins)
        chosen = [forms_of_all[row] for row in kept.tolist()]
        self._readings["clitic"].extend(particles[kept])
        self._readings["particle"].extend([particle_of(form.clitic) for form in chosen])
        self._readings["usage"].extend([self._usage_ids.get(form.name, 0) for form in chosen])
        parts = (("toponym", toponym), ("node", nodes), ("begins", begins), ("small", small))
        for name, values in parts:
            self._readings[name].extend(values[kept])
        return np.bincount(word_of[kept], minlength=len(words)), best, glued

    def _misread(self, word: str, toponym: int, demonym: int) -> bool:
        """Tell whether a word is no such name by itself, although they fold alike.

        A Latin one is none as an adjective of a country or of two letters, and in small letters when it is a common
        word or the name of small places only. An Arabic one is none when it has a hamza on و and no spelling of the
        name has any: لقاؤه is not لقاوة.
        """
        if is_arabic(word):
            return _HAMZA in word and not any(
                _HAMZA in name
                for row in self.toponyms.places(toponym)[:_LOOKED_AT].tolist()
                for name in self._gazetteer.names(row)
            )
        if word.islower() and (len(word) <= _SHORTEST_LATIN or self.toponyms.weight(toponym) < _LEAST_SMALL):
            return True
        if self.toponyms.is_country_form(toponym):
            return len(word) <= _SHORTEST_LATIN and not word.isupper()  # "Eu égard" is not the EU
        if demonym == 0 and self.toponyms.abbreviates[toponym]:
            return word.islower()  # where it stands is looked at in the text
        return demonym > 0 or len(word) <= _SHORTEST_LATIN

    def _is_possessive(self, word: str, name: str, toponym: int) -> bool:
        """Tell whether a word is a noun and its owner, and not the small place that folds to the same letters.

        بيانه is "his statement", not بيانة. Larger places keep the spelling with ه for ة, and so do names with the
        article, which no owner follows.
        """
        if (
            not word.endswith("ه")
            or name.startswith("ال")
            or self.toponyms.weight(toponym) >= _SPELT_EITHER_WAY
        ):
            return False
        if self._gazetteer.zipf(keys_of([name[:-1]]), "ar")[0] < _NOUN_ZIPF:
            return False
        return not any(
            known.endswith("ه") and fold(known) == name
            for row in self.toponyms.places(toponym)[:_LOOKED_AT].tolist()
            for known in self._gazetteer.names(row)
        )

    def _learn_usage(self, names: list[str]) -> None:
        """Look up how often each name is met in the forms that nouns take and places don't."""
        new = [name for name in names if name not in self._usage_ids]
        keys = keys_of(form for name in new for form in word_forms(name))
        rows = np.stack([self._gazetteer.zipf(keys, language) for language in LANGUAGES]).max(axis=0)
        self._usage_ids.update(zip(new, range(len(self._usage), len(self._usage) + len(new)), strict=True))
        self._usage.extend(rows.reshape(-1, len(USAGE_FEATURES)))
        self._usage_company.extend(self.company.rows(keys_of(new)))
        self._homograph.extend([self._homograph_ids.get(name, -1) for name in new])

    def _describe(self, word: str, folded: str, demonym: int) -> tuple[int, ...]:
        """Return what `_DESCRIBED` names."""
        classes, stem = self.lexicon.word_class(folded)
        if demonym:
            classes |= _DEMONYM
        digits = folded.isdigit()
        if digits:
            classes |= _NUMBER
        arabic = is_arabic(word)
        shape = 16 * arabic + 8 * digits
        if arabic:
            defined = folded.startswith(("ال", "وال", "بال", "لل"))
            shape += defined + 2 * folded.endswith("ه") + 4 * (defined and folded.endswith(("ي", "يه")))
        capital = 2 if word.isupper() and len(word) > 1 else int(word[0].isupper())
        kinds = self.lexicon.head_kinds.get(stem, 0)
        codes = self._sets.get(self.lexicon.head_codes.get(stem, frozenset()), 0)
        rests = self.lexicon.rests_of_names(folded)
        look = (classes, capital, shape)
        if look not in self._look_ids:
            self._look_ids[look] = len(self._looks)
            self._looks.extend([look])
        return (
            self._look_ids[look],
            self._folds.setdefault(folded, len(self._folds)),
            len(folded),
            classes,
            capital,
            demonym,
            kinds,
            codes,
            shape,
            () in rests,
            self._organisation_rows.get(rests, 0),
            self._organisation_columns.get(folded, 0),
        )

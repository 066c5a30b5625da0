"""Lists of words that are evidence for or against a toponym, from `data/lexicon`.

A list is a text file with one entry a line; `#` begins a comment line. `place_heads.<language>.tsv` has three
columns: the head noun, the GeoNames feature codes that it announces, and `generic` or `name`. So has
`homographs.<language>.tsv`: a name that is a word too, the words right before it and right after it that make it one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag
from typing import TYPE_CHECKING

from dashboard.core.errors import ModelError
from dashboard.core.models import Kind
from dashboard.core.text import fold_name
from dashboard.gazetteer.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LANGUAGES", "Lexicon", "WordClass", "load_lexicon"]

LANGUAGES = ("ar", "en", "fr")
_KIND_BITS = {kind: 1 << place for place, kind in enumerate(Kind)}
_ANY = "*"  # company in a line of homographs
_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")


class WordClass(IntFlag):
    """The lists that a word can stand in."""

    HEAD_GENERIC = 1
    HEAD_NAME = 2
    LOCATIVE = 4
    DIRECTION = 8
    MOTION = 16
    SPEECH = 32
    TITLE = 64
    GIVEN_NAME = 128
    PARTICLE = 256
    ORGANISATION = 512
    GOVERNMENT = 1024
    GOVERNMENT_VERB = 2048
    TIME = 4096
    STOP = 8192
    DEMONYM = 16384
    NUMBER = 32768
    MOTION_NOUN = 1 << 16
    STREET = 1 << 17
    VENUE = 1 << 18
    EVENT = 1 << 19
    WORK = 1 << 20
    VESSEL = 1 << 21
    UNIT = 1 << 22
    CLUB = 1 << 23
    MEDIA = 1 << 24
    OFFICE = 1 << 25
    FAMILY = 1 << 26
    BOUNDARY = 1 << 27


_LISTS = {
    "locative_prepositions": WordClass.LOCATIVE,
    "direction_words": WordClass.DIRECTION,
    "motion_verbs": WordClass.MOTION,
    "motion_nouns": WordClass.MOTION_NOUN,
    "speech_verbs": WordClass.SPEECH,
    "person_titles": WordClass.TITLE,
    "given_names": WordClass.GIVEN_NAME,
    "person_particles": WordClass.PARTICLE,
    "organisation_heads": WordClass.ORGANISATION,
    "government_nouns": WordClass.GOVERNMENT,
    "government_verbs": WordClass.GOVERNMENT_VERB,
    "street_nouns": WordClass.STREET,
    "venue_nouns": WordClass.VENUE,
    "event_nouns": WordClass.EVENT,
    "work_nouns": WordClass.WORK,
    "vessel_nouns": WordClass.VESSEL,
    "unit_nouns": WordClass.UNIT,
    "club_nouns": WordClass.CLUB,
    "media_nouns": WordClass.MEDIA,
    "office_nouns": WordClass.OFFICE,
    "family_nouns": WordClass.FAMILY,
    "time_words": WordClass.TIME,
    "stop_words": WordClass.STOP,
}
_EXACT = WordClass.STOP | WordClass.LOCATIVE  # function words are matched as they stand, without و or ال


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the lists say of folded words.

    Attributes
    ----------
    classes
        Word to the union of its classes, for words met as they stand.
    stems
        The same for words that may carry و and ال.
    head_kinds
        Head noun to a bit set of `Kind` positions that it announces.
    head_codes
        Head noun to the feature codes that it announces.
    names
        Folded multi-word (or single-word) names of papers, clubs, parties, by their first word: the rest of
        the words.
    function_words
        The commonest words of each language, as written in lower case.
    homographs
        Folded name of one word that is an ordinary word too, to the words that make it one right before it, and
        right after it.
    words_alone
        Languages in which such a name is a word in any company, but behind the head noun of a place.
    """

    classes: dict[str, int]
    stems: dict[str, int]
    head_kinds: dict[str, int]
    head_codes: dict[str, frozenset[str]]
    names: dict[str, tuple[tuple[str, ...], ...]]
    function_words: dict[str, frozenset[str]]
    homographs: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    words_alone: dict[str, frozenset[str]] = field(default_factory=dict)

    def is_word_beside(self, name: str, before: str, after: str) -> bool:
        """Tell whether a folded name of one word is but a word between these two (نصف قطر الدائرة)."""
        left, right = self.homographs[name]
        return not left.isdisjoint(_stems(before)) or not right.isdisjoint(_stems(after))

    def rests_of_names(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return what may follow a folded word, with or without a particle, in a name of `names`."""
        bare = word[1:] if word[:1] in ("و", "ل", "ب") else word
        return self.names.get(word) or self.names.get(bare) or ()

    def word_class(self, word: str) -> tuple[int, str]:
        """Return the classes of a folded word and the stem under which they were found."""
        found = self.classes.get(word, 0)
        for stem in _stems(word):
            if stem in self.stems:
                return found | self.stems[stem], stem
        return found, word


def _stems(word: str) -> Iterator[str]:
    """Yield the word, then the word without و or ف, ب or ل, and the article."""
    yield word
    if word.startswith("ال"):
        yield word[2:]
    if not word.startswith(_CLITICS):
        return
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) > len(clitic) + 2:
            rest = word[len(clitic) :]
            yield rest
            if rest.startswith("ال"):
                yield rest[2:]
            elif clitic.endswith("ل") and rest.startswith("ل"):
                yield rest[1:]


def _entries(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line


def _three(path: Path, entry: str, what: str) -> list[str]:
    """Return the columns of a line."""
    cells = entry.split("\t")
    if len(cells) != 3:  # noqa: PLR2004
        raise ModelError(f"'{path}': {entry!r} has not three columns ({what}).")
    return cells


def _read_homographs(
    folder: Path,
    language: str,
    found: dict[str, tuple[frozenset[str], frozenset[str]]],
    alone: dict[str, frozenset[str]],
) -> None:
    """Add the lines of a language; a name that two languages have is joined."""
    path = folder / f"homographs.{language}.tsv"
    for entry in _entries(path) if path.exists() else ():
        name, *sides = _three(path, entry, "name, words before, words after")
        name = fold_name(name)
        before, after = (
            frozenset(fold_name(word) for word in side.split("|") if word not in {"-", _ANY})
            for side in sides
        )
        left, right = found.get(name, (frozenset(), frozenset()))
        found[name] = left | before, right | after
        if sides[0] == _ANY:
            alone[name] = alone.get(name, frozenset()) | {language}


def load_lexicon(folder: Path) -> Lexicon:
    """Read all lists of a folder.

    Raises
    ------
    ModelError
        When the folder is missing or a line of `place_heads` or `homographs` has not three columns.
    """
    if not folder.is_dir():
        raise ModelError(f"No word lists at '{folder}'. Install Kharita again.")
    classes: dict[str, int] = {}
    stems: dict[str, int] = {}
    head_kinds: dict[str, int] = {}
    head_codes: dict[str, frozenset[str]] = {}
    names: dict[str, set[tuple[str, ...]]] = {}
    homographs: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    words_alone: dict[str, frozenset[str]] = {}
    for language in LANGUAGES:
        for stem, word_class in _LISTS.items():
            path = folder / f"{stem}.{language}.txt"
            table, bits = classes if word_class & _EXACT else stems, int(word_class)
            for entry in _entries(path) if path.exists() else ():
                word = fold_name(entry)
                if " " not in word:
                    table[word] = table.get(word, 0) | bits
        for entry in _entries(folder / f"media_names.{language}.txt"):
            first, *rest = fold_name(entry).split() or [""]
            names.setdefault(first, set()).add(tuple(rest))
        heads = folder / f"place_heads.{language}.tsv"
        for entry in _entries(heads):
            cells = _three(heads, entry, "head, codes, generic or name")
            word, codes = fold_name(cells[0]), frozenset(cells[1].replace(" ", "").split(","))
            flag = int(WordClass.HEAD_NAME if cells[2].strip() == "name" else WordClass.HEAD_GENERIC)
            stems[word] = stems.get(word, 0) | flag
            head_codes[word] = head_codes.get(word, frozenset()) | codes
            for code in codes:
                head_kinds[word] = head_kinds.get(word, 0) | _KIND_BITS[kind_of(code)]
        _read_homographs(folder, language, homographs, words_alone)
    ordered = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in names.items()}
    function_words = {
        language: frozenset(word.strip().lower() for word in _entries(folder / f"stop_words.{language}.txt"))
        for language in LANGUAGES
    }
    return Lexicon(classes, stems, head_kinds, head_codes, ordered, function_words, homographs, words_alone)

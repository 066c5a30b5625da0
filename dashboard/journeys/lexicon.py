"""The word lists of movement, from `data/lexicon/journeys_*.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.core.errors import ModelError
from dashboard.core.text import fold_name
from dashboard.journeys.inflection import (
    bare_forms,
    before_pronoun,
    noun_forms,
    participle_forms,
    past_forms,
    present_forms,
)
from dashboard.journeys.models import ActorType, LegKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["CueForm", "CueWord", "Lexicon", "load_lexicons", "office_of", "read_offices", "readings"]

LANGUAGES = ("ar", "en", "fr")


class CueForm(StrEnum):
    """How a cue stands in its sentence."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NOUN = "noun"
    PARTICIPLE = "participle"


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a cue.

    Attributes
    ----------
    mover
        Whose movement it is: `subject`, `object` (he sends it), `meeting` (both), `host` (his guest), `attend`.
    bare
        What a place without a preposition is: `to`, `from`, `via`, or empty.
    inside
        What a place after a word for in is: `to`, `from`, or empty.
    """

    kind: LegKind
    mover: str
    bare: str
    inside: str
    form: CueForm
    lemma: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the lists of one language say of folded words and phrases."""

    language: str
    cues: dict[str, tuple[CueWord, ...]]
    cue_words: frozenset[str]
    actors: dict[str, ActorType]
    parts: frozenset[str]
    statuses: dict[str, str]
    status_phrases: tuple[tuple[list[str], str], ...]
    roles: dict[str, frozenset[str]]


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"No word list at '{path}'. Install Kharita again.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns:
            raise ModelError(f"'{path}', line {number}: more than {columns} columns: {line!r}")
        yield cells + [""] * (columns - len(cells))


def _split(cell: str) -> list[str]:
    return [entry.strip() for entry in cell.split(",") if entry.strip()]


def _read_cues(path: Path, language: str) -> dict[str, tuple[CueWord, ...]]:
    found: dict[str, list[CueWord]] = {}
    for kind, mover, bare, inside, past, present, nouns, participles in _rows(path, 8):
        lemma = fold_name((_split(past) or _split(present) or _split(nouns) or [""])[0])

        def add(
            form: CueForm, words: list[str], row: tuple[str, ...] = (kind, mover, bare, inside, lemma)
        ) -> None:
            for word in words:
                cue = CueWord(LegKind(row[0]), row[1], row[2].strip("-"), row[3].strip("-"), form, row[4])
                found.setdefault(fold_name(word), []).append(cue)

        if language == "ar":
            for verb in _split(past):
                add(CueForm.PAST, past_forms(verb))
            for verb in _split(present):
                forms = present_forms(verb)
                half = len(forms) // 2
                add(CueForm.PRESENT, forms[:half])
                add(CueForm.FUTURE, forms[half:])
            add(CueForm.NOUN, [form for noun in _split(nouns) for form in before_pronoun(noun)])
            for noun in _split(participles):
                add(CueForm.PARTICIPLE, participle_forms(noun))
        else:
            add(CueForm.NOUN, _split(nouns))
            add(CueForm.PAST, _split(past))
            add(CueForm.PRESENT, _split(present))
            add(CueForm.PARTICIPLE, _split(participles))
    return {word: tuple(dict.fromkeys(cues)) for word, cues in found.items()}


def _read_actors(path: Path, language: str) -> tuple[dict[str, ActorType], frozenset[str]]:
    actors: dict[str, ActorType] = {}
    parts: set[str] = set()
    for kind, nouns in _rows(path, 2):
        for noun in _split(nouns):
            forms = [fold_name(noun)] if language != "ar" else noun_forms(noun)
            if kind == "person":  # one individual; the plural is a group
                forms = forms[:1] + ([forms[0] + "ا"] if language == "ar" else [])
            for form in forms:
                if kind == "part":
                    parts.add(form)
                else:
                    actors.setdefault(form, ActorType(kind))
    return actors, frozenset(parts)


def _read_lexicon(folder: Path, language: str) -> Lexicon:
    actors, parts = _read_actors(folder / f"journeys_actors.{language}.tsv", language)
    statuses: dict[str, str] = {}
    phrases: list[tuple[list[str], str]] = []
    for status, entries in _rows(folder / f"journeys_status.{language}.tsv", 2):
        for entry in map(fold_name, _split(entries)):
            if " " in entry:
                phrases.append((entry.split(), status))
            else:
                statuses.setdefault(entry, status)
    roles = {
        role: frozenset(map(fold_name, _split(entries)))
        for role, entries in _rows(folder / f"journeys_roles.{language}.tsv", 2)
    }
    cues = _read_cues(folder / f"journeys_movement.{language}.tsv", language)
    cue_words = frozenset(word for phrase in cues for word in phrase.split())
    return Lexicon(language, cues, cue_words, actors, parts, statuses, tuple(phrases), roles)


@lru_cache(maxsize=4)  # 0.1 s, and every parser shares them
def load_lexicons(folder: Path) -> dict[str, Lexicon]:
    """Read the lists of all languages.

    Raises
    ------
    ModelError
        When a list is missing or a line has too many columns.
    """
    return {language: _read_lexicon(folder, language) for language in LANGUAGES}


@lru_cache(maxsize=1 << 12)  # a word's are asked for twice in one text; each takes 2 kB
def readings(word: str) -> tuple[tuple[str, str, str], ...]:
    """Return the readings of a folded word as `bare_forms` does, remembered."""
    return tuple(bare_forms(word))


@lru_cache(maxsize=4)
def read_offices(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Read, for each language, the phrases that titles begin with, longest first, and the office each means."""
    offices: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        path = folder / f"journeys_offices.{language}.tsv"
        pairs = [(fold_name(phrase), office) for office, some in _rows(path, 2) for phrase in _split(some)]
        offices[language] = sorted(pairs, key=lambda pair: -len(pair[0]))
    return offices


def office_of(title: str, phrases: Sequence[tuple[str, str]]) -> str | None:
    """Return the office that a folded title names, by the phrases of its language as `read_offices` gives them."""
    for bare in (title, title.removeprefix("و"), title.removeprefix("لل"), title.removeprefix("ل")):
        for phrase, office in phrases:
            if bare.startswith((phrase, "ال" + phrase)):
                return office
    return None

"""A text as journeys look at it: words with what is known of each, in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.core.text import WORD, fold
from dashboard.gazetteer import keys_of
from dashboard.geoparse.lexicon import WordClass, load_lexicon
from dashboard.journeys.lexicon import CueForm, load_lexicons, readings

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.core.models import Place
    from dashboard.gazetteer import Gazetteer
    from dashboard.journeys.lexicon import CueWord, Lexicon
    from dashboard.journeys.models import ActorType, Span

__all__ = ["Document", "Knowledge", "Word", "WordInfo", "read_document"]

_SENTENCE = re.compile(r"[.!?؟…](?=\s|$|[\"'»”)])|\n")
_FINITE = (CueForm.PAST, CueForm.PRESENT, CueForm.FUTURE)
_VERBS = WordClass.SPEECH | WordClass.GOVERNMENT_VERB | WordClass.MOTION
_CONJUNCTIONS = ("", "و", "ف", "ل", "ول", "فل")
_COMMON = 4.6  # Zipf frequency of everyday words


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue found in a word: what it is, and the particles and pronoun that are glued to it."""

    cue: CueWord
    particle: str
    pronoun: str


@dataclass(frozen=True, slots=True)
class WordInfo:
    """What is known of a word by itself.

    Attributes
    ----------
    particle
        Arabic particles (و ف ب ل ك and ال) in the reading under which it was known, or its likeliest.
    actor
        Type of the group that it heads; None when it heads none.
    part
        Whether it is a share of what follows (مجموعة من, dozens of).
    country
        Country of which it is the adjective, ISO 3166-1 alpha-2.
    zipf
        Frequency in the language; 0 for unknown words.
    """

    folded: str
    classes: int
    cues: tuple[Reading, ...]
    actor: ActorType | None
    part: bool
    particle: str
    country: str | None
    zipf: float
    roles: frozenset[str]
    status: str | None

    def is_a(self, classes: int) -> bool:
        """Tell whether it stands in one of these lists of the geoparser."""
        return bool(self.classes & classes)

    @property
    def finite(self) -> bool:
        """Whether it is, or may be, a verb with a subject."""
        return any(one.cue.form in _FINITE for one in self.cues) or "light" in self.roles


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; `gap` is what stands between it and the one before."""

    start: int
    end: int
    text: str
    gap: str
    sentence: int
    info: WordInfo


class Knowledge:
    """What is known of words: word lists, frequencies, adjectives of countries; remembers what it worked out."""

    def __init__(self, gazetteer: Gazetteer, folder: Path) -> None:
        self.gazetteer = gazetteer
        self.lists = load_lexicon(folder)
        self.lexicons = load_lexicons(folder)
        self._infos: dict[tuple[str, str], WordInfo] = {}

    def info(self, text: str, language: str) -> WordInfo:
        """Return what is known of a word as written."""
        known = self._infos.get((text, language))
        if known is None:
            if len(self._infos) > 1 << 18:
                self._infos.clear()
            known = self._infos[text, language] = self._learn(text, language)
        return known

    def _learn(self, text: str, language: str) -> WordInfo:
        lexicon, folded = self.lexicons[language], fold(text)
        classes, stem = self.lists.word_class(folded)
        options = readings(folded) if language == "ar" else (("", folded, ""),)
        nouns = WordClass.ORGANISATION | WordClass.GOVERNMENT
        cues = (
            () if classes & nouns and folded not in lexicon.cues else tuple(_cue_readings(lexicon, options))
        )
        actor, part, particle = _actor_reading(lexicon, options)
        keys = keys_of(dict.fromkeys([folded, *[bare for _, bare, pronoun in options if not pronoun]]))
        codes = self.gazetteer.demonym_countries(keys)
        country = next((self.gazetteer.countries[code] for code in codes.tolist() if code), None)
        zipf = float(self.gazetteer.zipf(keys[:1], language)[0])
        bares = {folded} | {bare for lead, bare, pronoun in options if not pronoun and lead in _CONJUNCTIONS}
        roles = frozenset(role for role, some in lexicon.roles.items() if bares & some)
        if any(
            pronoun and self.lists.stems.get(bare, 0) & WordClass.TITLE and "ال" not in lead
            for lead, bare, pronoun in options
        ):
            roles |= {"title", "owned"}  # سفيرها
        status = next((lexicon.statuses[bare] for _, bare, _ in options if bare in lexicon.statuses), None)
        if not particle and stem != folded and folded.endswith(stem):
            particle = folded[: len(folded) - len(stem)]
        if language == "en" and text[:1].islower():
            country = None
        return WordInfo(folded, classes, cues, actor, part, particle, country, zipf, roles, status)

    @cached_property
    def capitals(self) -> dict[str, int]:
        """Row of the capital of each country."""
        gazetteer = self.gazetteer
        code = gazetteer.feature_codes.index("PPLC") if "PPLC" in gazetteer.feature_codes else -1
        rows = (gazetteer.feature_code == code).nonzero()[0].tolist()
        rows.sort(key=lambda row: int(gazetteer.population[row]))
        return {gazetteer.countries[int(gazetteer.country[row])]: row for row in rows}

    def country_place(self, code: str) -> Place | None:
        """Return a country as a place."""
        row = self.gazetteer.row(f"country:{code}")
        return None if row is None else self.gazetteer.place(row)

    def capital_place(self, code: str) -> Place | None:
        """Return the capital of a country."""
        row = self.capitals.get(code)
        return None if row is None else self.gazetteer.place(row)


def _cue_readings(lexicon: Lexicon, options: tuple[tuple[str, str, str], ...]) -> list[Reading]:
    """Return the cues that a word may be; verbs carry no article, and prepositions only as a purpose."""
    found: list[Reading] = []
    for particle, bare, pronoun in options:
        for cue in lexicon.cues.get(bare, ()):
            finite = cue.form in _FINITE
            if (finite and pronoun and particle) or ("ك" in particle):
                continue
            if finite and particle not in _CONJUNCTIONS:
                continue
            if finite and particle.endswith("ل") and cue.form is not CueForm.PRESENT:
                continue
            if "ال" in particle and pronoun:
                continue
            found.append(Reading(cue, particle, pronoun))
        if found:  # the reading that strips least
            return found
    return found


def _actor_reading(
    lexicon: Lexicon, options: tuple[tuple[str, str, str], ...]
) -> tuple[ActorType | None, bool, str]:
    for particle, bare, pronoun in options:
        actor, part = lexicon.actors.get(bare), bare in lexicon.parts
        if (actor or part) and not ("ال" in particle and pronoun) and "ك" not in particle:
            return actor, part, particle
    return None, False, ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into words and sentences.

    Attributes
    ----------
    sentences
        First word and one past the last of each.
    spans
        The sentences in code points, from one stop to the next.
    """

    text: str
    language: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    lexicon: Lexicon

    def word_at(self, offset: int) -> int:
        """Return the word that holds an offset, or the first one after it."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def is_headline(self, sentence: int) -> bool:
        """Tell whether a sentence is the first line, or a line that ends without a stop."""
        start, end = self.spans[sentence]
        return (
            self.text[end : end + 1] in ("", "\n")
            and self.text[end - 1 : end] not in ".؟?!…"
            and end - start < _LINE
        )


_LINE = 140  # code points; longer lines are paragraphs


def read_document(knowledge: Knowledge, text: str, language: str) -> Document:
    """Cut a text into words and sentences, and look each word up."""
    language = language if language in knowledge.lexicons else "en"
    cuts = [match.end() for match in _SENTENCE.finditer(text)]
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    spans: list[Span] = []
    first, before, cut = 0, 0, 0
    for match in WORD.finditer(text):
        start, end = match.span()
        if cut < len(cuts) and start >= cuts[cut]:
            if len(words) > first:
                sentences.append((first, len(words)))
                spans.append((words[first].start, _stop(text, words[-1].end, cuts[cut])))
                first = len(words)
            while cut < len(cuts) and start >= cuts[cut]:
                cut += 1
        written = match.group()
        words.append(
            Word(start, end, written, text[before:start], len(sentences), knowledge.info(written, language))
        )
        before = end
    if len(words) > first:
        sentences.append((first, len(words)))
        spans.append((words[first].start, _stop(text, words[-1].end, len(text))))
    lexicon = knowledge.lexicons[language]
    return Document(text, language, tuple(words), tuple(sentences), tuple(spans), lexicon)


def _stop(text: str, word_end: int, cut: int) -> int:
    """Return the end of a sentence with its stop, without white space."""
    return max(word_end, word_end + len(text[word_end:cut].rstrip()))

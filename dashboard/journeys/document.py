"""A text as journeys look at it: words with what is known of each, in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.core.text import WORD, fold
from dashboard.gazetteer import keys_of
from dashboard.geoparse.lexicon import WordClass, load_lexicon
from dashboard.journeys.lexicon import CueForm, load_lexicons, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
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
_OPENING_CLASSES = int(WordClass.TITLE | WordClass.GIVEN_NAME)
_RARE = 4.0  # Zipf frequency below which a word may be a name
_MOST_WORDS = 1 << 18  # then all is forgotten
_CUE, _PLACE_WORD = 1, 2
_POINTING = ("anaphor", "land", "thither", "therein")  # words that mean a place without naming it
_SIGNS = frozenset(["no_cue", "match", "resident", "covers", "carries", "amount", "thing", "about", "untrue"])
_OPENING = 2  # first sentences of a text, which name people in full


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
    opens
        Whether an actor's phrase may begin with it.
    signs
        What it says of its surroundings: a match, a load, who lives where he is sent, a look-alike of a cue.
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
    opens: bool
    signs: frozenset[str] = frozenset()

    def is_a(self, classes: int) -> bool:
        """Tell whether it stands in one of these lists of the geoparser."""
        return int.__and__(self.classes, classes) != 0  # without the detour through the flags' own operator

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

    def __init__(self, gazetteer: Gazetteer, folder: Path, openers: Collection[str] = ()) -> None:
        self.gazetteer = gazetteer
        self.lists = load_lexicon(folder)
        self.lexicons = load_lexicons(folder)
        self._openers = openers
        self._infos: dict[str, dict[str, WordInfo]] = {language: {} for language in self.lexicons}
        self._marks: dict[str, dict[str, int]] = {language: {} for language in self.lexicons}

    def info(self, text: str, language: str) -> WordInfo:
        """Return what is known of a word as written."""
        infos = self._infos[language]
        known = infos.get(text)
        if known is None:
            if len(infos) > _MOST_WORDS:
                infos.clear()
            known = infos[text] = self._learn(text, language)
        return known

    def marks(self, text: str, language: str) -> int:
        """Return whether a word may be a cue, and whether it may describe a place; cheaper than all about it."""
        known = self._marks[language]
        found = known.get(text)
        if found is None:
            if len(known) > _MOST_WORDS:
                known.clear()
            lexicon, folded = self.lexicons[language], fold(text)
            options = readings(folded) if language == "ar" else (("", folded, ""),)
            described = frozenset[str]().union(*(lexicon.roles.get(role, ()) for role in _POINTING))
            found = _CUE * (
                folded in lexicon.cue_words or any(bare in lexicon.cues for _, bare, _ in options)
            )
            found |= _PLACE_WORD * (folded in described or any(bare in described for _, bare, _ in options))
            known[text] = found
        return found

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
        signs, roles = roles & _SIGNS, roles - _SIGNS
        status = next((lexicon.statuses[bare] for _, bare, _ in options if bare in lexicon.statuses), None)
        if not particle and stem != folded and folded.endswith(stem):
            particle = folded[: len(folded) - len(stem)]
        if (language == "en" and text[:1].islower()) or text.endswith("اليمنى"):  # the right arm
            country = None
        opens = bool(
            classes & _OPENING_CLASSES
            or actor
            or part
            or country
            or zipf < _RARE
            or {"title", "owned"} & roles
        ) or any(bare in self._openers for _, bare, _ in options)
        return WordInfo(
            folded, classes, cues, actor, part, particle, country, zipf, roles, status, opens, signs
        )

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


def read_document(
    knowledge: Knowledge, text: str, language: str, places: Sequence[int] | None = None
) -> Document:
    """Cut a text into words and sentences, and look each word up.

    Parameters
    ----------
    places
        Where the text names places, code points, rising. Given, only the sentences that may state a leg are read,
        with those before them and the first two, where people are named in full; none if no sentence may.
    """
    language = language if language in knowledge.lexicons else "en"
    pieces = list(_sentences(text))
    if places is not None:
        pieces = [pieces[at] for at in _telling(knowledge, pieces, language, places)]
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    spans: list[Span] = []
    for number, (end, found) in enumerate(pieces):
        first, before = len(words), found[0].start()
        for match in found:
            start, stop = match.span()
            written = match.group()
            info = knowledge.info(written, language)
            words.append(Word(start, stop, written, text[before:start], number, info))
            before = stop
        sentences.append((first, len(words)))
        spans.append((words[first].start, _stop(text, before, end)))
    return Document(
        text, language, tuple(words), tuple(sentences), tuple(spans), knowledge.lexicons[language]
    )


def _sentences(text: str) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Yield the words of each sentence that has any, with the end of its stop."""
    begin = 0
    for cut in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        found = list(WORD.finditer(text, begin, cut))
        if found:
            yield cut, found
        begin = cut


def _telling(
    knowledge: Knowledge,
    pieces: Sequence[tuple[int, list[re.Match[str]]]],
    language: str,
    places: Sequence[int],
) -> list[int]:
    """Return the sentences that hold a cue and a place, and those that say who is meant; empty if none does."""
    kept: set[int] = set()
    for number, (end, found) in enumerate(pieces):
        marks = 0
        for match in found:
            marks |= knowledge.marks(match.group(), language)
        begin = bisect_left(places, found[0].start())
        placed = begin < len(places) and places[begin] < end
        if marks & _CUE and (placed or marks & _PLACE_WORD):
            kept.update((max(0, number - 1), number))
    return sorted(kept | set(range(min(_OPENING, len(pieces))))) if kept else []


def _stop(text: str, word_end: int, cut: int) -> int:
    """Return the end of a sentence with its stop, without white space."""
    return max(word_end, word_end + len(text[word_end:cut].rstrip()))

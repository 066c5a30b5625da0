"""A text as journeys look at it: words with what is known of each, in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dashboard.core.text import WORD, fold
from dashboard.gazetteer import keys_of
from dashboard.geoparse.lexicon import WordClass, load_lexicon
from dashboard.journeys.lexicon import CueForm, load_lexicons, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
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
_OPENING_CLASSES = int(WordClass.TITLE | WordClass.GIVEN_NAME)  # numbers: flags take their time
_NOUNS = int(WordClass.ORGANISATION | WordClass.GOVERNMENT)
_TITLE = int(WordClass.TITLE)
_OWNED = frozenset({"title", "owned"})
_NOTHING: frozenset[str] = frozenset()
_RARE = 4.0  # Zipf frequency below which a word may be a name
# Then all is forgotten: what is known of a word takes some 400 bytes, its marks half of that.
_MOST_WORDS, _MOST_MARKS = 1 << 16, 1 << 16
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
    phrases
        The phrases of several words that may begin with it and give a status, with that.
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
    phrases: tuple[tuple[list[str], str], ...] = ()

    def is_a(self, classes: int) -> bool:
        """Tell whether it stands in one of these lists of the geoparser."""
        return int.__and__(self.classes, classes) != 0  # without the detour through the flags' own operator

    @property
    def finite(self) -> bool:
        """Whether it is, or may be, a verb with a subject."""
        return any(one.cue.form in _FINITE for one in self.cues) or "light" in self.roles


class Word(NamedTuple):
    """A word of a text; `gap` is what stands between it and the one before."""

    start: int
    end: int
    text: str
    gap: str
    sentence: int
    info: WordInfo


class _Marks(dict[str, int]):
    """Whether a word as written may be a cue, and whether it may describe a place; cheaper than all about it."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._cues = frozenset(lexicon.cues)
        self._described = _NOTHING.union(*(lexicon.roles.get(role, ()) for role in _POINTING))

    def __missing__(self, text: str) -> int:
        """Find out and remember."""
        lexicon, folded = self._lexicon, fold(text)
        bares = {folded} | {bare for _, bare, _ in _options(folded, lexicon.language)}
        found = _CUE * (folded in lexicon.cue_words or not bares.isdisjoint(self._cues))
        found |= _PLACE_WORD * (not bares.isdisjoint(self._described))
        if len(self) > _MOST_MARKS:
            self.clear()
        self[text] = found
        return found


def _options(folded: str, language: str) -> tuple[tuple[str, str, str], ...]:
    """Return the readings of a word: as it stands, and in Arabic without what is glued to it."""
    return readings(folded) if language == "ar" else (("", folded, ""),)


class Knowledge:
    """What is known of words: word lists, frequencies, adjectives of countries; remembers what it worked out."""

    def __init__(self, gazetteer: Gazetteer, folder: Path, openers: Collection[str] = ()) -> None:
        self.gazetteer = gazetteer
        self.lists = load_lexicon(folder)
        self.lexicons = load_lexicons(folder)
        self._openers = frozenset(openers)
        self._infos: dict[str, dict[str, WordInfo]] = {language: {} for language in self.lexicons}
        self._roles = {language: _roles_of(lexicon) for language, lexicon in self.lexicons.items()}
        self.marks = {language: _Marks(lexicon) for language, lexicon in self.lexicons.items()}

    def infos(self, texts: Iterable[str], language: str) -> dict[str, WordInfo]:
        """Return what is known of words, with these among them as they are written."""
        known = self._infos[language]
        if len(known) > _MOST_WORDS:
            known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            self._learn(new, language)
        return known

    def _learn(self, texts: Sequence[str], language: str) -> None:
        """Work out everything about new words, with one look-up for all."""
        folded = [fold(text) for text in texts]
        options = [_spelt(_options(word, language), text) for word, text in zip(folded, texts, strict=True)]
        forms = [
            list(dict.fromkeys([word, *(bare for _, bare, pronoun in some if not pronoun)]))
            for word, some in zip(folded, options, strict=True)
        ]
        codes = self.gazetteer.demonym_countries(keys_of(form for some in forms for form in some)).tolist()
        frequencies = self.gazetteer.zipf(keys_of(folded), language).tolist()
        at, known = 0, self._infos[language]
        for text, word, some, names, zipf in zip(texts, folded, options, forms, frequencies, strict=True):
            code = next(filter(None, codes[at : at + len(names)]), 0)
            at += len(names)
            country = self.gazetteer.countries[code] if code else None
            if (language == "en" and text[:1].islower()) or text.endswith("اليمنى"):  # the right arm
                country = None
            described = self._describe(word, some, country, zipf, language)
            if text.endswith("إلى") and described.classes & _TITLE:  # وإلى is no governor (والي)
                classes = described.classes & ~_TITLE
                described = replace(described, classes=classes, opens=False)
            known[text] = described

    def _describe(
        self,
        folded: str,
        options: tuple[tuple[str, str, str], ...],
        country: str | None,
        zipf: float,
        language: str,
    ) -> WordInfo:
        lexicon = self.lexicons[language]
        classes, stem = self.lists.word_class(folded)
        cues = (
            () if classes & _NOUNS and folded not in lexicon.cues else tuple(_cue_readings(lexicon, options))
        )
        actor, part, particle = _actor_reading(lexicon, options)
        roles_of = self._roles[language]
        roles = roles_of.get(folded, _NOTHING)
        for lead, bare, pronoun in options:
            if not pronoun and lead in _CONJUNCTIONS and bare in roles_of:
                roles |= roles_of[bare]
        if any(
            pronoun and self.lists.stems.get(bare, 0) & _TITLE and "ال" not in lead
            for lead, bare, pronoun in options
        ):
            roles |= _OWNED  # سفيرها
        signs, roles = roles & _SIGNS, roles - _SIGNS
        status = next((lexicon.statuses[bare] for _, bare, _ in options if bare in lexicon.statuses), None)
        if not particle and stem != folded and folded.endswith(stem):
            particle = folded[: len(folded) - len(stem)]
        opens = bool(
            classes & _OPENING_CLASSES or actor or part or country or zipf < _RARE or _OWNED & roles
        ) or any(bare in self._openers for _, bare, _ in options)
        phrases = tuple(one for one in lexicon.status_phrases if folded.endswith(one[0][0]))
        return WordInfo(
            folded,
            classes,
            cues,
            actor,
            part,
            particle,
            country,
            zipf,
            roles,
            status,
            opens,
            signs,
            phrases,
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


def _roles_of(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the roles that each word plays."""
    found: dict[str, frozenset[str]] = {}
    for role, some in lexicon.roles.items():
        for word in some:
            found[word] = found.get(word, _NOTHING) | {role}
    return found


def _spelt(options: tuple[tuple[str, str, str], ...], text: str) -> tuple[tuple[str, str, str], ...]:
    """Leave out the readings with «his» of a word that ends in ta marbuta: مراقبة is no observer of his."""
    if not text.endswith("ة"):
        return options
    return tuple(one for one in options if one[2] != "ه")


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
    infos = knowledge.infos((word for _, _, some in pieces for word in some), language)
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    spans: list[Span] = []
    for number, (begin, end, _) in enumerate(pieces):
        first, before = len(words), -1
        for match in WORD.finditer(text, begin, end):
            start, stop = match.span()
            written = match.group()
            gap = text[before:start] if before >= 0 else ""
            words.append(Word(start, stop, written, gap, number, infos[written]))
            before = stop
        sentences.append((first, len(words)))
        spans.append((words[first].start, _stop(text, before, end)))
    return Document(
        text, language, tuple(words), tuple(sentences), tuple(spans), knowledge.lexicons[language]
    )


def _sentences(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each sentence that has any words: where it begins, the end of its stop, and the words."""
    begin = 0
    for cut in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        found = WORD.findall(text, begin, cut)
        if found:
            yield begin, cut, found
        begin = cut


def _telling(
    knowledge: Knowledge,
    pieces: Sequence[tuple[int, int, list[str]]],
    language: str,
    places: Sequence[int],
) -> list[int]:
    """Return the sentences that hold a cue and a place, and those that say who is meant; empty if none does."""
    kept: set[int] = set()
    marks_of = knowledge.marks[language].__getitem__
    for number, (start, end, found) in enumerate(pieces):
        marks = 0
        for mark in map(marks_of, found):
            marks |= mark
        begin = bisect_left(places, start)
        placed = begin < len(places) and places[begin] < end
        if marks & _CUE and (placed or marks & _PLACE_WORD):
            kept.update((max(0, number - 1), number))
    return sorted(kept | set(range(min(_OPENING, len(pieces))))) if kept else []


def _stop(text: str, word_end: int, cut: int) -> int:
    """Return the end of a sentence with its stop, without white space."""
    return max(word_end, word_end + len(text[word_end:cut].rstrip()))

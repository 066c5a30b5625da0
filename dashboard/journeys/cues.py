"""Words that state a movement: where they stand, and which of their readings is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.lookalikes import is_no_cue
from dashboard.journeys.vocabulary import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.journeys.document import Document

__all__ = ["Cue", "find_cues"]

_NOUNS = (CueForm.NOUN, CueForm.PARTICIPLE)
_MOVED = re.compile("^[وف]?س?.\u064f|\u0651")  # the vowel of a passive, or a doubled letter: رُحّل


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that states a movement: its place among the words, its last word, and its reading."""

    at: int
    last: int
    reading: Reading

    @property
    def finite(self) -> bool:
        """Whether it is a verb with a subject of its own."""
        return self.reading.cue.form not in _NOUNS

    @property
    def future(self) -> bool:
        """Whether its form says that it is to come."""
        return self.reading.cue.form is CueForm.FUTURE


def find_cues(document: Document) -> list[Cue]:
    """Find the words that may state a movement."""
    cues: list[Cue] = []
    lexicon = document.lexicon
    longest = {} if document.language == "ar" else _longer_cues(lexicon.cues)
    skip = -1
    for at, word in enumerate(document.words):
        if at <= skip:
            continue
        found = _phrase(document, at, longest)
        if found is not None:
            cues.append(found)
            skip = found.last
        elif word.info.cues and not is_no_cue(document, at):
            cues.append(Cue(at, at, _choose(document, at)))
    return cues


def _longer_cues(cues: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    longer: dict[str, list[tuple[str, ...]]] = {}
    for phrase in cues:
        words = tuple(phrase.split())
        if len(words) > 1:
            longer.setdefault(words[0], []).append(words)
    return longer


def _phrase(document: Document, at: int, longer: dict[str, list[tuple[str, ...]]]) -> Cue | None:
    """Return a cue of several words that begins at a word (set off, se rend)."""
    for words in longer.get(document.words[at].info.folded, ()):
        end = at + len(words)
        if tuple(word.info.folded for word in document.words[at:end]) == words:
            return Cue(at, end - 1, Reading(document.lexicon.cues[" ".join(words)][0], "", ""))
    return None


def _moves_about(document: Document, at: int) -> bool:
    """Tell whether تنقل is he moved about, not she carries: a letter is doubled, or «بين» follows."""
    word = document.words[at]
    after = [one for one in document.words[at + 1 : at + 7] if one.sentence == word.sentence]
    return "\u0651" in word.text or any(one.info.folded == "بين" for one in after)


_TRIP = "رحله"


def _choose(document: Document, at: int) -> Reading:
    """Choose between verb and noun where they are written alike: after a preposition it is a noun."""
    readings = document.words[at].info.cues
    if len(readings) == 1:
        return readings[0]
    word = document.words[at]
    before = document.words[at - 1].info if at and document.words[at - 1].sentence == word.sentence else None
    glued = set(readings[0].particle) & set("بلك")
    after_preposition = before is not None and (
        before.is_a(WordClass.LOCATIVE) or before.folded in ("the", "a", "his", "la", "le", "sa")
    )
    nominal = sorted(
        (one for one in readings if one.cue.form in _NOUNS), key=lambda one: one.cue.form is not CueForm.NOUN
    )
    if any(one.cue.lemma == _TRIP and one.pronoun for one in nominal):
        return next(one for one in nominal if one.cue.lemma == _TRIP)  # رحلته: his trip, not she deported him
    verbal = [one for one in readings if one.cue.form not in _NOUNS]
    if len({one.cue.mover for one in verbal}) > 1:
        if any(one.cue.lemma == "تنقل" for one in verbal) and not _moves_about(document, at):
            return next(
                one for one in verbal if one.cue.lemma != "تنقل"
            )  # she carries, unless the letter is doubled
        moved = bool(_MOVED.search(word.text)) or any(one.pronoun for one in verbal)
        verbal.sort(key=lambda one: (one.cue.mover == "object") is not moved)
    if (glued or after_preposition) and nominal:
        return nominal[0]
    return (verbal or nominal)[0]

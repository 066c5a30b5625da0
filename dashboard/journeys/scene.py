"""All that was found in a text, laid out by words, for the passes that bind actors, cues and places together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegKind
from dashboard.journeys.vocabulary import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.core.dates import DateReading
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.document import Document
    from dashboard.journeys.lexicon import CueWord
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["Cue", "Draft", "Scene", "dated_words", "find_cues"]

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


@dataclass(frozen=True, slots=True)
class Draft:
    """A leg in the making: which actor, cue and places, and what speaks for each binding.

    Attributes
    ----------
    onward
        Whether its cue says that somebody goes on from where he is.
    features
        By name, what was seen in binding; no feature names a word.
    """

    actor: ActorSpan
    cue: Cue
    sentence: int
    from_place: PlaceSpan | None = None
    to_place: PlaceSpan | None = None
    via: PlaceSpan | None = None
    onward: bool = False
    features: dict[str, float] = field(default_factory=dict)


class Scene:
    """A text with its places, actors, cues and dates, each findable by word."""

    def __init__(
        self,
        document: Document,
        places: Sequence[PlaceSpan],
        actors: Sequence[ActorSpan],
        cues: Sequence[Cue],
        dates: Sequence[DateReading],
    ) -> None:
        self.document = document
        self.words = document.words
        self.places = places
        self.actors = actors
        self.cues = cues
        self.dates = dates
        self.actor_at = {at: one for one in actors for at in range(one.lead, one.tail + 1)}
        self.place_at = {at: one for one in places for at in range(one.lead, one.last + 1)}
        self.cue_at = {one.at: one for one in cues}
        self.date_words = dated_words(document, dates)

    def info(self, at: int) -> WordInfo:
        """Return what is known of a word."""
        return self.words[at].info

    def namings(self, actor: ActorSpan) -> list[ActorSpan]:
        """Return an actor, then the other phrases that name the same one."""
        others = [one for one in self.actors if actor.who and one.who == actor.who and one is not actor]
        return [actor, *others]

    def sentence_of(self, at: int) -> tuple[int, int]:
        """Return the first word, and one past the last, of a word's sentence."""
        return self.document.sentences[self.words[at].sentence]

    def free_places(self, begin: int, end: int) -> list[PlaceSpan]:
        """Return the places among some words that are no part of an actor's title."""
        return [
            one
            for one in self.places
            if begin <= one.first < end and not (one.first in self.actor_at and self._belongs(one))
        ]

    def _belongs(self, place: PlaceSpan) -> bool:
        actor = self.actor_at[place.first]
        return actor.lead < place.first or actor.first == place.first

    def skippable(self, at: int) -> bool:
        """Tell whether a word may stand between a verb and its subject: a date, an adverb, an auxiliary."""
        info = self.info(at)
        if at in self.date_words or info.is_a(WordClass.TIME):
            return True
        if info.folded in (
            "قد",
            "كان",
            "كانت",
            "ايضا",
            "رسميا",
            "و",
            "لم",
            "لن",
            "لا",
            "also",
            "will",
            "had",
            "has",
            "have",
        ):
            return True
        return "in" in info.roles and at + 1 in self.date_words


def dated_words(document: Document, dates: Sequence[DateReading]) -> frozenset[int]:
    """Return the words of dates."""
    return frozenset(
        at for one in dates for at in range(document.word_at(one.start), document.word_at(one.end - 1) + 1)
    )


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
        elif word.info.cues and not _no_cue(document, at):
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


def _no_cue(document: Document, at: int) -> bool:  # noqa: PLR0911 - a way out for each look-alike
    """Tell whether a word only looks like a cue: a name, or a noun where the form is a verb's elsewhere."""
    word = document.words[at]
    following = document.words[at + 1].info if at + 1 < len(document.words) else None
    if following is not None and "that" in following.roles and word.info.finite:
        return True  # يأتي ذلك
    first = word.info.cues[0]
    tagged = at + 1 < len(document.words) and document.words[at + 1].gap == "_"
    if tagged or word.gap == "_" or "no_cue" in word.info.signs or "to" in word.info.roles:  # باتجاه
        return True
    if word.text.endswith("ة") and all(one.pronoun for one in word.info.cues):
        return True  # حلقة: no verb with his
    if _of_sport(document, at, first.cue) or _of_no_body(document, at, first):
        return True
    if first.cue.mover == "object" and first.cue.form not in _NOUNS and _reports(document, at):
        return True  # نقلت الوكالة عن
    if first.cue.mover == "meeting" and "ال" in first.particle:
        return True  # هذا اللقاء
    if word.info.actor is not None and "ال" in word.info.particle:
        return True  # المهاجرين
    if at and "board" in document.words[at - 1].info.roles:
        return True  # على متن رحلة
    if document.language != "ar":
        return (
            word.text[:1].isupper()
            and at > 0
            and word.gap.strip() == ""
            and document.words[at - 1].sentence == word.sentence
        )
    return False


_MET = ("meeting", "host", "attend")
_CLUB = frozenset(["رحل", "انتقل", "غادر", "عاد", "اعاد"])  # what players do between clubs as well


def _of_sport(document: Document, at: int, cue: CueWord) -> bool:
    """Tell whether a meeting is a match, or a move one between clubs: the sentence speaks of sport."""
    rounds = cue.form is CueForm.NOUN and cue.lemma in ("تجول", "ذهب")  # الجولة الأولى, لقاء الذهاب
    if cue.mover not in _MET and cue.lemma not in _CLUB and not rounds:
        return False
    begin, end = document.sentences[document.words[at].sentence]
    return any("match" in word.info.signs for word in document.words[begin:end])


def _of_no_body(document: Document, at: int, reading: Reading) -> bool:  # noqa: PLR0911 - a way out for each
    """Tell whether a verb is one of time or of print: يمر يوم, نشرته, تدخل روسيا (the noun)."""
    word = document.words[at]
    following = document.words[at + 1].info if at + 1 < len(document.words) else None
    if reading.cue.mover == "troops" and reading.pronoun:
        return True
    if at and "thing" in document.words[at - 1].info.signs:
        return True  # الأمر يعود إليه, نقطة عبور, مسيرات العودة
    if following is None:
        return False
    if _elsewhere_meant(document, at, reading):
        return True
    if "amount" in following.signs or (reading.cue.lemma == "قابل" and following.folded.startswith("ب")):
        return True  # وصل عدد القتلى, يقابل باستهداف
    if reading.cue.kind is LegKind.TRANSIT and reading.cue.form not in _NOUNS:
        return following.is_a(WordClass.TIME) and not following.folded.startswith("ال")
    if reading.cue.lemma == "تجول" and reading.cue.form is CueForm.NOUN:
        rounds = document.words[at + 1 : at + 4]
        return any(one.info.folded.removeprefix("ال") in _ROUNDS for one in rounds)
    return word.info.folded in _NOUN_TOO and following.actor is None


_ROUNDS = frozenset(["محادثات", "مفاوضات", "مباحثات", "مشاورات", "انتخابات", "قتال", "حوار", "تصعيد", "عنف"])


_STREETS = frozenset(
    ["الشارع", "شوارع", "الشوارع", "شارع", "الساحات", "تظاهرات", "مظاهرات", "مظاهره", "تظاهره"]
)
_POWER = frozenset(["السلطه", "الحكم", "الرياسه", "الابيض", "العرش"])


def _elsewhere_meant(document: Document, at: int, reading: Reading) -> bool:
    """Tell whether a verb means something else by what follows: to the streets, to power, for a fee."""
    sentence = document.words[at].sentence
    after = {one.info.folded for one in document.words[at + 1 : at + 11] if one.sentence == sentence}
    lemma = reading.cue.lemma
    if lemma in ("خرج", "نزل") and after & _STREETS:
        return True
    near = {one.info.folded for one in document.words[at + 1 : at + 6] if one.sentence == sentence}
    if lemma == "وصل" and reading.cue.form is CueForm.NOUN and near & _POWER:
        return True
    return lemma == "انتقل" and "مقابل" in after


_NOUN_TOO = ("تدخل", "وتدخل", "تقدم", "وتقدم")  # he enters, or an intervention; an advance, or progress


def _reports(document: Document, at: int) -> bool:
    """Tell whether a verb of carrying means to report: «عن» follows before any direction."""
    for word in document.words[at + 1 : at + 9]:
        if word.sentence != document.words[at].sentence or "to" in word.info.roles:
            return False
        if "away" in word.info.roles:
            return True
    return False


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

"""All that was found in a text, laid out by words, for the passes that bind actors, cues and places together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.core.dates import DateReading
    from dashboard.journeys.actors import ActorSpan
    from dashboard.journeys.cues import Cue
    from dashboard.journeys.document import Document
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["Draft", "Scene", "dated_words"]


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
        self.cues_by_sentence = Counter(self.words[one.at].sentence for one in cues)

    @cached_property
    def match_words(self) -> int:
        """How many words of the text speak of matches."""
        return sum("match" in word.info.signs for word in self.words)

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

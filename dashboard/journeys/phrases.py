"""What the readers of names, titles and groups share: a text, its places, its dates, and the table of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.journeys.document import Document
    from dashboard.journeys.models import ActorType
    from dashboard.journeys.places import PlaceSpan
    from dashboard.journeys.table import ActorTable
    from dashboard.journeys.vocabulary import WordInfo

__all__ = ["FORMER", "KIN", "ActorSpan", "Phrases", "is_title", "northern", "odd_in_names"]

KIN = frozenset(
    ["نجل", "ابن", "ابنه", "زوجه", "زوج", "قرينه", "عقيله", "شقيق", "شقيقه", "والد", "والده", "شبيه", "خطيبه"]
)  # nouns of whoever is told by whose he is
_GLUE = (" ", " #", "_", "\u00a0", ' "', " «", " “", " ‘", "-", "'", "’", ". ", "‑")


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A phrase that names an actor.

    Attributes
    ----------
    first, last
        Words of the head name: the name alone for a named person, else the whole phrase.
    lead, tail
        First and last word of the whole phrase, title and modifiers with it.
    named
        Whether it holds a proper name.
    entry
        Id of the table of actors; None when it does not stand there.
    who
        Key of its identity in the text, once that is known.
    country
        ISO 3166-1 alpha-2 of the country that its title or modifiers name; None when none.
    particle
        What is glued before the phrase: a preposition makes it an object (لعباس).
    """

    first: int
    last: int
    lead: int
    tail: int
    type: ActorType
    named: bool
    country: str | None = None
    particle: str = ""
    entry: str | None = None
    who: str = ""


def is_title(info: WordInfo) -> bool:
    """Tell whether a word is a title or an office."""
    return info.is_a(WordClass.TITLE) or "title" in info.roles


FORMER = frozenset(["السابق", "السابقه", "الاسبق", "الراحل", "الراحله", "المخلوع", "المعزول"])
_ODD, _KNOWN = 0.15, 3.0  # share of a word's uses as a name, and frequency of a word known otherwise
_OTHER_HALF = {("KR", "شمالي"): "KP", ("SD", "جنوبي"): "SS"}  # countries told from another by a direction


def odd_in_names(info: WordInfo) -> bool:
    """Tell whether a word is more often another word than part of a name."""
    if info.is_a(WordClass.GIVEN_NAME | WordClass.PARTICLE):
        return False
    return info.namely < _ODD if info.namely is not None else info.zipf >= _KNOWN


def northern(country: str | None, info: WordInfo) -> str | None:
    """Return the country of a title whose adjective a direction makes another: الزعيم الكوري الشمالي."""
    bare = info.folded.removeprefix("ال").removesuffix("ه")
    return _OTHER_HALF.get((country or "", bare), country)


class Phrases:
    """A text as readers of phrases see it."""

    def __init__(
        self, document: Document, places: Sequence[PlaceSpan], table: ActorTable, dated: frozenset[int]
    ) -> None:
        self.document = document
        self.words = document.words
        self.arabic = document.language == "ar"
        self.table = table
        self.dated = dated
        self.place_at = {
            at: one for one in places if not one.anaphor for at in range(one.first, one.last + 1)
        }

    def info(self, at: int) -> WordInfo:
        """Return what is known of a word."""
        return self.words[at].info

    def joined(self, at: int) -> bool:
        """Tell whether a word follows the one before in one phrase."""
        return self.words[at].gap in _GLUE and self.words[at].sentence == self.words[at - 1].sentence

    def closed(self, at: int) -> bool:
        """Tell whether no place can belong to a word: an adjective, or a dual or plural in full form (سفينتان)."""
        info = self.info(at)
        full = info.folded.endswith(("ان", "ين", "ون"))
        adjective = info.country is not None or info.folded.startswith("ال")
        return at not in self.place_at and (full or adjective)

    def same(self, at: int) -> bool:
        """Tell whether a word is of the same sentence as the one before."""
        return self.words[at].sentence == self.words[at - 1].sentence

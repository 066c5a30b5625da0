"""What a search says: the places that its words may mean, and the words to be found in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.gazetteer import NameFlag
from dashboard.query.place_names import PlaceNames, Spellings, named_places
from dashboard.query.typed_dates import read_typed_days
from dashboard.store.search import read_terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.core.models import Place
    from dashboard.gazetteer import Gazetteer
    from dashboard.query.place_names import NamedPlace
    from dashboard.store.search import Term
    from dashboard.store.store import Store

__all__ = [
    "DaysReading",
    "Likeness",
    "PlaceReading",
    "Understood",
    "UnnamedPlace",
    "days_meant",
    "load_names",
    "understand",
]

MAX_READINGS = 5  # places offered
MAX_SIMILAR = 3
MAX_UNNAMED = 2
_LONGEST = 5  # words of a name within a longer search
_LONGEST_DAYS = 8  # words of a day, or of two with a word between
_WELL_KNOWN = 100_000  # inhabitants from which a place is meant even where its name is also a word
_DOUBTFUL = NameFlag.GENERATED | NameFlag.BARE | NameFlag.SHORT


class Likeness(StrEnum):
    """How the words fit the name of the place."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place that articles name, and that some words of a search may mean.

    Attributes
    ----------
    rest
        The search without these words.
    """

    place: NamedPlace
    likeness: Likeness
    words: str
    rest: str


@dataclass(frozen=True, slots=True)
class UnnamedPlace:
    """A place of the gazetteer that no article names."""

    place: Place
    rest: str


@dataclass(frozen=True, slots=True)
class DaysReading:
    """The days that some words of a search may mean, both included, and the search without these words."""

    first: date
    last: date
    rest: str


@dataclass(frozen=True, slots=True)
class Understood:
    """All that a search was understood to say; `included` and `excluded` as they were typed."""

    places: tuple[PlaceReading, ...] = ()
    unnamed: tuple[UnnamedPlace, ...] = ()
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def understand(names: PlaceNames, gazetteer: Gazetteer | None, search: str, articles: int) -> Understood:
    """Return what a search says.

    Names are looked for among all words, the longest first. Where all words together are no name, they may
    begin one; misspelt names are offered where more articles name the place than have the words.

    Parameters
    ----------
    gazetteer
        Asked about places that no article names; None leaves this out.
    articles
        How many articles have the words.
    """
    terms = read_terms(search)
    wanted = [term for term in terms if not term.excluded]
    readings = _readings(names, wanted, search)
    together = " ".join(term.folded for term in wanted)
    if not readings and wanted:
        rest = _without(search, wanted)
        for likeness, found in (
            (Likeness.BEGINNING, names.beginning(together)),
            (Likeness.SIMILAR, [place for place in names.similar(together) if place.articles > articles]),
        ):
            most = MAX_SIMILAR if likeness is Likeness.SIMILAR else MAX_READINGS
            readings = [PlaceReading(place, likeness, _typed(wanted), rest) for place in found[:most]]
            if readings:
                break
    whole = any(reading.likeness is Likeness.WHOLE for reading in readings)
    unnamed = [] if whole or gazetteer is None else _unnamed(gazetteer, together, articles)
    rest = _without(search, wanted)
    return Understood(
        places=tuple(readings[:MAX_READINGS]),
        unnamed=tuple(UnnamedPlace(place, rest) for place in unnamed),
        included=tuple(dict.fromkeys(term.text for term in wanted)),
        excluded=tuple(dict.fromkeys(term.text for term in terms if term.excluded)),
    )


def days_meant(search: str, today: date) -> DaysReading | None:
    """Return the days that a search names among its words, as in "Haftar March 2024"; None when it names none.

    One word is a day only with a figure in it, as 2024 and 31/12/2024 are: "Friday" and "April" are words to be found.

    Parameters
    ----------
    today
        From which "last month" is counted.
    """
    terms = [term for term in read_terms(search) if not term.excluded and search[term.start] != '"']
    for length in range(min(len(terms), _LONGEST_DAYS), 0, -1):
        for at in range(len(terms) - length + 1):
            run = terms[at : at + length]
            text = search[run[0].start : run[-1].end]
            if length == 1 and not any(sign.isdecimal() for sign in text):
                continue
            if days := read_typed_days(text, today):
                return DaysReading(days.first, days.last, _without(search, run))
    return None


def _readings(names: PlaceNames, wanted: Sequence[Term], search: str) -> list[PlaceReading]:
    """Return the places named in a search by their whole names, from left to right, longest names first."""
    readings: list[PlaceReading] = []
    at = 0
    while at < len(wanted):
        for end in range(min(len(wanted), at + _LONGEST), at, -1):
            run = wanted[at:end]
            if found := names.whole(" ".join(term.folded for term in run)):
                rest = _without(search, _with_alternatives(wanted, at, end))
                known = {reading.place.id for reading in readings}
                readings += [
                    PlaceReading(place, Likeness.WHOLE, _typed(run), rest)
                    for place in found
                    if place.id not in known  # named by an alternative, as in "Tobruk OR طبرق"
                ]
                at = end
                break
        else:
            at += 1
    return readings


def _unnamed(gazetteer: Gazetteer, name: str, articles: int) -> list[Place]:
    """Return the best known places of a name; where articles have the word, only those well known."""
    hits = [hit for hit in gazetteer.lookup(name) if not hit.flags & _DOUBTFUL] if name else []
    found = [gazetteer.place(hit.row) for hit in hits]
    if articles:
        found = [place for place in found if place.kind is Kind.COUNTRY or place.population >= _WELL_KNOWN]
    found.sort(key=lambda place: (place.kind is not Kind.COUNTRY, -place.population, place.id))
    return found[:MAX_UNNAMED]


def _typed(terms: Sequence[Term]) -> str:
    return " ".join(term.text for term in terms)


def _with_alternatives(terms: Sequence[Term], first: int, end: int) -> Sequence[Term]:
    """Return a stretch of terms with those that `OR` joins to it."""
    while terms[first].alternative:
        first -= 1
    while end < len(terms) and terms[end].alternative:
        end += 1
    return terms[first:end]


def _without(search: str, terms: Sequence[Term]) -> str:
    """Return a search without some of its terms, and the signs that join these."""
    kept, at = [], 0
    for term in terms:
        if not term.alternative:
            kept.append(search[at : term.start])
        at = term.end
    return " ".join("".join([*kept, search[at:]]).split())


def load_names(store: Store, spellings: Spellings, min_confidence: float) -> PlaceNames:
    """Return the names of all places that articles name this surely."""
    return PlaceNames(named_places(store, min_confidence), spellings)

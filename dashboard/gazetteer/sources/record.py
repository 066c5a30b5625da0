"""What every source of places gives, whatever it was read from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CountryForms", "EnrichedSource", "PlaceRecord", "PlaceSource", "WordSource"]


class PlaceRecord(NamedTuple):
    """One place with its names; a tuple, since a build makes a quarter of a million of them.

    Attributes
    ----------
    id
        Stable id, as in `Place.id`.
    country
        ISO 3166-1 alpha-2; empty for none.
    admin1
        Id of the record of the first-level division that holds it; empty when unknown.
    name_ar, name_fr
        Empty when unknown.
    aliases
        Further ids that lead to this place.
    names
        `(text, flags)` of all names to look up, the main one among them; the build adds the flags of script.
    heard
        Whether the place is also found by spellings that only sound like its names.
    """

    id: str
    name: str
    feature_code: str
    country: str
    latitude: float
    longitude: float
    names: list[tuple[str, int]]
    radius_km: float = 0.0
    population: int = 0
    admin1: str = ""
    name_ar: str = ""
    name_fr: str = ""
    aliases: tuple[str, ...] = ()
    heard: bool = True


class PlaceSource(Protocol):
    """A table of places."""

    @property
    def name(self) -> str:
        """What messages and counts call it."""

    @property
    def expected(self) -> int:
        """About how many records it gives; 0 when unknown."""

    def records(self) -> Iterator[PlaceRecord]:
        """Give the places in a stable order."""


@dataclass(frozen=True)
class EnrichedSource(ABC):
    """A source whose records are changed one by one."""

    source: PlaceSource

    @property
    def name(self) -> str:
        """The name of the source within."""
        return self.source.name

    @property
    def expected(self) -> int:
        """The expectation of the source within."""
        return self.source.expected

    def records(self) -> Iterator[PlaceRecord]:
        """Give the records of the source within, each as it is changed."""
        return map(self.enriched, self.source.records())

    @abstractmethod
    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record as it is changed."""


class CountryForms(Protocol):
    """A table of adjectives and words for people."""

    def forms(self) -> Iterator[tuple[str, str]]:
        """Give `(word or two, ISO 3166-1 alpha-2)`, in plain spelling."""


class WordSource(Protocol):
    """Word frequencies of some languages."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages it knows."""

    def zipf(self, language: str) -> Mapping[str, float]:
        """Return the Zipf frequency of each folded word: log10 of its occurrences in 10^9 words."""

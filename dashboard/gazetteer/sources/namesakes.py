"""A division and its main town often share a name, which one source spells for the one and not for the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.spelling import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.gazetteer.sources.record import PlaceRecord, PlaceSource

__all__ = ["SharingNames"]

_LEAST_LIKENESS = 0.6  # to a known Arabic name, so that an odd name of the division stays with it
_ALTERNATE = int(NameFlag.ALTERNATE)


@dataclass(frozen=True)
class SharingNames:
    """A source of towns, each of which gains the Arabic spellings of the division named after it.

    Attributes
    ----------
    spellings
        By country and folded Latin name of a main town, what its division is called in Arabic.
    """

    source: PlaceSource
    spellings: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def name(self) -> str:
        """The name of the source within."""
        return self.source.name

    @property
    def expected(self) -> int:
        """The expectation of the source within."""
        return self.source.expected

    def records(self) -> Iterator[PlaceRecord]:
        """Give the records of the source within, enriched."""
        for record in self.source.records():
            shared = self.spellings.get((record.country, fold_name(record.name)))
            yield self._shared(record, shared) if shared else record

    @staticmethod
    def _shared(record: PlaceRecord, shared: tuple[str, ...]) -> PlaceRecord:
        if kind_of(record.feature_code) is not Kind.CITY:
            return record
        arabic = [text for text, _ in record.names if is_arabic(text)]
        known = {fold_name(text) for text in arabic}
        new = [
            (text, _ALTERNATE)
            for text in shared
            if fold_name(text) not in known
            and (not arabic or max(likeness(fold_name(text), name) for name in arabic) >= _LEAST_LIKENESS)
        ]
        return record._replace(names=[*record.names, *new]) if new else record

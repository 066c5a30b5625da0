"""A division and its main town often share a name, which one source spells for the one and not for the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.record import EnrichedSource
from dashboard.gazetteer.spelling import likeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["SharingNames"]

_LEAST_LIKENESS = 0.6  # to a known Arabic name, so that an odd name of the division stays with it
_ALTERNATE = int(NameFlag.ALTERNATE)


@dataclass(frozen=True)
class SharingNames(EnrichedSource):
    """A source of towns, each of which gains the Arabic spellings of the division named after it.

    Attributes
    ----------
    spellings
        By country and folded Latin name of a main town, what its division is called in Arabic.
    """

    spellings: Mapping[tuple[str, str], tuple[str, ...]]

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with the spellings of its division."""
        shared = self.spellings.get((record.country, fold_name(record.name)))
        return self._shared(record, shared) if shared else record

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

"""Arabic names of two words are often written as one: حفرالباطن, ديرالزور, in posts and hashtags above all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.core.text import is_arabic
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag
from dashboard.gazetteer.sources.dump_features import BEAT
from dashboard.gazetteer.sources.record import EnrichedSource

if TYPE_CHECKING:
    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["JoinedNames"]

_WORDS = 2
_SHORTEST = 6  # letters of a joined name that says something
_KNOWN = 20_000  # inhabitants from which a town is in the news so often that its name is worth joining
_BARE, _ALTERNATE, _GENERATED = int(NameFlag.BARE), int(NameFlag.ALTERNATE), int(NameFlag.GENERATED)


@dataclass(frozen=True)
class JoinedNames(EnrichedSource):
    """A source of towns, those of the beat with their Arabic names of two words also written as one."""

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with its names of two words as one."""
        known = record.country in BEAT and record.population >= _KNOWN
        return _joined(record) if known and kind_of(record.feature_code) is Kind.CITY else record


def _joined(record: PlaceRecord) -> PlaceRecord:
    known = {text for text, _ in record.names}
    joined = {
        "".join(words): _ALTERNATE
        for text, flags in record.names
        if not flags & (_BARE | _GENERATED) and is_arabic(text) and len(words := text.split()) == _WORDS
    }
    new = [(text, flags) for text, flags in joined.items() if text not in known and len(text) >= _SHORTEST]
    return record._replace(names=[*record.names, *new]) if new else record

"""Names of small towns abroad that tell nothing: a word, a person or a far more famous place bears them.

GeoNames has Arabic names for thousands of small towns of America and Europe: توماس, أوباما, الفن, بطرسبرغ. News in
Arabic never means them. They can still be found by their Latin names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.models import Kind
from dashboard.core.text import is_arabic
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag, fold_once, spelling_flags
from dashboard.gazetteer.sources.dump_features import BEAT
from dashboard.gazetteer.sources.record import EnrichedSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["TellingNames"]

# Chosen on the surprising pins of 6 000 articles (docs/surprising.md): inhabitants below which a town abroad, or in
# a neighbour of the Arab world, does not keep a name that is more frequent as a word, on the Zipf scale.
_ABROAD = ((70_000, 2.7), (5_000, 2.0))
_NEIGHBOURS = ((30_000, 3.2),)
_NEIGHBOUR = frozenset(["AF", "BF", "CF", "CY", "ER", "ET", "IR", "ML", "MT", "NE", "SS", "TD", "TR"])
_KNOWN_BY_SOUND = 30_000  # inhabitants from which a town is recognised in a spelling that nobody lists
_KNOWN_BY_CODE = 1_000_000  # inhabitants from which news uses a city's initials
_SHORT_GUESS, _KNOWN_BY_GUESS = 4, 100_000  # letters of a spelling made by rule; inhabitants
_CURATED, _GENERATED, _MAIN = int(NameFlag.CURATED), int(NameFlag.GENERATED), int(NameFlag.MAIN)
_NUMBERED = re.compile(r"[^\W\d] \d{1,2}$")  # a ward; "Marseille 2-1" is no place but a score
_SETTLED = (Kind.CITY, Kind.NEIGHBOURHOOD)


@dataclass(frozen=True)
class TellingNames(EnrichedSource):
    """A source of towns, without the names that tell nothing.

    Attributes
    ----------
    zipf
        Zipf frequency of folded Arabic words.
    """

    zipf: Mapping[str, float] = field(default_factory=dict)

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record without the names that tell nothing."""
        return self._telling(record) if kind_of(record.feature_code) in _SETTLED else record

    def _telling(self, record: PlaceRecord) -> PlaceRecord:
        if record.population >= _KNOWN_BY_CODE:
            return record
        names = [(text, flags) for text, flags in record.names if self._tells(record, text, flags)]
        heard = record.population >= _KNOWN_BY_SOUND or any(flags & _CURATED for _, flags in names)
        return record._replace(names=names, heard=heard)

    def _tells(self, record: PlaceRecord, text: str, flags: int) -> bool:
        if flags & _CURATED:
            return True
        if _NUMBERED.search(text) and not flags & _MAIN:
            return False
        if text.isascii():  # codes of airports, mostly
            return bool(flags & _MAIN) or not spelling_flags(text) & NameFlag.SHORT
        neighbour = record.country in _NEIGHBOUR
        if not is_arabic(text) or (record.country in BEAT and not neighbour):
            return True
        folded = fold_once(text)
        if flags & _GENERATED and len(folded) <= _SHORT_GUESS and record.population < _KNOWN_BY_GUESS:
            return neighbour
        zipf = self.zipf.get(folded, 0.0)
        limits = _NEIGHBOURS if neighbour else _ABROAD
        return not any(record.population < people and zipf >= most for people, most in limits)

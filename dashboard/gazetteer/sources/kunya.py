"""Names that begin with أبو: the Maghreb and the Gulf say and write بو as well (أبو قرين, بو قرين)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.sources.record import EnrichedSource

if TYPE_CHECKING:
    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["KunyaNames"]

_SPOKEN = frozenset(["AE", "BH", "DZ", "EH", "IQ", "KW", "LY", "MA", "MR", "OM", "QA", "SA", "TN"])
_LONG, _SHORT = ("أبو ", "ابو "), "بو "
_MAIN, _ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)


@dataclass(frozen=True)
class KunyaNames(EnrichedSource):
    """A source of places, those of such countries with the other form of names that begin with أبو or بو."""

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with the other form of its names."""
        return _with_other_form(record) if record.country in _SPOKEN else record


def _with_other_form(record: PlaceRecord) -> PlaceRecord:
    known = {text for text, _ in record.names}
    found: dict[str, int] = {}
    for text, flags in record.names:
        if text.startswith(_LONG):
            other = _SHORT + text[len(_LONG[0]) :]
        elif text.startswith(_SHORT):
            other = _LONG[0] + text[len(_SHORT) :]
        else:
            continue
        if other not in known:
            made = (flags & ~_MAIN) | _ALTERNATE
            found[other] = merge_flags(found.get(other, made), made)
    return record._replace(names=[*record.names, *found.items()]) if found else record

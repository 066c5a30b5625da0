"""Whose a bare name is: the town's, its port's or the airport's.

A facility is found under its name without the generic word too (معيتيقة for مطار معيتيقة). Where that is the name
of the town beside it, or of a well-known town elsewhere, the bare name means the town, and the facility defers: its
bare name is marked so, and the town need not share its mentions with it.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag, fold_once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["BareNames"]

_BARE, _DEFERS = int(NameFlag.BARE), int(NameFlag.DEFERS)
_GUESSED = int(NameFlag.BARE | NameFlag.GENERATED)
_BESIDE_KM = 40.0  # airports lie far out
_WELL_KNOWN = 100_000  # inhabitants
_SERVING = (Kind.FACILITY, Kind.NEIGHBOURHOOD, Kind.CAMP)


class _Bearer(NamedTuple):
    latitude: float
    longitude: float
    population: int


class BareNames:
    """The bare names of curated records, and the towns that bear them in full."""

    def __init__(self, records: Iterable[PlaceRecord]) -> None:
        self._bearers: dict[str, list[_Bearer]] = {
            fold_once(text): [] for record in records for text, flags in record.names if flags & _BARE
        }

    def see(self, record: PlaceRecord) -> None:
        """Take note of what a town is called."""
        if kind_of(record.feature_code) is not Kind.CITY:
            return
        for text, flags in record.names:
            if not flags & _GUESSED and (known := self._bearers.get(fold_once(text))) is not None:
                known.append(_Bearer(record.latitude, record.longitude, record.population))

    def settle(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record whose bare names yield where they mean a town seen before."""
        names = [
            (
                text,
                flags | _DEFERS if flags & _BARE and self._is_of_a_town(fold_once(text), record) else flags,
            )
            for text, flags in record.names
        ]
        return record if names == record.names else record._replace(names=names)

    def _is_of_a_town(self, name: str, record: PlaceRecord) -> bool:
        well_known = _WELL_KNOWN if kind_of(record.feature_code) in _SERVING else inf
        return any(
            bearer.population >= well_known
            or distance_km(record.latitude, record.longitude, bearer.latitude, bearer.longitude) <= _BESIDE_KM
            for bearer in self._bearers.get(name, ())
        )

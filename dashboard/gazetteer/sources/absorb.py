"""Two sources may know the same place: the curated line then adds its names to the other's record.

Towns and first-level divisions are compared always. `AbsorbingAll` compares every sort of place, for a
source that holds every sort: airports, seas, mountains.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from dashboard.core.geo import distance_km
from dashboard.core.models import Kind
from dashboard.core.text import fold_name
from dashboard.gazetteer.kinds import kind_of
from dashboard.gazetteer.names import NameFlag, merge_flags
from dashboard.gazetteer.sources.bare import BareNames
from dashboard.gazetteer.sources.record import EnrichedSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.gazetteer.sources.record import PlaceRecord

__all__ = ["Absorbing", "AbsorbingAll", "Leftovers", "Pending"]

_SAME_CITY_KM = 12.0
_SAME_DIVISION_KM = 300.0
_CELL_DEGREES = 0.25  # wider than the limit for cities, below 60 degrees of latitude
_BARE = int(NameFlag.BARE)
_MAIN, _ALTERNATE = int(NameFlag.MAIN), int(NameFlag.ALTERNATE)
_SETTLED = (Kind.CITY, Kind.NEIGHBOURHOOD)
_SAME_FEATURE_KM = 8.0  # between two points of one airport, port or dam, or more by the extent of it
_SAME_LOWER_DIVISION_KM = 60.0
# Codes under which two tables may list one thing.
_ALIKE = {
    code: number
    for number, codes in enumerate(
        (
            "AIRP AIRB AIRF MILB", "PRT HBR NVB", "OILF GASF", "OILR TRMO OILT", "PSTB PSTC", "CMPRF CMP",
            "ISL ISLS ATOL", "MT MTS PK PKS HLL HLLS RDGE", "STM STMI STMS WAD WADS", "LK LKS LKI RSV LGN",
            "VAL PLN", "RGN RGNE RGNH RGNL AREA", "PS PSH PSN", "SEA GULF BAY OCN", "STRT CHN",
            "BLDG PAL ADMF GOVL", "MNMT HSTS ANS RUIN",
        )
    )
    for code in codes.split()
}  # fmt: skip


def _names(record: PlaceRecord) -> set[str]:
    return {fold_name(text) for text, flags in record.names if not flags & _BARE}


def _cell(record: PlaceRecord) -> tuple[str, int, int]:
    return record.country, int(record.latitude // _CELL_DEGREES), int(record.longitude // _CELL_DEGREES)


class Pending:
    """Curated records that have not met their like yet."""

    def __init__(self, records: Iterable[PlaceRecord]) -> None:
        self._records: dict[str, PlaceRecord] = {}
        self._divisions: defaultdict[str, list[str]] = defaultdict(list)
        self._settled: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
        for record in records:
            self._records[record.id] = record
            kind = kind_of(record.feature_code)
            if kind is Kind.ADMIN:
                self._divisions[record.country].append(record.id)
            elif kind in _SETTLED:
                country, x, y = _cell(record)
                for dx, dy in product((-1, 0, 1), repeat=2):
                    self._settled[country, x + dx, y + dy].append(record.id)
        self._bare = BareNames(self._records.values())

    def absorb(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record, richer by the curated one that means the same place, if there is one."""
        kind = kind_of(record.feature_code)
        if kind is Kind.ADMIN:
            near, limit_km = self._divisions.get(record.country), _SAME_DIVISION_KM
        elif kind in _SETTLED:
            near, limit_km = self._settled.get(_cell(record)), _SAME_CITY_KM
        else:
            near, limit_km = None, 0.0
        for ident in near or ():
            curated = self._records.get(ident)
            if curated and _same(record, curated, limit_km):
                record = _merged(record, self._records.pop(ident))
                break
        self._bare.see(record)
        return record

    def absorb_any(self, record: PlaceRecord, *, keep_id: bool) -> PlaceRecord:
        """Return a record of any sort, richer by the curated one that means the same place, if there is one.

        Parameters
        ----------
        keep_id
            Whether the place goes by the record's id, and not by the curated one's.
        """
        kind = kind_of(record.feature_code)
        if kind in _SETTLED or record.feature_code == "ADM1":
            found = self.absorb(record)
        else:
            found = self._absorb_feature(record, kind)
        if keep_id or len(found.aliases) == len(record.aliases):
            return found
        return found._replace(id=found.aliases[-1], aliases=(*record.aliases, record.id))

    def _absorb_feature(self, record: PlaceRecord, kind: Kind) -> PlaceRecord:
        for text, flags in record.names:
            for ident in self._named.get(fold_name(text), ()):
                curated = self._records.get(ident)
                if curated and _same_feature(record, curated, kind, bare=bool(flags & _BARE)):
                    # The curated point was chosen by hand.
                    return _merged(record, self._records.pop(ident))._replace(
                        latitude=curated.latitude,
                        longitude=curated.longitude,
                        feature_code=curated.feature_code,
                        radius_km=curated.radius_km or record.radius_km,
                    )
        return record

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The curated records by each of their names."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for ident, record in self._records.items():
            for name in dict.fromkeys(fold_name(text) for text, _ in record.names):
                found[name].append(ident)
        return dict(found)

    def left(self) -> list[PlaceRecord]:
        """Return the records that met none."""
        return [self._bare.settle(record) for record in self._records.values()]


def _same(record: PlaceRecord, curated: PlaceRecord, limit_km: float) -> bool:
    away = distance_km(record.latitude, record.longitude, curated.latitude, curated.longitude)
    return bool(away <= limit_km) and not _names(record).isdisjoint(_names(curated))


def _same_feature(record: PlaceRecord, curated: PlaceRecord, kind: Kind, *, bare: bool) -> bool:
    """Tell whether two places that share a name are one.

    A name without its generic word (`bare`) is that of the town, the port and the airport alike.
    """
    if kind_of(curated.feature_code) is not kind or (
        record.country and curated.country and record.country != curated.country
    ):
        return False
    code, other = record.feature_code, curated.feature_code
    if kind is Kind.ADMIN:
        limit_km = _SAME_LOWER_DIVISION_KM
    elif code == other or (not bare and _ALIKE.get(code, code) == _ALIKE.get(other, other)):
        limit_km = max(_SAME_FEATURE_KM, curated.radius_km)
    else:
        return False
    away = distance_km(record.latitude, record.longitude, curated.latitude, curated.longitude)
    return bool(away <= limit_km)


def _merged(record: PlaceRecord, curated: PlaceRecord) -> PlaceRecord:
    names: dict[str, int] = dict(curated.names)
    for text, flags in record.names:
        replaced = text == record.name_ar != curated.name_ar != ""
        own = (flags & ~_MAIN) | _ALTERNATE if replaced else flags
        names[text] = merge_flags(names.get(text, own), own)
    return record._replace(
        name=curated.name,
        name_ar=curated.name_ar or record.name_ar,
        name_fr=curated.name_fr or record.name_fr,
        feature_code=curated.feature_code if record.feature_code == "PPL" else record.feature_code,
        radius_km=record.radius_km or curated.radius_km,
        names=list(names.items()),
        aliases=(*record.aliases, curated.id),
    )


@dataclass(frozen=True)
class Absorbing(EnrichedSource):
    """A source whose records take curated ones in."""

    pending: Pending

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with what a curated one knows of it."""
        return self.pending.absorb(record)


@dataclass(frozen=True)
class AbsorbingAll(EnrichedSource):
    """A source of every sort of place, whose records take curated ones in.

    Attributes
    ----------
    lasting
        Ids that a place goes by, even if a curated one is the same.
    """

    pending: Pending
    lasting: frozenset[str] = frozenset()

    def enriched(self, record: PlaceRecord) -> PlaceRecord:
        """Return a record with what a curated one knows of it."""
        return self.pending.absorb_any(record, keep_id=record.id in self.lasting)


@dataclass(frozen=True)
class Leftovers:
    """The curated records that no other source knows; stands after the sources that absorb."""

    pending: Pending
    name: str = "curated"
    expected: int = 1000

    def records(self) -> Iterator[PlaceRecord]:
        """Give the records that are left."""
        yield from self.pending.left()
